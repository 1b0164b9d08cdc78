//! Using a link: signing up, attaching an account, proving an address.

use latchkey_shared::{
    api::{
        auth::ProveEmail,
        links::{AssociationState, LinkUsed, UseLink},
        terms::AcceptTerms,
    },
    error::code,
    ids::{CustomerId, UserId, WebshopId},
    validation::{self, normal_email},
};
use latchkey_store::{
    Access, customers as store,
    entity::{customer, user},
    webshops,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use crate::{
    audit::{self, Entry, Origin},
    communications,
    customers::{self, NewCustomer},
    error::{AppError, AppResult},
    http::address::Client,
    identity::{
        codes::{self, Purpose},
        limits::{self, Limited},
        passwords, users,
    },
    links::{
        association,
        invitation::{self, Open},
    },
    state::AppState,
    terms::{self, InForce},
    vendor,
};

/// What a link came to: an answer, and who is to be signed in now.
pub struct Outcome {
    pub answer: LinkUsed,
    pub signed_in: Option<(user::Model, CustomerId)>,
}

/// What a proof carries until the address is proved.
#[derive(Serialize, Deserialize)]
struct Pending {
    email: String,
    name: String,
    password_hash: String,
    /// The customer of a personal link; absent for the sign-up link.
    customer: Option<i64>,
    /// Generation of that link when it was used.
    generation: Option<i64>,
    accepted: Option<InForce>,
}

/// Uses a link for somebody who is signed in, or who gives name, address and password.
pub async fn run(
    app: &AppState,
    form: UseLink,
    signed_in: Option<&user::Model>,
    client: &Client,
) -> AppResult<Outcome> {
    let open = invitation::open(app, &form.link, signed_in).await?;
    let webshop = match &open {
        Open::Personal(row) => WebshopId(row.webshop_id),
        Open::Generic => webshops::DEFAULT,
    };
    let terms = terms::of_webshop(app.store.read(), webshop).await?;
    match (open, signed_in) {
        (Open::Generic, Some(user)) => already_in(app, user).await,
        (Open::Personal(row), Some(user)) => {
            terms::check_accepted(terms.as_ref(), form.accept.as_ref())?;
            attach(app, *row, user.clone(), terms.as_ref(), client).await
        }
        (open, None) => {
            terms::check_accepted(terms.as_ref(), form.accept.as_ref())?;
            newcomer(app, open, form, terms, client).await
        }
    }
}

/// The sign-up link has nothing to do for somebody who has an account and a customer.
async fn already_in(app: &AppState, user: &user::Model) -> AppResult<Outcome> {
    let customer = users::usable_customer(app, user, None).await?.ok_or_else(|| {
        AppError::conflict(
            code::NO_CUSTOMER,
            "Your account is not attached to a customer. Ask the vendor for a personal link.",
        )
    })?;
    Ok(Outcome { answer: LinkUsed::Done { customer }, signed_in: None })
}

async fn newcomer(
    app: &AppState,
    open: Open,
    form: UseLink,
    terms: Option<InForce>,
    client: &Client,
) -> AppResult<Outcome> {
    let fixed = match &open {
        Open::Personal(row) if !row.email.is_empty() => Some(row.email.clone()),
        _ => None,
    };
    let email = fixed.clone().unwrap_or_else(|| normal_email(&form.email));
    check_form(app, &form, &email).await?;
    limits::count(app, Limited::SignUp, &email, &client.ip).await?;
    let known = users::by_email(app.store.read(), &email).await?;
    let hash = app.passwords.hash(&form.password).await?;
    match (open, fixed) {
        // The vendor's own link to the vendor's own address of that customer: nothing more to prove.
        (Open::Personal(row), Some(_)) => {
            if known.is_some() {
                return Err(AppError::conflict(
                    code::SIGN_IN_INSTEAD,
                    "There is an account with this e-mail address already. Sign in, then open the link again.",
                ));
            }
            personal_sign_up(app, *row, &email, &form.name, hash, terms, client).await
        }
        (Open::Personal(row), None) => {
            let generation = Some(row.association_generation);
            let pending = Pending {
                email,
                name: form.name,
                password_hash: hash,
                customer: Some(row.id),
                generation,
                accepted: terms,
            };
            begin_proof(app, pending, known.is_some()).await
        }
        (Open::Generic, _) => {
            let pending = Pending {
                email,
                name: form.name,
                password_hash: hash,
                customer: None,
                generation: None,
                accepted: terms,
            };
            begin_proof(app, pending, known.is_some()).await
        }
    }
}

async fn check_form(app: &AppState, form: &UseLink, email: &str) -> AppResult<()> {
    if form.name.trim().is_empty() {
        return Err(AppError::field("name", "Fill in your name."));
    }
    if !validation::is_email(email) {
        return Err(AppError::field("email", "Enter an e-mail address such as name@example.com."));
    }
    passwords::check(&form.password, email, &vendor::load(app.store.read()).await?.name)
}

/// Sends six digits. A known address gets another message and the page the same answer.
async fn begin_proof(app: &AppState, pending: Pending, known: bool) -> AppResult<Outcome> {
    let email = pending.email.clone();
    let payload = serde_json::to_value(&pending).map_err(AppError::internal)?;
    let transaction = app.store.begin().await?;
    let (proof, digits) =
        codes::begin_proof(&transaction, app.clock.now(), Purpose::SignUp, None, &email, payload).await?;
    let letter = communications::proof(app, &transaction, known, &digits).await?;
    communications::send(app, &transaction, None, &email, letter).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(Outcome { answer: LinkUsed::Prove { proof }, signed_in: None })
}

/// The digits were entered: makes the account, and for the sign-up link the customer too.
pub async fn prove(
    app: &AppState,
    form: &ProveEmail,
    client: &Client,
) -> AppResult<(user::Model, CustomerId)> {
    limits::count(app, Limited::Proof, &form.id, &client.ip).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let code = match codes::finish_proof(&transaction, now, Purpose::SignUp, &form.id, &form.code).await? {
        Ok(code) => code,
        Err(error) => {
            transaction.commit().await?;
            return Err(error);
        }
    };
    let pending: Pending = serde_json::from_value(code.payload).map_err(AppError::internal)?;
    let origin =
        Origin { source: "portal", id: None, name: Some(pending.email.clone()), ip: client.ip.clone() };
    if users::by_email(&transaction, &pending.email).await?.is_some() {
        return Err(AppError::conflict(
            code::SIGN_IN_INSTEAD,
            "There is an account with this e-mail address already. Sign in instead.",
        ));
    }
    let user =
        users::add(&transaction, now, &pending.email, &pending.name, pending.password_hash, true).await?;
    let customer = if let Some(id) = pending.customer {
        let row = store::find(&transaction, Access::All, CustomerId(id)).await?;
        let same_link =
            |row: &customer::Model| Some(row.association_generation) == pending.generation && !row.disabled;
        let row = row.filter(same_link).filter(|row| association::state(row) == AssociationState::Open);
        association::mark_used(&transaction, now, row.ok_or_else(AppError::link_unusable)?, user.id).await?;
        CustomerId(id)
    } else {
        let new = NewCustomer {
            name: pending.name,
            email: pending.email,
            source: "portal",
            ..NewCustomer::default()
        };
        CustomerId(customers::insert(&transaction, now, &origin, new).await?.id)
    };
    finish(&transaction, now, &user, customer, pending.accepted.as_ref(), client).await?;
    transaction.commit().await?;
    Ok((user, customer))
}

async fn personal_sign_up(
    app: &AppState,
    row: customer::Model,
    email: &str,
    name: &str,
    hash: String,
    terms: Option<InForce>,
    client: &Client,
) -> AppResult<Outcome> {
    let now = app.clock.now();
    let customer = CustomerId(row.id);
    let transaction = app.store.begin().await?;
    let user = users::add(&transaction, now, email, name, hash, true).await?;
    association::mark_used(&transaction, now, row, user.id).await?;
    finish(&transaction, now, &user, customer, terms.as_ref(), client).await?;
    transaction.commit().await?;
    Ok(Outcome { answer: LinkUsed::Done { customer }, signed_in: Some((user, customer)) })
}

async fn attach(
    app: &AppState,
    row: customer::Model,
    user: user::Model,
    terms: Option<&InForce>,
    client: &Client,
) -> AppResult<Outcome> {
    let now = app.clock.now();
    let customer = CustomerId(row.id);
    let transaction = app.store.begin().await?;
    if association::state(&row) == AssociationState::Open {
        association::mark_used(&transaction, now, row, user.id).await?;
    }
    finish(&transaction, now, &user, customer, terms, client).await?;
    transaction.commit().await?;
    Ok(Outcome { answer: LinkUsed::Done { customer }, signed_in: Some((user, customer)) })
}

/// What every use of a link ends with, in its transaction.
async fn finish<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    user: &user::Model,
    customer: CustomerId,
    accepted: Option<&InForce>,
    client: &Client,
) -> AppResult<()> {
    let origin =
        Origin { source: "portal", id: Some(user.id), name: Some(user.email.clone()), ip: client.ip.clone() };
    users::attach(connection, now, user.id, customer.0).await?;
    store::refresh_headline(connection, customer.0).await?;
    let entry = Entry {
        action: "user_attached",
        subject_kind: "customer",
        subject_id: customer.0,
        customer_id: Some(customer.0),
        text: format!("{} may use the portal for this customer.", user.email),
        ..Entry::default()
    };
    audit::record(connection, now, &origin, entry).await?;
    if let Some(terms) = accepted {
        terms::record(connection, now, terms, customer, UserId(user.id), client, &origin).await?;
    }
    Ok(())
}

/// Accepting changed terms later, for the customer that a session acts for.
pub async fn accept_terms(
    app: &AppState,
    user: &user::Model,
    customer: CustomerId,
    form: &AcceptTerms,
    client: &Client,
) -> AppResult<()> {
    let terms = terms::of_customer(app.store.read(), customer).await?;
    terms::check_accepted(terms.as_ref(), Some(form))?;
    let Some(terms) = terms else { return Ok(()) };
    if terms::outstanding(app, customer, UserId(user.id)).await?.is_none() {
        return Ok(());
    }
    let origin =
        Origin { source: "portal", id: Some(user.id), name: Some(user.email.clone()), ip: client.ip.clone() };
    let transaction = app.store.begin().await?;
    terms::record(&transaction, app.clock.now(), &terms, customer, UserId(user.id), client, &origin).await?;
    transaction.commit().await?;
    Ok(())
}
