//! Licence keys as staff see them.

use std::collections::HashMap;

use latchkey_engine::status::{self, Dates};
use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        keys::{KeyRow, LicenceKey},
    },
    ids::{CustomerId, KeyGlobalId, ProductId, SubscriptionId},
    status::{BlockSource, KeyStatus},
    time::Timestamp,
};
use latchkey_store::{
    Access, activations, customers, data,
    entity::{licence_key, product, subscription, subscription_key},
    key_list, keys as store, products, resellers, stripe_accounts, subscription_keys, subscriptions,
};

use crate::{
    billing::dashboard_links,
    error::{AppError, AppResult},
    filters,
    licensing::{order, words},
    state::AppState,
};

/// The product's data object that says how its keys are sorted unless somebody chooses otherwise.
pub(crate) const ORDER: &str = "cryptolens_orderby";

/// One page of the keys of a product, or of all.
pub async fn list(
    app: &AppState,
    access: Access,
    product: Option<ProductId>,
    query: &ListQuery,
) -> AppResult<List<KeyRow>> {
    let predicate = filters::predicate(app, &query.filter, key_list::FIELDS).await?;
    let now = app.clock.now();
    let mut query = query.clone();
    if let (Some(product), true) = (product, query.sort.is_empty()) {
        let said = data::of_product(app.store.read(), product.0, ORDER).await?;
        query.sort = said.and_then(|object| sort(&object.string_value)).unwrap_or_default();
    }
    let page = key_list::list(app.store.read(), access, product, &predicate, now, &query).await?;
    Ok(List { items: rows(app, page.rows).await?, meta: page.meta })
}

/// How programs and vendors write an order (`ID descending`) as a sort; nothing where keys cannot be sorted so.
pub(crate) fn sort(text: &str) -> Option<String> {
    let (field, descending) = order::parse(text)?;
    let column = field.to_ascii_lowercase();
    let sign = if descending { "-" } else { "" };
    ["id", "created", "expires"].contains(&column.as_str()).then(|| format!("{sign}{column}"))
}

/// A customer's keys, the newest first.
pub async fn rows_of_customer(app: &AppState, customer: CustomerId) -> AppResult<Vec<KeyRow>> {
    rows(app, store::of_customer(app.store.read(), Access::All, customer).await?).await
}

/// Rows with names and statuses, in the order given.
pub async fn rows(app: &AppState, keys: Vec<licence_key::Model>) -> AppResult<Vec<KeyRow>> {
    let around = Around::of(app, &keys).await?;
    let now = Timestamp::from_millis(app.clock.now());
    Ok(keys.iter().map(|key| around.row(key, now)).collect())
}

/// The whole key.
pub async fn show(app: &AppState, key: licence_key::Model) -> AppResult<LicenceKey> {
    let around = Around::of(app, std::slice::from_ref(&key)).await?;
    let contract = around.contracts.get(&key.id);
    let names =
        around.products.get(&key.product_id).map(|product| words::feature_names(&product.feature_names));
    Ok(LicenceKey {
        row: around.row(&key, Timestamp::from_millis(app.clock.now())),
        features: features(&key).to_vec(),
        feature_names: names.unwrap_or_default().to_vec(),
        period_days: key.period_days,
        trial_activation: key.trial_activation,
        activated: key.first_activated_at.is_some(),
        subscription: contract.map(|contract| SubscriptionId(contract.id)),
        stripe_subscription_url: match contract {
            Some(contract) => stripe_url(app, contract).await?,
            None => None,
        },
        replaces: key.replaces.map(KeyGlobalId),
        replaced_by: store::replacement_of(app.store.read(), key.id).await?.map(|new| KeyGlobalId(new.id)),
        reseller: match key.reseller_id {
            Some(id) => resellers::find(app.store.read(), id).await?.map(|reseller| reseller.name),
            None => None,
        },
        source: key.source,
        version: key.version,
        notes: key.notes,
        allowed_machines: key.allowed_machines,
        block_source: key.block_source,
    })
}

/// The key, or 404.
pub async fn find(app: &AppState, access: Access, id: KeyGlobalId) -> AppResult<licence_key::Model> {
    store::find(app.store.read(), access, id).await?.ok_or_else(|| AppError::not_found("licence key"))
}

