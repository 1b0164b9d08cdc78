//! Access tokens, and what they may do.

use latchkey_shared::{
    api::tokens::{AddToken, NewToken, Scopes, Tokens},
    ids::TokenId,
};

use super::Call;

const PATH: &str = "/api/v1/tokens";

pub fn list() -> Call<Tokens> {
    Call::get(PATH)
}

pub fn scopes() -> Call<Scopes> {
    Call::get("/api/v1/token-scopes")
}

pub fn add(form: &AddToken) -> Call<NewToken> {
    Call::post(PATH, form)
}

pub fn revoke(id: TokenId) -> Call<()> {
    Call::delete([PATH, "/", &id.to_string()].concat())
}
