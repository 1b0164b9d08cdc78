//! Words that every area uses.

pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
pub const TRY_AGAIN: &str = "Try again";
pub const SAVE: &str = "Save";
pub const CANCEL: &str = "Cancel";
