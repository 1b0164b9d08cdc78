//! Products: list, new, and one product with its plans, keys and settings.

mod key_fields;
mod keys;
mod kind;
mod licensing;
mod list;
mod make_keys;
mod new;
mod new_key;
mod offline_plans;
mod page;
mod plans;
mod publish;
mod settings;
mod template_dialogs;
mod templates;

pub use list::ProductsPage;
pub use new::NewProductPage;
pub use new_key::NewKeyPage;
pub use page::ProductPage;
