//! Staff change what Stripe bills: previewed with Stripe's amounts, told once, converged.

use latchkey::subscriptions::changes::due;
use latchkey_shared::{
    api::{
        changes::{ChangeOptions, ChangePreview},
        subscriptions::SubscriptionRow,
    },
    change::Direction,
    permission::Role,
    status::SubscriptionStatus,
    time::Timestamp,
};
use latchkey_stripe_fake::{ApiFault, FaultKind};
use serde_json::{Value, json};

use super::{Shop, in_both_shops};
use crate::util::Answer;

const DAY: i64 = 86_400_000;

/// The subscription that somebody bought just now, and the staff's address of it.
async fn bought(shop: &mut Shop) -> String {
    let mut ann = shop.buyer("Ann").await;
    shop.sell(&mut ann, &shop.monthly.clone()).await;
    let id = shop.home(&mut ann).await.subscriptions[0].id;
    format!("/api/v1/subscriptions/{id}")
}

async fn options(shop: &mut Shop, sub: &str) -> ChangeOptions {
    shop.staff.get(&format!("{sub}/changes")).await.ok()
}

/// The plan of that name among those to choose from.
async fn plan(shop: &mut Shop, sub: &str, price: &str) -> i64 {
    let options = options(shop, sub).await;
    let found = options.plans.iter().find(|plan| plan.plan.stripe_price.as_deref() == Some(price));
    found.unwrap().plan.id.0
}

async fn preview(shop: &mut Shop, sub: &str, ask: Value) -> ChangePreview {
    shop.staff.post(&format!("{sub}/changes/preview"), ask).await.ok()
}

async fn commit(shop: &mut Shop, sub: &str, shown: &ChangePreview) -> Answer {
    let form = json!({"quote": shown.quote.id, "digest": shown.quote.digest, "reason": "Asked for"});
    shop.staff.post(&format!("{sub}/changes/commit"), form).await
}

fn change(plan: i64, when: &str) -> Value {
    json!({"action": "change", "items": [{"plan": plan, "quantity": 1}], "when": when})
}

