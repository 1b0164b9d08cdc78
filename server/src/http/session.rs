//! `GET /api/v1/session`: the page app's first question.

use axum::{Json, extract::State, http::HeaderMap, response::Response};
use latchkey_shared::{
    api::session::{Environment, PortalSession, Session, StaffSession},
    ids::StaffId,
    permission::Role,
};
use latchkey_store::entity::{session, staff, user};

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
    let staff = match live(&app, &jar, Kind::Staff).await? {
        Some(session) => identity::staff::active(&app, session.subject_id).await?,
        None => None,
    };
    let portal = match live(&app, &jar, Kind::Portal).await? {
        Some(session) => users::find(&app, session.subject_id).await?.map(|user| (user, session.customer_id)),
        None => None,
    };
    etag::json(&headers, &describe(&app, staff, portal).await?)
}

async fn live(app: &AppState, jar: &CookieJar, kind: Kind) -> AppResult<Option<session::Model>> {
    match cookies::token(jar, kind, &app.config) {
        Some(token) => sessions::find(app, kind, &token).await,
        None => Ok(None),
    }
}

/// The session answer for whoever is signed in.
pub async fn describe(
    app: &AppState,
    staff: Option<staff::Model>,
    portal: Option<(user::Model, Option<i64>)>,
) -> AppResult<Session> {
    let connection = app.store.read();
    let staff = match staff {
        Some(member) => Some(staff_session(app, member).await?),
        None => None,
    };
    let portal = match portal {
        Some((user, chosen)) => Some(portal_session(app, user, chosen).await?),
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

async fn portal_session(app: &AppState, user: user::Model, chosen: Option<i64>) -> AppResult<PortalSession> {
    let customer = users::usable_customer(app, &user, chosen).await?;
    let terms_required = match customer {
        Some(customer) => terms::outstanding(app, customer, latchkey_shared::ids::UserId(user.id)).await?,
        None => None,
    };
    Ok(PortalSession {
        id: latchkey_shared::ids::UserId(user.id),
        customers: users::customers(app, user.id).await?,
        name: user.name,
        email: user.email,
        customer,
        terms_required,
    })
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

/// The whole session after signing in as staff.
pub async fn for_staff(app: &AppState, member: staff::Model) -> AppResult<Json<Session>> {
    Ok(Json(describe(app, Some(member), None).await?))
}

/// The whole session after signing in to the portal.
pub async fn for_user(app: &AppState, user: user::Model, customer: Option<i64>) -> AppResult<Json<Session>> {
    Ok(Json(describe(app, None, Some((user, customer))).await?))
}
