//! What somebody sees who opens a link. Looking changes nothing, and every link that cannot be used looks
//! the same.

use latchkey_shared::{
    api::links::{AssociationState, Invitation, InvitationKind, LinkCode},
    ids::{CustomerId, WebshopId},
};
use latchkey_store::{
    Access, customers as store,
    entity::{customer, customer_user, user},
    webshops,
};
use sea_orm::EntityTrait;

use crate::{
    communications::mailer,
    error::{AppError, AppResult},
    links::{self, association},
    state::AppState,
    terms, vendor,
};

/// A link that works.
pub enum Open {
    /// The sign-up link.
    Generic,
    /// The association link of this customer.
    Personal(Box<customer::Model>),
}

/// The link that these parts name, where it works for whoever holds it. `user` is signed in: they may open
/// the link that they used themselves, so that opening it twice leads home.
pub async fn open(app: &AppState, link: &LinkCode, user: Option<&user::Model>) -> AppResult<Open> {
    let vendor = vendor::load(app.store.read()).await?;
    if !link.domain.eq_ignore_ascii_case(&links::domain(app, &vendor)) {
        return Err(AppError::link_unusable());
    }
    match (link.id, link.vid) {
        (None, Some(vendor::ID)) => {
            let right = links::same_code(&link.auth, &links::sign_up_code(app, &vendor));
            let works = vendor.sign_up_enabled && mailer::can_prove_addresses(app).await?;
            if right && works { Ok(Open::Generic) } else { Err(AppError::link_unusable()) }
        }
        (Some(id), None) => personal(app, CustomerId(id), &link.auth, user).await,
        _ => Err(AppError::link_unusable()),
    }
}

async fn personal(app: &AppState, id: CustomerId, auth: &str, user: Option<&user::Model>) -> AppResult<Open> {
    let row = store::find(app.store.read(), Access::All, id).await?.filter(|row| !row.disabled);
    let row = row.ok_or_else(AppError::link_unusable)?;
    if !links::same_code(auth, &links::association_code(app, &row)) {
        return Err(AppError::link_unusable());
    }
    let state = association::state(&row);
    let used_by_them = state == AssociationState::Used && row.association_used_by == user.map(|user| user.id);
    if state == AssociationState::Open || used_by_them {
        Ok(Open::Personal(Box::new(row)))
    } else {
        Err(AppError::link_unusable())
    }
}

/// Who invites, for a link that works.
pub async fn show(app: &AppState, link: &LinkCode, user: Option<&user::Model>) -> AppResult<Invitation> {
    let open = open(app, link, user).await?;
    let connection = app.store.read();
    let webshop = match &open {
        Open::Personal(row) => WebshopId(row.webshop_id),
        Open::Generic => webshops::DEFAULT,
    };
    let mut invitation = Invitation {
        vendor: vendor::public(connection).await?,
        kind: InvitationKind::Generic,
        customer: None,
        email: None,
        terms: terms::of_webshop(connection, webshop).await?.map(|own| own.terms),
        signed_in_as: user.map(|user| user.email.clone()),
        already_associated: false,
    };
    if let Open::Personal(row) = open {
        if let Some(user) = user {
            let attached = customer_user::Entity::find_by_id((row.id, user.id)).one(connection).await?;
            invitation.already_associated = attached.is_some();
        }
        invitation.kind = InvitationKind::Personal;
        invitation.customer = Some(row.name);
        invitation.email = Some(row.email).filter(|email| !email.is_empty());
    }
    Ok(invitation)
}
