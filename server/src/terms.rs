//! Terms of use and who accepted which. The vendor's: one data object (vendor level, `cryptolens_customtosurl`) plus a
//! version label. A webshop may name its own, which its customers accept in their place.

use std::collections::HashSet;

use latchkey_engine::period::Tz;
use latchkey_shared::{
    api::{
        data::TERMS_URL,
        terms::{AcceptTerms, SetTerms, Terms},
    },
    ids::{CustomerId, DataObjectId, UserId, WebshopId},
    terms_url,
    time::Timestamp,
};
use latchkey_store::{
    Access, data as objects,
    entity::{customer, customer_user, data_object, terms_acceptance, vendor, webshop},
    webshops,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait as _,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};
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

/// The terms that somebody has to accept, and whose they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InForce {
    #[serde(flatten)]
    pub terms: Terms,
    /// [`VENDOR_SCOPE`] or `webshop:{id}`.
    #[serde(default = "vendor_scope")]
    pub scope: String,
}

fn vendor_scope() -> String {
    VENDOR_SCOPE.to_owned()
}

fn webshop_scope(id: i64) -> String {
    format!("webshop:{id}")
}

/// What a scope is called where people read it.
pub async fn scope_name<C: ConnectionTrait>(connection: &C, scope: &str) -> AppResult<String> {
    let number = scope.strip_prefix("webshop:").and_then(|id| id.parse().ok());
    let Some(number) = number else { return Ok(scope.to_owned()) };
    let webshop = webshops::find(connection, WebshopId(number)).await?;
    Ok(webshop.map_or_else(|| scope.to_owned(), |webshop| webshop.name))
}

/// A webshop's own terms, if it names any.
pub fn own(webshop: &webshop::Model) -> Option<Terms> {
    let terms = Terms { url: webshop.terms_url.clone(), version: webshop.terms_version.clone() };
    terms_url::check(&terms.url).is_ok().then_some(terms)
}

/// The terms in force for those who buy in a webshop.
pub async fn of_webshop<C: ConnectionTrait>(
    connection: &C,
    webshop: WebshopId,
) -> AppResult<Option<InForce>> {
    let row = webshops::find(connection, webshop).await?;
    if let Some(terms) = row.as_ref().and_then(own) {
        return Ok(Some(InForce { terms, scope: webshop_scope(webshop.0) }));
    }
    Ok(current(connection).await?.map(|terms| InForce { terms, scope: vendor_scope() }))
}

/// The terms in force for a customer.
pub async fn of_customer<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
) -> AppResult<Option<InForce>> {
    let webshop = webshops::of_customer(connection, Access::All, customer).await?;
    of_webshop(connection, webshop.map_or(webshops::DEFAULT, |row| WebshopId(row.id))).await
}

/// The vendor's terms in force, if any. What is stored but is not https (it came in before the rule) does not count.
pub async fn current<C: ConnectionTrait>(connection: &C) -> AppResult<Option<Terms>> {
    let Some(object) = objects::vendor_object(connection, TERMS_URL).await? else { return Ok(None) };
    if terms_url::check(&object.string_value).is_err() {
        return Ok(None);
    }
    let version = vendor::Entity::find_by_id(1).one(connection).await?.map(|row| row.terms_version);
    Ok(Some(Terms { url: object.string_value, version: version.unwrap_or_default() }))
}

/// The terms this user has still to accept for this customer.
pub async fn outstanding(app: &AppState, customer: CustomerId, user: UserId) -> AppResult<Option<Terms>> {
    let Some(InForce { terms, scope }) = of_customer(app.store.read(), customer).await? else {
        return Ok(None);
    };
    let accepted = terms_acceptance::Entity::find()
        .filter(terms_acceptance::Column::CustomerId.eq(customer.0))
        .filter(terms_acceptance::Column::UserId.eq(user.0))
        .filter(terms_acceptance::Column::Scope.eq(scope))
        .filter(terms_acceptance::Column::Url.eq(&terms.url))
        .filter(terms_acceptance::Column::Version.eq(&terms.version))
        .count(app.store.read())
        .await?;
    Ok((accepted == 0).then_some(terms))
}

/// A version label as it is kept: an empty one becomes today's date in the vendor's time zone.
pub async fn label<C: ConnectionTrait>(connection: &C, now: i64, version: &str) -> AppResult<String> {
    if !version.is_empty() {
        return Ok(version.to_owned());
    }
    let zone = crate::vendor::load(connection).await?.time_zone;
    let today =
        latchkey_engine::period::local_date(Timestamp::from_millis(now), zone.parse().unwrap_or(Tz::UTC));
    Ok(today.to_string())
}

