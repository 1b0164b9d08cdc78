//! What takes effect at once, for what is billed offline.

use latchkey_shared::{
    api::changes::{ExtendedMany, OfflinePlan},
    change::{Direction, Loss},
    permission::Role,
    status::SubscriptionStatus,
    time::Timestamp,
};
use serde_json::{Value, json};

use super::world::{DAY, World, plan_form, to};
use crate::on_both_databases;

on_both_databases! {
    async fn a_new_subscription_has_its_key_and_its_end(app: TestApp) {
        let mut world = World::new(app).await;
        let row = world.row().await;
        assert_eq!((row.plan_name.as_str(), row.status), ("Small", SubscriptionStatus::Active));
        assert_eq!(row.keys.len(), 1);
        let key = &world.keys().await[0];
        assert_eq!((key.max_machines, key.f1, key.blocked), (1, false, false));
        assert_eq!(key.expires_at, row.paid_through.map(Timestamp::millis), "the product has no grace");
        let options = world.options().await;
        assert!(options.is_offline && options.can_change && options.can_renew && options.can_pause);
        assert_eq!(options.plans.len(), 3);
    }

    async fn what_a_new_subscription_lacks_is_said(app: TestApp) {
        let mut world = World::new(app).await;
        let address = format!("/api/v1/customers/{}/subscriptions", world.customer);
        let form = |with: Value| {
            let mut form = json!({"items": [{"plan": world.small, "quantity": 1}]});
            for (name, value) in with.as_object().unwrap() { form[name] = value.clone(); }
            form
        };
        let blind = form(json!({}));
        let free = form(json!({"paid_by": "free", "dry_run": true}));
        let foreign = form(json!({"currency": "JPY", "dry_run": true}));
        let dollars = form(json!({"currency": "USD", "dry_run": true}));
        assert_eq!(world.staff.post(&address, blind).await.error(409), "quote_changed", "nothing was shown");
        assert_eq!(world.staff.post(&address, foreign).await.error(409), "currency_mismatch");
        let shown: Value = world.staff.post(&address, dollars).await.ok();
        assert_eq!(shown["preview"]["due"], json!({"minor": 3_500, "currency": "USD"}));
        let mut support = world.app.staff(Role::Support).await;
        assert_eq!(support.post(&address, free.clone()).await.status.as_u16(), 403, "only with MoneyWrite");
        let shown: Value = world.staff.post(&address, free.clone()).await.ok();
        assert_eq!(shown["preview"]["due"]["minor"], 0);
        let mut real = free;
        real["dry_run"] = json!(false);
        real["digest"] = shown["preview"]["quote"]["digest"].clone();
        assert_eq!(world.staff.post(&address, real).await.error(422), "invalid", "needs a reason");
    }

    async fn an_upgrade_costs_what_was_shown_and_the_key_allows_more(app: TestApp) {
        let mut world = World::new(app).await;
        let before = world.row().await;
        let large = to(world.large);
        let shown = world.preview(large).await;
        assert_eq!(shown.direction, Direction::Upgrade);
        assert_eq!(shown.lines.iter().map(|line| line.amount.minor).collect::<Vec<_>>(), [-3_000, 6_000]);
        assert_eq!(shown.due.minor, 3_000);
        assert_eq!(shown.new_expiry, before.paid_through);
        assert_eq!(shown.next.as_ref().unwrap().amount.minor, 6_000);
        assert!(shown.losses.is_empty());
        assert_eq!(world.row().await, before, "a preview changes nothing");

        let done = world.commit(&shown, json!({"paid_by": "cash", "reference": "Till 4"})).await;
        let row: latchkey_shared::api::subscriptions::SubscriptionRow = done.ok();
        assert_eq!((row.plan_name.as_str(), row.paid_through), ("Large", before.paid_through));
        let keys = world.keys().await;
        assert_eq!(keys.len(), 1, "the same key");
        assert_eq!((keys[0].max_machines, keys[0].f1), (5, true));
        assert_eq!(world.commit(&shown, json!({})).await.error(409), "quote_used");
        assert_eq!(world.history().await, ["subscription_started", "subscription_changed"]);
        let paid: Value = world.staff.get("/api/v1/transactions?filter=type%20%3D%20payment").await.ok();
        let paid = paid["items"].as_array().unwrap();
        assert_eq!(paid.len(), 2, "when it began, and the difference");
        assert!(paid.iter().any(|entry| entry["reference"] == "Till 4"), "{paid:#?}");
    }

    async fn a_downgrade_now_goes_to_the_balance_which_a_renewal_uses(app: TestApp) {
        let mut world = World::new(app).await;
        let (small, large) = (world.small, world.large);
        let ask = to(large);
        world.carry_out(ask, json!({"paid_by": "cash"})).await;
        let ask = to(small);
        let shown = world.preview(ask.clone()).await;
        assert_eq!((shown.due.minor, shown.to_balance.minor), (0, 3_000));
        assert_eq!(shown.losses, [
            Loss::Feature { name: "F1".to_owned() },
            Loss::Machines { before: 5, after: 1, used: 0 },
        ]);
        world.commit(&shown, json!({})).await.done();
        assert_eq!(world.balance().await.totals[0].minor, 3_000);

        let end = world.row().await.paid_through.unwrap();
        let shown = world.preview(json!({"action": "renew"})).await;
        assert_eq!((shown.total.minor, shown.from_balance.minor, shown.due.minor), (3_000, 3_000, 0));
        world.commit(&shown, json!({})).await.done();
        let balance = world.balance().await;
        assert!(balance.totals.is_empty());
        assert_eq!(balance.entries.iter().map(|entry| entry.amount.minor).collect::<Vec<_>>(), [-3_000, 3_000]);
        assert!(world.row().await.paid_through.unwrap() > end);
    }

    async fn what_changed_since_it_was_shown_comes_back_as_a_fresh_preview(app: TestApp) {
        let mut world = World::new(app).await;
        let large = world.large;
        let ask = to(large);
        let shown = world.preview(ask.clone()).await;
        let dearer = plan_form("Large", 7_000, "month", 5);
        let plan: OfflinePlan = world.staff.put(&format!("/api/v1/offline-plans/{large}"), dearer).await.ok();
        assert_eq!(plan.prices[0].minor, 7_000);
        let refused = world.commit(&shown, json!({"paid_by": "cash"})).await;
        assert_eq!(refused.error(409), "quote_changed");
        let fresh: Value = refused.json();
        assert_eq!(fresh["preview"]["due"]["minor"], 4_000);
        assert_ne!(fresh["preview"]["quote"]["id"], json!(shown.quote.id));
        assert_eq!(world.row().await.plan_name, "Small");
        let fresh = serde_json::from_value(fresh["preview"].clone()).unwrap();
        world.commit(&fresh, json!({"paid_by": "cash"})).await.done();

        let small = world.small;
        let ask = to(small);
        let shown = world.preview(ask).await;
        world.app.state.clock.advance(15 * 60_000);
        assert_eq!(world.commit(&shown, json!({})).await.error(409), "quote_expired");
    }

    async fn a_plan_that_was_withdrawn(app: TestApp) {
        let mut world = World::new(app).await;
        let (small, large) = (world.small, world.large);
        let ask = to(large);
        let shown = world.preview(ask.clone()).await;
        for (plan, name) in [(large, "Large"), (small, "Small")] {
            let mut form = plan_form(name, 3_000, "month", 1);
            form["offered"] = json!(false);
            world.staff.put(&format!("/api/v1/offline-plans/{plan}"), form).await.done();
        }
        assert_eq!(world.commit(&shown, json!({"paid_by": "cash"})).await.error(409), "plan_withdrawn");
        assert_eq!(world.ask(ask).await.error(409), "plan_withdrawn");
        let renewal = world.preview(json!({"action": "renew"})).await;
        assert_eq!(renewal.due.minor, 3_000, "whoever has it can go on with it");
    }

    async fn what_is_refused_says_why(app: TestApp) {
        let mut world = World::new(app).await;
        let (small, large) = (world.small, world.large);
        let ask = to(small);
        assert_eq!(world.ask(ask).await.error(409), "no_change");
        assert_eq!(world.ask(json!({"action": "change"})).await.error(409), "no_base");
        assert_eq!(world.ask(json!({"action": "extend"})).await.error(422), "invalid");
        assert_eq!(world.ask(json!({"action": "resume"})).await.error(409), "not_paused");
        let ask = to(large);
        let shown = world.preview(ask).await;
        assert_eq!(world.commit(&shown, json!({"paid_by": "free"})).await.error(422), "invalid", "waive it instead");
        let mut form = json!({"quote": "nonsense", "digest": ""});
        let address = world.address("/commit");
        assert_eq!(world.staff.post(&address, form.clone()).await.error(404), "not_found");
        form["quote"] = json!(shown.quote.id);
        assert_eq!(world.staff.post(&address, form).await.error(409), "quote_changed", "not what was shown");

        let mut support = world.app.staff(Role::Support).await;
        let mut waived = to(large);
        waived["waive"] = json!(true);
        let address = world.address("/preview");
        assert_eq!(support.post(&address, waived.clone()).await.status.as_u16(), 403);
        let shown = world.preview(waived).await;
        assert_eq!(shown.due.minor, 0);
        assert_eq!(world.commit(&shown, json!({})).await.error(422), "invalid", "needs a reason");
        world.commit(&shown, json!({"reason": "An apology"})).await.done();
        let ask = to(small);
        let back = world.preview(ask).await;
        assert_eq!(back.to_balance.minor, 0, "a gift never becomes credit");
    }

    async fn time_is_given_and_no_sweep_takes_it_back(app: TestApp) {
        let mut world = World::new(app).await;
        let end = world.row().await.paid_through.unwrap();
        let shown = world.preview(json!({"action": "extend", "days": 3})).await;
        assert_eq!(world.commit(&shown, json!({})).await.error(422), "invalid", "needs a reason");
        world.commit(&shown, json!({"reason": "Outage"})).await.done();
        let until = Timestamp::from_millis(end.millis() + 3 * DAY);
        assert_eq!(world.options().await.extended_until, Some(until));
        assert_eq!(world.keys().await[0].expires_at, Some(until.millis()));
        world.wait_days(32).await;
        latchkey::billing::reconcile::run_now(&world.app.state, latchkey::billing::reconcile::Sweep::Local).await.unwrap();
        assert_eq!(world.row().await.status, SubscriptionStatus::Active);
        let renewed = world.preview(json!({"action": "renew", "from": "expiry"})).await;
        assert_eq!(renewed.old_expiry, Some(end));
        world.commit(&renewed, json!({"paid_by": "cash"})).await.done();
        assert_eq!(world.row().await.paid_through, renewed.new_expiry);
    }

    async fn many_at_once(app: TestApp) {
        let mut world = World::new(app).await;
        let ended = world.id;
        world.carry_out(json!({"action": "cancel"}), json!({})).await;
        let large = world.large;
        let running = world.add(large, json!({"paid_by": "cash"})).await;
        let end = world.keys().await[1].expires_at.unwrap();
        let form = json!({"customers": [world.customer], "subscriptions": [ended], "days": 2, "reason": "Outage"});
        let mut dry = form.clone();
        dry["dry_run"] = json!(true);
        let counted: ExtendedMany = world.staff.post("/api/v1/subscriptions/extend", dry).await.ok();
        assert_eq!((counted.extended, counted.left_out[0].subscription), (1, ended));
        assert_eq!(world.keys().await[1].expires_at, Some(end));
        let done: ExtendedMany = world.staff.post("/api/v1/subscriptions/extend", form).await.ok();
        assert_eq!(done, counted);
        assert_eq!(world.keys().await[1].expires_at, Some(end + 2 * DAY));
        world.id = running;
        assert!(world.options().await.extended_until.is_some());
        let nothing = json!({"customers": [world.customer], "reason": "x"});
        assert_eq!(world.staff.post("/api/v1/subscriptions/extend", nothing).await.error(422), "invalid");
    }

    async fn a_break_keeps_what_was_left(app: TestApp) {
        let mut world = World::new(app).await;
        let end = world.row().await.paid_through.unwrap();
        let given = world.carry_out(json!({"action": "extend", "days": 60}), json!({"reason": "Goodwill"})).await.extended_until.unwrap();
        let paused = world.carry_out(json!({"action": "pause"}), json!({})).await;
        assert_eq!(paused.status, SubscriptionStatus::Paused);
        assert!(world.keys().await[0].blocked);
        let ask = to(world.large);
        assert_eq!(world.ask(ask).await.error(409), "paused");
        assert_eq!(world.ask(json!({"action": "extend", "days": 9})).await.error(409), "paused");
        world.wait_days(10).await;
        assert!(world.keys().await[0].blocked, "what was given rests too");
        let shown = world.preview(json!({"action": "resume"})).await;
        let resumed = world.carry_out(json!({"action": "resume"}), json!({})).await;
        let moved = resumed.extended_until.unwrap().millis() - given.millis();
        assert!((10 * DAY..10 * DAY + 60_000).contains(&moved), "{moved}");
        assert!((shown.new_expiry.unwrap().millis() - given.millis() - moved).abs() < 60_000, "{shown:?}");
        assert_eq!(resumed.status, SubscriptionStatus::Active);
        let later = resumed.paid_through.unwrap().millis() - end.millis();
        assert!((10 * DAY..10 * DAY + 60_000).contains(&later), "{later}");
        assert!(!world.keys().await[0].blocked);
    }

    async fn an_end_with_what_is_paid_for_moves_with_a_break(app: TestApp) {
        let mut world = World::new(app).await;
        let cancel = json!({"action": "cancel", "when": "period_end"});
        let cancelled = world.carry_out(cancel, json!({})).await;
        assert_eq!(cancelled.cancels_at, cancelled.paid_through);
        world.carry_out(json!({"action": "pause"}), json!({})).await;
        world.wait_days(10).await;
        let resumed = world.carry_out(json!({"action": "resume"}), json!({})).await;
        assert!(resumed.paid_through.unwrap() > cancelled.paid_through.unwrap());
        assert_eq!(resumed.cancels_at, resumed.paid_through, "nothing that was paid for is lost");
    }

    async fn a_plan_makes_its_keys_from_a_licence_template(app: TestApp) {
        let mut world = World::new(app).await;
        let products: Value = world.staff.get("/api/v1/products").await.ok();
        let product = products["items"][0]["id"].as_i64().unwrap();
        let key = json!({"period_days": 0, "features": [false, true, false, false, false, false, false, false],
            "max_machines": 7, "trial_activation": false, "notes": "", "allowed_machines": ""});
        let template: Value = world.staff
            .post(&format!("/api/v1/products/{product}/templates"), json!({"name": "Team", "key": key})).await.ok();
        let plans = format!("/api/v1/products/{product}/offline-plans");
        let mut form = plan_form("Team", 9_000, "month", 1);
        form["template"] = json!(99);
        assert_eq!(world.staff.post(&plans, form.clone()).await.error(422), "invalid", "no such template");
        form["template"] = template["id"].clone();
        let plan: OfflinePlan = world.staff.post(&plans, form).await.ok();
        assert_eq!((plan.template, plan.max_machines), (template["id"].as_i64(), 7));
        assert_eq!(plan.plan.includes, ["Feature F2", "7 machines"]);

        let (id, bought) = (plan.plan.id.0, world.keys().await.len());
        let large = to(id);
        let shown = world.preview(large).await;
        world.commit(&shown, json!({"paid_by": "cash"})).await.done();
        let keys = world.keys().await;
        assert_eq!((keys.len(), keys[0].max_machines, keys[0].f2), (bought, 7, true));
        let template = format!("/api/v1/templates/{}", template["id"]);
        assert_eq!(world.staff.delete(&template).await.error(409), "template_in_use");
    }

    async fn balances_are_corrected_and_never_below_nothing(app: TestApp) {
        let mut world = World::new(app).await;
        let address = format!("/api/v1/customers/{}/balance", world.customer);
        let form = |minor: i64| json!({"amount": {"minor": minor, "currency": "EUR"}, "reason": "Goodwill"});
        world.staff.post(&address, form(1_000)).await.done();
        assert_eq!(world.staff.post(&address, form(-1_001)).await.error(422), "invalid");
        assert_eq!(world.staff.post(&address, form(0)).await.error(422), "invalid");
        let ask = to(world.large);
        let shown = world.preview(ask).await;
        assert_eq!((shown.from_balance.minor, shown.due.minor), (1_000, 2_000));
        world.staff.post(&address, form(-1_000)).await.done();
        assert_eq!(world.commit(&shown, json!({"paid_by": "cash"})).await.error(409), "quote_changed");
    }
}
