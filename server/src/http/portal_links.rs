//! Opening and using links, accepting changed terms, choosing a customer.

use axum::{Json, extract::State};
use axum_extra::extract::cookie::CookieJar;
use latchkey_shared::{
    api::{
        auth::ProveEmail,
        links::{Invitation, LinkCode, LinkUsed, UseLink},
        portal::SwitchCustomer,
        session::Session,
        terms::AcceptTerms,
    },
    error::code,
};

use crate::{
    error::{AppError, AppResult},
    http::{
        address::Client,
        caller::{MaybePortalUser, PortalUser},
        cookies,
        json::Checked,
        session,
    },
    identity::{
        limits::{self, Limited},
        sessions::{self, Kind},
        users,
    },
    links::{invitation, using},
    state::AppState,
};

/// Who invites: looking changes nothing.
#[utoipa::path(post, path = "/api/v1/portal/invitation", tag = "portal", request_body = LinkCode,
    responses((status = 200, body = Invitation), (status = 404), (status = 422), (status = 429)))]
pub async fn look_at_invitation(
    State(app): State<AppState>,
    client: Client,
    MaybePortalUser(portal): MaybePortalUser,
    Checked(link): Checked<LinkCode>,
) -> AppResult<Json<Invitation>> {
    limits::count(&app, Limited::Link, &opened(&link, &client), &client.ip).await?;
    let user = portal.as_ref().map(|portal| &portal.user);
    Ok(Json(invitation::show(&app, &link, user).await?))
}

/// Use a link: sign up, or attach the account that is signed in.
#[utoipa::path(post, path = "/api/v1/portal/invitation/use", tag = "portal", request_body = UseLink,
    responses((status = 200, body = LinkUsed), (status = 404), (status = 409), (status = 422), (status = 429)))]
pub async fn use_invitation(
    State(app): State<AppState>,
    client: Client,
    jar: CookieJar,
    MaybePortalUser(portal): MaybePortalUser,
    Checked(form): Checked<UseLink>,
) -> AppResult<(CookieJar, Json<LinkUsed>)> {
    limits::count(&app, Limited::Link, &opened(&form.link, &client), &client.ip).await?;
    let user = portal.as_ref().map(|portal| &portal.user);
    let outcome = using::run(&app, form, user, &client).await?;
    let jar = match (outcome.signed_in, &portal) {
        (Some((_, customer)), Some(portal)) => {
            let transaction = app.store.begin().await?;
            sessions::choose_customer(&transaction, portal.session, customer.0).await?;
            transaction.commit().await?;
            jar
        }
        (Some((user, customer)), None) => begin(&app, jar, user.id, customer.0, &client).await?,
        (None, _) => jar,
    };
    Ok((jar, Json(outcome.answer)))
}

/// Enter the six digits of the message.
#[utoipa::path(post, path = "/api/v1/portal/sign-up/prove", tag = "portal", request_body = ProveEmail,
    responses((status = 200, body = Session), (status = 404), (status = 409), (status = 422), (status = 429)))]
pub async fn prove_sign_up(
    State(app): State<AppState>,
    client: Client,
    jar: CookieJar,
    Checked(form): Checked<ProveEmail>,
) -> AppResult<(CookieJar, Json<Session>)> {
    let (user, customer) = using::prove(&app, &form, &client).await?;
    let jar = begin(&app, jar, user.id, customer.0, &client).await?;
    let session = session::of(&app, &jar).await?;
    Ok((jar, Json(session)))
}

/// Accept the terms in force.
#[utoipa::path(post, path = "/api/v1/portal/terms", tag = "portal", request_body = AcceptTerms,
    responses((status = 200, body = Session), (status = 401), (status = 409), (status = 422)))]
pub async fn accept_terms(
    State(app): State<AppState>,
    portal: PortalUser,
    jar: CookieJar,
    Checked(form): Checked<AcceptTerms>,
) -> AppResult<Json<Session>> {
    let customer = portal.customer.ok_or_else(no_customer)?;
    using::accept_terms(&app, &portal.user, customer, &form, &portal.client).await?;
    Ok(Json(session::of(&app, &jar).await?))
}

/// Act for another customer.
#[utoipa::path(post, path = "/api/v1/portal/customer", tag = "portal", request_body = SwitchCustomer,
    responses((status = 200, body = Session), (status = 401), (status = 404), (status = 422)))]
pub async fn switch_customer(
    State(app): State<AppState>,
    portal: PortalUser,
    jar: CookieJar,
    Checked(form): Checked<SwitchCustomer>,
) -> AppResult<Json<Session>> {
    let own = users::customers(&app, portal.user.id).await?;
    if !own.iter().any(|customer| customer.id.0 == form.customer) {
        return Err(AppError::not_found("customer"));
    }
    let transaction = app.store.begin().await?;
    sessions::choose_customer(&transaction, portal.session, form.customer).await?;
    transaction.commit().await?;
    Ok(Json(session::of(&app, &jar).await?))
}

async fn begin(
    app: &AppState,
    jar: CookieJar,
    user: i64,
    customer: i64,
    client: &Client,
) -> AppResult<CookieJar> {
    let transaction = app.store.begin().await?;
    let token =
        sessions::begin(&transaction, app.clock.now(), Kind::Portal, user, Some(customer), client).await?;
    transaction.commit().await?;
    Ok(cookies::set(jar, Kind::Portal, &app.config, token))
}

/// Whose link is opened: a customer's, however many addresses try it; everybody's counts by address alone.
fn opened(link: &LinkCode, client: &Client) -> String {
    link.id.map_or_else(|| client.ip.clone(), |customer| format!("customer:{customer}"))
}

fn no_customer() -> AppError {
    AppError::conflict(
        code::NO_CUSTOMER,
        "Your account is not attached to a customer. Ask the vendor for a link.",
    )
}
