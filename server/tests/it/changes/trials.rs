//! Subscriptions that are billed offline and begin with a trial.

use latchkey_shared::{
    api::{changes::AddedSubscription, portal::Billing},
    ids::SubscriptionId,
    status::SubscriptionStatus as Is,
    time::Timestamp,
};
use serde_json::{Value, json};

use super::world::{DAY, World, plan_form, to};
use crate::on_both_databases;

impl World {
    /// Gives the small plan a trial, and its product grace, which a trial does not have.
    async fn with_trial(&mut self, days: i64) {
        let mut form = plan_form("Small", 3_000, "month", 1);
        form["trial_days"] = json!(days);
        self.staff.put(&format!("/api/v1/offline-plans/{}", self.small), form).await.done();
        let product = self.keys().await[0].product_id;
        let address = format!("/api/v1/products/{product}");
        let shown: Value = self.staff.get(&address).await.ok();
        let form = json!({"name": "Studio", "description": "", "active": true, "grace_days": 10,
            "feature_names": vec![""; 8], "version": shown["version"]});
        self.staff.patch(&address, form).await.done();
    }

    async fn somebody(&mut self, name: &str) {
        self.customer = crate::keys::customer(&mut self.staff, name).await;
    }

    fn trial_of(plan: i64) -> Value {
        json!({"items": [{"plan": plan, "quantity": 1}], "trial": true, "dry_run": true})
    }

    async fn begin_trial(&mut self) -> SubscriptionId {
        let small = self.small;
        self.id = self.add(small, json!({"trial": true})).await;
        self.id
    }
}

on_both_databases! {
    async fn nothing_is_charged_before_it_is_over(app: TestApp) {
        let mut world = World::new(app).await;
        world.with_trial(14).await;
        world.somebody("Bob").await;
        let address = format!("/api/v1/customers/{}/subscriptions", world.customer);
        let shown: AddedSubscription = world.staff.post(&address, World::trial_of(world.small)).await.ok();
        let preview = shown.preview;
        assert!(preview.due.is_zero() && preview.lines.is_empty());
        let next = preview.next.unwrap();
        assert_eq!((next.amount.minor, Some(next.at)), (3_000, preview.new_expiry));
        let days = (next.at.millis() - preview.effective.millis() + DAY / 2) / DAY;
        assert_eq!(days, 14);

        world.begin_trial().await;
        let row = world.row().await;
        assert_eq!((row.status, row.trial_ends, row.paid_through), (Is::Trial, row.paid_through, row.trial_ends));
        let key = world.keys().await.pop().unwrap();
        assert_eq!(key.expires_at, row.paid_through.map(Timestamp::millis), "a trial has no grace");
        let mut portal = world.app.portal(world.customer).await;
        let mine: Billing = portal.get("/api/v1/portal/billing").await.ok();
        assert_eq!(mine.subscriptions[0].trial_ends, row.trial_ends);
        assert!(world.history().await.contains(&"subscription_started".to_owned()));
        world.wait_days(15).await;
        assert_eq!(world.row().await.status, Is::Expired);
    }

    async fn a_customer_has_one_trial_of_a_product(app: TestApp) {
        let mut world = World::new(app).await;
        let address = |world: &World| format!("/api/v1/customers/{}/subscriptions", world.customer);
        world.staff.post(&address(&world), World::trial_of(world.small)).await.field("trial");
        world.with_trial(14).await;
        world.somebody("Bob").await;
        world.begin_trial().await;
        let said = world.staff.post(&address(&world), World::trial_of(world.small)).await.field("trial");
        assert!(said.contains("already"), "{said}");
        let mut wrong = plan_form("Small", 3_000, "month", 1);
        wrong["trial_days"] = json!(-1);
        world.staff.put(&format!("/api/v1/offline-plans/{}", world.small), wrong).await.field("trial_days");
    }

    async fn renewed_in_time_it_goes_on_where_the_trial_ends(app: TestApp) {
        let mut world = World::new(app).await;
        world.with_trial(14).await;
        world.somebody("Bob").await;
        world.begin_trial().await;
        let trial = world.row().await.paid_through.unwrap();
        // Another plan on trial costs nothing now.
        let large = world.large;
        assert!(world.preview(to(large)).await.due.is_zero());
        let row = world.carry_out(json!({"action": "renew"}), json!({"paid_by": "cash"})).await;
        let paid = (row.paid_through.unwrap().millis() - trial.millis()) / DAY;
        assert!((28..=31).contains(&paid), "{paid}");
        assert_eq!(row.status, Is::Active);
        let key = world.keys().await.pop().unwrap();
        assert_eq!(key.expires_at, row.paid_through.map(|at| at.millis() + 10 * DAY), "paid for, it has grace");
    }

    async fn the_balance_pays_when_it_is_over(app: TestApp) {
        let mut world = World::new(app).await;
        world.with_trial(14).await;
        world.somebody("Bob").await;
        let id = world.begin_trial().await;
        world.staff.put(&format!("/api/v1/subscriptions/{id}/auto-renew"), json!({"on": true})).await.done();
        let credit = json!({"amount": {"minor": 3_500, "currency": "EUR"}, "reason": "Paid in advance"});
        world.staff.post(&format!("/api/v1/customers/{}/balance", world.customer), credit).await.done();
        assert_eq!(world.balance().await.totals[0].minor, 3_500, "not before");
        world.wait_days(15).await;
        assert_eq!((world.row().await.status, world.balance().await.totals[0].minor), (Is::Active, 500));
    }

    async fn a_break_does_not_eat_the_trial(app: TestApp) {
        let mut world = World::new(app).await;
        world.with_trial(14).await;
        world.somebody("Bob").await;
        world.begin_trial().await;
        let trial = world.row().await.trial_ends.unwrap();
        world.carry_out(json!({"action": "pause"}), json!({})).await;
        world.wait_days(20).await;
        let row = world.carry_out(json!({"action": "resume"}), json!({})).await;
        assert_eq!((row.status, row.trial_ends), (Is::Trial, row.paid_through));
        assert!(row.trial_ends.unwrap().millis() >= trial.millis() + 19 * DAY);
    }
}
