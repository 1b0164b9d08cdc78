//! Moving in from another licensing service: files, runs, a known token, invitations.

use axum::{
    Json,
    extract::{Multipart, Path, State, multipart::MultipartError},
    http::StatusCode,
    response::IntoResponse,
};
use latchkey_shared::{
    api::move_in::{
        BeginRun, Invitations, Invite, Invited, KnownToken, MoveIn, MoveInFile, MoveInRun, TokenTaken,
    },
    permission::Permission,
};

use crate::{
    error::{AppError, AppResult},
    http::{caller::Staff, json::Checked},
    move_in::{
        background, invite,
        token::{self, Became, Known},
        uploads,
    },
    state::AppState,
};

/// How far moving in is: files, the latest dry run and import, and what programs need to know.
#[utoipa::path(get, path = "/api/v1/move-in", tag = "move-in",
    responses((status = 200, body = MoveIn), (status = 401), (status = 403)))]
pub async fn get_move_in(State(app): State<AppState>, caller: Staff) -> AppResult<Json<MoveIn>> {
    caller.require(Permission::SettingsRead)?;
    Ok(Json(background::show(&app).await?))
}

/// Add a file, in the field `file`: an answer of the other service as JSON, or keys or customers as CSV, of at most
/// 16 MB. One of the same name gives way.
#[utoipa::path(put, path = "/api/v1/move-in/files", tag = "move-in",
    request_body(content_type = "multipart/form-data", content = String),
    responses((status = 200, body = MoveInFile), (status = 400), (status = 401), (status = 403), (status = 409), (status = 413), (status = 422)))]
pub async fn add_move_in_file(
    State(app): State<AppState>,
    caller: Staff,
    mut form: Multipart,
) -> AppResult<Json<MoveInFile>> {
    caller.require(Permission::SettingsWrite)?;
    let unreadable = |error: MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            AppError::too_large(uploads::TOO_LARGE)
        } else {
            AppError::field("file", "The file could not be read. Choose it again.")
        }
    };
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        if part.name() == Some("file") {
            let name = part.file_name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(unreadable)?;
            return Ok(Json(uploads::add(&app, &name, bytes).await?));
        }
    }
    Err(AppError::field("file", "Choose a file."))
}

/// Remove every file that waits.
#[utoipa::path(delete, path = "/api/v1/move-in/files", tag = "move-in",
    responses((status = 204), (status = 401), (status = 403), (status = 409)))]
pub async fn remove_move_in_files(State(app): State<AppState>, caller: Staff) -> AppResult<StatusCode> {
    caller.require(Permission::SettingsWrite)?;
    uploads::remove_all(&app).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove a file that waits.
#[utoipa::path(delete, path = "/api/v1/move-in/files/{id}", tag = "move-in", params(("id" = i64, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn remove_move_in_file(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<StatusCode> {
    caller.require(Permission::SettingsWrite)?;
    uploads::remove(&app, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begin a dry run of the files that wait, or after one the import.
#[utoipa::path(post, path = "/api/v1/move-in/runs", tag = "move-in", request_body = BeginRun,
    responses((status = 202, body = MoveInRun), (status = 401), (status = 403), (status = 409), (status = 422)))]
pub async fn begin_move_in(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<BeginRun>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::SettingsWrite)?;
    let run = background::begin(&app, &caller.origin(), form.dry_run).await?;
    Ok((StatusCode::ACCEPTED, Json(run)))
}

/// Take over an access token that programs in the field carry, with its id and secret.
#[utoipa::path(post, path = "/api/v1/move-in/token", tag = "move-in", request_body = KnownToken,
    responses((status = 200, body = TokenTaken), (status = 401), (status = 403), (status = 422)))]
pub async fn take_known_token(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<KnownToken>,
) -> AppResult<Json<TokenTaken>> {
    caller.member()?;
    caller.require(Permission::SettingsWrite)?;
    let words = "This is no access token. Paste what your programs carry, or write ID:SECRET.";
    let (id, secret) = token::parse(&form.token).ok_or_else(|| AppError::field("token", words))?;
    let known = Known {
        id,
        secret,
        name: form.name.trim().to_owned(),
        scopes: form.scopes,
        product_lock: form.product_lock.map(|product| product.0),
    };
    let became = token::put(&app, &caller.origin(), known, false).await?;
    Ok(Json(TokenTaken { id, changed: became != Became::Same }))
}

/// Who was moved in and has no account yet.
#[utoipa::path(get, path = "/api/v1/move-in/invitations", tag = "move-in",
    responses((status = 200, body = Invitations), (status = 401), (status = 403)))]
pub async fn get_invitations(State(app): State<AppState>, caller: Staff) -> AppResult<Json<Invitations>> {
    caller.require(Permission::LinksManage)?;
    Ok(Json(invite::show(&app).await?))
}

/// Send the next few hundred of them the link by which they choose a password.
#[utoipa::path(post, path = "/api/v1/move-in/invitations", tag = "move-in", request_body = Invite,
    responses((status = 200, body = Invited), (status = 401), (status = 403), (status = 409), (status = 422)))]
pub async fn send_invitations(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<Invite>,
) -> AppResult<Json<Invited>> {
    caller.require(Permission::LinksManage)?;
    Ok(Json(invite::send(&app, &caller.origin(), &form).await?))
}
