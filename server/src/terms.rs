//! The vendor's terms of use: one data object (vendor level, `cryptolens_customtosurl`) plus a version label,
//! and who accepted which.

use latchkey_shared::{
    api::{
        data::TERMS_URL,
        terms::{AcceptTerms, Terms},
    },
    ids::{CustomerId, UserId},
    terms_url,
};
use latchkey_store::entity::{data_object, terms_acceptance, vendor};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
};
use serde_json::json;

use crate::{
    audit::Origin,
    audit::{self, Entry},
    error::{AppError, AppResult},
    http::address::Client,
    state::AppState,
};

/// Acceptances of the vendor's own terms.
pub const VENDOR_SCOPE: &str = "vendor";

/// The terms in force, if any. What is stored but is not https (it came in before the rule) does not count.
pub async fn current<C: ConnectionTrait>(connection: &C) -> AppResult<Option<Terms>> {
    let object = data_object::Entity::find()
        .filter(data_object::Column::RefType.eq(0))
        .filter(data_object::Column::Name.eq(TERMS_URL))
        .one(connection)
        .await?;
    let Some(object) = object else { return Ok(None) };
    if terms_url::check(&object.string_value).is_err() {
        return Ok(None);
    }
    let version = vendor::Entity::find_by_id(1).one(connection).await?.map(|row| row.terms_version);
    Ok(Some(Terms { url: object.string_value, version: version.unwrap_or_default() }))
}

/// The terms this user has still to accept for this customer.
pub async fn outstanding(app: &AppState, customer: CustomerId, user: UserId) -> AppResult<Option<Terms>> {
    let Some(terms) = current(app.store.read()).await? else { return Ok(None) };
    let accepted = terms_acceptance::Entity::find()
        .filter(terms_acceptance::Column::CustomerId.eq(customer.0))
        .filter(terms_acceptance::Column::UserId.eq(user.0))
        .filter(terms_acceptance::Column::Scope.eq(VENDOR_SCOPE))
        .filter(terms_acceptance::Column::Url.eq(&terms.url))
        .filter(terms_acceptance::Column::Version.eq(&terms.version))
        .count(app.store.read())
        .await?;
    Ok((accepted == 0).then_some(terms))
}

/// Checks that what somebody accepted is what is in force; without terms nothing needs accepting.
pub fn check_accepted(terms: Option<&Terms>, accepted: Option<&AcceptTerms>) -> AppResult<()> {
    match (terms, accepted) {
        (None, _) => Ok(()),
        (Some(terms), Some(accepted)) if accepted.url == terms.url && accepted.version == terms.version => {
            Ok(())
        }
        (Some(_), Some(_)) => Err(AppError::conflict(
            "terms_changed",
            "The terms of use changed while this page was open. Read and accept the new ones.",
        )),
        (Some(_), None) => Err(AppError::field("accept", "Accept the terms of use to go on.")),
    }
}

/// Records an acceptance in the transaction that it lets through.
pub async fn record<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    terms: &Terms,
    customer: CustomerId,
    user: UserId,
    client: &Client,
    origin: &Origin,
) -> AppResult<()> {
    let row = terms_acceptance::ActiveModel {
        id: NotSet,
        customer_id: Set(customer.0),
        user_id: Set(user.0),
        scope: Set(VENDOR_SCOPE.to_owned()),
        url: Set(terms.url.clone()),
        version: Set(terms.version.clone()),
        ip: Set(client.ip.clone()),
        user_agent: Set(client.user_agent.clone()),
        accepted_at: Set(now),
    };
    terms_acceptance::Entity::insert(row).exec_without_returning(connection).await?;
    let entry = Entry {
        action: "terms_accepted",
        subject_kind: "customer",
        subject_id: customer.0,
        customer_id: Some(customer.0),
        text: format!("Terms of use {} were accepted.", terms.version),
        after: Some(json!({"url": terms.url, "version": terms.version})),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await
}
