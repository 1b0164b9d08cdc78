//! Everything the stand-in remembers.

mod events;
mod render;
mod search;
mod snapshot;
mod store;

pub(crate) use events::Delivery;
pub(crate) use search::Query;
pub(crate) use store::Store;

use crate::{
    chaos::Chaos,
    clock::FakeClock,
    error::ApiError,
    ids::random_text,
    objects::{account, portal},
};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

/// What is kept of a call made with an idempotency key.
pub(crate) struct KeptAnswer {
    /// Method, path and parameters; other ones under the same key are refused.
    pub(crate) request: String,
    /// Status and body, once there is an answer.
    pub(crate) answer: Option<(u16, Value)>,
    /// Seconds since 1970.
    pub(crate) kept_at: i64,
}

/// How a subscription ends whose renewal was never paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AfterDunning {
    /// It is canceled.
    #[default]
    Cancel,
    /// It becomes `unpaid`.
    MarkUnpaid,
    /// It stays `past_due`.
    LeavePastDue,
}

/// The state of one account. All objects are kept as the JSON they are answered with; names that begin
/// with an underscore are the stand-in's own notes and never leave it.
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) clock: FakeClock,
    /// Set while something is made to happen at its own time.
    moment: Option<i64>,
    pub(crate) account_id: String,
    pub(crate) control_token: String,
    /// Where hosted pages are reached, without a slash at the end.
    pub(crate) origin: String,
    pub(crate) chaos: Chaos,
    pub(crate) after_dunning: AfterDunning,
    pub(crate) kept_answers: HashMap<String, KeptAnswer>,
    pub(crate) denied: HashMap<String, BTreeSet<String>>,
    pub(crate) deliveries: Vec<Delivery>,
    /// What the current call said about itself, for the events it causes.
    pub(crate) request: Value,
    next_invoice_number: u64,
    next_delivery: u64,
    /// While it is set nothing is told to anybody: the past is being made up.
    pub(crate) quiet: bool,
}

impl World {
    pub(crate) fn new(clock: FakeClock) -> Self {
        let mut world = Self {
            store: Store::default(),
            clock,
            moment: None,
            account_id: format!("acct_{}", random_text(16)),
            control_token: random_text(32),
            origin: "http://localhost".to_owned(),
            chaos: Chaos::default(),
            after_dunning: AfterDunning::default(),
            kept_answers: HashMap::new(),
            denied: HashMap::new(),
            deliveries: Vec::new(),
            request: Value::Null,
            next_invoice_number: 1,
            next_delivery: 0,
            quiet: false,
        };
        let now = world.now();
        let account = account::account(&world.account_id);
        world.store.insert(account, now);
        world.store.insert(portal::default_configuration(now), now);
        world
    }

    /// Seconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.moment.unwrap_or_else(|| self.clock.now_secs())
    }

    /// The time a customer lives in: a test clock's, or everybody's.
    pub(crate) fn now_for(&self, customer: &str) -> i64 {
        let clock = self.store.get(customer).and_then(|customer| customer["test_clock"].as_str());
        let frozen = clock.and_then(|clock| self.store.get(clock)?["frozen_time"].as_i64());
        self.moment.or(frozen).unwrap_or_else(|| self.now())
    }

    /// Does something as if it were `moment`.
    pub(crate) fn at<T>(&mut self, moment: i64, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.moment.replace(moment);
        let done = work(self);
        self.moment = before;
        done
    }

    /// The object with this id, or Stripe's 404.
    pub(crate) fn find(&self, kind: &str, id: &str) -> Result<&Value, ApiError> {
        let found = self.store.get(id).filter(|object| object["object"] == kind);
        found.ok_or_else(|| ApiError::not_found(shown_kind(kind), id))
    }

    /// The object that a parameter names, or Stripe's 400.
    pub(crate) fn named(&self, kind: &str, id: &str, param: &str) -> Result<&Value, ApiError> {
        let found = self.store.get(id).filter(|object| object["object"] == kind && object["deleted"] != true);
        found.ok_or_else(|| ApiError::no_such(shown_kind(kind), id, param))
    }

    /// Puts a new object into the world and says so with `event`.
    pub(crate) fn create(&mut self, object: Value, event: &str) -> Value {
        self.insert(object.clone());
        self.emit(event, &object, None);
        object
    }

    /// Puts a new object into the world silently.
    pub(crate) fn insert(&mut self, object: Value) {
        let now = self.now();
        self.store.insert(object, now);
    }

    /// Changes an object and, when something changed, says so with `event`, naming the old values.
    pub(crate) fn update(&mut self, id: &str, event: &str, change: impl FnOnce(&mut Value)) {
        let Some(before) = self.store.get(id).map(|object| self.render(object)) else { return };
        self.change(id, change);
        let Some(after) = self.store.get(id).cloned() else { return };
        self.emit_changed(&before, &after, event);
    }

    /// Says that an object changed, naming the old values. `before` is as it was rendered; when nothing
    /// is different, nothing is said.
    pub(crate) fn emit_changed(&mut self, before: &Value, after: &Value, event: &str) {
        let previous = events::previous_attributes(before, &self.render(after));
        if previous.as_object().is_some_and(|fields| !fields.is_empty()) {
            self.emit(event, after, Some(previous));
        }
    }

    /// Changes an object silently.
    pub(crate) fn change(&mut self, id: &str, change: impl FnOnce(&mut Value)) {
        let now = self.now();
        self.store.change(id, now, change);
    }

    /// Forgets everything that happened, but not the account and whom to tell.
    pub(crate) fn reset(&mut self) {
        self.store.retain_kinds(&["account", "billing_portal.configuration", "webhook_endpoint"]);
        self.kept_answers.clear();
        self.deliveries.clear();
        self.denied.clear();
        self.chaos = Chaos::default();
    }

    /// A number for the next printed invoice.
    pub(crate) fn invoice_number(&mut self) -> String {
        let number = self.next_invoice_number;
        self.next_invoice_number += 1;
        format!("LKFAKE-{number:04}")
    }

    /// A Stripe list of these objects, all on one page.
    pub(crate) fn whole_list(data: Vec<Value>, url: &str) -> Value {
        json!({"object": "list", "data": data, "has_more": false, "url": url})
    }
}

/// The word Stripe uses for an object in "No such …".
fn shown_kind(kind: &str) -> &str {
    if kind == "payment_method" { "PaymentMethod" } else { kind }
}

/// Text at a name; empty when there is none.
pub(crate) fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object[name].as_str().unwrap_or_default()
}

/// A whole number at a name; 0 when there is none.
pub(crate) fn number(object: &Value, name: &str) -> i64 {
    object[name].as_i64().unwrap_or_default()
}

/// Whether a value is what `wanted` says in text.
pub(crate) fn says(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text == wanted,
        Value::Bool(flag) => wanted.parse() == Ok(*flag),
        Value::Number(number) => number.as_i64().is_some_and(|number| wanted.parse() == Ok(number)),
        _ => false,
    }
}