/// Whether a key works; `contract` is the subscription that it belongs to, if any.
pub fn status(key: &licence_key::Model, contract: Option<&subscription::Model>, now: Timestamp) -> KeyStatus {
    let expires = key.expires_at.map(Timestamp::from_millis);
    let paid_through = contract.and_then(|contract| contract.paid_through).map(Timestamp::from_millis);
    let dates = Dates {
        starts_at: Some(Timestamp::from_millis(key.created_at)),
        paid_through: paid_through.or(expires),
        expires,
        extended_until: key.extended_until.map(Timestamp::from_millis),
    };
    status::key(block_source(key), &dates, now)
}

/// F1 to F8.
pub fn features(key: &licence_key::Model) -> [bool; 8] {
    [key.f1, key.f2, key.f3, key.f4, key.f5, key.f6, key.f7, key.f8]
}

/// Who blocked the key, if it is blocked.
fn block_source(key: &licence_key::Model) -> Option<BlockSource> {
    let named = key.block_source.as_deref().and_then(BlockSource::parse);
    key.blocked.then(|| named.unwrap_or(BlockSource::Staff))
}

/// Its page in Stripe's dashboard.
async fn stripe_url(app: &AppState, contract: &subscription::Model) -> AppResult<Option<String>> {
    let (Some(account), Some(id)) = (contract.account_id, &contract.stripe_id) else { return Ok(None) };
    let account = stripe_accounts::find(app.store.read(), account).await?;
    Ok(account.map(|account| dashboard_links::subscription(account.live, id)))
}

/// What the rows of some keys need beside the keys.
struct Around {
    products: HashMap<i64, product::Model>,
    customers: HashMap<i64, String>,
    /// By key.
    contracts: HashMap<i64, subscription::Model>,
    /// How many machines each is locked to.
    machines: HashMap<i64, i64>,
}

impl Around {
    async fn of(app: &AppState, keys: &[licence_key::Model]) -> AppResult<Self> {
        let connection = app.store.read();
        let customer_ids: Vec<i64> = keys.iter().filter_map(|key| key.customer_id).collect();
        let ids: Vec<i64> = keys.iter().map(|key| key.id).collect();
        let ties = subscription_keys::of_keys(connection, &ids).await?;
        let tied: Vec<i64> = ties.iter().map(|tie| tie.subscription_id).collect();
        let rows = subscriptions::by_ids(connection, &tied).await?;
        let contract = |tie: subscription_key::Model| {
            let contract = rows.iter().find(|row| row.id == tie.subscription_id)?;
            Some((tie.key_id, contract.clone()))
        };
        Ok(Self {
            products: products::by_id(connection, keys.iter().map(|key| key.product_id)).await?,
            customers: customers::names(connection, &customer_ids).await?,
            contracts: ties.into_iter().filter_map(contract).collect(),
            machines: activations::locked_counts(connection, &ids).await?,
        })
    }

    fn row(&self, key: &licence_key::Model, now: Timestamp) -> KeyRow {
        let contract = self.contracts.get(&key.id);
        KeyRow {
            global_id: KeyGlobalId(key.id),
            id: key.number,
            product: ProductId(key.product_id),
            product_name: self
                .products
                .get(&key.product_id)
                .map(|product| product.name.clone())
                .unwrap_or_default(),
            key: key.key_text.clone(),
            customer: key.customer_id.map(CustomerId),
            customer_name: key.customer_id.and_then(|id| self.customers.get(&id).cloned()),
            status: status(key, contract, now),
            created: Timestamp::from_millis(key.created_at),
            expires: key.expires_at.map(Timestamp::from_millis),
            max_machines: key.max_machines,
            machines: self.machines.get(&key.id).copied().unwrap_or_default(),
            from_stripe: contract.is_some() || key.source == "stripe",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sort;

    #[test]
    fn orders_of_a_product_page() {
        for (order, expected) in [
            ("ID", Some("id")),
            (" Created descending", Some("-created")),
            ("expires ASC", Some("expires")),
            ("", None),
            ("notes", None),
            ("ID sideways", None),
            ("ID descending, Created", None),
        ] {
            assert_eq!(sort(order).as_deref(), expected, "{order}");
        }
    }
}
