//! Reminders of what Stripe bills: each once, whatever happens in between.

use latchkey::{
    billing::reconcile::{self, Sweep},
    communications::reminders,
};
use latchkey_shared::{api::message_templates::Reminders, permission::Role};
use latchkey_store::entity::communication;
use latchkey_stripe_fake::{AfterDunning, SeedCustomer, SeedStatus, SeedSubscription};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;

use super::{
    Shop, in_both_shops,
    world::{Buyer, GOOD_CARD},
};

const DAY: i64 = 86_400;

async fn messages(shop: &Shop, kind: &str) -> Vec<communication::Model> {
    communication::Entity::find()
        .filter(communication::Column::Kind.eq(kind))
        .order_by_asc(communication::Column::Id)
        .all(shop.app.state.store.read())
        .await
        .unwrap()
}

/// What is sent now; looking once more sends nothing.
async fn reminded(shop: &Shop) -> usize {
    let sent = reminders::run(&shop.app.state).await.unwrap();
    assert_eq!(reminders::run(&shop.app.state).await.unwrap(), 0, "once");
    sent
}

fn now(shop: &Shop) -> i64 {
    shop.app.state.clock.now() / 1_000
}

/// Moves on to noon, far from where days change, and signs staff in anew.
async fn noon(shop: &mut Shop) {
    shop.fake.advance(DAY - (now(shop) + DAY / 2) % DAY);
    shop.staff = shop.app.staff(Role::Admin).await;
}

/// Moves on to a number of days before (negative: after) that moment, in seconds since 1970.
async fn days_before(shop: &mut Shop, moment: i64, days: i64) {
    let until = moment - days * DAY;
    shop.fake.advance(until - now(shop));
    shop.settle().await;
    shop.staff = shop.app.staff(Role::Admin).await;
}

async fn set(shop: &mut Shop, kind: &str, enabled: bool, days: &str) {
    let form = json!({"enabled": enabled, "days": days});
    shop.staff.put(&format!("/api/v1/reminders/{kind}"), form).await.done();
}

/// A subscription with 14 days of trial, made at Stripe for a customer who left no card.
async fn trial_without_card(shop: &Shop, ann: &Buyer) -> i64 {
    let id = ann.id.to_string();
    let form = [("name", "Ann"), ("email", "ann@buyer.test"), ("metadata[skm_customer_id]", id.as_str())];
    let customer = shop.at_stripe("/v1/customers", &form).await["id"].as_str().unwrap().to_owned();
    let form = [
        ("customer", customer.as_str()),
        ("items[0][price]", shop.monthly.as_str()),
        ("items[0][quantity]", "2"),
        ("trial_period_days", "14"),
        ("trial_settings[end_behavior][missing_payment_method]", "cancel"),
    ];
    let made = shop.at_stripe("/v1/subscriptions", &form).await;
    shop.settle().await;
    made["trial_end"].as_i64().unwrap()
}

