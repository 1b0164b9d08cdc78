//! Addresses from parts.

use latchkey_shared::api::common::ListQuery;

/// `path?name=value&…`, without the pairs whose value is empty.
pub(super) fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    let mut mark = '?';
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(mark);
        address.push_str(name);
        address.push('=');
        address.push_str(&encoded(value));
        mark = '&';
    }
    address
}

/// `path` with the four parameters of a list.
pub(super) fn with_list(path: &str, query: &ListQuery) -> String {
    with_query(path, &list_pairs(query, &query.limit.to_string()))
}

/// The four parameters of a list; `limit` is its limit as text.
pub(super) fn list_pairs<'a>(query: &'a ListQuery, limit: &'a str) -> [(&'static str, &'a str); 4] {
    [
        ("filter", query.filter.as_str()),
        ("sort", &query.sort),
        ("cursor", &query.cursor),
        ("limit", if query.limit == 0 { "" } else { limit }),
    ]
}

/// `text` safe inside one part of an address.
pub fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
