//! The customers' side.

mod account;
mod associate;
mod billing;
mod change;
mod checkout;
mod company;
mod digits;
mod forgot;
mod home;
mod licence_card;
mod licences;
mod machines;
mod plan_cards;
mod plan_shop;
mod plans;
mod quiet;
mod reissue;
mod reset;
mod sentence;
mod sign_in;
mod subscription_card;
mod terms;

pub use account::AccountPage;
pub use associate::AssociatePage;
pub use billing::BillingPage;
pub use change::ChangePage;
pub use checkout::CheckoutPage;
pub use company::CompanyPage;
pub use forgot::ForgotPage;
pub use home::HomePage;
pub use licences::LicencesPage;
pub use plans::PlansPage;
pub use reset::ResetPage;
pub use sign_in::SignInPage;
pub use terms::TermsPage;
