//! Messages in the vendor's own words, and reminders.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use latchkey_shared::{
    api::message_templates::{
        MessagePreview, MessageTemplate, MessageTemplates, MessageWords, Reminders, SetReminder,
    },
    message_template::TemplateKind,
    permission::Permission,
    reminder::ReminderKind,
};

use crate::{
    communications::{reminder_rules, templates},
    error::{AppError, AppResult},
    http::{caller::Staff, json::Checked},
    state::AppState,
};

fn template(kind: &str) -> AppResult<TemplateKind> {
    TemplateKind::parse(kind).ok_or_else(|| AppError::not_found("message"))
}

/// List messages whose words can be changed.
#[utoipa::path(get, path = "/api/v1/message-templates", tag = "communications",
    responses((status = 200, body = MessageTemplates), (status = 401), (status = 403)))]
pub async fn list_message_templates(
    State(app): State<AppState>,
    caller: Staff,
) -> AppResult<Json<MessageTemplates>> {
    caller.require(Permission::CommunicationsRead)?;
    Ok(Json(MessageTemplates { templates: templates::all(&app).await? }))
}

/// The words of a message.
#[utoipa::path(get, path = "/api/v1/message-templates/{kind}", tag = "communications", params(("kind" = String, Path)),
    responses((status = 200, body = MessageTemplate), (status = 401), (status = 403), (status = 404)))]
pub async fn get_message_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(kind): Path<String>,
) -> AppResult<Json<MessageTemplate>> {
    caller.require(Permission::CommunicationsRead)?;
    Ok(Json(templates::one(app.store.read(), template(&kind)?).await?))
}

/// Put a message into other words.
#[utoipa::path(put, path = "/api/v1/message-templates/{kind}", tag = "communications", params(("kind" = String, Path)),
    request_body = MessageWords,
    responses((status = 200, body = MessageTemplate), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn change_message_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(kind): Path<String>,
    Checked(form): Checked<MessageWords>,
) -> AppResult<Json<MessageTemplate>> {
    caller.require(Permission::SettingsWrite)?;
    Ok(Json(templates::change(&app, &caller.origin(), template(&kind)?, &form).await?))
}

/// Go back to the words that came with Latchkey.
#[utoipa::path(delete, path = "/api/v1/message-templates/{kind}", tag = "communications", params(("kind" = String, Path)),
    responses((status = 200, body = MessageTemplate), (status = 401), (status = 403), (status = 404)))]
pub async fn reset_message_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(kind): Path<String>,
) -> AppResult<Json<MessageTemplate>> {
    caller.require(Permission::SettingsWrite)?;
    Ok(Json(templates::reset(&app, &caller.origin(), template(&kind)?).await?))
}

/// A message with made-up values, not kept.
#[utoipa::path(post, path = "/api/v1/message-templates/{kind}/preview", tag = "communications",
    params(("kind" = String, Path)), request_body = MessageWords,
    responses((status = 200, body = MessagePreview), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn preview_message_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(kind): Path<String>,
    Checked(form): Checked<MessageWords>,
) -> AppResult<Json<MessagePreview>> {
    caller.require(Permission::CommunicationsRead)?;
    Ok(Json(templates::preview(&app, template(&kind)?, &form).await?))
}

/// Send a message with made-up values to yourself.
#[utoipa::path(post, path = "/api/v1/message-templates/{kind}/test", tag = "communications",
    params(("kind" = String, Path)), request_body = MessageWords,
    responses((status = 204), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn test_message_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(kind): Path<String>,
    Checked(form): Checked<MessageWords>,
) -> AppResult<StatusCode> {
    caller.require(Permission::SettingsWrite)?;
    let (member, _) = caller.member()?;
    templates::send_test(&app, member, template(&kind)?, &form).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List when customers are reminded, and of what.
#[utoipa::path(get, path = "/api/v1/reminders", tag = "communications",
    responses((status = 200, body = Reminders), (status = 401), (status = 403)))]
pub async fn list_reminders(State(app): State<AppState>, caller: Staff) -> AppResult<Json<Reminders>> {
    caller.require(Permission::CommunicationsRead)?;
    Ok(Json(reminder_rules::shown(&app).await?))
}

/// Change when customers are reminded of something, or switch it off.
#[utoipa::path(put, path = "/api/v1/reminders/{kind}", tag = "communications", params(("kind" = String, Path)),
    request_body = SetReminder,
    responses((status = 200, body = Reminders), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn set_reminder(
    State(app): State<AppState>,
    caller: Staff,
    Path(kind): Path<String>,
    Checked(form): Checked<SetReminder>,
) -> AppResult<Json<Reminders>> {
    caller.require(Permission::SettingsWrite)?;
    let kind = ReminderKind::parse(&kind).ok_or_else(|| AppError::not_found("reminder"))?;
    Ok(Json(reminder_rules::set(&app, &caller.origin(), kind, &form).await?))
}
