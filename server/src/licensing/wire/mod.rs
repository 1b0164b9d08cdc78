//! The licence Web API as the published SDKs speak it.
//!
//! This folder holds their spelling alone: what methods, parameters, answers and refusals are called and how
//! they are written. [`table`] is the one list of methods; routes, scopes, the OpenAPI document and the list in
//! the README all come from it. The rules are in the domain modules.

pub mod answer;
pub mod args;
pub mod call;
pub mod describe;
pub mod failure;
pub mod licence;
pub mod linq;
pub mod mask;
pub mod metadata;
pub mod method;
pub mod offline;
pub mod params;
mod run;
pub mod table;

pub use answer::Answer;
pub use args::Args;
pub use call::Call;
pub use failure::{Failure, WireResult};
pub use method::Method;

use std::{collections::HashMap, sync::LazyLock};

use crate::error::named;

/// Every method by its lower-case path below `/api/`.
static BY_PATH: LazyLock<HashMap<String, &'static Method>> =
    LazyLock::new(|| table::all().map(|method| (method.path().to_lowercase(), method)).collect());

/// The method of a group, both in lower case.
pub fn find(group: &str, name: &str) -> Option<&'static Method> {
    BY_PATH.get(&format!("{group}/{name}")).copied()
}

/// Methods that other servers have and this one has not, in lower case, with what to do instead.
const NOT_OFFERED: &[(&str, &str, &str)] = &[
    ("auth", "getchallenge", "Programs sign people in with userauth/Login."),
    ("auth", "gettoken", "Programs sign people in with userauth/Login."),
    ("user", "getlicensekeys", "Use userauth/Login, which answers the licence keys of whoever signs in."),
];

/// What whoever calls a method that is not there is told: `path` as they wrote it, group and name in lower case.
pub fn not_there(path: &str, (group, name): (&str, &str)) -> String {
    let instead = NOT_OFFERED.iter().find(|(other, method, _)| (*other, *method) == (group, name));
    let instead = instead.map(|(.., instead)| format!(" {instead}")).unwrap_or_default();
    let asked: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).skip(1).collect();
    format!("There is no method {} in this licence Web API.{instead}", named(&asked.join("/")))
}

/// Whether there is such a group, in lower case.
pub fn is_group(group: &str) -> bool {
    table::GROUPS.contains(&group) || NOT_OFFERED.iter().any(|(other, ..)| *other == group)
}

/// Group and method of a path, in lower case, however it is written: any case, doubled slashes, a slash at the
/// end. Nothing where the path is not `/api/{group}/{method}` with a group of the licence Web API.
pub fn route(path: &str) -> Option<(String, String)> {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    if !parts.next()?.eq_ignore_ascii_case("api") {
        return None;
    }
    let group = parts.next()?.to_ascii_lowercase();
    let name = parts.next()?.to_ascii_lowercase();
    (parts.next().is_none() && is_group(&group)).then_some((group, name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_path_reads_the_same_however_often(path in "(/{1,2}([aA]pi|key|Data|activate|[a-z%0-9.]{0,8})){0,5}/?|\\PC{0,60}") {
            if let Some((group, name)) = route(&path) {
                prop_assert!(is_group(&group));
                prop_assert_eq!(route(&format!("/api/{group}/{name}")), Some((group, name)));
            }
        }
    }

    #[test]
    fn paths_as_clients_write_them() {
        let expected = Some(("key".to_owned(), "activate".to_owned()));
        for path in ["/api/key/Activate", "/api//key/activate/", "//API/Key///ACTIVATE//"] {
            assert_eq!(route(path), expected, "{path}");
        }
        for other in ["/api/v1/keys", "/api/key", "/api/key/activate/x", "/key/activate", "/", "/apikey/a"] {
            assert_eq!(route(other), None, "{other}");
        }
    }

    #[test]
    fn every_method_is_found_once() {
        let all: Vec<_> = table::all().collect();
        assert_eq!(BY_PATH.len(), all.len(), "a path is there twice");
        for method in all {
            let path = method.path().to_lowercase();
            let (group, name) = path.split_once('/').unwrap();
            assert!(is_group(group), "{path}");
            assert!(std::ptr::eq(find(group, name).unwrap(), method));
        }
    }
}
