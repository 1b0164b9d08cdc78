//! Licence keys of all products.

use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        key_bulk::{ChangeKeys, KeyIds, KeysChanged, KeysQuery},
        keys::{BlockKey, EditKey, KeyHistory, KeyRow, LicenceKey, ReissueKey},
        web_api::{KeyActivity, Machines},
    },
    ids::KeyGlobalId,
};

use super::{
    Call,
    url::{with_list, with_query},
};

const PATH: &str = "/api/v1/keys";

pub fn list(query: &ListQuery) -> Call<List<KeyRow>> {
    Call::get(with_list(PATH, query))
}

pub fn get(id: KeyGlobalId) -> Call<LicenceKey> {
    Call::get(at(id, ""))
}

pub fn edit(id: KeyGlobalId, form: &EditKey) -> Call<LicenceKey> {
    Call::patch(at(id, ""), form)
}

/// Blocks or unblocks.
pub fn block(id: KeyGlobalId, form: &BlockKey) -> Call<LicenceKey> {
    Call::post(at(id, "/block"), form)
}

/// A new key in the place of one that got into the wrong hands.
pub fn reissue(id: KeyGlobalId, form: &ReissueKey) -> Call<LicenceKey> {
    Call::post(at(id, "/reissue"), form)
}

pub fn machines(id: KeyGlobalId) -> Call<Machines> {
    Call::get(at(id, "/machines"))
}

pub fn remove_machine(id: KeyGlobalId, machine: i64) -> Call<()> {
    Call::delete([&at(id, "/machines/"), machine.to_string().as_str()].concat())
}

/// The ids of all keys that match.
pub fn ids(query: &KeysQuery) -> Call<KeyIds> {
    Call::get(of_many("/ids", query))
}

/// Changes many keys, each by itself.
pub fn change(form: &ChangeKeys) -> Call<KeysChanged> {
    Call::post([PATH, "/bulk"].concat(), form)
}

/// Where the keys that match are downloaded as CSV.
pub fn export(query: &KeysQuery) -> String {
    of_many("/export", query)
}

fn of_many(rest: &str, query: &KeysQuery) -> String {
    let product = query.product.map(|id| id.to_string()).unwrap_or_default();
    with_query(&[PATH, rest].concat(), &[("filter", &query.filter), ("product", &product)])
}

/// The latest calls of programs.
pub fn activity(id: KeyGlobalId) -> Call<KeyActivity> {
    Call::get(at(id, "/activity"))
}

pub fn history(id: KeyGlobalId) -> Call<KeyHistory> {
    Call::get(at(id, "/history"))
}

/// Where the signed licence is downloaded.
pub fn licence_file(id: KeyGlobalId) -> String {
    at(id, "/licence-file")
}

fn at(id: KeyGlobalId, rest: &str) -> String {
    [PATH, "/", &id.to_string(), rest].concat()
}
