//! Changing, renewing, extending, pausing and ending subscriptions: asked for, previewed, committed.

use serde::{Deserialize, Serialize};

use crate::{
    api::catalog::{Interval, Plan},
    change::{Direction, LineKind, Loss, PaidBy, Refund, RenewFrom},
    ids::{CustomerId, PlanId, ProductId, SubscriptionId},
    money::{Currency, Money},
    time::{Date, Timestamp},
    validation,
    words::word_enum,
};

word_enum! {
    /// What is asked for.
    #[derive(Default)]
    pub enum ChangeAction {
        /// Other plans, extras or quantities.
        #[default]
        Change = "change", "Change";
        /// Another period.
        Renew = "renew", "Renew";
        /// Days for nothing.
        Extend = "extend", "Extend";
        Pause = "pause", "Pause";
        Resume = "resume", "Resume";
        Cancel = "cancel", "Cancel";
    }
}

word_enum! {
    /// When it takes effect.
    #[derive(Default)]
    pub enum ChangeWhen {
        #[default]
        Now = "now", "Now";
        PeriodEnd = "period_end", "When the paid time ends";
        /// On the day that is named.
        On = "on", "On a day";
    }
}

/// Ask what a change would do. Which fields count depends on the action.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AskChange {
    #[garde(skip)]
    pub action: ChangeAction,
    /// What is to be held afterwards, the base and its extras; for `change`, and for `renew` (empty: the same).
    #[garde(dive, length(max = 20))]
    pub items: Vec<WantedItem>,
    /// For `change` and `cancel`.
    #[garde(skip)]
    pub when: ChangeWhen,
    /// The day of `when: on`, in the vendor's time zone.
    #[garde(skip)]
    pub on: Option<Date>,
    /// For `renew`.
    #[garde(skip)]
    pub from: RenewFrom,
    /// For `cancel` at once.
    #[garde(skip)]
    pub refund: Refund,
    /// Nothing is charged; for `change` and `renew`, needs a reason.
    #[garde(skip)]
    pub waive: bool,
    /// For `extend`: so many days …
    #[garde(inner(range(min = 1, max = 3_660)))]
    pub days: Option<i64>,
    /// … or to the end of a day.
    #[garde(skip)]
    pub until: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WantedItem {
    #[garde(skip)]
    pub plan: PlanId,
    #[garde(range(min = 1, max = 10_000))]
    pub quantity: u32,
}

/// What a change would do. The commit does just this, or is refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePreview {
    pub action: ChangeAction,
    pub direction: Direction,
    pub quote: Quote,
    pub effective: Timestamp,
    /// Nothing happens before [`ChangePreview::effective`].
    pub is_planned: bool,
    /// It takes the place of what is planned already.
    pub replaces: Option<String>,
    pub lines: Vec<PreviewLine>,
    pub net: Money,
    pub tax: Money,
    /// Which tax is charged, in words: `VAT 19 %`. Empty where none is, and where Stripe says.
    #[serde(default)]
    pub tax_name: String,
    /// With tax; negative where more is given back than charged.
    pub total: Money,
    pub from_balance: Money,
    /// Goes to the customer's balance, or with Stripe to their next invoices.
    pub to_balance: Money,
    /// What the customer pays today.
    pub due: Money,
    pub next: Option<NextPayment>,
    pub old_expiry: Option<Timestamp>,
    pub new_expiry: Option<Timestamp>,
    pub losses: Vec<Loss>,
}

/// Names a preview to commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quote {
    pub id: String,
    /// Of all that the preview says; the commit is refused when it has changed.
    pub digest: String,
    pub expires: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewLine {
    pub kind: LineKind,
    /// The plan; empty for what is waived.
    pub name: String,
    pub quantity: u32,
    /// Before tax; negative for what is given back.
    pub amount: Money,
    /// Days that are charged or given back …
    pub days: Option<i64>,
    /// … of so many.
    pub of_days: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextPayment {
    /// With tax.
    pub amount: Money,
    pub at: Timestamp,
    pub interval: Option<Interval>,
}

/// Do what was previewed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CommitChange {
    #[garde(length(max = 100))]
    pub quote: String,
    #[garde(length(max = 100))]
    pub digest: String,
    /// How it was paid, for what is billed offline and costs something.
    #[garde(skip)]
    #[serde(default)]
    pub paid_by: PaidBy,
    /// Of the payment: what a bookkeeper finds it by.
    #[garde(custom(validation::line))]
    #[serde(default)]
    pub reference: String,
    /// For the history; time that is given and charges that are waived need one.
    #[garde(custom(validation::notes))]
    #[serde(default)]
    pub reason: String,
}

/// What can be done with a subscription.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeOptions {
    pub subscription: SubscriptionId,
    /// Billed by bank transfer, cash or not at all; else by Stripe.
    pub is_offline: bool,
    /// What is held now, the base first.
    pub items: Vec<HeldItem>,
    /// What it can be changed to.
    pub plans: Vec<OptionPlan>,
    pub pending: Option<PendingChange>,
    pub paid_through: Option<Timestamp>,
    pub extended_until: Option<Timestamp>,
    pub balance: Option<Money>,
    /// At its end it is renewed from the balance, where that covers it.
    pub auto_renew: bool,
    pub can_change: bool,
    pub can_renew: bool,
    pub can_extend: bool,
    pub can_pause: bool,
    pub can_resume: bool,
    pub can_cancel: bool,
    /// A planned change or end can be taken back.
    pub can_undo: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeldItem {
    pub plan: Option<PlanId>,
    pub product: Option<ProductId>,
    pub product_name: String,
    pub plan_name: String,
    pub quantity: u32,
    pub is_base: bool,
    pub price: Option<Money>,
    /// What this customer pays for it from the next renewal or change on, in place of the plan's price.
    pub own_price: Option<Money>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OptionPlan {
    pub plan: Plan,
    pub is_base: bool,
}

/// What is planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingChange {
    /// In words: `Changes to Solo`.
    pub text: String,
    pub due: Timestamp,
    /// Why the last try failed.
    pub error: Option<String>,
}

