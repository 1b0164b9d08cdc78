//! Reading subscriptions and invoices in the shapes before and after version 2025-03-31: periods moved
//! from the subscription to its items, an invoice's subscription into `parent`.

use crate::objects::{Invoice, InvoiceLine, InvoiceStatus, Metadata, Subscription, SubscriptionItem};
use serde_json::Value;

/// Start and end of the item's current period, seconds since 1970.
pub fn item_period(subscription: &Subscription, item: &SubscriptionItem) -> Option<(i64, i64)> {
    let start = item.current_period_start.or(subscription.current_period_start)?;
    let end = item.current_period_end.or(subscription.current_period_end)?;
    Some((start, end))
}

/// The earliest start and latest end over all items, seconds since 1970. At a renewal this moves about
/// an hour before payment is tried: it does not tell what was paid.
pub fn current_period(subscription: &Subscription) -> Option<(i64, i64)> {
    let own = subscription.current_period_start.zip(subscription.current_period_end);
    let of_items = subscription.items.data.iter().filter_map(|item| item_period(subscription, item));
    of_items.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1))).or(own)
}

/// When the subscription is going to end, if an end is planned, in the flexible (`cancel_at`) and the
/// classic (`cancel_at_period_end`) way of saying so.
pub fn scheduled_end(subscription: &Subscription) -> Option<i64> {
    let period_end = || current_period(subscription).map(|(_, end)| end);
    subscription.cancel_at.or_else(|| subscription.cancel_at_period_end.then(period_end).flatten())
}

/// Id of the subscription an invoice belongs to.
pub fn invoice_subscription(invoice: &Invoice) -> Option<&str> {
    let details = invoice.parent.as_ref().and_then(|parent| parent.subscription_details.as_ref());
    let new = details.map(|details| &details["subscription"]);
    let old = invoice.subscription.as_ref().and_then(|subscription| match subscription {
        crate::Expandable::Id(id) => Some(id.as_str()),
        crate::Expandable::Object(object) => object["id"].as_str(),
    });
    new.and_then(|value| value.as_str().or_else(|| value["id"].as_str())).or(old)
}

/// The subscription's metadata as it was when the invoice became final; never changes afterwards.
pub fn invoice_subscription_metadata(invoice: &Invoice) -> Metadata {
    let details = invoice.parent.as_ref().and_then(|parent| parent.subscription_details.as_ref());
    let metadata = details.map_or(&Value::Null, |details| &details["metadata"]);
    serde_json::from_value(metadata.clone()).unwrap_or_default()
}

/// Until when a paid invoice pays for `item`: the latest end of its lines that are not corrections.
/// `None` when the invoice is not paid or has no such line.
pub fn paid_through(invoice: &Invoice, item: &str) -> Option<i64> {
    let pays = |line: &&InvoiceLine| line.item_id() == Some(item) && line.amount >= 0;
    let ends = invoice
        .lines
        .data
        .iter()
        .filter(pays)
        .filter_map(|line| line.period.as_ref())
        .map(|period| period.end);
    (invoice.status == InvoiceStatus::Paid).then(|| ends.max()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    fn subscription(value: Value) -> Subscription {
        Subscription::deserialize(&value).unwrap()
    }

    fn invoice(value: Value) -> Invoice {
        Invoice::deserialize(&value).unwrap()
    }

    #[test]
    fn periods_come_from_items_or_from_the_subscription() {
        let new = subscription(json!({"items": {"data": [
            {"id": "si_1", "current_period_start": 10, "current_period_end": 20},
            {"id": "si_2", "current_period_start": 12, "current_period_end": 40},
        ]}}));
        assert_eq!(current_period(&new), Some((10, 40)));
        let old = subscription(json!({
            "current_period_start": 1, "current_period_end": 2, "items": {"data": [{"id": "si_1"}]},
        }));
        assert_eq!(current_period(&old), Some((1, 2)));
        assert_eq!(item_period(&old, &old.items.data[0]), Some((1, 2)));
        assert_eq!(current_period(&subscription(json!({}))), None);
    }

    #[test]
    fn a_planned_end_is_seen_in_both_billing_modes() {
        assert_eq!(scheduled_end(&subscription(json!({"cancel_at": 99}))), Some(99));
        let classic =
            json!({"cancel_at_period_end": true, "current_period_start": 1, "current_period_end": 50});
        assert_eq!(scheduled_end(&subscription(classic)), Some(50));
        assert_eq!(scheduled_end(&subscription(json!({"cancel_at_period_end": false}))), None);
    }

    #[test]
    fn an_invoice_names_its_subscription_in_both_shapes() {
        let new = invoice(json!({"parent": {"type": "subscription_details", "subscription_details": {
            "subscription": "sub_1", "metadata": {"skm_temp_var": "x"},
        }}}));
        assert_eq!(invoice_subscription(&new), Some("sub_1"));
        assert_eq!(invoice_subscription_metadata(&new)["skm_temp_var"], "x");
        assert_eq!(invoice_subscription(&invoice(json!({"subscription": "sub_2"}))), Some("sub_2"));
        assert_eq!(invoice_subscription(&invoice(json!({"subscription": {"id": "sub_3"}}))), Some("sub_3"));
        assert_eq!(invoice_subscription(&invoice(json!({"parent": null}))), None);
    }

    #[test]
    fn only_paid_lines_of_the_item_count() {
        let line = |item: &str, amount: i64, end: i64| {
            json!({"amount": amount, "period": {"start": 0, "end": end},
                "parent": {"subscription_item_details": {"subscription_item": item, "proration": amount < 0}}})
        };
        let lines =
            json!({"data": [line("si_1", 900, 100), line("si_1", -900, 500), line("si_2", 900, 300)]});
        let paid = invoice(json!({"status": "paid", "lines": lines}));
        assert_eq!(paid_through(&paid, "si_1"), Some(100));
        assert_eq!(paid_through(&paid, "si_3"), None);
        assert_eq!(paid_through(&invoice(json!({"status": "open", "lines": lines})), "si_1"), None);
    }
}
