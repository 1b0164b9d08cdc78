//! Tax on what is billed offline: the rates, and which one a customer is charged.

use latchkey_engine::change::Tax;
use latchkey_shared::{
    api::tax::{SetTaxRate, TaxRate, TaxRates},
    ids::{CustomerId, TaxRateId},
    text::tax as text,
};
use latchkey_store::{Access, customers, entity::tax_rate, tax_rates as store};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::{Value, json};

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
};

/// What a customer is charged.
pub struct Charged {
    pub tax: Tax,
    /// `VAT 19 %`; empty where it is none.
    pub name: String,
}

/// The tax on what a customer is charged now: their country's rate, else the default, else none.
pub async fn of_customer<C: ConnectionTrait>(connection: &C, customer: CustomerId) -> AppResult<Charged> {
    let buyer = customers::find(connection, Access::All, customer).await?;
    let country = buyer.map(|buyer| buyer.country).unwrap_or_default();
    Ok(match store::for_country(connection, &country).await? {
        Some(rate) => Charged {
            // Hundredths of a percent are ten-thousandths.
            tax: Tax { millionths: rate.hundredths * 100, inclusive: rate.inclusive },
            name: text::named(&rate.name, rate.hundredths),
        },
        None => Charged { tax: Tax::default(), name: String::new() },
    })
}

/// All rates.
pub async fn list(app: &AppState) -> AppResult<TaxRates> {
    let rates = store::all(app.store.read()).await?;
    Ok(TaxRates { rates: rates.into_iter().map(shown).collect() })
}

fn shown(row: tax_rate::Model) -> TaxRate {
    TaxRate {
        id: TaxRateId(row.id),
        name: row.name,
        hundredths: row.hundredths,
        country: row.country,
        inclusive: row.inclusive,
        active: row.active,
        is_default: row.is_default,
    }
}

/// Adds a rate.
///
/// # Errors
/// 422 where the country has a rate in force already, or nobody would be charged this one.
pub async fn add(app: &AppState, origin: &Origin, form: &SetTaxRate) -> AppResult<TaxRates> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    fits(&transaction, 0, form).await?;
    let row = tax_rate::ActiveModel {
        id: NotSet,
        name: Set(form.name.trim().to_owned()),
        hundredths: Set(form.hundredths),
        country: Set(form.country.clone()),
        inclusive: Set(form.inclusive),
        active: Set(form.active),
        is_default: Set(form.is_default),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let row = store::insert(&transaction, row).await?;
    settle(&transaction, (now, origin), "tax_rate_added", None, &row).await?;
    transaction.commit().await?;
    list(app).await
}

/// Changes a rate. What is paid keeps the tax that it was paid with.
///
/// # Errors
/// 404 for no such rate; 422 as for [`add`].
pub async fn edit(app: &AppState, origin: &Origin, id: TaxRateId, form: &SetTaxRate) -> AppResult<TaxRates> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let before = store::find(&transaction, id.0).await?.ok_or_else(|| AppError::not_found("tax rate"))?;
    fits(&transaction, id.0, form).await?;
    let row = tax_rate::Model {
        name: form.name.trim().to_owned(),
        hundredths: form.hundredths,
        country: form.country.clone(),
        inclusive: form.inclusive,
        active: form.active,
        is_default: form.is_default,
        updated_at: now,
        ..before.clone()
    };
    store::save(&transaction, row.clone()).await?;
    settle(&transaction, (now, origin), "tax_rate_changed", Some(&before), &row).await?;
    transaction.commit().await?;
    list(app).await
}

async fn fits<C: ConnectionTrait>(connection: &C, id: i64, form: &SetTaxRate) -> AppResult<()> {
    if !form.active {
        return Ok(());
    }
    if form.country.is_empty() {
        let words = "Choose a country, or make it the default. Nobody would be charged it otherwise.";
        return if form.is_default { Ok(()) } else { Err(AppError::field("country", words)) };
    }
    match store::other_of_country(connection, &form.country, id).await? {
        Some(other) => {
            let words = format!("{} is in force for this country. Switch it off first.", named(&other));
            Err(AppError::field("country", words))
        }
        None => Ok(()),
    }
}

/// Sees to it that one rate at most is the default, and writes down who did what.
async fn settle<C: ConnectionTrait>(
    connection: &C,
    (now, origin): (i64, &Origin),
    action: &'static str,
    before: Option<&tax_rate::Model>,
    after: &tax_rate::Model,
) -> AppResult<()> {
    if after.is_default {
        store::only_default(connection, after.id).await?;
    }
    let done = if before.is_some() { "changed" } else { "added" };
    let entry = Entry {
        action,
        subject_kind: "tax_rate",
        subject_id: after.id,
        text: format!("Tax rate {} was {done}.", named(after)),
        before: before.map(state),
        after: Some(state(after)),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await
}

fn named(row: &tax_rate::Model) -> String {
    text::named(&row.name, row.hundredths)
}

fn state(row: &tax_rate::Model) -> Value {
    json!({
        "name": row.name,
        "hundredths": row.hundredths,
        "country": row.country,
        "inclusive": row.inclusive,
        "active": row.active,
        "is_default": row.is_default,
    })
}
