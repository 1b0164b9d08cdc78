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
    error::AppResult,
    http::{address::Client, cookies, json::Checked, session, staff_sign_in::sign_out},
    identity::{
        limits::{self, Limited},
        resets,
        sessions::{self, Kind},
        users,
    },
    state::AppState,
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
    resets::request(&app, Kind::Portal, &email).await?;
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
    resets::confirm(&app, Kind::Portal, &form, client.ip).await?;
    Ok(StatusCode::NO_CONTENT)
}
