//! What the items of a subscription buy: which product's key, with which parameters.

use std::collections::HashMap;

use latchkey_engine::{
    key_params::{self, KeyParams, KeyParamsError},
    reconcile::Catalogue,
};
use latchkey_shared::time::Timestamp;
use latchkey_store::entity::{plan, product};
use latchkey_stripe::{
    Expandable, Metadata, Product, Subscription, SubscriptionItem, subscription as shapes,
};

use crate::{
    catalog::plan_names,
    licensing::plan_params::{PlanParams, Unreadable},
};

/// An item of a Stripe subscription, understood as far as it can be.
#[derive(Clone, Debug)]
pub struct Item {
    /// `si_…`
    pub stripe_id: String,
    pub price: String,
    pub plan: Option<i64>,
    pub product_name: String,
    pub plan_name: String,
    pub quantity: i64,
    pub currency: String,
    /// Minor units per unit.
    pub amount: i64,
    /// `day`, `week`, `month`, `year`.
    pub interval_unit: Option<String>,
    pub interval_count: i64,
    pub period_end: Option<Timestamp>,
    pub metadata: Metadata,
    pub buys: Buys,
}

/// What an item buys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Buys {
    Licence {
        product: i64,
        params: KeyParams,
    },
    /// The product is ours; what is wrong with the price's `skm`, in words.
    BadPrice {
        product: i64,
        why: String,
    },
    /// Why its product is none of ours, in words.
    NotOurs {
        why: String,
    },
}

impl Item {
    pub fn product(&self) -> Option<i64> {
        match self.buys {
            Buys::Licence { product, .. } | Buys::BadPrice { product, .. } => Some(product),
            Buys::NotOurs { .. } => None,
        }
    }
}

/// The items that together make one key.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    pub product: i64,
    pub base: &'a Item,
    pub extras: Vec<&'a Item>,
}

impl Group<'_> {
    /// How far the catalogue tells what key is bought.
    pub fn catalogue(&self) -> Catalogue {
        match self.base.buys {
            Buys::Licence { .. } => Catalogue::Licensed,
            Buys::BadPrice { .. } => Catalogue::BadPrice,
            Buys::NotOurs { .. } => Catalogue::NotOurs,
        }
    }

    /// The key's parameters; `None` where the base's price does not tell.
    pub fn params(&self) -> Option<KeyParams> {
        let Buys::Licence { params, .. } = &self.base.buys else { return None };
        let extras: Vec<_> = self
            .extras
            .iter()
            .filter_map(|item| match &item.buys {
                Buys::Licence { params, .. } => Some((params.clone(), count(item.quantity))),
                _ => None,
            })
            .collect();
        Some(key_params::merge(params, count(self.base.quantity), &extras, None))
    }

    /// What of it cannot be understood, in words.
    pub fn problem(&self) -> Option<&str> {
        std::iter::once(self.base).chain(self.extras.iter().copied()).find_map(|item| match &item.buys {
            Buys::BadPrice { why, .. } | Buys::NotOurs { why } => Some(why.as_str()),
            Buys::Licence { .. } => None,
        })
    }

    /// Prices and quantities, to see whether they changed.
    pub fn bought(&self) -> Vec<(String, i64)> {
        let all = std::iter::once(self.base).chain(self.extras.iter().copied());
        let mut bought: Vec<_> = all.map(|item| (item.price.clone(), item.quantity)).collect();
        bought.sort();
        bought
    }
}

fn count(quantity: i64) -> u32 {
    u32::try_from(quantity.max(0)).unwrap_or(u32::MAX)
}

/// What is known here of what can be bought.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub products: &'a HashMap<i64, product::Model>,
    pub plans: &'a [plan::Model],
    pub params: &'a PlanParams,
    /// `skm_product_id` by `prod_…`.
    pub mirrored_products: &'a HashMap<String, String>,
}

/// Reads the items, the oldest first.
pub fn read(subscription: &Subscription, known: &Known<'_>) -> Vec<Item> {
    let mut raw: Vec<&SubscriptionItem> = subscription.items.data.iter().collect();
    raw.sort_by_key(|item| item.created);
    raw.into_iter().map(|item| read_one(subscription, item, known)).collect()
}

