//! The pages, one per file, in the folders of their areas. [`crate::routes`] says which address shows which.

mod new_password;
pub mod portal;
pub mod staff;
