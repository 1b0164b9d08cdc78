//! The log as staff see it.

use std::collections::HashMap;

use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        web_api::{ApiCall, KeyActivity},
    },
    ids::{CustomerId, KeyGlobalId, ProductId, TokenId},
    time::Timestamp,
};
use latchkey_store::{Access, api_log as store, entity::api_log, keys, tokens};

use crate::{
    error::{AppError, AppResult},
    filters,
    state::AppState,
};

/// Calls of a key that are shown.
const LATEST: u64 = 100;

/// One page of the calls that match.
pub async fn list(app: &AppState, query: &ListQuery) -> AppResult<List<ApiCall>> {
    let predicate = filters::predicate(app, &query.filter, store::FIELDS).await?;
    let page = store::list(app.store.read(), &predicate, query).await?;
    Ok(List { items: described(app, page.rows).await?, meta: page.meta })
}

/// The latest calls for a key, or 404.
pub async fn of_key(app: &AppState, access: Access, id: KeyGlobalId) -> AppResult<KeyActivity> {
    let connection = app.store.read();
    keys::find(connection, access, id).await?.ok_or_else(|| AppError::not_found("licence key"))?;
    let rows = store::of_key(connection, id, LATEST).await?;
    Ok(KeyActivity { calls: described(app, rows).await? })
}

async fn described(app: &AppState, rows: Vec<api_log::Model>) -> AppResult<Vec<ApiCall>> {
    let connection = app.store.read();
    let known = keys::texts_and_owners(connection, rows.iter().filter_map(|row| row.key_id)).await?;
    let names: HashMap<i64, String> =
        tokens::all(connection).await?.into_iter().map(|token| (token.id, token.name)).collect();
    let call = |row: api_log::Model| {
        let (key_text, owner) = row.key_id.and_then(|id| known.get(&id).cloned()).unzip();
        let (customer, customer_name) = owner.flatten().unzip();
        ApiCall {
            id: row.id,
            at: Timestamp::from_millis(row.at),
            token: row.token_id.map(TokenId),
            token_name: row.token_id.and_then(|id| names.get(&id).cloned()),
            product: row.product_id.map(ProductId),
            key: row.key_id.map(KeyGlobalId),
            key_text,
            customer: customer.map(CustomerId),
            customer_name,
            method: row.method,
            machine: row.machine_code,
            friendly_name: row.friendly_name,
            ip: row.ip,
            succeeded: row.succeeded,
            status: row.status,
            message: row.message,
        }
    };
    Ok(rows.into_iter().map(call).collect())
}