in_both_shops! {
    async fn an_upgrade_charges_what_stripe_said(mut shop: Shop) {
        let sub = bought(&mut shop).await;
        let yearly = shop.yearly.clone();
        let to = plan(&mut shop, &sub, &yearly).await;
        let shown = preview(&mut shop, &sub, change(to, "now")).await;
        assert_eq!(shown.direction, Direction::Upgrade, "longer is more");
        assert!(shown.due.minor > 0 && shown.lines.len() == 2, "{shown:?}");
        assert_eq!(shown.lines.iter().map(|line| line.amount.minor).sum::<i64>(), shown.total.minor);
        let row: SubscriptionRow = commit(&mut shop, &sub, &shown).await.ok();
        assert_eq!(row.price.unwrap().minor, 9_000);
        let at_stripe = shop.stripe_subscription();
        assert_eq!(at_stripe["items"]["data"].as_array().unwrap().len(), 1, "changed, not added");
        assert_eq!(at_stripe["items"]["data"][0]["price"]["id"], json!(yearly));
        shop.settle().await;
        let keys = shop.keys().await;
        assert_eq!((keys.len(), keys[0].max_machines, keys[0].f1), (1, 5, true));
        assert_eq!(commit(&mut shop, &sub, &shown).await.error(409), "quote_used");
    }

    async fn a_refused_card_changes_nothing(mut shop: Shop) {
        let sub = bought(&mut shop).await;
        let yearly = shop.yearly.clone();
        let to = plan(&mut shop, &sub, &yearly).await;
        let shown = preview(&mut shop, &sub, change(to, "now")).await;
        let customer = shop.stripe_subscription()["customer"].as_str().unwrap().to_owned();
        shop.fake.chaos(|chaos| { chaos.declines.insert(customer, "card_declined".to_owned()); });
        let row: SubscriptionRow = commit(&mut shop, &sub, &shown).await.ok();
        assert_eq!(row.price.unwrap().minor, 900, "the change waits for its payment");
        assert_eq!(shop.keys().await[0].max_machines, 2);
    }

    async fn what_changed_meanwhile_at_stripe_comes_back_as_a_preview(mut shop: Shop) {
        let sub = bought(&mut shop).await;
        let yearly = shop.yearly.clone();
        let to = plan(&mut shop, &sub, &yearly).await;
        let shown = preview(&mut shop, &sub, change(to, "now")).await;
        let id = shop.stripe_subscription()["id"].as_str().unwrap().to_owned();
        let item = shop.stripe_subscription()["items"]["data"][0]["id"].as_str().unwrap().to_owned();
        shop.at_stripe(&format!("/v1/subscriptions/{id}"), &[
            ("items[0][id]", &item), ("items[0][quantity]", "3"), ("proration_behavior", "none"),
        ]).await;
        let refused = commit(&mut shop, &sub, &shown).await;
        assert_eq!(refused.error(409), "quote_changed");
        assert_ne!(refused.json()["preview"]["total"], json!(shown.total));
    }

    async fn a_downgrade_waits_is_undone_and_comes_before_the_renewal(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let small = shop.fake.seed_price(&shop.stripe_product, "eur", 500, "month", &[("skm", r#"{"F3":true,"MaxNoOfMachines":1}"#)]);
        shop.staff.post("/api/v1/stripe/sync", json!({})).await.done();
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let id = shop.home(&mut ann).await.subscriptions[0].id;
        let sub = format!("/api/v1/subscriptions/{id}");
        let to = plan(&mut shop, &sub, &small).await;
        let shown = preview(&mut shop, &sub, change(to, "period_end")).await;
        assert_eq!((shown.direction, shown.due.minor, shown.next.as_ref().unwrap().amount.minor), (Direction::Downgrade, 0, 500));
        commit(&mut shop, &sub, &shown).await.done();
        assert!(options(&mut shop, &sub).await.pending.is_some());
        shop.staff.post(&format!("{sub}/changes/undo"), json!({})).await.done();
        assert_eq!(options(&mut shop, &sub).await.pending, None);

        let shown = preview(&mut shop, &sub, change(to, "period_end")).await;
        commit(&mut shop, &sub, &shown).await.done();
        let due = options(&mut shop, &sub).await.pending.unwrap().due;
        shop.fake.advance((due.millis() - shop.app.state.clock.now()) / 1_000 + 1);
        shop.settle().await;
        due::run_due(&shop.app.state).await.unwrap();
        shop.settle().await;
        shop.staff = shop.app.staff(Role::Admin).await;
        let row: SubscriptionRow = shop.staff.get(&sub).await.ok();
        assert_eq!(row.price.unwrap().minor, 500);
        shop.wait_days(1).await;
        let renewed: SubscriptionRow = shop.staff.get(&sub).await.ok();
        assert!(renewed.paid_through > row.paid_through, "renewed with the new plan");
        assert_eq!(shop.keys().await[0].max_machines, 1);
    }

    async fn time_that_is_given_survives_every_sync(mut shop: Shop) {
        let sub = bought(&mut shop).await;
        let shown = preview(&mut shop, &sub, json!({"action": "extend", "days": 20})).await;
        let until = shown.new_expiry.unwrap();
        assert_eq!(until, Timestamp::from_millis(shown.old_expiry.unwrap().millis() + 20 * DAY));
        commit(&mut shop, &sub, &shown).await.done();
        shop.staff.post(&format!("{sub}/sync"), json!({})).await.done();
        let key = &shop.keys().await[0];
        assert_eq!((key.extended_until, key.expires_at), (Some(until.millis()), Some(until.millis())));
        let many = json!({"subscriptions": [options(&mut shop, &sub).await.subscription], "days": 1, "reason": "Outage"});
        shop.staff.post("/api/v1/subscriptions/extend", many).await.done();
        shop.settle().await;
        assert_eq!(shop.keys().await[0].expires_at, Some(until.millis() + DAY));
    }

    async fn the_end_by_staff_now_and_later(mut shop: Shop) {
        let sub = bought(&mut shop).await;
        let later = json!({"action": "cancel", "when": "period_end"});
        let shown = preview(&mut shop, &sub, later).await;
        let row: SubscriptionRow = commit(&mut shop, &sub, &shown).await.ok();
        assert_eq!(row.cancels_at, row.paid_through);
        let kept: SubscriptionRow = shop.staff.post(&format!("{sub}/changes/undo"), json!({})).await.ok();
        assert_eq!(kept.cancels_at, None);
        let refused = shop.staff.post(&format!("{sub}/changes/preview"), json!({"action": "renew"})).await;
        assert_eq!(refused.error(409), "renews_by_itself");
        let shown = preview(&mut shop, &sub, json!({"action": "extend", "days": 60})).await;
        commit(&mut shop, &sub, &shown).await.ok::<SubscriptionRow>();
        let shown = preview(&mut shop, &sub, json!({"action": "cancel"})).await;
        let row: SubscriptionRow = commit(&mut shop, &sub, &shown).await.ok();
        assert_eq!(row.status, SubscriptionStatus::Cancelled, "what was given ends with it");
        shop.settle().await;
        let key = shop.keys().await[0].clone();
        assert!(key.blocked && key.extended_until.is_none(), "{key:?}");
        let refused = shop.staff.post(&format!("{sub}/changes/preview"), json!({"action": "renew"})).await;
        assert_eq!(refused.error(409), "already_over");
    }

    async fn a_break_at_stripe(mut shop: Shop) {
        let sub = bought(&mut shop).await;
        let shown = preview(&mut shop, &sub, json!({"action": "extend", "days": 60})).await;
        commit(&mut shop, &sub, &shown).await.ok::<SubscriptionRow>();
        let shown = preview(&mut shop, &sub, json!({"action": "pause"})).await;
        assert_eq!(shown.losses.len(), 1, "what is left of the period");
        let row: SubscriptionRow = commit(&mut shop, &sub, &shown).await.ok();
        assert_eq!(row.status, SubscriptionStatus::Paused);
        assert!(shop.keys().await[0].blocked);
        let shown = preview(&mut shop, &sub, json!({"action": "resume"})).await;
        assert_eq!(shown.due.minor, 900);
        let row: SubscriptionRow = commit(&mut shop, &sub, &shown).await.ok();
        assert_eq!(row.status, SubscriptionStatus::Active);
        shop.settle().await;
        assert!(!shop.keys().await[0].blocked);
    }

    async fn what_broke_off_is_told_again_once(mut shop: Shop) {
        let sub = bought(&mut shop).await;
        let yearly = shop.yearly.clone();
        let to = plan(&mut shop, &sub, &yearly).await;
        let shown = preview(&mut shop, &sub, change(to, "now")).await;
        let fault = ApiFault {
            kind: FaultKind::ServerErrorAfterCommit, call: "POST /v1/subscriptions/".to_owned(), times: 1,
        };
        shop.fake.chaos(|chaos| chaos.api.push_back(fault));
        assert_eq!(commit(&mut shop, &sub, &shown).await.error(502), "stripe_failed");
        assert_eq!(commit(&mut shop, &sub, &shown).await.error(409), "quote_used", "never a second time");
        shop.settle().await;
        shop.fake.advance(120);
        due::run_due(&shop.app.state).await.unwrap();
        assert_eq!(due::run_due(&shop.app.state).await.unwrap(), 0, "it is settled");
        let row: SubscriptionRow = shop.staff.get(&sub).await.ok();
        assert_eq!(row.price.unwrap().minor, 9_000);
    }

    async fn customers_change_what_the_vendors_rules_allow(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let id = shop.home(&mut ann).await.subscriptions[0].id;
        let mine = format!("/api/v1/portal/subscriptions/{id}/changes");
        let allowed: ChangeOptions = ann.portal.get(&mine).await.ok();
        assert!(!allowed.can_change && allowed.can_cancel && !allowed.can_extend && !allowed.can_pause);
        let yearly = shop.yearly.clone();
        let to = plan(&mut shop, &format!("/api/v1/subscriptions/{id}"), &yearly).await;
        let preview = format!("{mine}/preview");
        assert_eq!(ann.portal.post(&preview, change(to, "now")).await.error(409), "not_by_customers");

        let rules = |upgrade, cancel| json!({"upgrade": upgrade, "downgrade": false, "cancel": cancel});
        shop.staff.put("/api/v1/settings/self-service", rules(true, false)).await.done();
        let extend = json!({"action": "extend", "days": 30});
        assert_eq!(ann.portal.post(&preview, extend).await.error(409), "not_by_customers");
        let cancel = format!("/api/v1/portal/subscriptions/{id}/cancel");
        assert_eq!(ann.portal.post(&cancel, json!({})).await.error(409), "not_by_customers");
        let shown: ChangePreview = ann.portal.post(&preview, change(to, "now")).await.ok();
        let form = json!({"quote": shown.quote.id, "digest": shown.quote.digest});
        let by_staff = format!("/api/v1/subscriptions/{id}/changes/commit");
        assert_eq!(shop.staff.post(&by_staff, form.clone()).await.error(404), "not_found", "another's quote");
        ann.portal.post(&format!("{mine}/commit"), form).await.done();
        assert_eq!(shop.home(&mut ann).await.subscriptions[0].price.unwrap().minor, 9_000);

        shop.staff.put("/api/v1/settings/self-service", rules(false, true)).await.done();
        ann.portal.post(&cancel, json!({"reason": "Too dear"})).await.done();
        assert!(shop.home(&mut ann).await.subscriptions[0].can_keep);
    }
}
