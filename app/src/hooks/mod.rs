//! Small bridges between signals and the browser. Each cleans up after itself when its owner goes away.

mod clipboard;
mod debounce;
mod dialog;
mod effect;
mod media;
mod poll;
mod query;
mod shortcut;
mod theme;
mod title;
mod width;

pub use clipboard::*;
pub use debounce::*;
pub use dialog::*;
pub use effect::*;
pub use media::*;
pub use poll::*;
pub use query::*;
pub use shortcut::*;
pub use theme::*;
pub use title::*;
pub use width::*;