/// Gives the vendor's terms a version label.
pub async fn set_version<C: ConnectionTrait>(connection: &C, now: i64, version: &str) -> AppResult<()> {
    let version = label(connection, now, version).await?;
    vendor::Entity::update_many()
        .col_expr(vendor::Column::TermsVersion, Expr::value(version))
        .col_expr(vendor::Column::TermsChangedAt, Expr::value(now))
        .filter(vendor::Column::Id.eq(crate::vendor::ID))
        .exec(connection)
        .await?;
    Ok(())
}

/// Sets, changes or (with an empty address) removes the terms: the data object and its version label.
pub async fn set(app: &AppState, origin: &Origin, form: &SetTerms) -> AppResult<()> {
    let now = app.clock.now();
    let (url, version) = (form.url.trim(), form.version.trim());
    let transaction = app.store.begin().await?;
    let before = current(&transaction).await?;
    let object = objects::vendor_object(&transaction, TERMS_URL).await?;
    match object {
        Some(object) if url.is_empty() => objects::delete(&transaction, DataObjectId(object.id)).await?,
        Some(mut object) => {
            url.clone_into(&mut object.string_value);
            object.updated_at = now;
            objects::save(&transaction, object).await?;
        }
        None if url.is_empty() => {}
        None => {
            let row = data_object::ActiveModel {
                id: NotSet,
                ref_type: Set(0),
                ref_id: Set(crate::vendor::ID),
                machine_code: Set(String::new()),
                name: Set(TERMS_URL.to_owned()),
                string_value: Set(url.to_owned()),
                int_value: Set(0),
                created_at: Set(now),
                updated_at: Set(now),
            };
            objects::insert(&transaction, row).await?;
        }
    }
    let same = before
        .as_ref()
        .is_some_and(|terms| terms.url == url && (version.is_empty() || terms.version == version));
    if !url.is_empty() && !same {
        set_version(&transaction, now, version).await?;
    }
    let entry = Entry {
        action: "terms_changed",
        subject_kind: "vendor",
        subject_id: crate::vendor::ID,
        text: if url.is_empty() {
            "The terms of use were removed.".to_owned()
        } else {
            format!("The terms of use are now {url}.")
        },
        before: before.map(|terms| json!({"url": terms.url, "version": terms.version})),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    Ok(())
}

/// How many customers with portal users accepted the vendor's terms in force, and how many have still to. Whose webshop
/// has its own are not asked.
pub async fn tally<C: ConnectionTrait>(connection: &C, terms: &Terms) -> AppResult<(i64, i64)> {
    let accepted: HashSet<i64> = terms_acceptance::Entity::find()
        .select_only()
        .column(terms_acceptance::Column::CustomerId)
        .filter(terms_acceptance::Column::Scope.eq(VENDOR_SCOPE))
        .filter(terms_acceptance::Column::Url.eq(&terms.url))
        .filter(terms_acceptance::Column::Version.eq(&terms.version))
        .distinct()
        .into_tuple()
        .all(connection)
        .await?
        .into_iter()
        .collect();
    let elsewhere: HashSet<i64> = customer::Entity::find()
        .select_only()
        .column(customer::Column::Id)
        .filter(
            customer::Column::WebshopId.in_subquery(
                webshop::Entity::find()
                    .select_only()
                    .column(webshop::Column::Id)
                    .filter(webshop::Column::TermsUrl.ne(""))
                    .into_query(),
            ),
        )
        .into_tuple()
        .all(connection)
        .await?
        .into_iter()
        .collect();
    let all: HashSet<i64> = customer_user::Entity::find()
        .select_only()
        .column(customer_user::Column::CustomerId)
        .distinct()
        .into_tuple()
        .all(connection)
        .await?
        .into_iter()
        .collect();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok((
        count(accepted.len()),
        count(all.iter().filter(|id| !accepted.contains(id) && !elsewhere.contains(id)).count()),
    ))
}

/// Checks that what somebody accepted is what is in force; without terms nothing needs accepting.
pub fn check_accepted(terms: Option<&InForce>, accepted: Option<&AcceptTerms>) -> AppResult<()> {
    match (terms.map(|own| &own.terms), accepted) {
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
    InForce { terms, scope }: &InForce,
    customer: CustomerId,
    user: UserId,
    client: &Client,
    origin: &Origin,
) -> AppResult<()> {
    let row = terms_acceptance::ActiveModel {
        id: NotSet,
        customer_id: Set(customer.0),
        user_id: Set(user.0),
        scope: Set(scope.clone()),
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
        after: Some(json!({"url": terms.url, "version": terms.version, "scope": scope})),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await
}
