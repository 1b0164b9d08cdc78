//! What customers see: everything under `/api/v1/portal`.

use serde::{Deserialize, Serialize};

use crate::{
    api::{
        catalog::{Interval, Plan},
        changes::PendingChange,
    },
    ids::{CustomerId, KeyGlobalId, PlanId, ProductId, SubscriptionId},
    money::Money,
    status::{KeyStatus, SubscriptionStatus},
    time::Timestamp,
    validation,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Home {
    pub name: String,
    pub subscriptions: Vec<PortalSubscription>,
    pub licences: Vec<PortalLicence>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalSubscription {
    pub id: SubscriptionId,
    pub product_name: String,
    pub plan_name: String,
    /// How many of it.
    pub quantity: i64,
    /// What is in it besides, such as `Voice Pack` or `Voice Pack × 3`.
    pub extras: Vec<String>,
    pub status: SubscriptionStatus,
    /// Of everything in it.
    pub price: Option<Money>,
    pub interval: Option<Interval>,
    /// Next payment, absent where none follows.
    pub next_payment: Option<Timestamp>,
    pub paid_through: Option<Timestamp>,
    /// When its keys expire as things stand, grace included.
    pub works_until: Option<Timestamp>,
    pub trial_ends: Option<Timestamp>,
    pub cancels_at: Option<Timestamp>,
    pub ended: Option<Timestamp>,
    /// Whether cancel / keep is possible now.
    pub can_cancel: bool,
    pub can_keep: bool,
    /// Whether the vendor lets customers change the plan.
    pub can_change: bool,
    /// A change that waits for its day.
    pub planned: Option<PendingChange>,
    /// At its end it is renewed from the customer's balance.
    pub renews_from_balance: bool,
    /// Paid, and the key is being made.
    pub key_pending: bool,
    pub keys: Vec<KeyGlobalId>,
}

/// End my subscription with what is paid for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct CancelMine {
    /// Why, in the customer's words; may be empty.
    #[garde(custom(validation::notes))]
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalLicence {
    pub id: KeyGlobalId,
    pub key: String,
    pub product: ProductId,
    pub product_name: String,
    pub status: KeyStatus,
    /// What it allows, in words: named features, machines.
    pub allows: Vec<String>,
    /// Includes grace. Absent: never.
    pub expires: Option<Timestamp>,
    /// 0: any number.
    pub max_machines: i64,
    pub subscription: Option<SubscriptionId>,
    pub next_payment: Option<Timestamp>,
    pub created: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Licences {
    pub licences: Vec<OwnLicence>,
}

/// A licence with where it is used and what its owner may do about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnLicence {
    pub licence: PortalLicence,
    /// The latest seen first, 100 at most.
    pub machines: Vec<OwnMachine>,
    /// Machines that the key is locked to; floating seats are not counted.
    pub locked_machines: i64,
    pub can_remove_machines: bool,
    /// Whether its owner may have it re-issued; not within a day of the last time.
    pub can_reissue: bool,
    /// Whether the machines go over to the new key then.
    pub reissue_moves_machines: bool,
    /// The text of the key that this one was re-issued for.
    pub replaces: Option<String>,
}

/// A machine that a licence is used on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnMachine {
    pub id: i64,
    /// What its owner calls it, or else its machine code.
    pub name: String,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// Of a floating seat: when it is given back unless the program goes on.
    pub lease_until: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plans {
    pub products: Vec<PlanGroup>,
    /// Why nothing can be bought right now, in words for the customer.
    pub unavailable: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanGroup {
    pub product: ProductId,
    pub name: String,
    pub description: String,
    pub plans: Vec<Plan>,
    /// The customer has a live subscription to this product.
    pub subscribed: bool,
    /// The plans that it is for, as far as they are among `plans`.
    pub yours: Vec<PlanId>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartCheckout {
    #[garde(skip)]
    pub plan: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckoutStarted {
    /// Names the purchase.
    pub checkout: String,
    /// Where to pay.
    pub url: String,
}

/// `GET /portal/checkouts/{checkout}`: polled by the page after payment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckoutProgress {
    pub step: CheckoutStep,
    pub plan: PlanId,
    pub plan_name: String,
    pub licences: Vec<PortalLicence>,
    /// Since payment was confirmed; the page words a long wait differently.
    pub waiting_since: Option<Timestamp>,
    pub receipt_url: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckoutStep {
    /// Not paid (yet).
    Open,
    /// Payment is on its way (delayed methods, or Stripe has not said so yet).
    Paying,
    /// Paid, the key is being made.
    Issuing,
    /// The key is there.
    Ready,
    /// The customer went back or let it expire.
    Abandoned,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Billing {
    pub subscriptions: Vec<PortalSubscription>,
    pub invoices: Vec<Invoice>,
    pub card: Option<Card>,
    /// A Stripe customer exists, so that the billing portal can be opened.
    pub can_manage: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invoice {
    pub number: String,
    pub created: Timestamp,
    pub total: Money,
    /// `paid`, `open`, `void`, `uncollectible`.
    pub status: String,
    /// Stripe's page and PDF.
    pub url: Option<String>,
    pub pdf: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Card {
    pub brand: String,
    pub last4: String,
    pub exp_month: i64,
    pub exp_year: i64,
}

/// Open Stripe's billing portal; the address works once and soon expires.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BillingPortal {
    pub url: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    pub name: String,
    pub email: String,
    /// An address waiting to be proved.
    pub pending_email: Option<String>,
    pub customer: CustomerId,
    pub customer_name: String,
    pub company: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SwitchCustomer {
    #[garde(skip)]
    pub customer: i64,
}