/// Have a subscription that is billed offline renew itself from the balance, or no more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetAutoRenew {
    #[garde(skip)]
    pub on: bool,
}

/// Give a plan of a subscription that is billed offline another price for this customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetOwnPrice {
    /// One that the subscription holds.
    #[garde(skip)]
    pub plan: PlanId,
    /// Minor units of the subscription's currency for one piece, in the place of the plan's price; absent: that again.
    #[garde(inner(range(min = 0, max = 1_000_000_000_000)))]
    pub price: Option<i64>,
    #[garde(custom(validation::required_notes))]
    pub reason: String,
}

/// Give many subscriptions time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ExtendMany {
    #[garde(length(max = 1_000))]
    pub subscriptions: Vec<SubscriptionId>,
    /// All that runs of these.
    #[garde(length(max = 1_000))]
    pub customers: Vec<CustomerId>,
    #[garde(inner(range(min = 1, max = 3_660)))]
    pub days: Option<i64>,
    #[garde(skip)]
    pub until: Option<Date>,
    #[garde(custom(validation::required_notes))]
    pub reason: String,
    /// Only count.
    #[garde(skip)]
    pub dry_run: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtendedMany {
    pub extended: i64,
    /// What was left out, and why.
    pub left_out: Vec<LeftOut>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeftOut {
    pub subscription: SubscriptionId,
    pub why: String,
}

/// Begin a subscription that is billed offline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AddSubscription {
    #[garde(dive, length(min = 1, max = 20))]
    pub items: Vec<WantedItem>,
    /// Which of the plans' prices.
    #[garde(skip)]
    pub currency: Option<Currency>,
    /// The first day; absent: now.
    #[garde(skip)]
    pub starts: Option<Date>,
    /// Begin when somebody next signs in to the portal for the customer. What it costs is paid now; its time begins, and
    /// its keys are made, then.
    #[garde(skip)]
    pub at_sign_in: bool,
    /// Begin with the trial of the base plan; one for each customer and product.
    #[garde(skip)]
    pub trial: bool,
    #[garde(skip)]
    pub paid_by: PaidBy,
    #[garde(custom(validation::line))]
    pub reference: String,
    #[garde(custom(validation::notes))]
    pub reason: String,
    /// Only say what it would cost.
    #[garde(skip)]
    pub dry_run: bool,
    /// The digest of what was shown; the server refuses when it has changed.
    #[garde(length(max = 100))]
    pub digest: String,
}

/// What a new subscription costs and gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddedSubscription {
    pub preview: ChangePreview,
    /// Absent for a dry run.
    pub subscription: Option<SubscriptionId>,
}

/// A customer's balances and how they came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Balance {
    /// One per currency, none that is zero.
    pub totals: Vec<Money>,
    /// The latest first.
    pub entries: Vec<BalanceEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BalanceEntry {
    pub at: Timestamp,
    pub amount: Money,
    pub text: String,
    pub by: Option<String>,
    pub subscription: Option<SubscriptionId>,
}

/// Correct a customer's balance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AdjustBalance {
    /// Added; negative: taken away.
    #[garde(skip)]
    pub amount: Money,
    #[garde(custom(validation::required_notes))]
    pub reason: String,
}

/// A plan that no payment provider bills.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetOfflinePlan {
    #[garde(custom(validation::required))]
    pub name: String,
    #[garde(range(min = 1, max = 36_525))]
    pub count: i64,
    #[garde(skip)]
    pub unit: PlanUnit,
    /// At least one, each currency once.
    #[garde(length(min = 1, max = 20))]
    pub prices: Vec<Money>,
    /// The licence template that its keys are made from; then `features` and `max_machines` say nothing.
    #[garde(skip)]
    #[serde(default)]
    pub template: Option<i64>,
    /// F1 to F8 of its keys.
    #[garde(length(equal = 8))]
    pub features: Vec<bool>,
    /// 0: any number.
    #[garde(range(min = 0, max = 1_000_000))]
    pub max_machines: i64,
    /// With how many days of trial a subscription can begin; 0: none.
    #[garde(range(min = 0, max = 730))]
    #[serde(default)]
    pub trial_days: i64,
    /// Whether it can still be chosen.
    #[garde(skip)]
    pub offered: bool,
}

word_enum! {
    /// What an offline plan's length is counted in.
    #[derive(Default)]
    pub enum PlanUnit {
        Day = "day", "Days";
        #[default]
        Month = "month", "Months";
        Year = "year", "Years";
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfflinePlan {
    pub plan: Plan,
    pub is_base: bool,
    pub prices: Vec<Money>,
    /// The licence template that its keys are made from.
    pub template: Option<i64>,
    pub features: Vec<bool>,
    pub max_machines: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfflinePlans {
    pub plans: Vec<OfflinePlan>,
}

/// What customers may do to their subscriptions themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SelfService {
    /// To longer or dearer plans, at once.
    #[garde(skip)]
    pub upgrade: bool,
    /// To shorter or cheaper plans, when the paid time ends.
    #[garde(skip)]
    pub downgrade: bool,
    #[garde(skip)]
    pub cancel: bool,
}
