//! Reports.

use latchkey_shared::api::reports::{ReportKind, Reports};

use super::{Call, url::with_query};

const PATH: &str = "/api/v1/reports";

pub fn get() -> Call<Reports> {
    Call::get(PATH.to_owned())
}

/// Where the file of one report is.
pub fn export_href(kind: ReportKind) -> String {
    with_query(&[PATH, "/export"].concat(), &[("report", kind.as_str())])
}
