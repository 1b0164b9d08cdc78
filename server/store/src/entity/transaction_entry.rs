//! A money or lifecycle entry in a customer's history.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transaction_entry")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub customer_id: i64,
    pub subscription_id: Option<i64>,
    /// What it was for, where that is one product.
    pub product_id: Option<i64>,
    /// The Stripe account; 0: none.
    pub account_id: i64,
    /// What makes it this entry and no other: Stripe's id, or a name that whoever writes it makes up. Unique per
    /// account, so that nothing is written twice.
    pub unique_ref: String,
    /// A word of `TransactionKind`.
    pub kind: String,
    /// A word of `TransactionSource`.
    pub source: String,
    /// A word of `TransactionState`.
    pub state: String,
    /// What moved, minor units; negative where it left the vendor. `gross` is `net` and `tax` together.
    pub net: i64,
    pub tax: i64,
    pub gross: i64,
    /// What it is about where nothing moved: what a failed payment should have been, what a dispute is about, by
    /// how much a balance changed.
    pub asked: i64,
    /// Upper-case ISO currency; empty for what has no price.
    pub currency: String,
    /// `card`, `bank_transfer`, `cash`, `free`, `balance`…; empty where nothing is known.
    pub method: String,
    /// What a person looks it up by: an invoice's number, the bank's reference.
    pub reference: String,
    /// What ties refunds and disputes to their payment: Stripe's `pi_…`, else the payment's `unique_ref`.
    pub payment_ref: Option<String>,
    pub reason: String,
    pub note: String,
    pub actor_id: Option<i64>,
    pub actor_name: Option<String>,
    /// Lines, links and whatever else only the details show.
    pub details: Json,
    pub happened_at: i64,
    pub created_at: i64,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