in_both_shops! {
    async fn a_trial_without_a_card_is_told_of_at_each_step_once(mut shop: Shop) {
        noon(&mut shop).await;
        let ann = shop.buyer("Ann").await;
        let ends = trial_without_card(&shop, &ann).await;
        assert_eq!(reminded(&shop).await, 0, "nobody is reminded of what they just began");
        days_before(&mut shop, ends, 8).await;
        assert_eq!(reminded(&shop).await, 0);
        days_before(&mut shop, ends, 7).await;
        assert_eq!(reminded(&shop).await, 1);
        let first = messages(&shop, "trial_ending").await.remove(0);
        assert_eq!(first.subject, "Your trial of Editor ends in 7 days");
        assert!(first.text.contains("18.00 EUR") && first.text.contains("/Portal/Billing"), "{}", first.text);
        assert_eq!((first.recipient.as_str(), first.customer_id), ("ann@buyer.test", Some(ann.id.0)));
        days_before(&mut shop, ends, 3).await;
        assert_eq!(reminded(&shop).await, 1);
        set(&mut shop, "trial_ending", false, "7, 3, 1, 0").await;
        days_before(&mut shop, ends, 1).await;
        assert_eq!(reminded(&shop).await, 0, "switched off");
        // On the day itself, some hours before.
        shop.fake.advance(DAY - 3 * 3_600);
        set(&mut shop, "trial_ending", true, "7, 3, 1, 0").await;
        assert_eq!(reminded(&shop).await, 1, "today's, and not yesterday's");
        assert_eq!(messages(&shop, "trial_ending").await[2].subject, "Your trial of Editor ends today");
    }

    async fn who_leaves_a_card_is_not_asked_for_one(mut shop: Shop) {
        noon(&mut shop).await;
        let (ann, bob) = (shop.buyer("Ann").await, shop.buyer("Bob").await);
        let ends = trial_without_card(&shop, &ann).await;
        let known = shop.fake.seed_customer(&SeedCustomer {
            name: "Bob", email: "bob@buyer.test", metadata: &[("skm_customer_id", &bob.id.to_string())], ..SeedCustomer::default()
        });
        shop.fake.seed_subscription(&SeedSubscription {
            customer: &known, items: &[(&shop.monthly, 1)], status: SeedStatus::Trialing, ..SeedSubscription::default()
        });
        reconcile::run_now(&shop.app.state, Sweep::Recent).await.unwrap();
        shop.settle().await;
        let at_stripe = shop.fake.objects("subscription");
        let anns = at_stripe.iter().find(|it| it["customer"] != known.as_str()).unwrap();
        let customer = anns["customer"].as_str().unwrap().to_owned();
        days_before(&mut shop, ends, 7).await;
        assert_eq!(reminded(&shop).await, 1, "Ann, and not Bob");
        shop.fake.set_card(&customer, GOOD_CARD).unwrap();
        days_before(&mut shop, ends, 3).await;
        reconcile::run_now(&shop.app.state, Sweep::Full).await.unwrap();
        shop.settle().await;
        assert_eq!(reminded(&shop).await, 0);
        set(&mut shop, "renewal", true, "3").await;
        assert_eq!(reminded(&shop).await, 2, "what is charged soon is told of, where the vendor wants it");
    }

    async fn what_renews_by_itself_is_told_of_only_where_the_vendor_wants_it(mut shop: Shop) {
        noon(&mut shop).await;
        let (mut ann, mut bob) = (shop.buyer("Ann").await, shop.buyer("Bob").await);
        shop.sell(&mut bob, &shop.yearly.clone()).await;
        let renews = shop.home(&mut bob).await.subscriptions[0].paid_through.unwrap().millis() / 1_000;
        days_before(&mut shop, renews, 10).await;
        ann.portal = shop.app.portal(ann.id).await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        days_before(&mut shop, renews, 7).await;
        assert_eq!(reminded(&shop).await, 0);
        set(&mut shop, "renewal", true, "3").await;
        days_before(&mut shop, renews, 3).await;
        assert_eq!(reminded(&shop).await, 1);
        let told = messages(&shop, "renewal").await.remove(0);
        assert_eq!(told.recipient, "bob@buyer.test");
        assert!(told.text.contains("90.00 EUR"), "{}", told.text);
        days_before(&mut shop, renews, -17).await;
        assert_eq!(reminded(&shop).await, 0, "a month is not worth a message: Ann's renews in three days");
    }

    async fn an_end_and_a_payment_that_failed_are_told_of(mut shop: Shop) {
        shop.fake.set_after_dunning(AfterDunning::LeavePastDue);
        noon(&mut shop).await;
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let at_stripe = shop.stripe_subscription();
        let address = format!("/v1/subscriptions/{}", at_stripe["id"].as_str().unwrap());
        let ends = at_stripe["items"]["data"][0]["current_period_end"].as_i64().unwrap();
        shop.at_stripe(&address, &[("cancel_at_period_end", "true")]).await;
        shop.settle().await;
        days_before(&mut shop, ends, 7).await;
        assert_eq!(reminded(&shop).await, 1);
        assert!(messages(&shop, "expiry").await[0].subject.contains("Editor ends in 7 days"));
        shop.at_stripe(&address, &[("cancel_at_period_end", "false")]).await;
        shop.settle().await;
        days_before(&mut shop, ends, 3).await;
        assert_eq!(reminded(&shop).await, 0, "it goes on");

        let customer = at_stripe["customer"].as_str().unwrap().to_owned();
        shop.fake.chaos(|chaos| chaos.declines.insert(customer, "insufficient_funds".to_owned()));
        // Stripe tries an hour after the period began.
        shop.fake.advance(3 * DAY + 2 * 3_600);
        shop.settle().await;
        assert_eq!(reminded(&shop).await, 1);
        let told = messages(&shop, "payment_failed").await.remove(0);
        let until = latchkey_shared::time::Timestamp::from_seconds(ends).plus_days(5).utc_date().to_string();
        assert!(told.text.contains("9.00 EUR") && told.text.contains(&until), "{}", told.text);
        days_before(&mut shop, ends, -2).await;
        assert_eq!(reminded(&shop).await, 0);
        days_before(&mut shop, ends, -3).await;
        assert_eq!(reminded(&shop).await, 1);

        let invoice = shop.stripe_subscription()["latest_invoice"].as_str().unwrap().to_owned();
        shop.fake.chaos(|chaos| chaos.declines.clear());
        shop.at_stripe(&format!("/v1/invoices/{invoice}/pay"), &[]).await;
        shop.settle().await;
        days_before(&mut shop, ends, -7).await;
        assert_eq!(reminded(&shop).await, 0, "paid");
        assert_eq!(messages(&shop, "payment_failed").await.len(), 2);
    }

    async fn the_rules_are_checked_and_say_whose_days_they_count(mut shop: Shop) {
        let rules: Reminders = shop.staff.get("/api/v1/reminders").await.ok();
        assert_eq!(rules.time_zone, "UTC");
        let shown: Vec<_> = rules.reminders.iter().map(|it| (it.kind.as_str(), it.enabled, it.days.as_str())).collect();
        assert_eq!(shown, [
            ("trial_ending", true, "7, 3, 0"),
            ("expiry", true, "7, 3, 0"),
            ("expired", true, "3, 7"),
            ("payment_failed", true, "0, 3, 7"),
            ("renewal", false, "7, 3, 0"),
            ("renewal_missed", true, ""),
            ("cancelled", true, ""),
            ("key_ending", false, "7, 3, 0"),
        ]);
        for days in ["soon", "366", "-1"] {
            let said = shop.staff.put("/api/v1/reminders/renewal", json!({"enabled": true, "days": days})).await.field("days");
            assert!(said.contains(days), "{said}");
        }
        shop.staff.put("/api/v1/reminders/renewal", json!({"enabled": true, "days": ""})).await.field("days");
        let kept: Reminders = shop.staff.put("/api/v1/reminders/expired", json!({"enabled": true, "days": "30,1, 30"})).await.ok();
        assert_eq!(kept.reminders[2].days, "1, 30");
        assert_eq!(shop.staff.put("/api/v1/reminders/other", json!({"enabled": false, "days": ""})).await.error(404), "not_found");
    }
}
