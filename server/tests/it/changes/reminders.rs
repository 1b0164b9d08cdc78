//! Reminders of what is billed offline and of keys that nobody bills, with a clock that moves.

use latchkey::{
    billing::reconcile::{self, Sweep},
    communications::reminders,
    licensing::schedule,
};
use latchkey_shared::permission::Role;
use latchkey_store::entity::{communication, job, reminder_sent};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;

use super::world::{DAY, World};
use crate::{on_both_databases, util::TestApp};

/// A world at noon, far from where days change, with its first subscription's end.
async fn world(app: TestApp) -> (World, i64) {
    let now = app.state.clock.now();
    app.state.clock.advance(DAY - (now + DAY / 2) % DAY);
    let mut world = World::new(app).await;
    // Who signs in is written to where the customer has no address.
    world.app.portal(world.customer).await;
    let end = world.row().await.paid_through.unwrap().millis();
    (world, end)
}

/// Moves on to a number of days before (negative: after) that moment.
async fn days_before(world: &mut World, moment: i64, days: i64) {
    let until = moment - days * DAY;
    world.app.state.clock.advance(until - world.app.state.clock.now());
    reconcile::run_now(&world.app.state, Sweep::Local).await.unwrap();
    world.staff = world.app.staff(Role::Admin).await;
}

/// What is sent now; looking once more sends nothing.
async fn reminded(app: &TestApp) -> usize {
    let sent = reminders::run(&app.state).await.unwrap();
    assert_eq!(reminders::run(&app.state).await.unwrap(), 0, "once");
    sent
}

async fn messages(app: &TestApp, kind: &str) -> Vec<communication::Model> {
    communication::Entity::find()
        .filter(communication::Column::Kind.eq(kind))
        .order_by_asc(communication::Column::Id)
        .all(app.state.store.read())
        .await
        .unwrap()
}

