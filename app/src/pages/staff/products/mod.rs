//! Products: list, new, and one product with its plans, keys and settings.

mod keys;
mod list;
mod new;
mod new_key;
mod offline_plans;
mod page;
mod plans;
mod settings;

pub use list::ProductsPage;
pub use new::NewProductPage;
pub use new_key::NewKeyPage;
pub use page::ProductPage;
