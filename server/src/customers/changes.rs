//! What programs change of a customer: single fields, a new secret, removing one that nothing depends on.

use latchkey_shared::{ids::CustomerId, validation::normal_email};
use latchkey_store::{Access, customer_removal, customer_search, customers as store, entity::customer};

use super::{described, entry, find, secret};
use crate::{
    audit::{self, Origin},
    error::{AppError, AppResult},
    state::AppState,
};

/// The fields to change; what is not said stays.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    pub name: Option<String>,
    pub email: Option<String>,
    pub company: Option<String>,
    pub notes: Option<String>,
    pub enable_association: Option<bool>,
    pub allow_activation_management: Option<bool>,
    pub allow_multiple_users: Option<bool>,
    pub max_machines: Option<i64>,
    /// A new secret; the one before stops working.
    pub new_secret: bool,
}

/// Changes a customer; answers the new secret where one was asked for.
pub async fn change(
    app: &AppState,
    origin: &Origin,
    id: CustomerId,
    changes: Changes,
) -> AppResult<Option<String>> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut row = find(&transaction, Access::All, id).await?;
    let before = described(&row);
    let trimmed = |text: String| text.trim().to_owned();
    row.name = changes.name.map_or(row.name, trimmed);
    row.email = changes.email.map_or(row.email, |email| normal_email(&email));
    row.company = changes.company.map_or(row.company, trimmed);
    row.notes = changes.notes.unwrap_or(row.notes);
    row.allow_activation_management =
        changes.allow_activation_management.unwrap_or(row.allow_activation_management);
    row.allow_multiple_users = changes.allow_multiple_users.unwrap_or(row.allow_multiple_users);
    row.max_machines = changes.max_machines.unwrap_or(row.max_machines);
    if let Some(enable) = changes.enable_association {
        row.association_enabled = enable;
        if enable {
            row.association_created_at.get_or_insert(now);
        }
    }
    store::fold(&mut row);
    let mut row = store::save(&transaction, row, now).await?.ok_or_else(AppError::stale)?;
    let mut secret = None;
    if changes.new_secret {
        let (renewed, new) = secret::renew(&transaction, now, row).await?;
        (row, secret) = (renewed, Some(new));
        let text = "The customer got a new secret.".to_owned();
        let entry = entry(&row, "customer_secret_renewed", text, None, None);
        audit::record(&transaction, now, origin, entry).await?;
    }
    let after = described(&row);
    if before != after {
        let text = "The customer's data was changed.".to_owned();
        let entry = entry(&row, "customer_edited", text, Some(before), Some(after));
        audit::record(&transaction, now, origin, entry).await?;
    }
    store::refresh_headline(&transaction, id.0).await?;
    transaction.commit().await?;
    Ok(secret)
}

/// Removes a customer whom nothing but keys and users depends on; the keys are nobody's then.
///
/// # Errors
/// 404; 409 where contracts, payments or acceptances of the terms must be kept.
pub async fn remove(app: &AppState, origin: &Origin, id: CustomerId) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let row = find(&transaction, Access::All, id).await?;
    if customer_removal::must_be_kept(&transaction, id).await? {
        return Err(AppError::conflict(
            "must_be_kept",
            "This customer has subscriptions or accepted the terms and must be kept. Switch off its access instead.",
        ));
    }
    customer_removal::remove(&transaction, id).await?;
    let text = format!("Customer {} was removed.", row.name);
    let entry = entry(&row, "customer_removed", text, Some(described(&row)), None);
    audit::record(&transaction, app.clock.now(), origin, entry).await?;
    transaction.commit().await?;
    Ok(())
}

/// Customers whose name, company or e-mail contains a text, or that one customer, oldest first.
pub async fn search(
    app: &AppState,
    text: &str,
    id: Option<CustomerId>,
    with_id: bool,
    newest_first: bool,
    limit: u64,
) -> AppResult<Vec<customer::Model>> {
    Ok(customer_search::search(app.store.read(), text, id, with_id, newest_first, limit).await?)
}
