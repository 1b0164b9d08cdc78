//! Changing items in the middle of a period: what is credited, what is charged, and when.

use super::{
    lifecycle::set_period,
    period::{period_end, same_rhythm},
};
use crate::{
    error::ApiError,
    metadata::merge_metadata,
    objects::{
        invoice::{LineFor, line},
        subscription,
    },
    params::Params,
    world::{World, number, text},
};
use serde_json::{Value, json};

/// Items after a change, and what the change costs.
pub(crate) struct Change {
    pub(crate) items: Vec<Value>,
    pub(crate) lines: Vec<Value>,
    /// Whether the rhythm changed, so that a new cycle begins and is invoiced at once.
    pub(crate) new_cycle: bool,
}

impl World {
    /// Applies `items[]` parameters to a subscription's items without keeping anything.
    pub(crate) fn changed_items(
        &self,
        subscription: &Value,
        wanted: &[Params],
        date: i64,
    ) -> Result<Change, ApiError> {
        let before: Vec<Value> = subscription["items"]["data"].as_array().cloned().unwrap_or_default();
        let mut after = before.clone();
        for (index, params) in wanted.iter().enumerate() {
            self.change_item(subscription, &mut after, params, index, date)?;
        }
        if after.is_empty() {
            return Err(
                ApiError::invalid("A subscription must have at least one active plan.").param("items")
            );
        }
        let new_cycle = self.changes_rhythm(&before, &after);
        if new_cycle {
            for item in &mut after {
                let end =
                    self.store.get(text(item, "price")).map_or(date, |price| period_end(date, date, price));
                set_period(item, date, end);
            }
        }
        let free = matches!(text(subscription, "status"), "trialing" | "incomplete");
        let lines = if free {
            Vec::new()
        } else {
            self.proration_lines(subscription, &before, &after, date, new_cycle)
        };
        Ok(Change { items: after, lines, new_cycle })
    }

    fn change_item(
        &self,
        subscription: &Value,
        items: &mut Vec<Value>,
        params: &Params,
        index: usize,
        date: i64,
    ) -> Result<(), ApiError> {
        let at = |name: &str| format!("items[{index}][{name}]");
        let price = params.text("price");
        if let Some(price) = price {
            let price = self.named("price", price, &at("price"))?;
            if price["recurring"].is_null() {
                let message = "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.";
                return Err(ApiError::invalid(message).param(&at("price")));
            }
        }
        let Some(id) = params.text("id") else {
            let price = price.ok_or_else(|| ApiError::missing(&at("price")))?;
            items.push(self.added_item(subscription, items, price, params, date)?);
            return Ok(());
        };
        let position = items.iter().position(|item| item["id"] == id);
        let position = position.ok_or_else(|| ApiError::no_such("subscription_item", id, &at("id")))?;
        if params.boolean("deleted")? == Some(true) {
            items.remove(position);
            return Ok(());
        }
        let item = &mut items[position];
        if let Some(price) = price {
            item["price"] = json!(price);
        }
        if let Some(quantity) = params.integer("quantity")? {
            item["quantity"] = json!(quantity);
        }
        merge_metadata(item, params)
    }

    fn added_item(
        &self,
        subscription: &Value,
        items: &[Value],
        price: &str,
        params: &Params,
        date: i64,
    ) -> Result<Value, ApiError> {
        if items.iter().any(|item| item["price"] == price) {
            let message = format!("Cannot add multiple subscription items with the same plan: {price}");
            return Err(ApiError::invalid(message).param("items"));
        }
        let added = self.store.get(price).cloned().unwrap_or_default();
        let alike = |item: &&Value| {
            self.store.get(text(item, "price")).is_some_and(|other| same_rhythm(other, &added))
        };
        let period = match items.iter().find(alike) {
            Some(item) => (number(item, "current_period_start"), number(item, "current_period_end")),
            None => (date, period_end(number(subscription, "billing_cycle_anchor"), date, &added)),
        };
        let quantity = Some(params.integer("quantity")?.unwrap_or(1));
        let mut item = subscription::item(text(subscription, "id"), price, quantity, period, date);
        merge_metadata(&mut item, params)?;
        Ok(item)
    }

    fn changes_rhythm(&self, before: &[Value], after: &[Value]) -> bool {
        let price = |item: &Value| self.store.get(text(item, "price")).cloned().unwrap_or_default();
        before.iter().any(|old| {
            let new = after.iter().find(|new| new["id"] == old["id"]);
            new.is_some_and(|new| !same_rhythm(&price(old), &price(new)))
        })
    }

