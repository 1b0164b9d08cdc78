//! Staff: sign-in, sign-out, password reset, invitations.

use axum::{Json, extract::State, http::StatusCode};
use axum_extra::extract::cookie::CookieJar;
use latchkey_shared::{
    api::{
        auth::{AcceptStaffInvitation, InvitationCode, ResetConfirm, ResetRequest, SignIn, StaffInvitation},
        session::Session,
    },
    permission::Role,
    validation::normal_email,
};

use crate::{
    audit::Origin,
    error::{AppError, AppResult},
    http::{address::Client, cookies, json::Checked, session},
    identity::{
        codes::{self, Purpose},
        limits::{self, Limited},
        passwords, resets,
        sessions::{self, Kind},
        staff::{self, NewMember},
    },
    state::AppState,
    vendor,
};

/// Sign in as staff.
#[utoipa::path(post, path = "/api/v1/staff/sign-in", tag = "session", request_body = SignIn,
    responses((status = 200, body = Session), (status = 401), (status = 422), (status = 429)))]
pub async fn staff_sign_in(
    State(app): State<AppState>,
    client: Client,
    jar: CookieJar,
    Checked(form): Checked<SignIn>,
) -> AppResult<(CookieJar, Json<Session>)> {
    let email = normal_email(&form.email);
    limits::count(&app, Limited::SignIn, &format!("staff:{email}"), &client.ip).await?;
    let member = staff::check_password(&app, &email, &form.password).await?;
    limits::forgive(&app, Limited::SignIn, &format!("staff:{email}")).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let token = sessions::begin(&transaction, now, Kind::Staff, member.id, None, &client).await?;
    staff::seen(&transaction, member.id, now).await?;
    transaction.commit().await?;
    let jar = cookies::set(jar, Kind::Staff, &app.config, token);
    let session = session::of(&app, &jar).await?;
    Ok((jar, Json(session)))
}

/// Sign out here.
#[utoipa::path(post, path = "/api/v1/staff/sign-out", tag = "session", responses((status = 204)))]
pub async fn staff_sign_out(
    State(app): State<AppState>,
    jar: CookieJar,
) -> AppResult<(CookieJar, StatusCode)> {
    sign_out(&app, jar, Kind::Staff).await
}

/// Ends the session of that kind, if there is one.
pub async fn sign_out(app: &AppState, jar: CookieJar, kind: Kind) -> AppResult<(CookieJar, StatusCode)> {
    if let Some(token) = cookies::token(&jar, kind, &app.config)
        && let Some(session) = sessions::find(app, kind, &token).await?
    {
        sessions::end(app, kind, session.subject_id, session.id).await?;
    }
    Ok((cookies::clear(jar, kind, &app.config), StatusCode::NO_CONTENT))
}

/// Ask for a reset message; the answer is the same for unknown addresses.
#[utoipa::path(post, path = "/api/v1/staff/password-reset", tag = "session", request_body = ResetRequest,
    responses((status = 202), (status = 422), (status = 429)))]
pub async fn staff_request_reset(
    State(app): State<AppState>,
    client: Client,
    Checked(form): Checked<ResetRequest>,
) -> AppResult<StatusCode> {
    let email = normal_email(&form.email);
    limits::count(&app, Limited::Reset, &format!("staff:{email}"), &client.ip).await?;
    resets::request(&app, Kind::Staff, &email).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Set a new password with the code of a reset message; all sessions end.
#[utoipa::path(post, path = "/api/v1/staff/password-reset/confirm", tag = "session", request_body = ResetConfirm,
    responses((status = 204), (status = 404), (status = 422), (status = 429)))]
pub async fn staff_confirm_reset(
    State(app): State<AppState>,
    client: Client,
    Checked(form): Checked<ResetConfirm>,
) -> AppResult<StatusCode> {
    limits::count(&app, Limited::Link, &client.ip, &client.ip).await?;
    resets::confirm(&app, Kind::Staff, &form, client.ip).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Look at an invitation; nothing changes.
#[utoipa::path(post, path = "/api/v1/staff/invitation", tag = "session", request_body = InvitationCode,
    responses((status = 200, body = StaffInvitation), (status = 404), (status = 429)))]
