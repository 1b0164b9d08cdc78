//! No charge without a key: whatever was missed is found, and what a person must decide is shown.

use latchkey::billing::{
    reconcile::{self, Sweep},
    work, worker,
};
use latchkey_shared::{attention::AttentionCode, status::SubscriptionStatus};
use latchkey_store::sync_jobs;
use latchkey_stripe_fake::{ApiFault, FaultKind, SeedCustomer, SeedSubscription, WebhookFate};
use serde_json::json;

use super::{Shop, in_both_shops};

fn fault(kind: FaultKind, call: &str, times: u32) -> ApiFault {
    ApiFault { kind, call: call.to_owned(), times }
}

in_both_shops! {
    async fn a_lost_webhook_and_a_closed_window_are_found_by_the_sweeps(mut shop: Shop) {
        let (mut ann, mut bob) = (shop.buyer("Ann").await, shop.buyer("Bob").await);
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.pay(&started, WebhookFate::Lost);
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 0);
        shop.fake.advance(180);
        reconcile::run_now(&shop.app.state, Sweep::Local).await.unwrap();
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 1, "by the purchase that waits");

        let started = shop.start(&mut bob, &shop.yearly.clone()).await;
        shop.pay(&started, WebhookFate::Lost);
        shop.fake.advance(180);
        reconcile::run_now(&shop.app.state, Sweep::Recent).await.unwrap();
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 2, "by Stripe's own list");
        assert_eq!(shop.key_mails().await, 2);
        for subscription in shop.fake.objects("subscription") {
            assert!(subscription["metadata"]["skm_temp_var"].is_null(), "{subscription:#}");
        }
        reconcile::run_now(&shop.app.state, Sweep::Recent).await.unwrap();
        let before = shop.fake.objects("event").len();
        shop.settle().await;
        assert_eq!(shop.fake.objects("event").len(), before, "nothing differs any more");
    }

    async fn events_that_could_not_be_delivered_are_fetched(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.fake.chaos(|chaos| chaos.webhooks.corrupt_next = 1_000);
        shop.pay(&started, WebhookFate::Prompt);
        shop.settle().await;
        assert_eq!(shop.events().await.len(), 0);
        reconcile::run_now(&shop.app.state, Sweep::MissedEvents).await.unwrap();
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 1);
    }

    async fn stripe_that_is_down_for_a_while_loses_nothing(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        // Four tries of each call fail, and then the next run's first ones too.
        shop.fake.chaos(|chaos| chaos.api = [fault(FaultKind::ServerError, "GET /v1/", 8)].into());
        shop.pay(&started, WebhookFate::Prompt);
        for _ in 0..6 {
            shop.settle().await;
            shop.fake.advance(60);
        }
        assert_eq!(shop.keys().await.len(), 1);
        let told = shop.stripe_subscription();
        assert!(told["metadata"]["skm_key_id"].is_string(), "{told:#}");
        assert!(shop.events().await.iter().all(|event| event.status != "pending"));
    }

    async fn a_write_back_that_fails_or_is_not_confirmed_is_done_again(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.fake.chaos(|chaos| {
            chaos.api = [fault(FaultKind::ServerErrorAfterCommit, "POST /v1/subscriptions/", 4)].into();
        });
        shop.pay(&started, WebhookFate::Prompt);
        for _ in 0..4 {
            shop.settle().await;
            shop.fake.advance(60);
        }
        reconcile::run_now(&shop.app.state, Sweep::Local).await.unwrap();
        shop.settle().await;
        let told = shop.stripe_subscription();
        assert!(told["metadata"]["skm_key_id"].is_string(), "{told:#}");
        assert!(told["metadata"].get("skm_temp_var").is_none());
        assert_eq!(shop.keys().await.len(), 1);
    }

    async fn a_broken_price_is_shown_and_heals_when_it_is_mended(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        let price = format!("/v1/prices/{}", shop.monthly);
        shop.at_stripe(&price, &[("metadata[skm]", "{F1:true}")]).await;
        shop.pay(&started, WebhookFate::Prompt);
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 0);
        assert_eq!(shop.attention().await, [AttentionCode::BadPriceMetadata]);
        let progress = shop.progress(&mut ann, &started).await;
        assert_eq!(progress.step, latchkey_shared::api::portal::CheckoutStep::Issuing);
        assert!(progress.waiting_since.is_some());
        assert!(shop.home(&mut ann).await.subscriptions[0].key_pending);

        shop.at_stripe(&price, &[("metadata[skm]", r#"{"F1":true}"#)]).await;
        shop.fake.advance(180);
        reconcile::run_now(&shop.app.state, Sweep::Local).await.unwrap();
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 1);
        assert_eq!(shop.attention().await, []);
        assert!(!shop.home(&mut ann).await.subscriptions[0].key_pending);

        shop.at_stripe(&price, &[("metadata[skm]", "broken again")]).await;
        let id = shop.home(&mut ann).await.subscriptions[0].id;
        shop.staff.post(&format!("/api/v1/subscriptions/{id}/sync"), json!({})).await.done();
        let key = shop.keys().await.remove(0);
        assert!(key.f1 && !key.blocked, "what was bought before stays");
    }

    async fn an_unknown_product_is_shown(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.at_stripe(&format!("/v1/products/{}", shop.stripe_product), &[("metadata[skm_product_id]", "4711")]).await;
        shop.pay(&started, WebhookFate::Prompt);
        shop.settle().await;
        assert_eq!(shop.attention().await, [AttentionCode::UnknownProduct]);
        assert_eq!(shop.keys().await.len(), 0);
        assert!(shop.stripe_subscription()["metadata"]["skm_temp_var"].is_string());
    }

    async fn subscriptions_made_in_stripe_itself(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let (customer, ids) = (ann.id.to_string(), [("skm_customer_id", ann.id.to_string())]);
        let known = shop.fake.seed_customer(&SeedCustomer {
            name: "Ann", email: "ann@buyer.test", metadata: &[("skm_customer_id", &customer)], ..SeedCustomer::default()
        });
        assert_eq!(ids.len(), 1);
        let stranger = shop.fake.seed_customer(&SeedCustomer { name: "X", email: "x@x.test", ..SeedCustomer::default() });
        let other = shop.fake.seed_product("Something else", &[]);
        let foreign = shop.fake.seed_price(&other, "eur", 100, "month", &[]);
        for (customer, price) in [(&known, &shop.monthly), (&stranger, &shop.monthly), (&stranger, &foreign)] {
            shop.fake.seed_subscription(&SeedSubscription { customer, items: &[(price, 1)], ..SeedSubscription::default() });
        }
        reconcile::run_now(&shop.app.state, Sweep::Recent).await.unwrap();
        shop.settle().await;
        assert_eq!(shop.home(&mut ann).await.licences.len(), 1);
        assert_eq!(shop.keys().await.len(), 1);
        let mut codes = shop.attention().await;
        codes.sort();
        assert_eq!(codes, [AttentionCode::UnknownCustomer, AttentionCode::ForeignSubscription]);
    }

    async fn a_vendor_who_comes_from_elsewhere_keeps_keys_and_conflicts_are_shown(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let form = json!({"customer": ann.id, "period_days": 0, "features": [true,false,false,false,false,false,false,false],
            "max_machines": 9, "trial_activation": false, "notes": ""});
        shop.staff.post(&format!("/api/v1/products/{}/keys", shop.product), form).await.done();
        let customer = ann.id.to_string();
        let known = shop.fake.seed_customer(&SeedCustomer {
            name: "Ann", email: "ann@buyer.test", metadata: &[("skm_customer_id", &customer)], ..SeedCustomer::default()
        });
        let items: &[(&str, i64)] = &[(&shop.monthly, 1)];
        shop.fake.seed_subscription(&SeedSubscription {
            customer: &known, items, metadata: &[("skm_key_id", "1")], ..SeedSubscription::default()
        });
        reconcile::run_now(&shop.app.state, Sweep::Recent).await.unwrap();
        shop.settle().await;
        let keys = shop.keys().await;
        assert_eq!(keys.len(), 1, "the key that Stripe names is adopted");
        assert_eq!(keys[0].max_machines, 9, "with what staff gave it");
        assert!(keys[0].expires_at.is_some());
        let told = shop.stripe_subscription();
        assert_eq!(told["metadata"]["skm_key_globalid"], json!(keys[0].id.to_string()));
        assert_eq!(shop.key_mails().await, 0);

        let id = told["id"].as_str().unwrap();
        shop.at_stripe(&format!("/v1/subscriptions/{id}"), &[("metadata[skm_key_id]", "77")]).await;
        shop.settle().await;
        assert_eq!(shop.attention().await, [AttentionCode::KeyConflict]);
        assert_eq!(shop.stripe_subscription()["metadata"]["skm_key_id"], json!("77"), "nothing is overwritten");
        shop.at_stripe(&format!("/v1/subscriptions/{id}"), &[("metadata[skm_key_id]", "1")]).await;
        shop.settle().await;
        assert_eq!(shop.attention().await, []);
        assert_eq!(shop.home(&mut ann).await.licences.len(), 1);
    }

    async fn a_renewal_that_fails_a_grace_and_an_end(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let first = shop.keys().await.remove(0);
        shop.wait_days(32).await;
        let renewed = shop.keys().await.remove(0);
        assert!(renewed.expires_at > first.expires_at, "paid for another month");
        assert_eq!(renewed.key_text, first.key_text);

        let customer = shop.fake.objects("customer")[0]["id"].as_str().unwrap().to_owned();
        shop.fake.set_card(&customer, "4000000000000341").unwrap();
        shop.fake.chaos(|chaos| chaos.declines.insert(customer.clone(), "insufficient_funds".to_owned()));
        shop.wait_days(30).await;
        ann.portal = shop.app.portal(ann.id).await;
        let home = shop.home(&mut ann).await;
        assert_eq!(home.subscriptions[0].status, SubscriptionStatus::PastDue);
        assert_eq!(shop.keys().await[0].expires_at, renewed.expires_at, "nothing is taken away, nothing given");
        assert!(!shop.keys().await[0].blocked);
        shop.wait_days(40).await;
        ann.portal = shop.app.portal(ann.id).await;
        let home = shop.home(&mut ann).await;
        assert_eq!(home.subscriptions[0].status, SubscriptionStatus::Cancelled);
        assert!(shop.keys().await[0].blocked);
        assert_eq!(shop.keys().await[0].block_source.as_deref(), Some("billing"));
    }

    async fn billing_lifts_only_its_own_block(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let key = shop.keys().await.remove(0);
        shop.staff.post(&format!("/api/v1/keys/{}/block", key.id), json!({"blocked": true, "reason": "abuse"})).await.done();
        shop.wait_days(32).await;
        let after = shop.keys().await.remove(0);
        assert!(after.blocked && after.block_source.as_deref() == Some("staff"));
        assert!(after.expires_at > key.expires_at, "its expiry goes on");
    }

    async fn what_a_dead_worker_held_is_taken_over(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.pay(&started, WebhookFate::Prompt);
        shop.fake.deliveries_settled().await;
        // A worker dies with everything claimed: after the hand-over, before the fetch.
        worker::hand_over(&shop.app.state).await.unwrap();
        let now = shop.app.state.clock.now();
        let transaction = shop.app.state.store.begin().await.unwrap();
        while sync_jobs::claim(&transaction, now, now + 180_000).await.unwrap().is_some() {}
        transaction.commit().await.unwrap();
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 0, "held by whoever died");
        shop.fake.advance(181);
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 1);
        assert!(shop.events().await.iter().all(|event| event.status != "pending"));
    }

    async fn a_crash_between_the_key_and_its_write_back(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.pay(&started, WebhookFate::Prompt);
        shop.fake.deliveries_settled().await;
        worker::hand_over(&shop.app.state).await.unwrap();
        while work::run_next(&shop.app.state).await.unwrap() {}
        assert_eq!(shop.keys().await.len(), 1);
        assert!(shop.stripe_subscription()["metadata"]["skm_temp_var"].is_string(), "not told yet");
        // The outbox's worker dies with the write-back in its hands.
        while latchkey::jobs::claim(&shop.app.state).await.unwrap().is_some() {}
        shop.settle().await;
        shop.fake.advance(121);
        shop.settle().await;
        assert!(shop.stripe_subscription()["metadata"]["skm_key_id"].is_string());
        assert_eq!((shop.keys().await.len(), shop.key_mails().await), (1, 1));
    }

    async fn a_change_to_another_product_is_another_key(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let pro: latchkey_shared::api::catalog::Product =
            shop.staff.post("/api/v1/products", json!({"name": "Editor Pro"})).await.ok();
        let product = shop.fake.seed_product("Editor Pro", &[("skm_product_id", &pro.id.to_string())]);
        let price = shop.fake.seed_price(&product, "eur", 1_900, "month", &[("skm", r#"{"F1":true}"#)]);
        let told = shop.stripe_subscription();
        let item = told["items"]["data"][0]["id"].as_str().unwrap();
        let path = format!("/v1/subscriptions/{}", told["id"].as_str().unwrap());
        shop.at_stripe(&path, &[("items[0][id]", item), ("items[0][price]", &price)]).await;
        shop.settle().await;
        let keys = shop.keys().await;
        assert_eq!(keys.len(), 2);
        assert!(keys[0].blocked && keys[0].expires_at.unwrap() <= shop.app.state.clock.now(), "no longer paid for");
        assert!(!keys[1].blocked);
        assert_eq!(shop.stripe_subscription()["metadata"]["skm_key_globalid"], json!(keys[1].id.to_string()));
        assert_eq!(shop.attention().await, []);
    }

    async fn a_mended_price_heals_what_waits_for_it_at_once(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        let price = format!("/v1/prices/{}", shop.monthly);
        shop.at_stripe(&price, &[("metadata[skm]", "")]).await;
        shop.pay(&started, WebhookFate::Prompt);
        shop.settle().await;
        assert_eq!(shop.attention().await, [AttentionCode::BadPriceMetadata]);
        shop.fake.advance(1);
        shop.at_stripe(&price, &[("metadata[skm]", "{}")]).await;
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 1, "by the price's own event");
        assert_eq!(shop.attention().await, []);
    }
}

/// With everything running as when serving: the key is there within a second of paying, by webhook alone.
#[tokio::test]
async fn the_running_server_does_it_within_a_second() {
    let mut shop = Shop::open(false).await.unwrap();
    let mut ann = shop.buyer("Ann").await;
    let stop = tokio_util::sync::CancellationToken::new();
    let mut background = tokio::task::JoinSet::new();
    latchkey::billing::start(&shop.app.state, &stop, &mut background);
    background.spawn(latchkey::jobs::worker::run(shop.app.state.clone(), stop.clone()));
    let started = shop.start(&mut ann, &shop.monthly.clone()).await;
    shop.pay(&started, WebhookFate::Prompt);
    let paid = std::time::Instant::now();
    while shop.keys().await.is_empty() {
        assert!(paid.elapsed().as_secs() < 10, "no key");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let took = paid.elapsed();
    while shop.stripe_subscription()["metadata"]["skm_key_id"].is_null() {
        assert!(paid.elapsed().as_secs() < 10, "not written back");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    stop.cancel();
    while background.join_next().await.is_some() {}
    assert!(took.as_millis() < 1_000, "{took:?}");
}
