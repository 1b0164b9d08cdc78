//! Licence keys of all products.

use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        keys::{BlockKey, EditKey, KeyRow, LicenceKey},
    },
    ids::KeyGlobalId,
};

use super::{Call, url::with_list};

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

fn at(id: KeyGlobalId, rest: &str) -> String {
    [PATH, "/", &id.to_string(), rest].concat()
}
