//! What a webshop sells: the one answer for the portal's plans, for purchases and for changes.

use std::collections::BTreeSet;

use latchkey_shared::ids::{CustomerId, StripeAccountId};
use latchkey_store::{
    Access,
    entity::{plan, stripe_account, webshop},
    products, webshops as store,
};

use crate::{
    billing::accounts,
    error::{AppError, AppResult},
    state::AppState,
};

/// A webshop with its products and the account that it is paid into.
#[derive(Clone, Debug)]
pub struct Shop {
    pub row: webshop::Model,
    /// Absent while it is not connected.
    pub account: Option<stripe_account::Model>,
    /// Absent: everything.
    products: Option<BTreeSet<i64>>,
    /// Products that come with a base product only.
    extras: BTreeSet<i64>,
}

impl Shop {
    /// The webshop that a customer is bound to.
    ///
    /// # Errors
    /// 404 for an unknown customer.
    pub async fn of_customer(app: &AppState, customer: CustomerId) -> AppResult<Self> {
        let row = store::of_customer(app.store.read(), Access::Customer(customer), customer).await?;
        Self::open(app, row.ok_or_else(|| AppError::not_found("customer"))?).await
    }

    /// A webshop as it stands.
    pub async fn open(app: &AppState, row: webshop::Model) -> AppResult<Self> {
        let account = accounts::named(app, row.account_id.map(StripeAccountId)).await?;
        let all = products::all(app.store.read()).await?;
        let extras = all.iter().filter(|product| product.is_extra()).map(|product| product.id).collect();
        let products = if row.all_products {
            None
        } else {
            let named = store::products(app.store.read()).await?.remove(&row.id).unwrap_or_default();
            Some(named.into_iter().collect())
        };
        Ok(Self { row, account, products, extras })
    }

    /// Whether anything can be bought.
    pub const fn is_open(&self) -> bool {
        self.row.active && self.account.is_some()
    }

    /// Whether a product is sold, by itself or with another.
    pub fn sells(&self, product: i64) -> bool {
        self.products.as_ref().is_none_or(|products| products.contains(&product))
    }

    /// Whether a plan can be bought by itself: it is paid into the webshop's account, in its currency, and is no extra.
    pub fn offers(&self, plan: &plan::Model) -> bool {
        let account = self.account.as_ref().map(|account| account.id);
        let currency = self.row.currency.as_ref();
        self.is_open()
            && plan.offered
            && plan.account_id == account
            && currency.is_none_or(|currency| *currency == plan.currency)
            && self.sells(plan.product_id)
            && !self.extras.contains(&plan.product_id)
    }
}
