//! The dashboard and the search of the command palette.

use latchkey_shared::api::dashboard::{Dashboard, SearchResults};

use super::{Call, url::with_query};

pub fn get() -> Call<Dashboard> {
    Call::get("/api/v1/dashboard")
}

/// What the signed-in person may see of what matches `text`.
pub fn search(text: &str) -> Call<SearchResults> {
    Call::get(with_query("/api/v1/search", &[("q", text)]))
}
