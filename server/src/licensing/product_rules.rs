//! What a product says about its licences: partly columns of its own, partly data objects whose names programs and
//! vendors know from the other service.

use latchkey_engine::expiry_notice;
use latchkey_shared::{api::licensing::ProductLicensing, ids::ProductId};
use latchkey_store::{data as objects, entity::data_object, products, signing_keys};
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

/// The product's data object with its tree of named features.
pub(crate) const FEATURE_TEMPLATE: &str = "cryptolens_featuretemplate";
/// By which extending a key also unblocks it.
pub(crate) const UNBLOCKS: &str = "cryptolens_unblockextendedlicenses";
/// When the days of a trial begin.
pub(crate) const TRIAL: &str = "cryptolens_trialactivation";
/// With the first machine only.
const ONCE: &str = "first_activation";
/// On which days before the expiry customers are reminded.
pub(crate) const REMINDERS: &str = "cryptolens_expirationnotice";
/// By which the vendor gets a copy of them.
pub(crate) const REMINDER_COPY: &str = "cryptolens_expirationnotice_send_copy";
/// What is said to whoever writes something else.
pub(crate) const WHICH_DAYS: &str =
    "Write whole numbers from 0 to 365 with commas between them, such as 7, 3, 0.";
/// The reference type of a product's data objects.
const OF_PRODUCT: i64 = 1;

/// What a product says about its licences, or 404.
pub async fn of(app: &AppState, id: ProductId) -> AppResult<ProductLicensing> {
    let connection = app.store.read();
    let row = products::find(connection, id).await?.ok_or_else(|| AppError::not_found("product"))?;
    let text = async |name: &str| -> AppResult<Option<String>> {
        let object = objects::of_product(connection, id.0, name).await?;
        Ok(object.map(|object| object.string_value))
    };
    let unblocks = objects::of_product(connection, id.0, UNBLOCKS).await?;
    Ok(ProductLicensing {
        signing_key: row.signing_key_id,
        blocks_expired: row.blocks_expired,
        limiting_features: (0..8).map(|index| row.limiting_features & (1 << index) != 0).collect(),
        extending_unblocks: unblocks.is_some_and(|object| is_true(&object)),
        trial_begins_once: text(TRIAL).await?.is_some_and(|rule| begins_once(&rule)),
        reminder_days: text(REMINDERS).await?,
        feature_template: text(FEATURE_TEMPLATE).await?.unwrap_or_default(),
    })
}

/// Features as a bit each.
fn bits(features: &[bool]) -> i64 {
    features.iter().enumerate().filter(|(_, on)| **on).map(|(index, _)| 1 << index).sum()
}

/// Whether the days of a trial begin with the first machine only, as the rule of its product says.
pub(crate) fn begins_once(rule: &str) -> bool {
    rule.trim().eq_ignore_ascii_case(ONCE)
}

/// Whether a switch that is a data object is on.
pub(super) fn is_true(object: &data_object::Model) -> bool {
    object.string_value.trim().eq_ignore_ascii_case("true") || object.int_value == 1
}

/// Whether a switch that is on by being there says that it is off.
pub(super) fn is_off(object: &data_object::Model) -> bool {
    object.string_value.trim().eq_ignore_ascii_case("false")
}

/// Changes what a product says about its licences.
pub async fn set(app: &AppState, origin: &Origin, id: ProductId, form: ProductLicensing) -> AppResult<()> {
    let before = of(app, id).await?;
    let form = checked(form, &before)?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut row = products::find(&transaction, id).await?.ok_or_else(|| AppError::not_found("product"))?;
    if row.signing_key_id != form.signing_key {
        usable(&transaction, form.signing_key).await?;
    }
    row.signing_key_id = form.signing_key;
    row.blocks_expired = form.blocks_expired;
    row.limiting_features = bits(&form.limiting_features);
    let row = products::save(&transaction, row, now).await?.ok_or_else(AppError::stale)?;
    // What is so already stays as it was written: `1` and `true` are one to programs.
    if form.extending_unblocks != before.extending_unblocks {
        keep(&transaction, id.0, UNBLOCKS, form.extending_unblocks.then_some("true"), now).await?;
    }
    if form.trial_begins_once != before.trial_begins_once {
        keep(&transaction, id.0, TRIAL, form.trial_begins_once.then_some(ONCE), now).await?;
    }
    keep(&transaction, id.0, REMINDERS, form.reminder_days.as_deref(), now).await?;
    let template = Some(form.feature_template.as_str()).filter(|text| !text.is_empty());
    keep(&transaction, id.0, FEATURE_TEMPLATE, template, now).await?;
    let entry = Entry {
        action: "product_licensing_changed",
        subject_kind: "product",
        subject_id: id.0,
        text: format!("What the product {} says about its licences was changed.", row.name),
        before: Some(json!(before)),
        after: Some(json!(form)),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    Ok(())
}

/// The form as it is kept, or what is wrong with it.
/// What was stored before stays as it is, also where a program wrote something that the form would not take.
fn checked(form: ProductLicensing, before: &ProductLicensing) -> AppResult<ProductLicensing> {
    let template = form.feature_template.trim().to_owned();
    let mut form = ProductLicensing { feature_template: template.clone(), ..form };
    let is_new = template != before.feature_template.trim();
    if is_new
        && !template.is_empty()
        && !serde_json::from_str::<Value>(&template).is_ok_and(|value| value.is_array())
    {
        return Err(AppError::field("feature_template", "This is not a JSON list of features."));
    }
    let Some(days) = form.reminder_days.as_ref().filter(|_| form.reminder_days != before.reminder_days)
    else {
        return Ok(form);
    };
    let days = days.trim().to_owned();
    if !days.is_empty() && !expiry_notice::is_readable(&days) {
        return Err(AppError::field("reminder_days", WHICH_DAYS));
    }
    form.reminder_days = Some(days);
    Ok(form)
}

/// Refuses a key pair that there is not, or that was retired.
async fn usable<C: ConnectionTrait>(connection: &C, id: i64) -> AppResult<()> {
    match signing_keys::find(connection, id).await? {
        Some(pair) if !pair.retired => Ok(()),
        Some(_) => Err(AppError::field("signing_key", "This key pair was retired. Choose another.")),
        None => Err(AppError::field("signing_key", "There is no such key pair.")),
    }
}

/// Sets the product's data object of that name, or removes it.
async fn keep<C: ConnectionTrait>(
    connection: &C,
    product: i64,
    name: &str,
    value: Option<&str>,
    now: i64,
) -> AppResult<()> {
    match (objects::of_product(connection, product, name).await?, value) {
        (Some(object), None) => objects::delete(connection, object.id.into()).await?,
        (Some(mut object), Some(value)) => {
            if object.string_value != value {
                value.clone_into(&mut object.string_value);
                object.updated_at = now;
                objects::save(connection, object).await?;
            }
        }
        (None, None) => {}
        (None, Some(value)) => {
            let row = data_object::ActiveModel {
                id: NotSet,
                ref_type: Set(OF_PRODUCT),
                ref_id: Set(product),
                machine_code: Set(String::new()),
                name: Set(name.to_owned()),
                string_value: Set(value.to_owned()),
                int_value: Set(0),
                created_at: Set(now),
                updated_at: Set(now),
            };
            objects::insert(connection, row).await?;
        }
    }
    Ok(())
}
