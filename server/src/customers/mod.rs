//! Customers: adding, editing, switching access on and off.

pub mod changes;
pub mod secret;
pub mod transfer;
pub mod view;

use latchkey_shared::{
    api::customers::{AddCustomer, EditCustomer, SetAccount},
    ids::CustomerId,
    validation::normal_email,
};
use latchkey_store::{Access, customers as store, entity::customer, webshops};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::{Value, json};

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
};

/// What a new customer is made of.
#[derive(Clone, Debug, Default)]
pub struct NewCustomer {
    pub name: String,
    pub email: String,
    pub company: String,
    pub phone: String,
    pub country: String,
    pub notes: String,
    pub external_id: String,
    pub enable_association: bool,
    pub allow_activation_management: bool,
    pub allow_multiple_users: bool,
    /// All licences taken together; 0: any number.
    pub max_machines: i64,
    /// `staff`, `portal`, `api`, `import`, `stripe`.
    pub source: &'static str,
}

impl From<AddCustomer> for NewCustomer {
    fn from(form: AddCustomer) -> Self {
        Self {
            name: form.name,
            email: form.email,
            company: form.company,
            phone: form.phone,
            country: form.country,
            notes: form.notes,
            external_id: form.external_id,
            enable_association: form.enable_association,
            allow_activation_management: form.allow_activation_management,
            allow_multiple_users: form.allow_multiple_users,
            max_machines: form.max_machines,
            source: "staff",
        }
    }
}

/// Adds a customer by hand; a field error where the address or external id is another customer's.
pub async fn add(app: &AppState, origin: &Origin, new: NewCustomer) -> AppResult<customer::Model> {
    let transaction = app.store.begin().await?;
    refuse_duplicate(&transaction, None, &new.email, &new.external_id).await?;
    let row = insert(&transaction, app.clock.now(), origin, new).await?;
    transaction.commit().await?;
    Ok(row)
}

/// Adds a customer on the caller's transaction.
pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    new: NewCustomer,
) -> AppResult<customer::Model> {
    let email = normal_email(&new.email);
    let (name, company, external_id) = (new.name.trim(), new.company.trim(), new.external_id.trim());
    let row = customer::ActiveModel {
        id: NotSet,
        name: Set(name.to_owned()),
        name_folded: Set(store::folded(name)),
        company_folded: Set(store::folded(company)),
        search_text: Set(store::search_text(name, &email, company, external_id)),
        email: Set(email),
        company: Set(company.to_owned()),
        phone: Set(new.phone.trim().to_owned()),
        country: Set(new.country.trim().to_uppercase()),
        notes: Set(new.notes),
        external_id: Set(external_id.to_owned()),
        disabled: Set(false),
        headline: Set(String::new()),
        association_enabled: Set(new.enable_association),
        association_generation: Set(1),
        association_revoked: Set(false),
        association_created_at: Set(new.enable_association.then_some(now)),
        association_sent_at: Set(None),
        association_used_at: Set(None),
        association_used_by: Set(None),
        allow_activation_management: Set(new.allow_activation_management),
        allow_multiple_users: Set(new.allow_multiple_users),
        secret_hash: Set(None),
        max_machines: Set(new.max_machines),
        webshop_id: Set(webshops::DEFAULT.0),
        source: Set(new.source.to_owned()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let row = store::insert(connection, row).await?;
    store::refresh_headline(connection, row.id).await?;
    let row = find(connection, Access::All, CustomerId(row.id)).await?;
    let text = if new.source == "portal" {
        "Signed up through the sign-up link."
    } else {
        "The customer was added."
    };
    let entry = entry(&row, "customer_created", text.to_owned(), None, Some(described(&row)));
    audit::record(connection, now, origin, entry).await?;
    Ok(row)
}

/// Saves a changed customer; 409 where somebody else saved meanwhile.
pub async fn edit(
    app: &AppState,
    origin: &Origin,
    id: CustomerId,
    form: EditCustomer,
) -> AppResult<customer::Model> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let row = find(&transaction, Access::All, id).await?;
    if row.version != form.version {
        return Err(AppError::stale());
    }
    let row = change(&transaction, now, origin, row, form).await?;
    transaction.commit().await?;
    Ok(row)
}

/// Changes what `form` says otherwise, on the caller's transaction. Where nothing differs nothing is written.
pub async fn change<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    row: customer::Model,
    form: EditCustomer,
) -> AppResult<customer::Model> {
    let before = row.clone();
    let mut row = row;
    row.name = form.name.trim().to_owned();
    row.email = normal_email(&form.email);
    row.company = form.company.trim().to_owned();
    row.phone = form.phone.trim().to_owned();
    row.country = form.country.trim().to_uppercase();
    row.notes = form.notes;
    row.external_id = form.external_id.trim().to_owned();
    row.allow_activation_management = form.allow_activation_management;
    row.allow_multiple_users = form.allow_multiple_users;
    row.max_machines = form.max_machines.unwrap_or(row.max_machines);
    if row == before {
        return Ok(row);
    }
    // Two who signed up with one address may both be edited: only who changes it is asked.
    let email = if row.email == before.email { "" } else { &row.email };
    let external_id = if row.external_id == before.external_id { "" } else { &row.external_id };
    refuse_duplicate(connection, Some(CustomerId(row.id)), email, external_id).await?;
    store::fold(&mut row);
    let row = store::save(connection, row, now).await?.ok_or_else(AppError::stale)?;
    let text = "The customer's data was changed.".to_owned();
    let entry = entry(&row, "customer_edited", text, Some(described(&before)), Some(described(&row)));
    audit::record(connection, now, origin, entry).await?;
    Ok(row)
}

