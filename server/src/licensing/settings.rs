//! What staff set about licensing: how the licence Web API behaves.

use latchkey_shared::api::web_api::{RefusalStatus, WebApiSettings};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, IntoActiveModel as _};
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    error::AppResult,
    state::AppState,
    vendor,
};

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
