//! From Stripe's shapes to the facts that the rules in `engine` know.

use latchkey_engine::{
    entitlement::{Contract, PausedCollection, PausedCollectionPolicy},
    paid_through::{self, InvoiceLine},
    status::{self, Dates, Standing},
    stripe_status::StripeStatus,
};
use latchkey_shared::{status::SubscriptionStatus, time::Timestamp};
use latchkey_store::entity::subscription;
use latchkey_stripe::{
    Customer, Expandable, Invoice, InvoiceStatus, Raw, Subscription, subscription as shapes,
};

use super::{fetch::Found, items::Item};
use crate::billing::view::awaits_sign_in;

/// What a customer keeps while Stripe takes no money: everything, as Stripe means it.
pub const PAUSED_COLLECTION: PausedCollectionPolicy = PausedCollectionPolicy::Keep;

/// The contract as the rules see it; `base` is the item that decides how far it is paid.
pub fn contract(found: &Found, base: Option<&Item>, extras: &[&str]) -> Contract {
    let subscription = &found.subscription;
    let invoices: Vec<_> = found.paid_invoices.iter().map(|invoice| of_invoice(invoice)).collect();
    Contract {
        status: StripeStatus::parse(subscription.status.as_str()),
        started_at: Timestamp::from_seconds(began(subscription)),
        paid_through: base.and_then(|base| paid_through::paid_through(&invoices, &base.stripe_id, extras)),
        current_period_end: base
            .and_then(|base| base.period_end)
            .or_else(|| shapes::current_period(subscription).map(|(_, end)| Timestamp::from_seconds(end))),
        trial_end: subscription.trial_end.map(Timestamp::from_seconds),
        has_payment_method: has_payment_method(subscription),
        collection_paused: subscription
            .pause_collection
            .as_ref()
            .map(|pause| PausedCollection { resumes_at: pause.resumes_at.map(Timestamp::from_seconds) }),
        cancel_at: subscription.cancel_at.map(Timestamp::from_seconds),
        cancel_at_period_end: subscription.cancel_at_period_end,
        ended_at: subscription.ended_at.map(Timestamp::from_seconds),
    }
}

/// When it began, seconds since 1970.
pub fn began(subscription: &Subscription) -> i64 {
    if subscription.start_date > 0 { subscription.start_date } else { subscription.created }
}

/// Whether any money was taken.
pub fn was_charged(found: &Found) -> bool {
    found.paid_invoices.iter().any(|invoice| invoice.amount_paid > 0)
}

/// The subscription axis of a mirrored subscription as of `now`. `expires` and `extended_until` are its base
/// key's. What never became a contract counts as expired.
pub fn standing_status(
    row: &subscription::Model,
    expires: Option<i64>,
    extended_until: Option<i64>,
    now: i64,
) -> SubscriptionStatus {
    let time = Timestamp::from_millis;
    let contract = Contract {
        status: StripeStatus::parse(row.stripe_status.as_deref().unwrap_or_default()),
        started_at: time(row.created_at),
        paid_through: row.paid_through.map(time),
        current_period_end: None,
        trial_end: row.trial_ends_at.map(time),
        has_payment_method: true,
        collection_paused: row.pause.as_ref().map(|_| PausedCollection { resumes_at: None }),
        cancel_at: None,
        cancel_at_period_end: false,
        ended_at: row.ended_at.map(time),
    };
    let standing = match row.stripe_status {
        Some(_) => Standing::of_stripe(&contract, PAUSED_COLLECTION),
        None => Some(billed_offline(row)),
    };
    let Some(standing) = standing else { return SubscriptionStatus::Expired };
    let dates = Dates {
        starts_at: Some(time(row.created_at)),
        paid_through: Some(row.paid_through.map_or(time(row.created_at), time)),
        expires: Some(expires.or(row.paid_through).map_or(time(row.created_at), time)),
        extended_until: extended_until.map(time),
    };
    status::subscription(standing, &dates, time(now))
}

/// How a contract stands that Stripe does not know.
fn billed_offline(row: &subscription::Model) -> Standing {
    if row.ended_at.is_some() {
        Standing::Ended
    } else if awaits_sign_in(row) {
        Standing::NotBegun
    } else if row.pause.is_some() {
        Standing::Paused
    } else if row.trial_ends_at.is_some() && row.trial_ends_at >= row.paid_through {
        Standing::Trial
    } else {
        Standing::Running
    }
}

fn of_invoice(invoice: &Invoice) -> paid_through::Invoice {
    let lines = invoice.lines.data.iter().filter_map(|line| {
        let period = line.period.as_ref()?;
        Some(InvoiceLine {
            item: line.item_id().map(str::to_owned),
            amount: line.amount,
            period_start: Timestamp::from_seconds(period.start),
            period_end: Timestamp::from_seconds(period.end),
        })
    });
    paid_through::Invoice {
        paid: invoice.status == InvoiceStatus::Paid,
        created: Timestamp::from_seconds(invoice.created),
        lines: lines.collect(),
    }
}

fn has_payment_method(subscription: &Subscription) -> bool {
    let of_customer = |customer: &Raw<Customer>| {
        let settings = &customer.raw["invoice_settings"]["default_payment_method"];
        !settings.is_null() || !customer.raw["default_source"].is_null()
    };
    subscription.default_payment_method.is_some()
        || subscription.customer.as_ref().and_then(Expandable::object).is_some_and(of_customer)
}
