//! Messages for staff.

use axum::{
    Json,
    extract::{Path, State},
};
use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        communications::{Communication, CommunicationRow},
    },
    ids::CommunicationId,
    permission::Permission,
};

use crate::{
    communications::{self, view},
    error::AppResult,
    http::{caller::Staff, json::CheckedQuery},
    state::AppState,
};

/// List messages.
#[utoipa::path(get, path = "/api/v1/communications", tag = "communications", params(ListQuery),
    responses((status = 200, body = List<CommunicationRow>), (status = 401), (status = 403), (status = 422)))]
pub async fn list_communications(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<ListQuery>,
) -> AppResult<Json<List<CommunicationRow>>> {
    caller.require(Permission::CommunicationsRead)?;
    Ok(Json(view::list(&app, caller.access(), &query).await?))
}

/// A message with its body. What lets people in (links and codes) is shown only to those who may hand out
/// links; staff invitations and resets only to those who manage staff.
#[utoipa::path(get, path = "/api/v1/communications/{id}", tag = "communications", params(("id" = i64, Path)),
    responses((status = 200, body = Communication), (status = 401), (status = 403), (status = 404)))]
pub async fn get_communication(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<Communication>> {
    caller.require(Permission::CommunicationsRead)?;
    let message = view::show(&app, caller.access(), CommunicationId(id)).await?;
    if let Some(permission) = communications::letters::needs_permission(&message.row.kind) {
        caller.require(permission)?;
    }
    Ok(Json(message))
}

/// Send a message again.
#[utoipa::path(post, path = "/api/v1/communications/{id}/resend", tag = "communications", params(("id" = i64, Path)),
    responses((status = 200, body = Communication), (status = 401), (status = 403), (status = 404)))]
pub async fn resend_communication(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<Communication>> {
    caller.require(Permission::CommunicationsWrite)?;
    let id = CommunicationId(id);
    let kind = view::show(&app, caller.access(), id).await?.row.kind;
    if let Some(permission) = communications::letters::needs_permission(&kind) {
        caller.require(permission)?;
    }
    Ok(Json(communications::resend(&app, &caller.origin(), id).await?))
}