on_both_databases! {
    async fn who_renews_from_the_balance_is_told_of_no_end(app: TestApp) {
        let (mut world, end) = world(app).await;
        world.auto_renew(true).await;
        world.credit(3_000).await;
        days_before(&mut world, end, 7).await;
        assert_eq!(reminded(&world.app).await, 0, "the balance pays for it");
        world.credit(-1).await;
        assert_eq!(reminded(&world.app).await, 1, "and now it does not");
    }

    async fn an_end_is_told_of_before_and_after(app: TestApp) {
        let (mut world, end) = world(app).await;
        for (days, sent) in [(8, 0), (7, 1), (6, 0), (3, 1), (1, 0), (0, 1), (-1, 0), (-3, 1), (-5, 0), (-7, 1), (-8, 0)] {
            days_before(&mut world, end, days).await;
            assert_eq!(reminded(&world.app).await, sent, "{days} days before");
        }
        let before = messages(&world.app, "expiry").await;
        assert_eq!(before[0].subject, "Your subscription to Studio ends in 7 days");
        assert_eq!(before[2].subject, "Your subscription to Studio ends today");
        let after = messages(&world.app, "expired").await;
        assert_eq!(after[0].subject, "Your subscription to Studio ended 3 days ago");
        assert!(after[0].text.contains("30.00 EUR"), "{}", after[0].text);
        assert_eq!((before.len(), after.len()), (3, 2));
        // Each with its job, and noted.
        let noted = reminder_sent::Entity::find().count(world.app.state.store.read()).await.unwrap();
        let jobs = job::Entity::find().filter(job::Column::Kind.eq("mail"));
        assert_eq!(noted, 5);
        assert!(jobs.count(world.app.state.store.read()).await.unwrap() >= 5);
    }

    async fn what_was_missed_is_not_made_up_for(app: TestApp) {
        let (mut world, end) = world(app).await;
        // The server was down from the eighth day to the second.
        days_before(&mut world, end, 8).await;
        assert_eq!(reminded(&world.app).await, 0);
        days_before(&mut world, end, 2).await;
        assert_eq!(reminded(&world.app).await, 0);
        days_before(&mut world, end, 0).await;
        assert_eq!(reminded(&world.app).await, 1);
    }

    async fn whoever_renews_or_is_given_time_is_reminded_of_the_new_day(app: TestApp) {
        let (mut world, end) = world(app).await;
        days_before(&mut world, end, 7).await;
        assert_eq!(reminded(&world.app).await, 1);
        world.carry_out(json!({"action": "extend", "days": 10}), json!({"reason": "Outage"})).await;
        days_before(&mut world, end, 3).await;
        assert_eq!(reminded(&world.app).await, 0, "it goes on for ten days more");
        days_before(&mut world, end, -7).await;
        assert_eq!(reminded(&world.app).await, 1, "three days before what was given is over");
        world.carry_out(json!({"action": "renew"}), json!({"paid_by": "cash"})).await;
        let next = world.row().await.paid_through.unwrap().millis();
        days_before(&mut world, end, -10).await;
        assert_eq!(reminded(&world.app).await, 0, "renewed");
        days_before(&mut world, next, 7).await;
        assert_eq!(reminded(&world.app).await, 1);
    }

    async fn who_has_another_or_is_disabled_or_ended_it_is_left_alone(app: TestApp) {
        let (mut world, end) = world(app).await;
        let path = format!("/api/v1/customers/{}/account", world.customer);
        days_before(&mut world, end, 7).await;
        world.staff.post(&path, json!({"disabled": true, "reason": "Fraud"})).await.done();
        assert_eq!(reminded(&world.app).await, 0);
        world.staff.post(&path, json!({"disabled": false})).await.done();
        assert_eq!(reminded(&world.app).await, 1, "nothing was noted while nothing was sent");
        days_before(&mut world, end, -2).await;
        let large = world.large;
        world.add(large, json!({"paid_by": "cash"})).await;
        days_before(&mut world, end, -3).await;
        assert_eq!(reminded(&world.app).await, 0, "has the product by another subscription");
        world.carry_out(json!({"action": "cancel"}), json!({})).await;
        days_before(&mut world, end, -7).await;
        assert_eq!(reminded(&world.app).await, 0, "was ended");
    }

    async fn days_are_those_of_the_vendors_time_zone(app: TestApp) {
        let (mut world, end) = world(app).await;
        let mut company = world.staff.get("/api/v1/settings").await.json()["company"].clone();
        company["name"] = json!("Aurora");
        company["domain"] = json!("aurora.example");
        company["time_zone"] = json!("Pacific/Auckland");
        world.staff.put("/api/v1/settings/company", company).await.done();
        // Noon is past midnight there; two hours before noon it is the day before.
        days_before(&mut world, end - 2 * DAY / 24, 7).await;
        assert_eq!(reminded(&world.app).await, 0);
        days_before(&mut world, end, 7).await;
        assert_eq!(reminded(&world.app).await, 1);
    }

    async fn of_two_processes_one_sends(app: TestApp) {
        let (mut world, end) = world(app).await;
        let large = world.large;
        for _ in 0..5 {
            world.add(large, json!({"paid_by": "cash"})).await;
        }
        days_before(&mut world, end, 3).await;
        let other = world.app.restarted(|_| {}).await;
        let (here, there) = tokio::join!(reminders::run(&world.app.state), reminders::run(&other.state));
        assert_eq!(here.unwrap() + there.unwrap(), 6);
        assert_eq!(messages(&world.app, "expiry").await.len(), 6);
        assert_eq!(reminded(&other).await, 0);
    }

    async fn keys_that_nobody_bills_are_told_of_where_the_vendor_wants_it(app: TestApp) {
        let (mut world, _) = world(app).await;
        let product = world.keys().await[0].product_id;
        let bob = json!({"name": "Bob", "email": "bob@buyer.test"});
        let bob = world.staff.post("/api/v1/customers", bob).await.json()["id"].clone();
        let form = json!({"customer": bob, "period_days": 10, "features": vec![false; 8],
            "max_machines": 0, "trial_activation": false, "notes": ""});
        world.staff.post(&format!("/api/v1/products/{product}/keys"), form).await.done();
        let made = world.app.state.clock.now();
        let ends = made + 10 * DAY;
        days_before(&mut world, ends, 7).await;
        world.app.state.clock.advance(DAY / 24);
        schedule::run_now(&world.app.state).await.unwrap();
        assert!(messages(&world.app, "expiry_notice").await.is_empty(), "only where the vendor says so");
        let on = json!({"enabled": true, "days": "7, 3"});
        world.staff.put("/api/v1/reminders/key_ending", on).await.done();
        schedule::run_now(&world.app.state).await.unwrap();
        assert!(messages(&world.app, "expiry_notice").await.is_empty(), "its time had passed");
        days_before(&mut world, ends, 3).await;
        world.app.state.clock.advance(DAY / 24);
        for _ in 0..2 {
            schedule::run_now(&world.app.state).await.unwrap();
        }
        let told = messages(&world.app, "expiry_notice").await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].subject, "Your licence for Studio ends in 3 days");
    }
}
