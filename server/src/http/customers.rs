//! Customers for staff.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse,
};
use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        communications::{Communication, SendMessage},
        customers::{AddCustomer, Customer, CustomerRow, EditCustomer, SetAccount},
        links::AssociationLink,
    },
    ids::CustomerId,
    permission::Permission,
};
use latchkey_store::entity::customer;

use crate::{
    communications,
    customers::{self, view},
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, CheckedQuery, created},
    },
    links::association,
    state::AppState,
};

/// List customers.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", params(ListQuery),
    responses((status = 200, body = List<CustomerRow>), (status = 401), (status = 403), (status = 422)))]
pub async fn list_customers(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<ListQuery>,
) -> AppResult<Json<List<CustomerRow>>> {
    caller.require(Permission::CustomersRead)?;
    Ok(Json(view::list(&app, caller.access(), &query).await?))
}

/// Add a customer by hand.
#[utoipa::path(post, path = "/api/v1/customers", tag = "customers", request_body = AddCustomer,
    responses((status = 201, body = Customer), (status = 401), (status = 403), (status = 422)))]
pub async fn add_customer(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<AddCustomer>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::CustomersWrite)?;
    if form.enable_association {
        caller.require(Permission::LinksManage)?;
    }
    let row = customers::add(&app, &caller.origin(), form.into()).await?;
    let location = format!("/api/v1/customers/{}", row.id);
    Ok(created(location, shown(&app, &caller, row).await?.0))
}

/// A customer.
#[utoipa::path(get, path = "/api/v1/customers/{id}", tag = "customers", params(("id" = i64, Path)),
    responses((status = 200, body = Customer), (status = 401), (status = 403), (status = 404)))]
pub async fn get_customer(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<Customer>> {
    caller.require(Permission::CustomersRead)?;
    let row = customers::find(app.store.read(), caller.access(), CustomerId(id)).await?;
    shown(&app, &caller, row).await
}

/// Change a customer.
#[utoipa::path(patch, path = "/api/v1/customers/{id}", tag = "customers", params(("id" = i64, Path)),
    request_body = EditCustomer,
    responses((status = 200, body = Customer), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn edit_customer(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<EditCustomer>,
) -> AppResult<Json<Customer>> {
    caller.require(Permission::CustomersWrite)?;
    let row = customers::edit(&app, &caller.origin(), CustomerId(id), form).await?;
    shown(&app, &caller, row).await
}

/// Switch a customer's access to the portal off or on.
#[utoipa::path(post, path = "/api/v1/customers/{id}/account", tag = "customers", params(("id" = i64, Path)),
    request_body = SetAccount,
    responses((status = 200, body = Customer), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn set_customer_account(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<SetAccount>,
) -> AppResult<Json<Customer>> {
    caller.require(Permission::CustomersWrite)?;
    let row = customers::set_account(&app, &caller.origin(), CustomerId(id), form).await?;
    shown(&app, &caller, row).await
}

/// Make the association link.
#[utoipa::path(post, path = "/api/v1/customers/{id}/association/enable", tag = "customers", params(("id" = i64, Path)),
    responses((status = 200, body = AssociationLink), (status = 401), (status = 403), (status = 404)))]
pub async fn enable_association(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<AssociationLink>> {
    caller.require(Permission::LinksManage)?;
    let row = association::enable(&app, &caller.origin(), CustomerId(id)).await?;
    Ok(Json(association::show(&app, &row, true).await?))
}

/// Replace the association link by a new one.
#[utoipa::path(post, path = "/api/v1/customers/{id}/association/renew", tag = "customers", params(("id" = i64, Path)),
    responses((status = 200, body = AssociationLink), (status = 401), (status = 403), (status = 404)))]
pub async fn renew_association(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<AssociationLink>> {
    caller.require(Permission::LinksManage)?;
    let row = association::renew(&app, &caller.origin(), CustomerId(id)).await?;
    Ok(Json(association::show(&app, &row, true).await?))
}

/// Make the association link useless.
#[utoipa::path(post, path = "/api/v1/customers/{id}/association/revoke", tag = "customers", params(("id" = i64, Path)),
    responses((status = 200, body = AssociationLink), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn revoke_association(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<AssociationLink>> {
    caller.require(Permission::LinksManage)?;
    let row = association::revoke(&app, &caller.origin(), CustomerId(id)).await?;
    Ok(Json(association::show(&app, &row, true).await?))
}

/// Send the association link by e-mail.
#[utoipa::path(post, path = "/api/v1/customers/{id}/association/send", tag = "customers", params(("id" = i64, Path)),
    responses((status = 200, body = AssociationLink), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn send_association(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<AssociationLink>> {
    caller.require(Permission::LinksManage)?;
    let row = association::send(&app, &caller.origin(), CustomerId(id)).await?;
    Ok(Json(association::show(&app, &row, true).await?))
}

/// Write to a customer.
#[utoipa::path(post, path = "/api/v1/customers/{id}/messages", tag = "customers", params(("id" = i64, Path)),
    request_body = SendMessage,
    responses((status = 200, body = Communication), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn send_message(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<SendMessage>,
) -> AppResult<Json<Communication>> {
    caller.require(Permission::CommunicationsWrite)?;
    let row = customers::find(app.store.read(), caller.access(), CustomerId(id)).await?;
    Ok(Json(communications::by_staff(&app, &caller.origin(), &row, form).await?))
}

async fn shown(app: &AppState, caller: &Staff, row: customer::Model) -> AppResult<Json<Customer>> {
    Ok(Json(view::show(app, row, caller.may(Permission::LinksManage)).await?))
}
