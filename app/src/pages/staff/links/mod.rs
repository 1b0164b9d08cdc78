//! Links that let people in.

mod sign_up;

pub use sign_up::SignUpLinkPage;
