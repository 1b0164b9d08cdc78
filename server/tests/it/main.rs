//! Integration tests over HTTP handlers and domain modules, on both databases.

mod util;

mod app_shell;
mod staff_sign_in;
