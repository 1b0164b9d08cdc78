//! The portal: sign-in, sign-out, password reset.

use axum::{Json, extract::State, http::StatusCode};
use axum_extra::extract::cookie::CookieJar;
use latchkey_shared::{
    api::{
        auth::{ResetConfirm, ResetRequest, SignIn},
        session::Session,
    },
    validation::normal_email,
};

use crate::{
    audit::{self, Entry, Origin},
    communications::{self, letters},
    error::{AppError, AppResult},
    http::{address::Client, cookies, json::Checked, session, staff_sign_in::sign_out},
    identity::{
        codes::{self, Purpose},
        limits::{self, Limited},
        passwords,
        sessions::{self, Kind},
        users,
    },
    state::AppState,
    vendor,
};

/// Sign in to the portal.
#[utoipa::path(post, path = "/api/v1/portal/sign-in", tag = "portal", request_body = SignIn,
    responses((status = 200, body = Session), (status = 401), (status = 422), (status = 429)))]
pub async fn portal_sign_in(
    State(app): State<AppState>,
    client: Client,
    jar: CookieJar,
    Checked(form): Checked<SignIn>,
) -> AppResult<(CookieJar, Json<Session>)> {
    let email = normal_email(&form.email);
    limits::count(&app, Limited::SignIn, &format!("portal:{email}"), &client.ip).await?;
    let user = users::check_password(&app, &email, &form.password).await?;
    limits::forgive(&app, Limited::SignIn, &format!("portal:{email}")).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let token = sessions::begin(&transaction, now, Kind::Portal, user.id, None, &client).await?;
    users::seen(&transaction, user.id, now).await?;
    transaction.commit().await?;
    let jar = cookies::set(jar, Kind::Portal, &app.config, token);
    let session = session::of(&app, &jar).await?;
    Ok((jar, Json(session)))
}

/// Sign out here.
#[utoipa::path(post, path = "/api/v1/portal/sign-out", tag = "portal", responses((status = 204)))]
pub async fn portal_sign_out(
    State(app): State<AppState>,
    jar: CookieJar,
) -> AppResult<(CookieJar, StatusCode)> {
    sign_out(&app, jar, Kind::Portal).await
}

/// Ask for a reset message; the answer is the same for unknown addresses.
#[utoipa::path(post, path = "/api/v1/portal/password-reset", tag = "portal", request_body = ResetRequest,
    responses((status = 202), (status = 422), (status = 429)))]
pub async fn portal_request_reset(
    State(app): State<AppState>,
    client: Client,
    Checked(form): Checked<ResetRequest>,
) -> AppResult<StatusCode> {
    let email = normal_email(&form.email);
    limits::count(&app, Limited::Reset, &format!("portal:{email}"), &client.ip).await?;
    let transaction = app.store.begin().await?;
    if let Some(user) = users::by_email(&transaction, &email).await? {
        let now = app.clock.now();
        let payload = serde_json::json!({});
        let code = codes::issue_link(&transaction, now, Purpose::PortalReset, Some(user.id), payload).await?;
        let vendor = vendor::load(&transaction).await?.name;
        let letter = letters::password_reset(&vendor, &app.config.url(&format!("/Portal/Reset#{code}")));
        communications::send(&app, &transaction, None, &email, letter).await?;
    }
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(StatusCode::ACCEPTED)
}

/// Set a new password with the code of a reset message; all sessions end.
#[utoipa::path(post, path = "/api/v1/portal/password-reset/confirm", tag = "portal", request_body = ResetConfirm,
    responses((status = 204), (status = 404), (status = 422), (status = 429)))]
pub async fn portal_confirm_reset(
    State(app): State<AppState>,
    client: Client,
    Checked(form): Checked<ResetConfirm>,
) -> AppResult<StatusCode> {
    limits::count(&app, Limited::Link, &client.ip, &client.ip).await?;
    passwords::check(&form.password, "", "")?;
    let hash = app.passwords.hash(&form.password).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let code = codes::redeem(&transaction, now, Purpose::PortalReset, &form.code).await?;
    let id = code.and_then(|code| code.subject_id).ok_or_else(AppError::link_unusable)?;
    users::set_password(&transaction, id, hash).await?;
    sessions::end_others(&transaction, Kind::Portal, id, None).await?;
    let origin = Origin { source: "portal", id: Some(id), name: None, ip: client.ip };
    let entry = Entry {
        action: "password_reset",
        subject_kind: "user",
        subject_id: id,
        text: "The password was set anew by e-mail.".to_owned(),
        ..Entry::default()
    };
    audit::record(&transaction, now, &origin, entry).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
