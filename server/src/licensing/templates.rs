//! Licence templates: parameters for new keys under a name.

use latchkey_engine::key_params::{KeyParams, KeyParamsError};
use latchkey_shared::{
    api::licensing::{AddTemplate, EditTemplate, LicenceTemplate, TemplateKey},
    ids::ProductId,
};
use latchkey_store::{
    entity::{licence_template, plan},
    plans, templates as store,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::{Map, Value, json};

use super::edit;
use crate::{
    audit::{self, Entry, Origin},
    catalog::stripe_sync,
    error::{AppError, AppResult},
    state::AppState,
};

/// A template, or 404.
pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> AppResult<licence_template::Model> {
    store::find(connection, id).await?.ok_or_else(|| AppError::not_found("licence template"))
}

/// What a template says.
pub fn params(row: &licence_template::Model) -> AppResult<KeyParams> {
    KeyParams::parse_template(&row.params).map(|parsed| parsed.params).map_err(|error| bad_params(&error))
}

/// A template as staff see it.
pub fn described(row: licence_template::Model) -> LicenceTemplate {
    let said = params(&row).unwrap_or_default();
    LicenceTemplate {
        id: row.id,
        product: ProductId(row.product_id),
        name: row.name,
        key: TemplateKey {
            period_days: said.period_days.map_or(0, i64::from),
            features: said.features.flags().to_vec(),
            max_machines: said.max_machines.map_or(0, i64::from),
            trial_activation: said.trial_activation.unwrap_or_default(),
            notes: said.notes.unwrap_or_default(),
            allowed_machines: said.allowed_machines.unwrap_or_default(),
        },
        params: row.params,
        version: row.version,
    }
}

/// The text to keep: what the form's key says, else the given text, checked.
fn written(key: Option<&TemplateKey>, params: &str) -> AppResult<String> {
    let Some(key) = key else {
        KeyParams::parse_template(params).map_err(|error| bad_params(&error))?;
        return Ok(params.trim().to_owned());
    };
    if key.trial_activation && key.period_days == 0 {
        let message = "There are no days to count. Give the keys a number of days, or switch this off.";
        return Err(AppError::field("key.trial_activation", message));
    }
    let mut fields = Map::new();
    for (index, on) in key.features.iter().enumerate() {
        fields.insert(format!("F{}", index + 1), json!(on));
    }
    fields.insert("Period".to_owned(), json!(key.period_days));
    fields.insert("MaxNoOfMachines".to_owned(), json!(key.max_machines));
    fields.insert("TrialActivation".to_owned(), json!(key.trial_activation));
    if !key.notes.trim().is_empty() {
        fields.insert("Notes".to_owned(), json!(key.notes.trim()));
    }
    let codes = edit::machine_codes(&key.allowed_machines);
    if !codes.is_empty() {
        fields.insert("AllowedMachines".to_owned(), json!(codes));
    }
    Ok(Value::Object(fields).to_string())
}

fn named(name: &str) -> AppResult<String> {
    let name = name.trim();
    if name.is_empty() { Err(AppError::field("name", "Give it a name.")) } else { Ok(name.to_owned()) }
}

/// Adds a template to a product.
pub async fn add(
    app: &AppState,
    origin: &Origin,
    product: ProductId,
    form: AddTemplate,
) -> AppResult<licence_template::Model> {
    let (name, params) = (named(&form.name)?, written(form.key.as_ref(), &form.params)?);
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    if latchkey_store::products::find(&transaction, product).await?.is_none() {
        return Err(AppError::not_found("product"));
    }
    let row = licence_template::ActiveModel {
        id: NotSet,
        product_id: Set(product.0),
        name: Set(name),
        params: Set(params),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let row = store::insert(&transaction, row).await?;
    // A price may have waited for it.
    stripe_sync::make_all_plans(&transaction, now).await?;
    let text = format!("Licence template {} was added.", row.name);
    audit::record(&transaction, now, origin, entry(&row, "template_added", text)).await?;
    transaction.commit().await?;
    Ok(row)
}

/// Changes a template; 409 where somebody else saved meanwhile.
pub async fn edit(
    app: &AppState,
    origin: &Origin,
    id: i64,
    form: EditTemplate,
) -> AppResult<licence_template::Model> {
    let (name, params) = (named(&form.name)?, written(form.key.as_ref(), &form.params)?);
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut row = find(&transaction, id).await?;
    if row.version != form.version {
        return Err(AppError::stale());
    }
    row.name = name;
    row.params = params;
    let row = store::save(&transaction, row, now).await?.ok_or_else(AppError::stale)?;
    let text = format!("Licence template {} was changed.", row.name);
    audit::record(&transaction, now, origin, entry(&row, "template_edited", text)).await?;
    transaction.commit().await?;
    Ok(row)
}

/// Removes a template; keys that were made from it stay. 409 while a plan makes keys from it: whoever bought that plan
/// would be charged without a key.
pub async fn remove(app: &AppState, origin: &Origin, id: i64) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let row = find(&transaction, id).await?;
    let names_it = |plan: &plan::Model| {
        KeyParams::parse(&plan.key_params).is_ok_and(|parsed| parsed.params.template_id == Some(id))
    };
    if let Some(plan) = plans::all(&transaction).await?.into_iter().find(names_it) {
        let message =
            format!("The plan {} makes its keys from this template. Change the plan first.", plan.name);
        return Err(AppError::conflict("template_in_use", message));
    }
    store::delete(&transaction, id).await?;
    let text = format!("Licence template {} was removed.", row.name);
    audit::record(&transaction, app.clock.now(), origin, entry(&row, "template_removed", text)).await?;
    transaction.commit().await?;
    Ok(())
}

fn bad_params(error: &KeyParamsError) -> AppError {
    let message = match error {
        KeyParamsError::Missing => "Say what the keys allow, e.g. {\"F1\":true,\"Period\":30}.".to_owned(),
        KeyParamsError::TooLong => "These parameters are too long.".to_owned(),
        KeyParamsError::NotJson(found) => format!("This is not a JSON object: {found}."),
        KeyParamsError::BadField { field, problem } => format!("{field}: {problem}."),
    };
    AppError::field("params", message)
}

fn entry(row: &licence_template::Model, action: &'static str, text: String) -> Entry {
    Entry {
        action,
        subject_kind: "licence_template",
        subject_id: row.id,
        text,
        after: Some(json!({"product": row.product_id, "name": row.name, "params": row.params})),
        ..Entry::default()
    }
}
