//! Messages in the vendor's own words, and reminders.

use axum::{
    Json,
    extract::{Path, State},
};
use latchkey_shared::{
    api::messages::{Reminder, SetReminder, Template, TemplatePreview, TemplateWords, Templates},
    message::{ReminderKind, TemplateKind},
    permission::Permission,
};

use crate::{
    communications::{reminders, templates},
    error::{AppError, AppResult},
    http::{caller::Staff, json::Checked},
    state::AppState,
};

fn template(kind: &str) -> AppResult<TemplateKind> {
    TemplateKind::parse(kind).ok_or_else(|| AppError::not_found("message"))
}

/// List messages whose words can be changed, and the rules of the reminders.
#[utoipa::path(get, path = "/api/v1/message-templates", tag = "communications",
    responses((status = 200, body = Templates), (status = 401), (status = 403)))]
pub async fn list_templates(State(app): State<AppState>, caller: Staff) -> AppResult<Json<Templates>> {
    caller.require(Permission::CommunicationsRead)?;
    let (templates, reminders) = (templates::all(&app).await?, reminders::rules(&app).await?);
    Ok(Json(Templates { templates, reminders }))
}

/// The words of a message.
#[utoipa::path(get, path = "/api/v1/message-templates/{kind}", tag = "communications", params(("kind" = String, Path)),
    responses((status = 200, body = Template), (status = 401), (status = 403), (status = 404)))]
pub async fn get_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(kind): Path<String>,
) -> AppResult<Json<Template>> {
    caller.require(Permission::CommunicationsRead)?;
    Ok(Json(templates::one(&app, template(&kind)?).await?))
}

/// Put a message into other words.
#[utoipa::path(put, path = "/api/v1/message-templates/{kind}", tag = "communications", params(("kind" = String, Path)),
    request_body = TemplateWords,
    responses((status = 200, body = Template), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn change_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(kind): Path<String>,
    Checked(form): Checked<TemplateWords>,
) -> AppResult<Json<Template>> {
    caller.require(Permission::SettingsWrite)?;
    Ok(Json(templates::change(&app, &caller.origin(), template(&kind)?, form).await?))
}

/// Go back to the words that came with Latchkey.
#[utoipa::path(delete, path = "/api/v1/message-templates/{kind}", tag = "communications", params(("kind" = String, Path)),
    responses((status = 200, body = Template), (status = 401), (status = 403), (status = 404)))]
pub async fn reset_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(kind): Path<String>,
) -> AppResult<Json<Template>> {
    caller.require(Permission::SettingsWrite)?;
    Ok(Json(templates::reset(&app, &caller.origin(), template(&kind)?).await?))
}

/// A message with made-up values, not kept.
#[utoipa::path(post, path = "/api/v1/message-templates/{kind}/preview", tag = "communications",
    params(("kind" = String, Path)), request_body = TemplateWords,
    responses((status = 200, body = TemplatePreview), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn preview_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(kind): Path<String>,
    Checked(form): Checked<TemplateWords>,
) -> AppResult<Json<TemplatePreview>> {
    caller.require(Permission::CommunicationsRead)?;
    Ok(Json(templates::preview(&app, template(&kind)?, &form).await?))
}

/// Send a message with made-up values to yourself.
#[utoipa::path(post, path = "/api/v1/message-templates/{kind}/test", tag = "communications",
    params(("kind" = String, Path)), request_body = TemplateWords,
    responses((status = 204), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn test_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(kind): Path<String>,
    Checked(form): Checked<TemplateWords>,
) -> AppResult<axum::http::StatusCode> {
    caller.require(Permission::SettingsWrite)?;
    let (member, _) = caller.member()?;
    templates::send_test(&app, member, template(&kind)?, &form).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

/// Change when customers are reminded of something, or switch it off.
#[utoipa::path(put, path = "/api/v1/reminders/{kind}", tag = "communications", params(("kind" = String, Path)),
    request_body = SetReminder,
    responses((status = 200, body = Vec<Reminder>), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn set_reminder(
    State(app): State<AppState>,
    caller: Staff,
    Path(kind): Path<String>,
    Checked(form): Checked<SetReminder>,
) -> AppResult<Json<Vec<Reminder>>> {
    caller.require(Permission::SettingsWrite)?;
    let kind = ReminderKind::parse(&kind).ok_or_else(|| AppError::not_found("reminder"))?;
    Ok(Json(reminders::set(&app, &caller.origin(), kind, &form).await?))
}
