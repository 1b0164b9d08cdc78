//! Making up a past: catalogue, customers and subscriptions that have been running for a while. Nobody is
//! told about any of it.

use crate::{
    FakeStripe,
    billing::{
        DAY, cards,
        start::{NewItem, NewSubscription},
    },
    ids::new_id,
    objects::{catalog, customer},
    world::{World, number, text},
};
use serde_json::{Map, Value, json};

/// A customer to be made up.
#[derive(Debug, Clone, Default)]
pub struct SeedCustomer<'a> {
    /// Name on invoices.
    pub name: &'a str,
    /// E-mail address.
    pub email: &'a str,
    /// Seconds since 1970; now when `None`.
    pub created: Option<i64>,
    /// Metadata such as `skm_customer_id`.
    pub metadata: &'a [(&'a str, &'a str)],
}

/// Where a made-up subscription stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SeedStatus {
    /// Paid up.
    #[default]
    Active,
    /// In a trial of 14 days from now.
    Trialing,
    /// The last renewal was declined, and further tries will be.
    PastDue,
    /// Every try failed; Stripe gave up.
    Unpaid,
    /// Paused on request.
    Paused,
    /// Paid up, going to end with the period.
    Ending,
    /// Over.
    Canceled,
}

/// A subscription to be made up.
#[derive(Debug, Clone, Default)]
pub struct SeedSubscription<'a> {
    /// `cus_…`
    pub customer: &'a str,
    /// `price_…` of the base and of extras, with quantities.
    pub items: &'a [(&'a str, i64)],
    /// Where it stands now.
    pub status: SeedStatus,
    /// When it began, seconds since 1970; now when `None`.
    pub created: Option<i64>,
    /// Metadata such as `skm_key_id`.
    pub metadata: &'a [(&'a str, &'a str)],
}

impl FakeStripe {
    /// Makes up a product and returns its id.
    pub fn seed_product(&self, name: &str, metadata: &[(&str, &str)]) -> String {
        let mut world = self.world();
        let id = new_id("prod");
        let mut made = catalog::product(&id, name, world.now());
        made["metadata"] = object(metadata);
        world.insert(made);
        id
    }

    /// Makes up a recurring price per unit (`interval`: `day`, `week`, `month` or `year`) and returns its id.
    pub fn seed_price(
        &self,
        product: &str,
        currency: &str,
        unit_amount: i64,
        interval: &str,
        metadata: &[(&str, &str)],
    ) -> String {
        let mut world = self.world();
        let id = new_id("price");
        let recurring = catalog::recurring(interval, 1, "licensed", None);
        let mut made = catalog::price(&id, product, currency, unit_amount, recurring, world.now());
        made["metadata"] = object(metadata);
        if world.store.get(product).is_some_and(|product| product["default_price"].is_null()) {
            world.change(product, |product| product["default_price"] = json!(id));
        }
        world.insert(made);
        id
    }

    /// Makes up a customer with a working card and returns its id.
    pub fn seed_customer(&self, seed: &SeedCustomer<'_>) -> String {
        let mut world = self.world();
        let id = new_id("cus");
        let mut made = customer::customer(&id, seed.created.unwrap_or_else(|| world.now()));
        made["name"] = json!(seed.name);
        made["email"] = json!(seed.email);
        made["metadata"] = object(seed.metadata);
        world.quietly(|world| {
            world.insert(made);
            if let Some(card) = cards::by_number("4242424242424242") {
                let method = world.attach_card(&id, card);
                world.set_default_card(&id, &method);
            }
        });
        id
    }

    /// Makes up a subscription with all its invoices since it began, and returns its id.
    pub fn seed_subscription(&self, seed: &SeedSubscription<'_>) -> String {
        let mut world = self.world();
        world.quietly(|world| world.make_up(seed))
    }
}

impl World {
    fn quietly<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.quiet, true);
        let done = work(self);
        self.quiet = before;
        done
    }

    fn make_up(&mut self, seed: &SeedSubscription<'_>) -> String {
        let now = self.now();
        let trialing = seed.status == SeedStatus::Trialing;
        let items = seed.items.iter().map(|(price, quantity)| NewItem {
            price: (*price).to_owned(),
            quantity: Some(*quantity),
            ..NewItem::default()
        });
        let new = NewSubscription {
            customer: seed.customer.to_owned(),
            items: items.collect(),
            metadata: object(seed.metadata).as_object().cloned().unwrap_or_default(),
            trial_end: trialing.then_some(now + 14 * DAY),
            ..NewSubscription::default()
        };
        let (id, _) = self.at(seed.created.unwrap_or(now), |world| world.start_subscription(new));
        self.catch_up(&id, now);
        match seed.status {
            SeedStatus::Active | SeedStatus::Trialing => {}
            SeedStatus::PastDue => self.leave_unpaid(&id, "past_due", Some(now + 3 * DAY)),
            SeedStatus::Unpaid => self.leave_unpaid(&id, "unpaid", None),
            SeedStatus::Paused => self.pause_subscription(&id, "pause_requested"),
            SeedStatus::Ending => self.cancel_at_period_end(&id),
            SeedStatus::Canceled => self.end_subscription(&id, "cancellation_requested"),
        }
        id
    }

    /// As if the newest invoice had been declined.
    fn leave_unpaid(&mut self, id: &str, status: &str, next_attempt: Option<i64>) {
        let Some(subscription) = self.store.get(id).cloned() else { return };
        self.chaos
            .declines
            .insert(text(&subscription, "customer").to_owned(), "insufficient_funds".to_owned());
        self.change(id, |subscription| subscription["status"] = json!(status));
        let invoice = text(&subscription, "latest_invoice");
        self.change(invoice, |invoice| {
            invoice["status"] = json!("open");
            invoice["amount_paid"] = json!(0);
            invoice["amount_remaining"] = json!(number(invoice, "amount_due"));
            invoice["attempt_count"] = json!(1);
            invoice["attempted"] = json!(true);
            invoice["next_payment_attempt"] = json!(next_attempt);
            invoice["status_transitions"]["paid_at"] = Value::Null;
        });
        let payments = self.store.ids("invoice_payment", |payment| payment["invoice"] == invoice);
        for payment in payments {
            let intent = self
                .store
                .get(&payment)
                .map(|payment| text(&payment["payment"], "payment_intent").to_owned());
            self.change(&payment, |payment| {
                payment["status"] = json!("open");
                payment["amount_paid"] = Value::Null;
                payment["status_transitions"]["paid_at"] = Value::Null;
            });
            self.change(&intent.unwrap_or_default(), |intent| {
                intent["status"] = json!("requires_payment_method");
                intent["amount_received"] = json!(0);
                intent["latest_charge"] = Value::Null;
            });
        }
    }
}

fn object(pairs: &[(&str, &str)]) -> Value {
    Value::Object(pairs.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect::<Map<_, _>>())
}
