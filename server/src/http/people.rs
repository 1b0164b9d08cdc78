//! The people working for the vendor.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse,
};
use latchkey_shared::{
    api::staff::{EditStaff, InviteStaff, StaffInvited, StaffList, StaffMember},
    ids::StaffId,
    permission::Permission,
};

use crate::{
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, created},
    },
    people,
    state::AppState,
};

/// List the staff.
#[utoipa::path(get, path = "/api/v1/staff", tag = "staff",
    responses((status = 200, body = StaffList), (status = 401), (status = 403)))]
pub async fn list_staff(State(app): State<AppState>, caller: Staff) -> AppResult<Json<StaffList>> {
    caller.require(Permission::StaffRead)?;
    Ok(Json(people::list(&app).await?))
}

/// Invite somebody; the link is answered and mailed.
#[utoipa::path(post, path = "/api/v1/staff", tag = "staff", request_body = InviteStaff,
    responses((status = 201, body = StaffInvited), (status = 401), (status = 403), (status = 422)))]
pub async fn invite_staff(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<InviteStaff>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::StaffManage)?;
    let invited = people::invite(&app, &caller.origin(), form).await?;
    Ok(created("/api/v1/staff".to_owned(), invited))
}

/// Change a member's name or role, or whether they may sign in.
#[utoipa::path(patch, path = "/api/v1/staff/{id}", tag = "staff", params(("id" = i64, Path)),
    request_body = EditStaff,
    responses((status = 200, body = StaffMember), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn edit_staff(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<EditStaff>,
) -> AppResult<Json<StaffMember>> {
    caller.require(Permission::StaffManage)?;
    Ok(Json(people::edit(&app, &caller.origin(), StaffId(id), form).await?))
}

/// Make a new invitation link; the one before stops working.
#[utoipa::path(post, path = "/api/v1/staff/{id}/invite-again", tag = "staff", params(("id" = i64, Path)),
    responses((status = 200, body = StaffInvited), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn invite_staff_again(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<StaffInvited>> {
    caller.require(Permission::StaffManage)?;
    Ok(Json(people::invite_again(&app, &caller.origin(), StaffId(id)).await?))
}
