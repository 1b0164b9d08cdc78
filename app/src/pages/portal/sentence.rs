//! Prices, days and the state of a contract in words.

use latchkey_shared::{
    api::{
        catalog::{Interval, IntervalUnit},
        portal::{Card, PortalSubscription},
    },
    money,
    status::{self, KeyStatus, SubscriptionStatus},
    text::portal::home as words,
    time::Timestamp,
};

use crate::components::{Tone, format_day, format_long_day, format_money, now_ms};

const DAY: i64 = 86_400_000;

/// An amount as the browser writes it.
pub fn price(amount: money::Money) -> String {
    format_money(amount.minor, amount.currency.code())
}

/// An amount with how often it is due.
pub fn price_per(amount: money::Money, interval: &Interval) -> String {
    words::price_per(&price(amount), interval.count, unit(interval.unit))
}

const fn unit(unit: IntervalUnit) -> &'static str {
    match unit {
        IntervalUnit::Day => "day",
        IntervalUnit::Week => "week",
        IntervalUnit::Month => "month",
        IntervalUnit::Year => "year",
    }
}

/// A day in full, in the vendor's time zone.
pub fn day(at: Timestamp) -> String {
    format_long_day(at.millis())
}

/// A day in a list of facts.
pub fn short_day(at: Timestamp) -> String {
    format_day(at.millis())
}

/// How a subscription stands and what comes next: "renews 3 March 2026 for €49.00".
pub fn state(subscription: &PortalSubscription) -> String {
    use words::state;
    if let Some(ends) = subscription.cancels_at.filter(|_| subscription.status.is_live()) {
        return state::ends(&day(ends));
    }
    let price = subscription.price.map(price);
    match subscription.status {
        SubscriptionStatus::Trial => subscription
            .trial_ends
            .or(subscription.next_payment)
            .map_or_else(|| state::TRIAL.to_owned(), |until| state::trial(&day(until), price.as_deref())),
        SubscriptionStatus::Active => match (subscription.next_payment, subscription.paid_through) {
            (Some(next), _) => state::renews(&day(next), price.as_deref()),
            (None, Some(until)) => state::paid_until(&day(until)),
            (None, None) => state::ACTIVE.to_owned(),
        },
        SubscriptionStatus::PastDue => state::past_due(subscription.works_until.map(day).as_deref()),
        SubscriptionStatus::Grace if never_paid(subscription) => state::PAYMENT_COMING.to_owned(),
        SubscriptionStatus::Grace => state::GRACE.to_owned(),
        SubscriptionStatus::Paused => state::PAUSED.to_owned(),
        SubscriptionStatus::PendingStart => state::NOT_STARTED.to_owned(),
        SubscriptionStatus::Expired | SubscriptionStatus::Cancelled => {
            subscription.ended.map_or_else(|| state::ENDED.to_owned(), |at| state::ended(&day(at)))
        }
    }
}

/// Whether the first payment has not arrived yet: a debit takes days.
const fn never_paid(subscription: &PortalSubscription) -> bool {
    subscription.paid_through.is_none()
}

/// Whether a payment failed, so that the customer has something to put right.
pub const fn needs_payment(subscription: &PortalSubscription) -> bool {
    match subscription.status {
        SubscriptionStatus::PastDue => true,
        SubscriptionStatus::Grace => !never_paid(subscription),
        _ => false,
    }
}

/// Days until something changes and days of a whole period, for the ring; `None` for what does not run.
pub fn days_left(subscription: &PortalSubscription) -> Option<(i64, i64)> {
    if !subscription.status.is_live() {
        return None;
    }
    let trial =
        (subscription.status == SubscriptionStatus::Trial).then_some(subscription.trial_ends).flatten();
    let until =
        subscription.cancels_at.or(trial).or(subscription.next_payment).or(subscription.paid_through)?;
    let left = (until.millis() - now_ms()).div_euclid(DAY) + 1;
    let whole = subscription.interval.as_ref().map_or(30, period_days);
    (left >= 0).then_some((left, whole.max(left)))
}

const fn period_days(interval: &Interval) -> i64 {
    let days = match interval.unit {
        IntervalUnit::Day => 1,
        IntervalUnit::Week => 7,
        IntervalUnit::Month => 30,
        IntervalUnit::Year => 365,
    };
    days * interval.count
}

/// The day on which a subscription stops once it is cancelled.
pub fn works_until(subscription: &PortalSubscription) -> Option<String> {
    let trial =
        (subscription.status == SubscriptionStatus::Trial).then_some(subscription.trial_ends).flatten();
    subscription.cancels_at.or(trial).or(subscription.paid_through).or(subscription.next_payment).map(day)
}

/// What is subscribed to: "Pro", or "Editor, Pro" where the plan's name does not say whose it is.
pub fn plan_title(product: &str, plan: &str) -> String {
    if plan.is_empty() || plan == product {
        product.to_owned()
    } else if plan.contains(product) {
        plan.to_owned()
    } else {
        [product, " ", plan].concat()
    }
}

/// "12/2027".
pub fn card_expiry(card: &Card) -> String {
    let month = card.exp_month.to_string();
    let zero = if month.len() < 2 { "0" } else { "" };
    [zero, &month, "/", &card.exp_year.to_string()].concat()
}

const fn tone(tone: status::Tone) -> Tone {
    match tone {
        status::Tone::Neutral => Tone::Neutral,
        status::Tone::Good => Tone::Good,
        status::Tone::Warning => Tone::Notice,
        status::Tone::Bad => Tone::Bad,
    }
}

pub const fn subscription_tone(of: SubscriptionStatus) -> Tone {
    tone(of.tone())
}

pub const fn key_tone(of: KeyStatus) -> Tone {
    tone(of.tone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_the_product_once() {
        assert_eq!(plan_title("Editor", "Pro"), "Editor Pro");
        assert_eq!(plan_title("Editor", "Editor Pro"), "Editor Pro");
        assert_eq!(plan_title("Editor", "Editor"), "Editor");
        assert_eq!(plan_title("Editor", ""), "Editor");
    }

    #[test]
    fn a_card_expires_in_a_month_of_two_digits() {
        let card = |exp_month| Card { brand: "visa".into(), last4: "4242".into(), exp_month, exp_year: 2031 };
        assert_eq!(card_expiry(&card(3)), "03/2031");
        assert_eq!(card_expiry(&card(12)), "12/2031");
    }
}
