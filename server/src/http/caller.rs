//! Who calls: extractors that hold the proof, so that a handler that takes one cannot run without it.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use axum_extra::extract::cookie::CookieJar;
use latchkey_shared::{
    ids::{CustomerId, StaffId, UserId},
    permission::{Permission, Role},
};
use latchkey_store::{Access, entity::user};

use crate::{
    audit::Origin,
    error::{AppError, AppResult},
    http::{address::Client, cookies},
    identity::{
        self,
        sessions::{self, Kind},
        tokens,
    },
    state::AppState,
    terms,
};

/// A staff member or an access token. Each handler asks [`Staff::require`] for the permission it needs.
#[derive(Clone, Debug)]
pub struct Staff {
    who: Who,
    pub client: Client,
}

#[derive(Clone, Debug)]
enum Who {
    Member { id: StaffId, name: String, role: Role, session: i64 },
    Token { id: i64, name: String, permissions: Vec<Permission> },
}

impl Staff {
    /// 403 unless the caller holds `permission`.
    pub fn require(&self, permission: Permission) -> AppResult<()> {
        if self.may(permission) { Ok(()) } else { Err(AppError::forbidden()) }
    }

    pub fn may(&self, permission: Permission) -> bool {
        match &self.who {
            Who::Member { role, .. } => role.may(permission),
            Who::Token { permissions, .. } => permissions.contains(&permission),
        }
    }

    /// The person, where it is one: what concerns oneself (password, sessions) is not for tokens.
    pub fn member(&self) -> AppResult<(StaffId, i64)> {
        match &self.who {
            Who::Member { id, session, .. } => Ok((*id, *session)),
            Who::Token { .. } => Err(AppError::forbidden()),
        }
    }

    /// Only the owner.
    pub fn is_owner(&self) -> bool {
        matches!(self.who, Who::Member { role: Role::Owner, .. })
    }

    /// Whose data staff see: all of it.
    pub fn access(&self) -> Access {
        Access::All
    }

    pub fn origin(&self) -> Origin {
        let (source, id, name) = match &self.who {
            Who::Member { id, name, .. } => ("staff", id.0, name),
            Who::Token { id, name, .. } => ("api", *id, name),
        };
        Origin { source, id: Some(id), name: Some(name.clone()), ip: self.client.ip.clone() }
    }
}

impl FromRequestParts<AppState> for Staff {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> AppResult<Self> {
        let client = client(parts, app).await;
        if let Some(token) = bearer(&parts.headers) {
            let token = tokens::verify(app, token).await?;
            return Ok(Self {
                who: Who::Token { permissions: token.permissions(), id: token.id, name: token.name },
                client,
            });
        }
        let session = session(parts, app, Kind::Staff).await?;
        let member =
            identity::staff::active(app, session.subject_id).await?.ok_or_else(AppError::unauthenticated)?;
        let role = Role::parse(&member.role).ok_or_else(AppError::unauthenticated)?;
        Ok(Self {
            who: Who::Member { id: StaffId(member.id), name: member.name, role, session: session.id },
            client,
        })
    }
}

/// A signed-in portal user, with or without a chosen customer.
#[derive(Clone, Debug)]
pub struct PortalUser {
    pub user: user::Model,
    pub session: i64,
    pub customer: Option<CustomerId>,
    pub client: Client,
}

impl PortalUser {
    pub fn id(&self) -> UserId {
        UserId(self.user.id)
    }

    pub fn origin(&self) -> Origin {
        Origin {
            source: "portal",
            id: Some(self.user.id),
            name: Some(self.user.email.clone()),
            ip: self.client.ip.clone(),
        }
    }
}

impl FromRequestParts<AppState> for PortalUser {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> AppResult<Self> {
        let client = client(parts, app).await;
        let session = session(parts, app, Kind::Portal).await?;
        let user =
            identity::users::find(app, session.subject_id).await?.ok_or_else(AppError::unauthenticated)?;
        let customer = identity::users::usable_customer(app, &user, session.customer_id).await?;
        Ok(Self { user, session: session.id, customer, client })
    }
}

/// A portal user with a customer chosen and the terms in force accepted: what portal handlers take.
#[derive(Clone, Debug)]
pub struct AcceptedCustomer {
    pub portal: PortalUser,
    pub customer: CustomerId,
}

impl AcceptedCustomer {
    /// Whose data this caller sees.
    pub fn access(&self) -> Access {
        Access::Customer(self.customer)
    }
}

impl FromRequestParts<AppState> for AcceptedCustomer {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> AppResult<Self> {
        let portal = PortalUser::from_request_parts(parts, app).await?;
        let customer = portal.customer.ok_or_else(|| {
            AppError::conflict(
                latchkey_shared::error::code::NO_CUSTOMER,
                "Your account is not attached to a customer, or its access is switched off. Ask the vendor for a link.",
            )
        })?;
        if terms::outstanding(app, customer, portal.id()).await?.is_some() {
            return Err(AppError::terms_required());
        }
        Ok(Self { portal, customer })
    }
}

/// The portal user if somebody is signed in there; for pages that anybody may open.
pub struct MaybePortalUser(pub Option<PortalUser>);

impl FromRequestParts<AppState> for MaybePortalUser {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> AppResult<Self> {
        match PortalUser::from_request_parts(parts, app).await {
            Ok(user) => Ok(Self(Some(user))),
            Err(error) if error.status() == axum::http::StatusCode::UNAUTHORIZED => Ok(Self(None)),
            Err(error) => Err(error),
        }
    }
}

/// The staff member if one is signed in.
pub struct MaybeStaff(pub Option<Staff>);

impl FromRequestParts<AppState> for MaybeStaff {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> AppResult<Self> {
        match Staff::from_request_parts(parts, app).await {
            Ok(staff) => Ok(Self(Some(staff))),
            Err(error) if error.status() == axum::http::StatusCode::UNAUTHORIZED => Ok(Self(None)),
            Err(error) => Err(error),
        }
    }
}

async fn client(parts: &mut Parts, app: &AppState) -> Client {
    match Client::from_request_parts(parts, app).await {
        Ok(client) => client,
        Err(never) => match never {},
    }
}

async fn session(
    parts: &Parts,
    app: &AppState,
    kind: Kind,
) -> AppResult<latchkey_store::entity::session::Model> {
    let jar = CookieJar::from_headers(&parts.headers);
    let token = cookies::token(&jar, kind, &app.config).ok_or_else(AppError::unauthenticated)?;
    sessions::find(app, kind, &token).await?.ok_or_else(AppError::unauthenticated)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}