    fn proration_lines(
        &self,
        subscription: &Value,
        before: &[Value],
        after: &[Value],
        date: i64,
        new_cycle: bool,
    ) -> Vec<Value> {
        let mut lines = Vec::new();
        let same = |one: &Value, other: &Value| {
            one["id"] == other["id"] && one["price"] == other["price"] && one["quantity"] == other["quantity"]
        };
        for old in before {
            if new_cycle || !after.iter().any(|new| same(old, new)) {
                lines.extend(self.share_line(subscription, old, date, true));
            }
        }
        for new in after {
            if new_cycle {
                lines.push(self.period_line(subscription, new, false));
            } else if !before.iter().any(|old| same(old, new)) {
                lines.extend(self.share_line(subscription, new, date, false));
            }
        }
        lines
    }

    /// The rest of an item's period from `date` on, credited or charged.
    fn share_line(&self, subscription: &Value, item: &Value, date: i64, credit: bool) -> Option<Value> {
        let price = self.store.get(text(item, "price"))?;
        let (start, end) = (number(item, "current_period_start"), number(item, "current_period_end"));
        let date = date.clamp(start, end);
        let full = number(price, "unit_amount") * item["quantity"].as_i64().unwrap_or_default();
        let share = round_share(full, end - date, end - start);
        let name = self.store.get(text(price, "product")).map_or("", |product| text(product, "name"));
        let (amount, words) = if credit { (-share, "Unused time on") } else { (share, "Remaining time on") };
        let what = LineFor {
            subscription: text(subscription, "id"),
            item: text(item, "id"),
            price,
            quantity: item["quantity"].as_i64(),
            period: (date, end),
        };
        Some(line(&what, amount, &format!("{words} {name}"), true))
    }

    /// Keeps a change, invoicing it as `behaviour` says.
    pub(crate) fn apply_change(
        &mut self,
        id: &str,
        change: Change,
        behaviour: &str,
        date: i64,
    ) -> Result<(), ApiError> {
        let Change { items, lines, new_cycle } = change;
        self.change(id, |subscription| {
            subscription["items"]["data"] = json!(items);
            if new_cycle {
                subscription["billing_cycle_anchor"] = json!(date);
            }
        });
        let wanted = if behaviour == "none" {
            lines
                .into_iter()
                .filter(|line| line["parent"]["subscription_item_details"]["proration"] != true)
                .collect()
        } else {
            lines
        };
        if wanted.is_empty() {
            return Ok(());
        }
        if !new_cycle && behaviour != "always_invoice" {
            self.change(id, |subscription| {
                let mut pending = subscription["_pending_lines"].as_array().cloned().unwrap_or_default();
                pending.extend(wanted);
                subscription["_pending_lines"] = json!(pending);
            });
            return Ok(());
        }
        let invoice = self.draft_invoice(id, "subscription_update", wanted);
        self.finalize_invoice(&invoice);
        self.pay_invoice(&invoice, None)
    }

    /// Proration lines that wait for the next invoice.
    pub(crate) fn take_pending_lines(&mut self, id: &str) -> Vec<Value> {
        let mut taken = Vec::new();
        self.change(id, |subscription| {
            if let Some(Value::Array(lines)) =
                subscription.as_object_mut().and_then(|fields| fields.remove("_pending_lines"))
            {
                taken = lines;
            }
        });
        taken
    }

    /// Applies the change that waited for `invoice` to be paid.
    pub(crate) fn apply_pending_update(&mut self, id: &str, invoice: &str) {
        let waiting =
            self.store.get(id).is_some_and(|subscription| subscription["_pending_invoice"] == invoice);
        if !waiting {
            return;
        }
        self.update(id, "customer.subscription.updated", |subscription| {
            let items = subscription["_pending_items"].clone();
            subscription["items"]["data"] = items;
            subscription["pending_update"] = Value::Null;
            subscription["_pending_invoice"] = Value::Null;
        });
        self.emit_about(id, "customer.subscription.pending_update_applied");
    }

    /// Gives up a change that was never paid for.
    pub(crate) fn drop_pending_update(&mut self, id: &str) {
        let invoice =
            self.store.get(id).map(|subscription| text(subscription, "_pending_invoice").to_owned());
        self.change(id, |subscription| {
            subscription["pending_update"] = Value::Null;
            subscription["_pending_invoice"] = Value::Null;
        });
        self.emit_about(id, "customer.subscription.pending_update_expired");
        if let Some(invoice) = invoice {
            self.void_invoice(&invoice);
        }
    }
}

/// `full × part ÷ whole`, rounded to the nearest minor unit.
fn round_share(full: i64, part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    let exact = i128::from(full) * i128::from(part);
    let rounded = (2 * exact + i128::from(whole)) / (2 * i128::from(whole));
    i64::try_from(rounded).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::round_share;

    #[test]
    fn shares_round_to_the_nearest() {
        assert_eq!(round_share(1_000, 15, 30), 500);
        assert_eq!(round_share(1_000, 1, 3), 333);
        assert_eq!(round_share(1_000, 2, 3), 667);
        assert_eq!(round_share(1_000, 30, 30), 1_000);
        assert_eq!(round_share(1_000, 1, 0), 0);
    }
}
