//! What staff set about licensing: how the licence Web API behaves, and what a product says about its licences.

use latchkey_shared::{
    api::web_api::{ProductLicensing, RefusalStatus, WebApiSettings},
    ids::ProductId,
};
use latchkey_store::{data as objects, entity::data_object, products};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::{NotSet, Set},
    ConnectionTrait, IntoActiveModel as _,
};
use serde_json::{Value, json};

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
    vendor,
};

/// The product's data object with its tree of named features.
const FEATURE_TEMPLATE: &str = "cryptolens_featuretemplate";
/// The reference type of a product's data objects.
const OF_PRODUCT: i64 = 1;

/// How the licence Web API behaves; a change is honoured by every process within a second.
pub async fn web_api(app: &AppState) -> AppResult<WebApiSettings> {
    if let Some(recent) = app.web_api.get() {
        return Ok(recent);
    }
    let row = vendor::load(app.store.read()).await?;
    let settings = WebApiSettings {
        get: row.web_api_get,
        refusal_status: RefusalStatus::parse(&row.web_api_status).unwrap_or(RefusalStatus::Mixed),
        log_days: row.web_api_log_days,
        event_days: row.app_event_days,
    };
    app.web_api.put(settings.clone());
    Ok(settings)
}

/// Changes how the licence Web API behaves.
pub async fn set_web_api(app: &AppState, origin: &Origin, form: &WebApiSettings) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut row = vendor::load(&transaction).await?.into_active_model();
    row.web_api_get = Set(form.get);
    row.web_api_status = Set(form.refusal_status.as_str().to_owned());
    row.web_api_log_days = Set(form.log_days);
    row.app_event_days = Set(form.event_days);
    row.updated_at = Set(now);
    row.update(&transaction).await?;
    let entry = Entry {
        action: "web_api_changed",
        subject_kind: "vendor",
        subject_id: vendor::ID,
        text: "How the licence Web API behaves was changed.".to_owned(),
        after: Some(json!(form)),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    app.web_api.forget();
    Ok(())
}

/// What a product says about its licences, or 404.
pub async fn of_product(app: &AppState, id: ProductId) -> AppResult<ProductLicensing> {
    let connection = app.store.read();
    let row = products::find(connection, id).await?.ok_or_else(|| AppError::not_found("product"))?;
    let template = objects::of_product(connection, id.0, FEATURE_TEMPLATE).await?;
    Ok(ProductLicensing {
        blocks_expired: row.blocks_expired,
        feature_template: template.map(|object| object.string_value).unwrap_or_default(),
    })
}

/// Changes what a product says about its licences.
pub async fn set_of_product(
    app: &AppState,
    origin: &Origin,
    id: ProductId,
    form: ProductLicensing,
) -> AppResult<()> {
    let template = form.feature_template.trim();
    if !template.is_empty() && !serde_json::from_str::<Value>(template).is_ok_and(|value| value.is_array()) {
        return Err(AppError::field("feature_template", "This is not a JSON list of features."));
    }
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut row = products::find(&transaction, id).await?.ok_or_else(|| AppError::not_found("product"))?;
    row.blocks_expired = form.blocks_expired;
    let row = products::save(&transaction, row, now).await?.ok_or_else(AppError::stale)?;
    keep_template(&transaction, id.0, template, now).await?;
    let entry = Entry {
        action: "product_licensing_changed",
        subject_kind: "product",
        subject_id: id.0,
        text: format!("What the product {} says about its licences was changed.", row.name),
        after: Some(json!({"blocks_expired": row.blocks_expired, "feature_template": template})),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    Ok(())
}

async fn keep_template<C: ConnectionTrait>(
    connection: &C,
    product: i64,
    template: &str,
    now: i64,
) -> AppResult<()> {
    match objects::of_product(connection, product, FEATURE_TEMPLATE).await? {
        Some(object) if template.is_empty() => objects::delete(connection, object.id.into()).await?,
        Some(mut object) => {
            template.clone_into(&mut object.string_value);
            object.updated_at = now;
            objects::save(connection, object).await?;
        }
        None if template.is_empty() => {}
        None => {
            let row = data_object::ActiveModel {
                id: NotSet,
                ref_type: Set(OF_PRODUCT),
                ref_id: Set(product),
                machine_code: Set(String::new()),
                name: Set(FEATURE_TEMPLATE.to_owned()),
                string_value: Set(template.to_owned()),
                int_value: Set(0),
                created_at: Set(now),
                updated_at: Set(now),
            };
            objects::insert(connection, row).await?;
        }
    }
    Ok(())
}