fn read_one(subscription: &Subscription, item: &SubscriptionItem, known: &Known<'_>) -> Item {
    let price = item.price.as_deref();
    let price_id = price.map(|price| price.id.clone()).unwrap_or_default();
    let expanded = price.and_then(|price| price.product.as_ref());
    let stripe_product = expanded.and_then(Expandable::object);
    let named = product_number(expanded, known.mirrored_products);
    let skm = price.and_then(|price| price.metadata.get("skm")).map_or("", String::as_str);
    let plan = known.plans.iter().find(|plan| plan.stripe_price.as_deref() == Some(&price_id));
    let recurring = price.and_then(|price| price.recurring.as_ref());
    let (unit, every) = recurring
        .map_or((None, 1), |recurring| (Some(recurring.interval.clone()), recurring.interval_count.max(1)));
    let nickname = price.and_then(|price| price.nickname.as_deref()).unwrap_or_default();
    let buys = buys(named.as_deref(), skm, known);
    let ours = match &buys {
        Buys::Licence { product, .. } | Buys::BadPrice { product, .. } => known.products.get(product),
        Buys::NotOurs { .. } => None,
    };
    Item {
        stripe_id: item.id.clone(),
        plan: plan.map(|plan| plan.id),
        product_name: ours
            .map(|product| product.name.clone())
            .or_else(|| stripe_product.map(|product: &Product| product.name.clone()))
            .unwrap_or_default(),
        plan_name: plan
            .map_or_else(|| plan_names::of_price(nickname, unit.as_deref(), every), |plan| plan.name.clone()),
        price: price_id,
        quantity: item.quantity.unwrap_or(1),
        currency: price.map_or_else(|| subscription.currency.clone(), |price| price.currency.clone()),
        amount: price.and_then(|price| price.unit_amount).unwrap_or_default(),
        interval_unit: unit,
        interval_count: every,
        period_end: shapes::item_period(subscription, item).map(|(_, end)| Timestamp::from_seconds(end)),
        metadata: item.metadata.clone(),
        buys,
    }
}

/// `skm_product_id` of the Stripe product, from the answer, or from the mirror where a deleted product no
/// longer tells.
fn product_number(
    product: Option<&Expandable<Product>>,
    mirrored_products: &HashMap<String, String>,
) -> Option<String> {
    let product = product?;
    let told = product.object().and_then(|product| product.metadata.get("skm_product_id")).cloned();
    let deleted = product.object().is_none_or(|product| product.name.is_empty());
    told.or_else(|| deleted.then(|| mirrored_products.get(product.id()).cloned()).flatten())
}

/// What a price with this `skm` buys, of a Stripe product with this `skm_product_id`.
fn buys(number: Option<&str>, skm: &str, known: &Known<'_>) -> Buys {
    let params = known.params.read(skm);
    let redirected = params.as_ref().ok().and_then(|params| params.product_id);
    let product = match (redirected, number.map(str::trim)) {
        (Some(id), _) => Ok(id),
        (None, None | Some("")) => Err("the Stripe product has no skm_product_id".to_owned()),
        (None, Some(text)) => {
            text.parse().map_err(|_| format!("skm_product_id is {text:?}, which is not a number"))
        }
    };
    let product = match product {
        Ok(id) if known.products.contains_key(&id) => id,
        Ok(id) => return Buys::NotOurs { why: format!("there is no product {id} here") },
        Err(why) => return Buys::NotOurs { why },
    };
    match params {
        Ok(params) => Buys::Licence { product, params },
        Err(Unreadable::Params(error)) => Buys::BadPrice { product, why: bad_price(error) },
        Err(Unreadable::Template(id)) => {
            let why = format!("the price's skm names licence template {id}, which is not here");
            Buys::BadPrice { product, why }
        }
    }
}

fn bad_price(error: KeyParamsError) -> String {
    match error {
        KeyParamsError::Missing => "the price has no skm".to_owned(),
        KeyParamsError::TooLong => "the price's skm is longer than 500 characters".to_owned(),
        KeyParamsError::NotJson(found) => format!("the price's skm is not JSON: {found}"),
        KeyParamsError::BadField { field, problem } => {
            format!("the price's skm has a wrong {field}: {problem}")
        }
    }
}

/// One group per licensed product, in the order in which they were bought. Items of an extra product join the
/// first base product, where there is one.
pub fn groups<'a>(items: &'a [Item], products: &HashMap<i64, product::Model>) -> Vec<Group<'a>> {
    let is_extra = |id: i64| products.get(&id).is_some_and(product::Model::is_extra);
    let first_base = items.iter().filter_map(Item::product).find(|id| !is_extra(*id));
    let mut groups: Vec<Group<'a>> = Vec::new();
    // Base products first, so that an extra that was listed before its base does not lead the group.
    let (bases, extras): (Vec<&Item>, Vec<&Item>) = items
        .iter()
        .filter(|item| item.product().is_some())
        .partition(|item| !item.product().is_some_and(is_extra));
    for item in bases.into_iter().chain(extras) {
        let Some(own) = item.product() else { continue };
        let product = if is_extra(own) { first_base.unwrap_or(own) } else { own };
        match groups.iter_mut().find(|group| group.product == product) {
            Some(group) => group.extras.push(item),
            None => groups.push(Group { product, base: item, extras: Vec::new() }),
        }
    }
    groups
}

#[cfg(test)]
#[path = "items_tests.rs"]
mod tests;
