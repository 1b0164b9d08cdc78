//! Messages sent to people.

use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        communications::{Communication, CommunicationRow},
    },
    ids::CommunicationId,
};

use super::{Call, url::with_list};

const PATH: &str = "/api/v1/communications";

pub fn list(query: &ListQuery) -> Call<List<CommunicationRow>> {
    Call::get(with_list(PATH, query))
}

pub fn get(id: CommunicationId) -> Call<Communication> {
    Call::get(at(id, ""))
}

pub fn resend(id: CommunicationId) -> Call<Communication> {
    Call::press(at(id, "/resend"))
}

fn at(id: CommunicationId, rest: &str) -> String {
    [PATH, "/", &id.to_string(), rest].concat()
}
