//! The message with a new key.

use latchkey_shared::ids::CustomerId;
use latchkey_store::entity::licence_key;
use sea_orm::ConnectionTrait;

use crate::{
    communications::{self, letters},
    error::AppResult,
    state::AppState,
    vendor,
};

/// Enqueues the message in the transaction that ties the key, so that there is exactly one per key. False where
/// nobody has an address.
pub async fn send<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    customer: CustomerId,
    product: &str,
    key: &licence_key::Model,
) -> AppResult<bool> {
    let Some(address) = communications::address_of(connection, customer).await? else { return Ok(false) };
    let vendor = vendor::load(connection).await?.name;
    let letter = letters::key_issued(&vendor, product, &key.key_text, &app.config.url("/Portal/Licences"));
    communications::send(app, connection, Some(customer), &address, letter).await?;
    Ok(true)
}
