//! Who somebody is: passwords, sessions, one-time codes, limits on guessing, access tokens.

pub mod codes;
pub mod limits;
pub mod passwords;
pub mod resets;
pub mod sessions;
pub mod staff;
pub mod throttle;
pub mod token_list;
pub mod tokens;
pub mod users;
