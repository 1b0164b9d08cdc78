//! The handle through which Rust code steers the stand-in.

use crate::{
    billing::{
        cards,
        checkout::{Paying, WebhookFate},
    },
    chaos::Chaos,
    clock::FakeClock,
    error::ApiError,
    world::{AfterDunning, World},
};
use serde_json::Value;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::Notify;

/// One simulated Stripe account. Clones are the same account.
#[derive(Clone)]
pub struct FakeStripe {
    inner: Arc<Inner>,
}

struct Inner {
    world: Mutex<World>,
    /// Other accounts at the same address, by their keys.
    beside: Mutex<Vec<(String, FakeStripe)>>,
    deliveries: Notify,
    http: reqwest::Client,
}

/// Why the stand-in did not do something, in the words it would show a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        Self(error.message().to_owned())
    }
}

impl fmt::Debug for FakeStripe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeStripe").field("origin", &self.origin()).finish_non_exhaustive()
    }
}

impl FakeStripe {
    /// An empty account that lives in `clock`'s time.
    pub fn new(clock: FakeClock) -> Self {
        let inner = Inner {
            world: Mutex::new(World::new(clock)),
            beside: Mutex::default(),
            deliveries: Notify::new(),
            http: reqwest::Client::new(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Another account at the same address and in the same time: the one of everybody who comes with `key`. Its objects
    /// are its own; the control token is the same.
    pub fn add_account(&self, key: &str) -> Self {
        let mut beside = self.inner.beside.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, account)) = beside.iter().find(|(known, _)| known == key) {
            return account.clone();
        }
        let account = Self::new(self.clock());
        account.set_origin(&self.origin());
        account.world().control_token = self.control_token();
        beside.push((key.to_owned(), account.clone()));
        account
    }

    /// The accounts that were added, in their order.
    pub(crate) fn beside(&self) -> Vec<(String, Self)> {
        self.inner.beside.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The clock; a server that shares it lives in the same time.
    pub fn clock(&self) -> FakeClock {
        self.world().clock.clone()
    }

    /// What `/_ctl/*` asks for as bearer token.
    pub fn control_token(&self) -> String {
        self.world().control_token.clone()
    }

    /// Where it is reached, such as `http://localhost:4242`. [`serve`](crate::serve) sets it.
    pub fn origin(&self) -> String {
        self.world().origin.clone()
    }

    /// Sets where hosted pages are reached, when the router is served by other means.
    pub fn set_origin(&self, origin: &str) {
        self.world().move_to(origin.trim_end_matches('/'));
    }

    /// Lets `seconds` pass. Everything that falls due happens at its own moment, in order.
    pub fn advance(&self, seconds: i64) {
        {
            let mut world = self.world();
            let target = world.clock.now_ms() + seconds.max(0) * 1000;
            world.run_until(None, target.div_euclid(1000));
            world.clock.move_to(target);
        }
        self.wake_deliveries();
    }

    /// Makes happen what is due by now. Served stand-ins do this every second by themselves.
    pub fn tick(&self) {
        {
            let mut world = self.world();
            let now = world.clock.now_secs();
            world.run_until(None, now);
        }
        self.wake_deliveries();
    }

    /// Turns the knobs: `fake.chaos(|chaos| chaos.webhooks.duplicates = 2)`.
    pub fn chaos<T>(&self, turn: impl FnOnce(&mut Chaos) -> T) -> T {
        turn(&mut self.world().chaos)
    }

    /// What becomes of subscriptions whose renewal is never paid.
    pub fn set_after_dunning(&self, after: AfterDunning) {
        self.world().after_dunning = after;
    }

    /// Takes a permission, such as `rak_customer_write`, away from a key.
    pub fn deny(&self, key: &str, permission: &str) {
        self.world().denied.entry(key.to_owned()).or_default().insert(permission.to_owned());
    }

    /// Gives a permission back.
    pub fn allow(&self, key: &str, permission: &str) {
        if let Some(denied) = self.world().denied.get_mut(key) {
            denied.remove(permission);
        }
    }

    /// Pays an open checkout session with the card of this number, as the pay page would.
    pub fn complete_checkout(
        &self,
        session: &str,
        card_number: &str,
        fate: WebhookFate,
    ) -> Result<(), Refused> {
        let card =
            cards::by_number(card_number).ok_or_else(|| Refused("Your card number is invalid.".into()))?;
        let paying = Paying { card: Some(card), authenticated: true, fate, ..Paying::default() };
        let done = self.world().complete_checkout(session, &paying).map_err(Refused::from);
        self.wake_deliveries();
        done
    }

    /// Gives a customer a card and makes it the one that is charged.
    pub fn set_card(&self, customer: &str, card_number: &str) -> Result<(), Refused> {
        let card =
            cards::by_number(card_number).ok_or_else(|| Refused("Your card number is invalid.".into()))?;
        {
            let mut world = self.world();
            let method = world.attach_card(customer, card);
            world.set_default_card(customer, &method);
        }
        self.wake_deliveries();
        Ok(())
    }

    /// Opens a dispute on a charge and returns its id.
    pub fn open_dispute(&self, charge: &str, reason: &str) -> Result<String, Refused> {
        let opened = self.world().open_dispute(charge, reason)?;
        self.wake_deliveries();
        Ok(opened)
    }

    /// Closes a dispute with `won`, `lost` or `warning_closed`.
    pub fn close_dispute(&self, dispute: &str, status: &str) -> Result<(), Refused> {
        self.world().close_dispute(dispute, status)?;
        self.wake_deliveries();
        Ok(())
    }

    /// Has a refund sent back by the customer's bank, for example as `lost_or_stolen_card`.
    pub fn fail_refund(&self, refund: &str, reason: &str) -> Result<(), Refused> {
        self.world().fail_refund(refund, reason)?;
        self.wake_deliveries();
        Ok(())
    }

    /// Makes a new secret for a webhook endpoint; for a day both sign. `None` for an unknown endpoint.
    pub fn roll_secret(&self, endpoint: &str) -> Option<String> {
        self.world().roll_secret(endpoint)
    }

    /// Sends an event again. False when there is none with this id.
    pub fn resend(&self, event: &str) -> bool {
        let sent = self.world().resend(event);
        self.wake_deliveries();
        sent
    }

    /// An object as the API would answer it.
    pub fn object(&self, id: &str) -> Option<Value> {
        let world = self.world();
        world.store.get(id).map(|object| world.render(object))
    }

    /// All objects of one kind (`customer`, `event`, `checkout.session`…), newest first.
    pub fn objects(&self, kind: &str) -> Vec<Value> {
        let world = self.world();
        world.store.newest_first(kind).map(|object| world.render(object)).collect()
    }

    /// Waits until every webhook that is due was tried, at most ten seconds.
    pub async fn deliveries_settled(&self) {
        let settled = async {
            while self.world().is_delivering() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let _ = tokio::time::timeout(Duration::from_secs(10), settled).await;
    }

    /// Everything it remembers, to be given to [`restore`](Self::restore) later: objects, knobs, webhooks on
    /// their way, time. Contains the secrets of its webhook endpoints.
    pub fn snapshot(&self) -> Value {
        self.world().snapshot()
    }

    /// Goes on from a [`snapshot`](Self::snapshot). Nothing changes when it cannot be read.
    pub fn restore(&self, snapshot: Value) -> Result<(), Refused> {
        let restored = self.world().restore(snapshot);
        restored.map_err(|error| Refused(format!("this is no snapshot of a stand-in: {error}")))
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.inner.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.inner.http
    }

    pub(crate) fn wake_deliveries(&self) {
        self.inner.deliveries.notify_one();
    }

    pub(crate) async fn wait_for_deliveries(&self, at_most: Duration) {
        let _ = tokio::time::timeout(at_most, self.inner.deliveries.notified()).await;
    }
}
