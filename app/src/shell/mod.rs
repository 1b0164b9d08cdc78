//! What surrounds a page: staff's rail and top bar, the portal's bar, the quiet page with one card. Shells take plain
//! names and lists, never API types.

mod boot;
mod nav;
mod not_found;
mod offline;
mod person;
mod portal;
mod quiet;
mod staff;

pub use boot::*;
pub use nav::*;
pub use not_found::*;
pub use offline::*;
pub use person::*;
pub use portal::*;
pub use quiet::*;
pub use staff::*;
