//! The licence Web API as staff see and steer it: its log, and how it behaves.

use latchkey_shared::api::{
    common::{List, ListQuery},
    web_api::{ApiCall, WebApiSettings},
};

use super::{Call, url::with_list};

const SETTINGS: &str = "/api/v1/settings/web-api";

pub fn log(query: &ListQuery) -> Call<List<ApiCall>> {
    Call::get(with_list("/api/v1/api-log", query))
}

pub fn settings() -> Call<WebApiSettings> {
    Call::get(SETTINGS)
}

pub fn set(form: &WebApiSettings) -> Call<WebApiSettings> {
    Call::put(SETTINGS, form)
}
