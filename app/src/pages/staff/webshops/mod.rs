//! Webshops: what customers can buy, in which currency, and where they pay.

mod fields;
mod list;
mod new;
mod page;

pub use list::WebshopsPage;
pub use new::NewWebshopPage;
pub use page::WebshopPage;
