//! “Needs attention”: what waits for a person, and what a person does about it.

use latchkey_shared::{
    api::{
        attention::{Attention, AttentionRow, Decide, IssueKey, LinkCustomer, LinkKey},
        common::{List, ListQuery},
    },
    attention::AttentionAction,
};

use super::{Call, url::with_list};

const PATH: &str = "/api/v1/attention";

pub fn list(query: &ListQuery) -> Call<List<AttentionRow>> {
    Call::get(with_list(PATH, query))
}

pub fn get(id: i64) -> Call<Attention> {
    Call::get(at(id, ""))
}

/// What needs nothing but its reason: all but the three below.
pub fn decide(id: i64, action: AttentionAction, form: &Decide) -> Call<Attention> {
    Call::post(at(id, &["/", &action.as_str().replace('_', "-")].concat()), form)
}

pub fn issue_key(id: i64, form: &IssueKey) -> Call<Attention> {
    Call::post(at(id, "/issue-key"), form)
}

pub fn link_key(id: i64, form: &LinkKey) -> Call<Attention> {
    Call::post(at(id, "/link-key"), form)
}

pub fn link_customer(id: i64, form: &LinkCustomer) -> Call<Attention> {
    Call::post(at(id, "/link-customer"), form)
}

fn at(id: i64, rest: &str) -> String {
    [PATH, "/", &id.to_string(), rest].concat()
}