/// Switches a customer's access to the portal off or on.
pub async fn set_account(
    app: &AppState,
    origin: &Origin,
    id: CustomerId,
    form: SetAccount,
) -> AppResult<customer::Model> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let row = find(&transaction, Access::All, id).await?;
    let row = switch(&transaction, now, origin, row, form.disabled, form.reason).await?;
    transaction.commit().await?;
    Ok(row)
}

/// Switches access off or on, on the caller's transaction.
pub async fn switch<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    mut row: customer::Model,
    disabled: bool,
    reason: String,
) -> AppResult<customer::Model> {
    row.disabled = disabled;
    let id = CustomerId(row.id);
    store::save(connection, row, now).await?.ok_or_else(AppError::stale)?;
    store::refresh_headline(connection, id.0).await?;
    let row = find(connection, Access::All, id).await?;
    let (action, text) = if disabled {
        ("customer_disabled", "Access to the portal was switched off.")
    } else {
        ("customer_enabled", "Access to the portal was switched on.")
    };
    let entry = Entry { reason, ..entry(&row, action, text.to_owned(), None, None) };
    audit::record(connection, now, origin, entry).await?;
    Ok(row)
}

/// The customer, or 404.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: CustomerId,
) -> AppResult<customer::Model> {
    store::find(connection, access, id).await?.ok_or_else(|| AppError::not_found("customer"))
}

async fn refuse_duplicate<C: ConnectionTrait>(
    connection: &C,
    except: Option<CustomerId>,
    email: &str,
    external_id: &str,
) -> AppResult<()> {
    let email = normal_email(email);
    if !email.is_empty()
        && let Some(other) = store::other_with_email(connection, except, &email).await?
    {
        return Err(AppError::field("email", format!("Customer {other} has this e-mail address already.")));
    }
    let external_id = external_id.trim();
    if !external_id.is_empty()
        && let Some(other) = store::other_with_external_id(connection, except, external_id).await?
    {
        return Err(AppError::field(
            "external_id",
            format!("Customer {other} has this external id already."),
        ));
    }
    Ok(())
}

fn described(row: &customer::Model) -> Value {
    json!({
        "name": row.name, "email": row.email, "company": row.company, "phone": row.phone,
        "country": row.country, "notes": row.notes, "external_id": row.external_id,
        "allow_activation_management": row.allow_activation_management,
        "max_machines": row.max_machines,
        "allow_multiple_users": row.allow_multiple_users,
    })
}

fn entry(
    row: &customer::Model,
    action: &'static str,
    text: String,
    before: Option<Value>,
    after: Option<Value>,
) -> Entry {
    Entry {
        action,
        subject_kind: "customer",
        subject_id: row.id,
        customer_id: Some(row.id),
        text,
        before,
        after,
        ..Entry::default()
    }
}