pub async fn look_at_staff_invitation(
    State(app): State<AppState>,
    client: Client,
    Checked(form): Checked<InvitationCode>,
) -> AppResult<Json<StaffInvitation>> {
    limits::count(&app, Limited::Link, &client.ip, &client.ip).await?;
    let invited = invited(&app, app.clock.now(), &form.code).await?;
    let vendor = vendor::load(app.store.read()).await?.name;
    let (email, name, role) = match invited {
        Invited::Owner => (String::new(), String::new(), Role::Owner),
        Invited::Member(member) => {
            let role = Role::parse(&member.role).ok_or_else(AppError::link_unusable)?;
            (member.email, member.name, role)
        }
    };
    Ok(Json(StaffInvitation { email, name, role, vendor }))
}

/// Whom an invitation's code is for.
enum Invited {
    /// The first owner, who is nobody yet.
    Owner,
    Member(latchkey_store::entity::staff::Model),
}

async fn invited(app: &AppState, now: i64, code: &str) -> AppResult<Invited> {
    let connection = app.store.read();
    if codes::look(connection, now, Purpose::OwnerSetup, code).await?.is_some() {
        return Ok(Invited::Owner);
    }
    let code = codes::look(connection, now, Purpose::StaffInvitation, code).await?;
    let id = code.and_then(|code| code.subject_id).ok_or_else(AppError::link_unusable)?;
    let member = staff::find(connection, id).await?.filter(|member| !member.disabled);
    Ok(Invited::Member(member.ok_or_else(AppError::link_unusable)?))
}

/// Accept an invitation, or make the first owner: choose a password and be signed in.
#[utoipa::path(post, path = "/api/v1/staff/invitation/accept", tag = "session", request_body = AcceptStaffInvitation,
    responses((status = 200, body = Session), (status = 404), (status = 422), (status = 429)))]
pub async fn accept_staff_invitation(
    State(app): State<AppState>,
    client: Client,
    jar: CookieJar,
    Checked(form): Checked<AcceptStaffInvitation>,
) -> AppResult<(CookieJar, Json<Session>)> {
    limits::count(&app, Limited::Link, &client.ip, &client.ip).await?;
    let now = app.clock.now();
    let email = match invited(&app, now, &form.code).await? {
        Invited::Owner => normal_email(&form.email),
        Invited::Member(member) => member.email,
    };
    passwords::check(&form.password, &email, &vendor::load(app.store.read()).await?.name)?;
    let hash = app.passwords.hash(&form.password).await?;
    let transaction = app.store.begin().await?;
    let owner = codes::redeem(&transaction, now, Purpose::OwnerSetup, &form.code).await?;
    let member = if owner.is_some() {
        codes::withdraw(&transaction, Purpose::OwnerSetup, None).await?;
        let new = NewMember { email: &email, name: &form.name, role: Role::Owner, password_hash: Some(hash) };
        staff::add(&transaction, now, &Origin::system("system"), new).await?
    } else {
        let code = codes::redeem(&transaction, now, Purpose::StaffInvitation, &form.code).await?;
        let id = code.and_then(|code| code.subject_id).ok_or_else(AppError::link_unusable)?;
        staff::accept(&transaction, id, form.name.trim(), hash).await?.ok_or_else(AppError::link_unusable)?
    };
    let token = sessions::begin(&transaction, now, Kind::Staff, member.id, None, &client).await?;
    staff::seen(&transaction, member.id, now).await?;
    transaction.commit().await?;
    let jar = cookies::set(jar, Kind::Staff, &app.config, token);
    let session = session::of(&app, &jar).await?;
    Ok((jar, Json(session)))
}
