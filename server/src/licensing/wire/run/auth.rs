//! `KeyLock`.

use latchkey_shared::ids::{KeyGlobalId, ProductId};
use latchkey_store::{Access, keys};

use crate::{
    identity::tokens,
    licensing::wire::{
        Answer, Call, Failure, WireResult, failure::NO_PERMISSION_OR_KEY, table::auth as table,
    },
};

pub async fn key_lock(call: &Call, params: table::KeyLock) -> WireResult {
    let refused = || Failure::refused(NO_PERMISSION_OR_KEY);
    let product = ProductId(params.product.0);
    if !call.token().any_key || !call.access().allows_product(product) {
        return Err(refused());
    }
    let connection = call.app().store.read();
    let key = keys::by_text(connection, Access::All, product, &params.key.0).await?.ok_or_else(refused)?;
    call.note_key(&key);
    let token = tokens::exchange(call.app(), call.token(), KeyGlobalId(key.id)).await?;
    Ok(Answer::done().with("keyId", key.id).with("token", token))
}
