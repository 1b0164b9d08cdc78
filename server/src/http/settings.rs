//! The vendor's settings, its logo and its colour.

use axum::{
    Json,
    extract::{Multipart, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use latchkey_shared::{
    api::{
        settings::{Company, MailTest, OwnLicences, Refunds, SetMail, Settings},
        terms::SetTerms,
    },
    brand::{Brand, Rgb},
    permission::Permission,
};

use crate::{
    error::{AppError, AppResult},
    http::{caller::Staff, etag, json::Checked},
    identity::staff,
    settings,
    state::AppState,
    terms, vendor,
};

/// All settings.
#[utoipa::path(get, path = "/api/v1/settings", tag = "settings",
    responses((status = 200, body = Settings), (status = 401), (status = 403)))]
pub async fn get_settings(State(app): State<AppState>, caller: Staff) -> AppResult<Json<Settings>> {
    caller.require(Permission::SettingsRead)?;
    shown(&app, &caller).await
}

/// Save the company's data.
#[utoipa::path(put, path = "/api/v1/settings/company", tag = "settings", request_body = Company,
    responses((status = 200, body = Settings), (status = 401), (status = 403), (status = 422)))]
pub async fn set_company(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<Company>,
) -> AppResult<Json<Settings>> {
    caller.require(Permission::SettingsWrite)?;
    settings::set_company(&app, &caller.origin(), form).await?;
    shown(&app, &caller).await
}

/// Set, change or remove the terms of use.
#[utoipa::path(put, path = "/api/v1/settings/terms", tag = "settings", request_body = SetTerms,
    responses((status = 200, body = Settings), (status = 401), (status = 403), (status = 422)))]
pub async fn set_terms(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<SetTerms>,
) -> AppResult<Json<Settings>> {
    caller.require(Permission::SettingsWrite)?;
    terms::set(&app, &caller.origin(), &form).await?;
    shown(&app, &caller).await
}

/// Say what customers may do with their licences themselves.
#[utoipa::path(put, path = "/api/v1/settings/own-licences", tag = "settings", request_body = OwnLicences,
    responses((status = 200, body = Settings), (status = 401), (status = 403), (status = 422)))]
pub async fn set_own_licences(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<OwnLicences>,
) -> AppResult<Json<Settings>> {
    caller.require(Permission::SettingsWrite)?;
    settings::set_own_licences(&app, &caller.origin(), form).await?;
    shown(&app, &caller).await
}

/// Say what refunds do to licences.
#[utoipa::path(put, path = "/api/v1/settings/refunds", tag = "settings", request_body = Refunds,
    responses((status = 200, body = Settings), (status = 401), (status = 403), (status = 422)))]
pub async fn set_refunds(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<Refunds>,
) -> AppResult<Json<Settings>> {
    caller.require(Permission::SettingsWrite)?;
    settings::set_refunds(&app, &caller.origin(), &form).await?;
    shown(&app, &caller).await
}

/// Set the mail server.
#[utoipa::path(put, path = "/api/v1/settings/mail", tag = "settings", request_body = SetMail,
    responses((status = 200, body = Settings), (status = 401), (status = 403), (status = 409), (status = 422)))]
pub async fn set_mail(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<SetMail>,
) -> AppResult<Json<Settings>> {
    caller.require(Permission::SettingsWrite)?;
    settings::set_mail(&app, &caller.origin(), form).await?;
    shown(&app, &caller).await
}

/// Send oneself a test message; for a token, which has no address, only connect to the mail server.
#[utoipa::path(post, path = "/api/v1/settings/mail/test", tag = "settings",
    responses((status = 200, body = MailTest), (status = 401), (status = 403)))]
pub async fn test_mail(State(app): State<AppState>, caller: Staff) -> AppResult<Json<MailTest>> {
    caller.require(Permission::SettingsWrite)?;
    let member = match caller.member() {
        Ok((id, _)) => staff::find(app.store.read(), id.0).await?,
        Err(_) => None,
    };
    Ok(Json(settings::test_mail(&app, member.as_ref().map(|member| member.email.as_str())).await?))
}

/// Upload the logo: a PNG, JPEG or WebP picture of at most 512 KB in the field `file`.
#[utoipa::path(put, path = "/api/v1/settings/logo", tag = "settings",
    request_body(content_type = "multipart/form-data", content = String),
    responses((status = 200, body = Settings), (status = 400), (status = 401), (status = 403), (status = 422)))]
pub async fn set_logo(
    State(app): State<AppState>,
    caller: Staff,
    mut form: Multipart,
) -> AppResult<Json<Settings>> {
    caller.require(Permission::SettingsWrite)?;
    let unreadable = |_| AppError::field("file", "The picture could not be read, or is larger than 512 KB.");
    let mut picture = None;
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        if part.name() == Some("file") {
            picture = Some(part.bytes().await.map_err(unreadable)?.to_vec());
        }
    }
    let picture = picture.ok_or_else(|| AppError::field("file", "Choose a picture."))?;
    settings::set_logo(&app, &caller.origin(), picture).await?;
    shown(&app, &caller).await
}

/// Remove the logo.
#[utoipa::path(delete, path = "/api/v1/settings/logo", tag = "settings",
    responses((status = 200, body = Settings), (status = 401), (status = 403)))]
pub async fn remove_logo(State(app): State<AppState>, caller: Staff) -> AppResult<Json<Settings>> {
    caller.require(Permission::SettingsWrite)?;
    settings::remove_logo(&app, &caller.origin()).await?;
    shown(&app, &caller).await
}

/// The vendor's logo, for anybody.
#[utoipa::path(get, path = "/api/v1/logo", tag = "session", responses((status = 200), (status = 404)))]
pub async fn get_logo(State(app): State<AppState>) -> AppResult<Response> {
    let (media_type, bytes) = settings::logo(&app).await?.ok_or_else(|| AppError::not_found("logo"))?;
    let headers = [
        (header::CONTENT_TYPE, media_type),
        // The address carries the version in its query.
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// The vendor's colour as a stylesheet, for anybody; empty where none is set.
#[utoipa::path(get, path = "/api/v1/brand.css", tag = "session", responses((status = 200)))]
pub async fn get_brand(State(app): State<AppState>, headers: HeaderMap) -> AppResult<Response> {
    let accent = vendor::load(app.store.read()).await?.accent;
    let accent = accent.as_deref().and_then(Rgb::parse);
    let css = accent.map(|colour| Brand::of(colour).style_sheet()).unwrap_or_default();
    let tag = format!("\"{}\"", hex::encode(&crate::random::hash(&css)[..8]));
    let known = etag::is_known(&headers, &tag);
    let common = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::ETAG, tag),
    ];
    Ok(if known { (StatusCode::NOT_MODIFIED, common).into_response() } else { (common, css).into_response() })
}

async fn shown(app: &AppState, caller: &Staff) -> AppResult<Json<Settings>> {
    Ok(Json(settings::show(app, caller.may(Permission::LinksManage)).await?))
}
