//! A customer's association link as staff see and steer it.

use latchkey_shared::{
    api::links::{AssociationLink, AssociationState, AssociationUse},
    ids::CustomerId,
    message_template::{Placeholder, TemplateKind},
    time::Timestamp,
};
use latchkey_store::{
    Access, customers as store,
    entity::{customer, vendor as vendor_row},
};
use sea_orm::ConnectionTrait;

use crate::{
    audit::{self, Entry, Origin},
    communications::{self, templates, values::Values},
    error::{AppError, AppResult},
    identity::users,
    links,
    state::AppState,
    vendor,
};

/// What a link of that customer is now.
pub fn state(row: &customer::Model) -> AssociationState {
    if !row.association_enabled {
        AssociationState::Off
    } else if row.association_revoked {
        AssociationState::Revoked
    } else if row.association_used_at.is_some() && !row.allow_multiple_users {
        AssociationState::Used
    } else {
        AssociationState::Open
    }
}

/// The link as staff see it; its address only where `with_code` allows.
pub async fn show(app: &AppState, row: &customer::Model, with_code: bool) -> AppResult<AssociationLink> {
    let state = state(row);
    let vendor = vendor::load(app.store.read()).await?;
    let url = (state == AssociationState::Open && with_code).then(|| address(app, &vendor, row));
    let used = match (row.association_used_at, row.association_used_by) {
        (Some(at), Some(user)) => {
            let by = users::find(app, user).await?.map(|user| user.email).unwrap_or_default();
            Some(AssociationUse { at: Timestamp::from_millis(at), by })
        }
        _ => None,
    };
    Ok(AssociationLink {
        state,
        qr: url.as_deref().map(links::qr).transpose()?,
        url,
        created: row.association_created_at.map(Timestamp::from_millis),
        used,
        sent: row.association_sent_at.map(Timestamp::from_millis),
    })
}

/// The whole address of a customer's link.
pub fn address(app: &AppState, vendor: &vendor_row::Model, row: &customer::Model) -> String {
    let domain = links::domain(app, vendor);
    let code = links::association_code(app, row);
    app.config.url(&format!("/Portal/@{domain}/Associate?id={}&auth={code}", row.id))
}

/// Makes a link where there was none.
pub async fn enable(app: &AppState, origin: &Origin, id: CustomerId) -> AppResult<customer::Model> {
    change(app, origin, id, "association_enabled", "The association link was made.", |row, now| {
        row.association_enabled = true;
        row.association_revoked = false;
        row.association_created_at.get_or_insert(now);
        Ok(())
    })
    .await
}

/// Makes the link that is out useless, and a new one that has not been used.
pub async fn renew(app: &AppState, origin: &Origin, id: CustomerId) -> AppResult<customer::Model> {
    change(
        app,
        origin,
        id,
        "association_renewed",
        "The association link was replaced by a new one.",
        |row, now| {
            row.association_enabled = true;
            row.association_revoked = false;
            row.association_generation += 1;
            row.association_created_at = Some(now);
            row.association_sent_at = None;
            row.association_used_at = None;
            row.association_used_by = None;
            Ok(())
        },
    )
    .await
}

/// Makes the link useless until it is renewed.
pub async fn revoke(app: &AppState, origin: &Origin, id: CustomerId) -> AppResult<customer::Model> {
    change(app, origin, id, "association_revoked", "The association link was revoked.", |row, _| {
        if !row.association_enabled {
            return Err(AppError::conflict(
                "no_association_link",
                "This customer has no association link to revoke.",
            ));
        }
        row.association_revoked = true;
        row.association_generation += 1;
        Ok(())
    })
    .await
}

/// Mails the link to the customer.
pub async fn send(app: &AppState, origin: &Origin, id: CustomerId) -> AppResult<customer::Model> {
    let vendor = vendor::load(app.store.read()).await?;
    let row = change(
        app,
        origin,
        id,
        "association_sent",
        "The association link was sent by e-mail.",
        |row, now| {
            if state(row) != AssociationState::Open {
                return Err(AppError::conflict("link_not_open", "There is no link to send: renew it first."));
            }
            if row.email.is_empty() {
                return Err(AppError::conflict(
                    "no_address",
                    "This customer has no e-mail address. Add one, or hand the link over yourself.",
                ));
            }
            row.association_sent_at = Some(now);
            Ok(())
        },
    )
    .await?;
    let values = Values::default()
        .with(Placeholder::Customer, &row.name)
        .with(Placeholder::Link, address(app, &vendor, &row));
    let transaction = app.store.begin().await?;
    let letter = templates::letter(&transaction, TemplateKind::Association, values).await?;
    communications::send(app, &transaction, Some(id), &row.email, letter).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(row)
}

/// Notes who used a link, in the transaction that attaches them.
pub async fn mark_used<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    mut row: customer::Model,
    user: i64,
) -> AppResult<()> {
    row.association_used_at = Some(now);
    row.association_used_by = Some(user);
    store::save(connection, row, now).await?.ok_or_else(AppError::link_unusable)?;
    Ok(())
}

async fn change(
    app: &AppState,
    origin: &Origin,
    id: CustomerId,
    action: &'static str,
    text: &str,
    set: impl FnOnce(&mut customer::Model, i64) -> AppResult<()>,
) -> AppResult<customer::Model> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut row =
        store::find(&transaction, Access::All, id).await?.ok_or_else(|| AppError::not_found("customer"))?;
    set(&mut row, now)?;
    store::save(&transaction, row, now).await?.ok_or_else(AppError::stale)?;
    store::refresh_headline(&transaction, id.0).await?;
    let row = store::find(&transaction, Access::All, id).await?.ok_or_else(AppError::stale)?;
    let entry = Entry {
        action,
        subject_kind: "customer",
        subject_id: id.0,
        customer_id: Some(id.0),
        text: text.to_owned(),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    Ok(row)
}
