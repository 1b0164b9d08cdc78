//! `GET /api/v1/session`: the page app's first question.

use axum::{extract::State, http::HeaderMap, response::Response};
use latchkey_shared::{
    api::session::{Environment, PortalSession, Session, StaffSession},
    ids::StaffId,
    permission::Role,
};
use latchkey_store::entity::{session, staff};

use crate::{
    attention,
    config::is_test_key,
    error::{AppError, AppResult},
    http::{cookies, etag},
    identity::{
        self,
        sessions::{self, Kind},
        users,
    },
    state::AppState,
    subscriptions::offline::start,
    terms, vendor,
};
use axum_extra::extract::cookie::CookieJar;

/// Who is signed in, for anybody.
#[utoipa::path(get, path = "/api/v1/session", tag = "session", responses((status = 200, body = Session)))]
pub async fn get_session(
    State(app): State<AppState>,
    jar: CookieJar,
    headers: HeaderMap,
) -> AppResult<Response> {
    etag::json(&headers, &of(&app, &jar).await?)
}

async fn live(app: &AppState, jar: &CookieJar, kind: Kind) -> AppResult<Option<session::Model>> {
    match cookies::token(jar, kind, &app.config) {
        Some(token) => sessions::find(app, kind, &token).await,
        None => Ok(None),
    }
}

/// The session answer for whoever the cookies say is signed in, on either side: also what follows signing in, choosing
/// a customer and the like, so that the page never loses the side that was not touched. Call it after the commit.
pub async fn of(app: &AppState, jar: &CookieJar) -> AppResult<Session> {
    let connection = app.store.read();
    let member = match live(app, jar, Kind::Staff).await? {
        Some(session) => identity::staff::active(app, session.subject_id).await?,
        None => None,
    };
    let staff = match member {
        Some(member) => Some(staff_session(app, member).await?),
        None => None,
    };
    let portal = match live(app, jar, Kind::Portal).await? {
        Some(session) => portal_session(app, &session).await?,
        None => None,
    };
    Ok(Session {
        vendor: vendor::public(connection).await?,
        staff,
        portal,
        environment: environment(app).await?,
        setup_required: identity::staff::setup_required(connection).await?,
    })
}

async fn staff_session(app: &AppState, member: staff::Model) -> AppResult<StaffSession> {
    let role =
        Role::parse(&member.role).ok_or_else(|| AppError::internal("a staff member has an unknown role"))?;
    Ok(StaffSession {
        id: StaffId(member.id),
        name: member.name,
        email: member.email,
        role,
        permissions: role.permissions().to_vec(),
        attention: attention::open_count(app.store.read()).await?,
    })
}

async fn portal_session(app: &AppState, session: &session::Model) -> AppResult<Option<PortalSession>> {
    let Some(user) = users::find(app, session.subject_id).await? else { return Ok(None) };
    let customer = users::usable_customer(app, &user, session.customer_id).await?;
    let terms_required = match customer {
        Some(customer) => terms::outstanding(app, customer, latchkey_shared::ids::UserId(user.id)).await?,
        None => None,
    };
    // Who may come in begins what waits for them.
    if let (Some(customer), None) = (customer, &terms_required)
        && let Err(error) = start::at_sign_in(app, customer).await
    {
        tracing::warn!(%customer, %error, "what waits for a sign-in could not begin");
    }
    Ok(Some(PortalSession {
        id: latchkey_shared::ids::UserId(user.id),
        customers: users::customers(app, user.id).await?,
        name: user.name,
        email: user.email,
        customer,
        terms_required,
    }))
}

async fn environment(app: &AppState) -> AppResult<Environment> {
    if app.config.demo {
        return Ok(Environment::Demo);
    }
    let live = match &app.config.stripe_secret_key {
        Some(key) => !is_test_key(key),
        None => crate::billing::accounts::any_live(app.store.read()).await?,
    };
    Ok(if live { Environment::Live } else { Environment::Test })
}
