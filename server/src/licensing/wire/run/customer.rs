//! Customers and their licences.

use latchkey_shared::{ids::CustomerId, validation};
use latchkey_store::{Access, customers as store, entity::customer, keys};
use serde_json::{Value, json};

use super::change::not_found;
use crate::{
    customers::{
        self, NewCustomer,
        changes::{self, Changes},
        secret,
    },
    identity::limits::{self, Limited},
    licensing::{
        licence::{self, Validity},
        wire::{
            Answer, Call, Failure, WireResult,
            describe::NOTES_SCOPE,
            failure::{CUSTOMER_NOT_FOUND, NO_CUSTOMER},
            licence::{Notes, basic_object, iso, object, seconds},
            table::customer as table,
        },
    },
    links::association,
    vendor,
};

/// The longest list.
const MOST: i64 = 10_000;

/// Refuses what is no e-mail address; none is fine.
pub(super) fn checked_email(email: &str) -> Result<(), Failure> {
    let fine = email.trim().is_empty() || validation::is_email(email.trim());
    if fine { Ok(()) } else { Err(Failure::refused("The e-mail address is not valid.")) }
}

pub async fn add(call: &Call, params: table::AddCustomer) -> WireResult {
    checked_email(&params.email.0)?;
    let app = call.app();
    let new = NewCustomer {
        name: params.name.0,
        email: params.email.0,
        company: params.company.0,
        notes: params.notes.0,
        enable_association: params.association.0,
        allow_activation_management: params.management.0,
        allow_multiple_users: params.multiple.0,
        source: "api",
        ..NewCustomer::default()
    };
    let transaction = app.store.begin().await?;
    let row = customers::insert(&transaction, call.now(), &call.origin(), new).await?;
    let (row, secret) = secret::renew(&transaction, call.now(), row).await?;
    transaction.commit().await?;
    let mut answer = Answer::done().with("customerId", row.id).with("secret", secret);
    if row.association_enabled {
        let vendor = vendor::load(app.store.read()).await?;
        answer = answer.with("portalLink", association::address(app, &vendor, &row));
    }
    Ok(answer)
}

pub async fn edit(call: &Call, params: table::EditCustomer) -> WireResult {
    checked_email(params.email.0.as_deref().unwrap_or_default())?;
    let changes = Changes {
        name: params.name.0,
        email: params.email.0,
        company: params.company.0,
        notes: params.notes.0,
        enable_association: params.association.0,
        allow_activation_management: params.management.0,
        allow_multiple_users: params.multiple.0,
        max_machines: params.max_devices.0.map(|most| Ord::max(most, 0)),
        new_secret: params.secret.0,
    };
    let secret = changes::change(call.app(), &call.origin(), CustomerId(params.customer.0), changes)
        .await
        .map_err(|error| not_found(error, CUSTOMER_NOT_FOUND))?;
    Ok(match secret {
        Some(secret) => Answer::done().with("secret", secret),
        None => Answer::done(),
    })
}

pub async fn remove(call: &Call, params: table::RemoveCustomer) -> WireResult {
    changes::remove(call.app(), &call.origin(), CustomerId(params.customer.0))
        .await
        .map_err(|error| not_found(error, CUSTOMER_NOT_FOUND))?;
    Ok(Answer::done())
}

pub async fn list(call: &Call, params: table::GetCustomers) -> WireResult {
    let limit = if params.limit.0 == 0 { MOST } else { params.limit.0 };
    let rows = changes::search(
        call.app(),
        params.search.0.trim(),
        params.customer.0.map(CustomerId),
        params.with_id.0,
        params.newest_first.0,
        u64::try_from(limit).unwrap_or_default(),
    )
    .await?;
    Ok(Answer::done().with("customers", rows.iter().map(described).collect::<Vec<_>>()))
}

pub fn described(row: &customer::Model) -> Value {
    json!({
        "id": row.id, "name": row.name, "email": row.email, "companyName": row.company,
        "created": iso(seconds(row.created_at)),
    })
}

pub async fn licences(call: &Call, params: table::GetCustomerLicenses) -> WireResult {
    let found = store::find(call.app().store.read(), Access::All, CustomerId(params.customer.0)).await?;
    let customer = found.ok_or(Failure::refused(NO_CUSTOMER))?;
    answer(call, &customer, params.detailed.0, params.metadata.0).await
}

pub async fn licences_by_secret(call: &Call, params: table::GetCustomerLicensesBySecret) -> WireResult {
    limits::count(call.app(), Limited::CustomerSecret, &params.secret.0, call.ip()).await?;
    let found = secret::find(call.app().store.read(), params.secret.0.trim()).await?;
    let customer = found.ok_or(Failure::refused(NO_CUSTOMER))?;
    limits::forgive(call.app(), Limited::CustomerSecret, &params.secret.0).await?;
    answer(call, &customer, params.detailed.0, params.metadata.0).await
}

async fn answer(call: &Call, customer: &customer::Model, detailed: bool, metadata: bool) -> WireResult {
    let list = of_customer(call, customer.id, detailed).await?;
    let mut answer = Answer::done();
    if metadata {
        let counted = |validity| list.iter().filter(|it| it.validity(call.now()) == validity).count();
        answer = answer.with(
            "metadata",
            json!({
                "total": list.len(), "valid": counted(Validity::Valid),
                "expired": counted(Validity::Expired), "blocked": counted(Validity::Blocked),
            }),
        );
    }
    let notes = if call.token().holds(NOTES_SCOPE) { Notes::Shown } else { Notes::Hidden };
    let shown = |it| if detailed { object(it, notes) } else { basic_object(it, notes) };
    Ok(answer.with("licenseKeys", list.iter().map(shown).collect::<Vec<_>>()))
}

/// A customer's licences that the token may see.
pub async fn of_customer(
    call: &Call,
    customer: i64,
    detailed: bool,
) -> Result<Vec<licence::Licence>, Failure> {
    let connection = call.app().store.read();
    let keys = keys::of_customer(connection, call.access(), CustomerId(customer)).await?;
    Ok(licence::load_all(connection, keys, detailed, call.now()).await?)
}
