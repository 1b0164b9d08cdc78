//! The message with a new key.

use latchkey_shared::{
    ids::CustomerId,
    message_template::{Placeholder, TemplateKind},
};
use latchkey_store::entity::licence_key;
use sea_orm::ConnectionTrait;

use crate::{
    communications::{self, templates, values::Values},
    error::AppResult,
    state::AppState,
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
    let Some((owner, address)) = communications::addressee(connection, customer).await? else {
        return Ok(false);
    };
    let values = Values::default()
        .with(Placeholder::Customer, owner.name)
        .with(Placeholder::Product, product)
        .with(Placeholder::Key, &key.key_text)
        .with(Placeholder::Link, app.config.url("/Portal/Licences"));
    let letter = templates::letter(connection, TemplateKind::KeyIssued, values).await?;
    communications::send(app, connection, Some(customer), &address, letter).await?;
    Ok(true)
}
