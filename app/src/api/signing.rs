//! The key pairs that sign licences.

use latchkey_shared::api::signing::{
    AddSigningKey, ExportedSigningKey, ImportSigningKey, RetireSigningKey, SigningKeys,
};

use super::Call;

const PATH: &str = "/api/v1/signing-keys";

pub fn list() -> Call<SigningKeys> {
    Call::get(PATH)
}

pub fn add(form: &AddSigningKey) -> Call<SigningKeys> {
    Call::post(PATH, form)
}

pub fn import(form: &ImportSigningKey) -> Call<SigningKeys> {
    Call::post([PATH, "/import"].concat(), form)
}

/// The private half.
pub fn export(id: i64) -> Call<ExportedSigningKey> {
    Call::press(at(id, "/export"))
}

/// Retires, or takes that back.
pub fn retire(id: i64, retired: bool) -> Call<SigningKeys> {
    Call::post(at(id, "/retire"), &RetireSigningKey { retired })
}

fn at(id: i64, rest: &str) -> String {
    [PATH, "/", &id.to_string(), rest].concat()
}
