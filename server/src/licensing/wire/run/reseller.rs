//! Resellers.

use latchkey_store::{customer_search, entity::reseller, resellers as store};
use serde_json::{Value, json};

use super::{change::not_found, customer::described as customer};
use crate::{
    licensing::wire::{
        Answer, Call, WireResult,
        licence::{iso, seconds},
        table::reseller as table,
    },
    resellers::{self, Details},
};

pub(super) const NO_RESELLER: &str = "Could not find the reseller.";

pub async fn add(call: &Call, params: table::AddReseller) -> WireResult {
    let details = Details {
        name: Some(params.name.0),
        url: Some(params.url.0),
        email: Some(params.email.0),
        phone: Some(params.phone.0),
        description: Some(params.description.0),
    };
    let row = resellers::add(call.app(), &call.origin(), details).await?;
    Ok(Answer::done().with("resellerId", row.id))
}

pub async fn edit(call: &Call, params: table::EditReseller) -> WireResult {
    let details = Details {
        name: params.name.0,
        url: params.url.0,
        email: params.email.0,
        phone: params.phone.0,
        description: params.description.0,
    };
    resellers::edit(call.app(), &call.origin(), params.reseller.0, details)
        .await
        .map_err(|error| not_found(error, NO_RESELLER))?;
    Ok(Answer::done())
}

pub async fn remove(call: &Call, params: table::RemoveReseller) -> WireResult {
    resellers::remove(call.app(), &call.origin(), params.reseller.0)
        .await
        .map_err(|error| not_found(error, NO_RESELLER))?;
    Ok(Answer::done())
}

pub async fn list(call: &Call, _: table::GetResellers) -> WireResult {
    let rows = store::all(call.app().store.read()).await?;
    Ok(Answer::done().with("resellers", rows.iter().map(described).collect::<Vec<_>>()))
}

fn described(row: &reseller::Model) -> Value {
    json!({
        "id": row.id, "inviteId": row.id, "resellerUserId": 0, "created": iso(seconds(row.created_at)),
        "name": row.name, "url": row.url, "email": row.email, "phone": row.phone,
        "description": row.description,
    })
}

pub async fn customers(call: &Call, params: table::GetResellerCustomers) -> WireResult {
    let connection = call.app().store.read();
    resellers::find(connection, params.reseller.0).await.map_err(|error| not_found(error, NO_RESELLER))?;
    let rows = customer_search::of_reseller(connection, params.reseller.0).await?;
    Ok(Answer::done().with("customers", rows.iter().map(customer).collect::<Vec<_>>()))
}
