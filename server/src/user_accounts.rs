//! User accounts: user name and password by which the vendor's programs fetch the licences of whoever uses them.
//! They open no portal; that is what [`crate::identity::users`] are for.

use latchkey_shared::ids::CustomerId;
use latchkey_store::{Access, customers, entity::user_account, user_accounts as store};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use subtle::ConstantTimeEq as _;

use crate::{
    audit::{self, Entry, Origin},
    clock::HOUR,
    error::AppResult,
    identity::limits::{self, Limited},
    random,
    state::AppState,
};

/// How long a token for a new password works.
const RESET_LIFETIME: i64 = 24 * HOUR;

/// Why an account cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NothingSupplied,
    Exists,
    Unknown,
    WrongPassword,
    NoCustomer,
}

/// Who proves what before a password is changed.
#[derive(Clone, Debug)]
pub enum Proof {
    OldPassword(String),
    ResetToken(String),
    /// The caller may without.
    Admin,
}

type Outcome<T> = AppResult<Result<T, Refusal>>;

/// The account that this user name and password belong to. Tries are limited per user name and per address.
pub async fn sign_in(
    app: &AppState,
    username: &str,
    password: &str,
    ip: &str,
) -> Outcome<user_account::Model> {
    if username.is_empty() || password.is_empty() {
        return Ok(Err(Refusal::NothingSupplied));
    }
    let lookup = lookup(username);
    limits::count(app, Limited::UserAccount, &lookup, ip).await?;
    let found = store::by_lookup(app.store.read(), &lookup).await?;
    let right = app.passwords.verify(password, found.as_ref().map(|row| row.password_hash.as_str())).await?;
    match found.filter(|_| right) {
        Some(row) => {
            limits::forgive(app, Limited::UserAccount, &lookup).await?;
            Ok(Ok(row))
        }
        None => Ok(Err(Refusal::WrongPassword)),
    }
}

pub async fn register(
    app: &AppState,
    origin: &Origin,
    (username, password): (&str, &str),
    email: &str,
    customer: Option<CustomerId>,
) -> Outcome<()> {
    if username.trim().is_empty() || password.is_empty() {
        return Ok(Err(Refusal::NothingSupplied));
    }
    let hash = app.passwords.hash(password).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    if store::by_lookup(&transaction, &lookup(username)).await?.is_some() {
        return Ok(Err(Refusal::Exists));
    }
    if !there_is(&transaction, customer).await? {
        return Ok(Err(Refusal::NoCustomer));
    }
    let row = user_account::ActiveModel {
        id: NotSet,
        username: Set(username.trim().to_owned()),
        lookup: Set(lookup(username)),
        email: Set(email.to_owned()),
        password_hash: Set(hash),
        customer_id: Set(customer.map(|id| id.0)),
        reset_hash: Set(None),
        reset_expires_at: Set(None),
        created_at: Set(now),
    };
    let row = store::insert(&transaction, row).await?;
    done(&transaction, now, origin, &row, "user_account_added", "was added").await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// Gives an account to a customer, or to nobody.
pub async fn associate(
    app: &AppState,
    origin: &Origin,
    username: &str,
    customer: Option<CustomerId>,
) -> Outcome<()> {
    let transaction = app.store.begin().await?;
    if !there_is(&transaction, customer).await? {
        return Ok(Err(Refusal::NoCustomer));
    }
    let Some(mut row) = store::by_lookup(&transaction, &lookup(username)).await? else {
        return Ok(Err(Refusal::Unknown));
    };
    row.customer_id = customer.map(|id| id.0);
    let row = store::save(&transaction, row).await?;
    let words = if customer.is_some() { "was associated with a customer" } else { "was dissociated" };
    done(&transaction, app.clock.now(), origin, &row, "user_account_associated", words).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

pub async fn change_password(
    app: &AppState,
    origin: &Origin,
    username: &str,
    new: &str,
    proof: Proof,
) -> Outcome<()> {
    if username.is_empty() || new.is_empty() {
        return Ok(Err(Refusal::NothingSupplied));
    }
    if let Proof::OldPassword(old) = &proof {
        match sign_in(app, username, old, &origin.ip).await? {
            Ok(_) => {}
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    let hash = app.passwords.hash(new).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let Some(mut row) = store::by_lookup(&transaction, &lookup(username)).await? else {
        return Ok(Err(Refusal::Unknown));
    };
    if let Proof::ResetToken(token) = &proof
        && !resets(&row, token, now)
    {
        return Ok(Err(Refusal::WrongPassword));
    }
    row.password_hash = hash;
    (row.reset_hash, row.reset_expires_at) = (None, None);
    let row = store::save(&transaction, row).await?;
    done(&transaction, now, origin, &row, "user_account_password_changed", "got a new password").await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

fn resets(row: &user_account::Model, token: &str, now: i64) -> bool {
    let Some(hash) = &row.reset_hash else { return false };
    let right: bool = hash.ct_eq(&random::hash(token)).into();
    right && row.reset_expires_at.is_some_and(|at| at > now)
}

/// A token by which the account's password can be changed once.
pub async fn reset_token(app: &AppState, username: &str) -> Outcome<String> {
    let transaction = app.store.begin().await?;
    let Some(mut row) = store::by_lookup(&transaction, &lookup(username)).await? else {
        return Ok(Err(Refusal::Unknown));
    };
    let token = random::token();
    row.reset_hash = Some(random::hash(&token));
    row.reset_expires_at = Some(app.clock.now() + RESET_LIFETIME);
    store::save(&transaction, row).await?;
    transaction.commit().await?;
    Ok(Ok(token))
}

pub async fn remove(app: &AppState, origin: &Origin, username: &str) -> Outcome<()> {
    let transaction = app.store.begin().await?;
    let Some(row) = store::by_lookup(&transaction, &lookup(username)).await? else {
        return Ok(Err(Refusal::Unknown));
    };
    store::delete(&transaction, row.id).await?;
    done(&transaction, app.clock.now(), origin, &row, "user_account_removed", "was removed").await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

fn lookup(username: &str) -> String {
    username.trim().to_lowercase()
}

async fn there_is<C: ConnectionTrait>(connection: &C, customer: Option<CustomerId>) -> AppResult<bool> {
    match customer {
        Some(id) => Ok(customers::find(connection, Access::All, id).await?.is_some()),
        None => Ok(true),
    }
}

async fn done<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    row: &user_account::Model,
    action: &'static str,
    words: &str,
) -> AppResult<()> {
    let entry = Entry {
        action,
        subject_kind: "user_account",
        subject_id: row.id,
        customer_id: row.customer_id,
        text: format!("User account {} {words}.", row.username),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await
}
