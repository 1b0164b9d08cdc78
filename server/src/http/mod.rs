//! HTTP: extractors, answers, and one module per resource under `/api/v1`.

pub mod address;
pub mod caller;
pub mod cookies;
pub mod etag;
pub mod health;
pub mod json;
pub mod pages;
pub mod request_id;
pub mod security;

pub mod me;
pub mod portal_sign_in;
pub mod session;
pub mod staff_sign_in;
