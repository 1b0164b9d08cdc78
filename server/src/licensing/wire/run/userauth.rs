//! User accounts.

use latchkey_shared::ids::CustomerId;
use latchkey_store::user_accounts as store;
use serde_json::json;

use super::customer::of_customer;
use crate::{
    licensing::wire::{
        Answer, Call, Failure, WireResult,
        failure::{CUSTOMER_NOT_FOUND, NO_USER, NO_USER_NAME, USER_EXISTS, WRONG_USER},
        licence::{Notes, iso, object, seconds},
        table::userauth as table,
    },
    user_accounts::{self, Proof, Refusal},
};

fn refused(refusal: Refusal) -> Failure {
    Failure::refused(match refusal {
        Refusal::NothingSupplied => NO_USER_NAME,
        Refusal::Exists => USER_EXISTS,
        Refusal::Unknown => NO_USER,
        Refusal::WrongPassword => WRONG_USER,
        Refusal::NoCustomer => CUSTOMER_NOT_FOUND,
    })
}

pub async fn login(call: &Call, params: table::Login) -> WireResult {
    let account = user_accounts::sign_in(call.app(), &params.username.0, &params.password.0, call.ip())
        .await?
        .map_err(refused)?;
    let licences = match account.customer_id {
        Some(customer) => of_customer(call, customer, true).await?,
        None => Vec::new(),
    };
    let keys: Vec<_> = licences.iter().map(|licence| object(licence, Notes::Hidden)).collect();
    Ok(Answer::done().with("licenseKeys", keys))
}

pub async fn register(call: &Call, params: table::Register) -> WireResult {
    let named = (params.username.0.as_str(), params.password.0.as_str());
    let customer = params.customer.0.map(CustomerId);
    user_accounts::register(call.app(), &call.origin(), named, &params.email.0, customer)
        .await?
        .map_err(refused)?;
    Ok(Answer::done())
}

pub async fn associate(call: &Call, params: table::Associate) -> WireResult {
    let customer = params.customer.0.map(CustomerId);
    customer.ok_or(Failure::refused(CUSTOMER_NOT_FOUND))?;
    user_accounts::associate(call.app(), &call.origin(), &params.username.0, customer)
        .await?
        .map_err(refused)?;
    Ok(Answer::done())
}

pub async fn dissociate(call: &Call, params: table::Dissociate) -> WireResult {
    user_accounts::associate(call.app(), &call.origin(), &params.username.0, None).await?.map_err(refused)?;
    Ok(Answer::done())
}

pub async fn list(call: &Call, params: table::GetUsers) -> WireResult {
    let rows = store::list(call.app().store.read(), params.customer.0).await?;
    let rows = rows.iter().map(|row| {
        json!({
            "username": row.username, "email": row.email, "created": iso(seconds(row.created_at)),
            "customerId": row.customer_id.unwrap_or_default(),
        })
    });
    Ok(Answer::done().with("users", rows.collect::<Vec<_>>()))
}

pub async fn change_password(call: &Call, params: table::ChangePassword) -> WireResult {
    let proof = if params.admin.0 {
        call.require("UserAuthAdmin")?;
        Proof::Admin
    } else if params.token.0.is_empty() {
        Proof::OldPassword(params.old.0)
    } else {
        Proof::ResetToken(params.token.0)
    };
    user_accounts::change_password(call.app(), &call.origin(), &params.username.0, &params.new.0, proof)
        .await?
        .map_err(refused)?;
    Ok(Answer::done())
}

pub async fn reset_password_token(call: &Call, params: table::ResetPasswordToken) -> WireResult {
    let token = user_accounts::reset_token(call.app(), &params.username.0).await?.map_err(refused)?;
    Ok(Answer::done().with("passwordResetToken", token))
}

pub async fn remove(call: &Call, params: table::RemoveUser) -> WireResult {
    user_accounts::remove(call.app(), &call.origin(), &params.username.0).await?.map_err(refused)?;
    Ok(Answer::done())
}
