//! A portal user's own account.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use latchkey_shared::{
    api::{
        auth::{ChangeEmail, ChangePassword, OwnSessions, ProofStarted, ProveEmail, RenameSelf},
        portal::Account,
    },
    validation::normal_email,
};

use crate::{
    communications, customers,
    error::{AppError, AppResult},
    http::{
        caller::{AcceptedCustomer, PortalUser},
        json::Checked,
    },
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

/// My account.
#[utoipa::path(get, path = "/api/v1/portal/account", tag = "portal",
    responses((status = 200, body = Account), (status = 401), (status = 403), (status = 409)))]
pub async fn get_account(State(app): State<AppState>, caller: AcceptedCustomer) -> AppResult<Json<Account>> {
    account(&app, caller).await
}

/// Change my name.
#[utoipa::path(patch, path = "/api/v1/portal/account", tag = "portal", request_body = RenameSelf,
    responses((status = 200, body = Account), (status = 401), (status = 403), (status = 422)))]
pub async fn rename_account(
    State(app): State<AppState>,
    mut caller: AcceptedCustomer,
    Checked(form): Checked<RenameSelf>,
) -> AppResult<Json<Account>> {
    form.name.trim().clone_into(&mut caller.portal.user.name);
    let transaction = app.store.begin().await?;
    users::rename(&transaction, caller.portal.user.id, &caller.portal.user.name).await?;
    transaction.commit().await?;
    account(&app, caller).await
}

/// Change my password; all my other sessions end.
#[utoipa::path(post, path = "/api/v1/portal/account/password", tag = "portal", request_body = ChangePassword,
    responses((status = 204), (status = 401), (status = 422), (status = 429)))]
pub async fn change_password(
    State(app): State<AppState>,
    portal: PortalUser,
    Checked(form): Checked<ChangePassword>,
) -> AppResult<StatusCode> {
    check_current(&app, &portal, &form.current, "current").await?;
    passwords::check(&form.password, &portal.user.email, &vendor::load(app.store.read()).await?.name)?;
    let hash = app.passwords.hash(&form.password).await?;
    let transaction = app.store.begin().await?;
    users::set_password(&transaction, portal.user.id, hash).await?;
    sessions::end_others(&transaction, Kind::Portal, portal.user.id, Some(portal.session)).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ask for another e-mail address: six digits go there. The answer is the same for an address that is taken.
#[utoipa::path(post, path = "/api/v1/portal/account/email", tag = "portal", request_body = ChangeEmail,
    responses((status = 200, body = ProofStarted), (status = 401), (status = 422), (status = 429)))]
pub async fn change_email(
    State(app): State<AppState>,
    portal: PortalUser,
    Checked(form): Checked<ChangeEmail>,
) -> AppResult<Json<ProofStarted>> {
    check_current(&app, &portal, &form.password, "password").await?;
    let email = normal_email(&form.email);
    limits::count(&app, Limited::SignUp, &email, &portal.client.ip).await?;
    let taken = users::by_email(app.store.read(), &email).await?.is_some();
    let transaction = app.store.begin().await?;
    let payload = serde_json::json!({"email": email});
    let (proof, digits) = codes::begin_proof(
        &transaction,
        app.clock.now(),
        Purpose::EmailChange,
        Some(portal.user.id),
        &email,
        payload,
    )
    .await?;
    let letter = communications::proof(&app, &transaction, taken, &digits).await?;
    communications::send(&app, &transaction, None, &email, letter).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(Json(proof))
}

/// Enter the six digits: the new address is mine.
#[utoipa::path(post, path = "/api/v1/portal/account/email/prove", tag = "portal", request_body = ProveEmail,
    responses((status = 200, body = Account), (status = 401), (status = 403), (status = 409), (status = 422), (status = 429)))]
pub async fn prove_new_email(
    State(app): State<AppState>,
    mut caller: AcceptedCustomer,
    Checked(form): Checked<ProveEmail>,
) -> AppResult<Json<Account>> {
    limits::count(&app, Limited::Proof, &form.id, &caller.portal.client.ip).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let code =
        match codes::finish_proof(&transaction, now, Purpose::EmailChange, &form.id, &form.code).await? {
            Ok(code) if code.subject_id == Some(caller.portal.user.id) => code,
            Ok(_) => return Err(AppError::not_found("proof")),
            Err(error) => {
                transaction.commit().await?;
                return Err(error);
            }
        };
    let email = code.payload["email"].as_str().unwrap_or_default().to_owned();
    if users::by_email(&transaction, &email).await?.is_some() {
        return Err(AppError::conflict("address_taken", "Another account has this address already."));
    }
    users::set_email(&transaction, caller.portal.user.id, &email, now).await?;
    // Whoever reads the old address must not set a password any more.
    codes::withdraw(&transaction, Purpose::PortalReset, Some(caller.portal.user.id)).await?;
    transaction.commit().await?;
    caller.portal.user.email = email;
    account(&app, caller).await
}

/// Where I am signed in.
#[utoipa::path(get, path = "/api/v1/portal/sessions", tag = "portal",
    responses((status = 200, body = OwnSessions), (status = 401)))]
pub async fn list_portal_sessions(
    State(app): State<AppState>,
    portal: PortalUser,
) -> AppResult<Json<OwnSessions>> {
    Ok(Json(sessions::list(&app, Kind::Portal, portal.user.id, portal.session).await?))
}

/// Sign out somewhere else.
#[utoipa::path(delete, path = "/api/v1/portal/sessions/{id}", tag = "portal", params(("id" = i64, Path)),
    responses((status = 204), (status = 401), (status = 404)))]
pub async fn end_portal_session(
    State(app): State<AppState>,
    portal: PortalUser,
    Path(id): Path<i64>,
) -> AppResult<StatusCode> {
    sessions::end(&app, Kind::Portal, portal.user.id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out everywhere else.
#[utoipa::path(delete, path = "/api/v1/portal/sessions", tag = "portal", responses((status = 204), (status = 401)))]
pub async fn end_other_portal_sessions(
    State(app): State<AppState>,
    portal: PortalUser,
) -> AppResult<StatusCode> {
    let transaction = app.store.begin().await?;
    sessions::end_others(&transaction, Kind::Portal, portal.user.id, Some(portal.session)).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn check_current(app: &AppState, portal: &PortalUser, password: &str, field: &str) -> AppResult<()> {
    limits::count(app, Limited::SignIn, &format!("portal:{}", portal.user.email), &portal.client.ip).await?;
    if app.passwords.verify(password, portal.user.password_hash.as_deref()).await? {
        Ok(())
    } else {
        Err(AppError::field(field, "This is not your current password."))
    }
}

async fn account(app: &AppState, caller: AcceptedCustomer) -> AppResult<Json<Account>> {
    let customer = customers::find(app.store.read(), caller.access(), caller.customer).await?;
    let user = caller.portal.user;
    let pending_email = codes::pending_email(app.store.read(), app.clock.now(), user.id).await?;
    Ok(Json(Account {
        name: user.name,
        email: user.email,
        pending_email,
        customer: caller.customer,
        customer_name: customer.name,
        company: customer.company,
    }))
}
