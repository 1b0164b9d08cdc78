//! Licence keys: making, showing, changing and blocking them, saying in words what they allow, and the key
//! pairs that sign them.

pub mod edit;
pub mod issue;
pub mod signing;
pub mod view;
pub mod words;
