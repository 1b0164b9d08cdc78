//! Two where there should be one: subscriptions, customers, rows, and accounts taken for each other.

use latchkey::billing::reconcile::{self, Sweep};
use latchkey_shared::{
    api::{attention::Attention, catalog::Product},
    attention::AttentionCode,
};
use latchkey_store::entity::{stripe_customer, subscription};
use latchkey_stripe_fake::WebhookFate;
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};

use crate::shop::{Shop, in_both_shops, two_accounts::Beside};

in_both_shops! {
    /// 14: two windows, two sessions, both paid.
    async fn two_paid_subscriptions_for_one_product_are_seen_and_one_is_given_back(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        // The second session was not made here: the portal itself hands out one at a time.
        let customer = shop.fake.objects("customer")[0]["id"].as_str().unwrap().to_owned();
        shop.fake.advance(5);
        let session = shop.at_stripe("/v1/checkout/sessions", &[
            ("mode", "subscription"), ("customer", &customer), ("success_url", "https://x.test"),
            ("line_items[0][price]", &shop.yearly), ("line_items[0][quantity]", "1"),
        ]).await;
        shop.fake.complete_checkout(session["id"].as_str().unwrap(), "4242424242424242", WebhookFate::Prompt).unwrap();
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 2, "whoever paid twice has both");
        assert_eq!(shop.attention().await, [AttentionCode::DuplicateSubscription]);

        let id = shop.attention_rows().await[0].id;
        let shown: Attention = shop.staff.get(&format!("/api/v1/attention/{id}")).await.ok();
        assert_eq!(shown.row.at_stake.unwrap().minor, 9_000);
        assert!(shown.row.detail.contains("Subscription 1 (sub_"), "the other one is named: {}", shown.row.detail);
        let path = format!("/api/v1/attention/{id}/refund-and-cancel");
        let shown: Attention = shop.staff.post(&path, json!({"reason": "Bought twice"})).await.ok();
        assert_eq!(shown.row.resolution.as_deref(), Some("refund_and_cancel"));
        shop.settle().await;
        let refunds = shop.fake.objects("refund");
        assert_eq!((refunds.len(), &refunds[0]["amount"]), (1, &json!(9_000)));
        let keys = shop.keys().await;
        assert!(!keys[0].blocked && keys[1].blocked);
        assert_eq!(shop.attention().await, []);
    }

    /// 15: several customers at Stripe for one customer here.
    async fn purchases_begun_at_once_make_one_stripe_customer(mut shop: Shop) {
        let viewer: Product = shop.staff.post("/api/v1/products", json!({"name": "Viewer"})).await.ok();
        let at_stripe = shop.fake.seed_product("Viewer", &[("skm_product_id", &viewer.id.to_string())]);
        let price = shop.fake.seed_price(&at_stripe, "eur", 300, "month", &[("skm", "{}")]);
        shop.staff.post("/api/v1/stripe/sync", json!({})).await.done();
        let mut ann = shop.buyer("Ann").await;
        let (editor, viewer) = (shop.plan(&mut ann, &shop.monthly.clone()).await, shop.plan(&mut ann, &price).await);
        let mut windows: Vec<_> = (0..6).map(|_| ann.portal.clone()).collect();
        let begun = windows.iter_mut().enumerate().map(|(index, window)| {
            let plan = if index % 2 == 0 { editor } else { viewer };
            window.post("/api/v1/portal/checkouts", json!({"plan": plan}))
        });
        for answer in futures::future::join_all(begun).await {
            answer.done();
        }
        assert_eq!(shop.fake.objects("customer").len(), 1);
        assert_eq!(shop.fake.objects("checkout.session").len(), 2, "one per product");
        let ties = stripe_customer::Entity::find().all(shop.app.state.store.read()).await.unwrap();
        assert_eq!(ties.len(), 1);
    }

    /// 17: the page after paying and the webhook make the same row at the same moment.
    async fn the_success_page_and_the_webhook_at_once_make_one_of_everything(mut shop: Shop) {
        for (index, name) in ["Ann", "Bob", "Cleo", "Dan"].into_iter().enumerate() {
            let mut buyer = shop.buyer(name).await;
            let started = shop.start(&mut buyer, &shop.monthly.clone()).await;
            shop.pay(&started, WebhookFate::Prompt);
            shop.fake.deliveries_settled().await;
            shop.app.state.clock.advance(1_000);
            let path = format!("/api/v1/portal/checkouts/{}", started.checkout);
            let (mut one, mut two) = (buyer.portal.clone(), buyer.portal.clone());
            let worker = async {
                latchkey::billing::worker::hand_over(&shop.app.state).await.unwrap();
                while latchkey::billing::work::run_next(&shop.app.state).await.unwrap() {}
            };
            let (first, (), second) = tokio::join!(one.get(&path), worker, two.get(&path));
            first.done();
            second.done();
            shop.settle().await;
            let rows = subscription::Entity::find().all(shop.app.state.store.read()).await.unwrap();
            assert_eq!((rows.len(), shop.keys().await.len(), shop.key_mails().await), (index + 1, index + 1, index + 1));
        }
    }
}

in_both_shops! {
    /// 16: an event of one account worked off with the key of another.
    async fn each_account_is_asked_with_its_own_key(mut beside: Beside) {
        let (other, endpoint) = (beside.other.clone(), beside.endpoint.clone());
        let (secret, account) = (beside.secret.clone(), beside.account);
        let shop = &mut beside.shop;
        let ann = shop.buyer("Ann").await;
        let customer = ann.id.to_string();
        // The same ids in both accounts would be a miracle; the same customer of ours is not.
        let payer = other.seed_customer(&latchkey_stripe_fake::SeedCustomer {
            name: "Ann", email: "ann@buyer.test", metadata: &[("skm_customer_id", &customer)], ..Default::default()
        });
        let product = other.seed_product("Editor elsewhere", &[("skm_product_id", &shop.product.to_string())]);
        let price = other.seed_price(&product, "usd", 1_000, "month", &[("skm", r#"{"F2":true}"#)]);
        let id = other.seed_subscription(&latchkey_stripe_fake::SeedSubscription {
            customer: &payer, items: &[(&price, 1)], ..Default::default()
        });
        let payload = json!({"id": "evt_1", "object": "event", "type": "customer.subscription.created", "livemode": false,
            "created": shop.app.state.clock.now() / 1_000, "data": {"object": {"id": id}}}).to_string();
        assert_eq!(shop.deliver(&endpoint, &payload, &["whsec_of_another_endpoint"], 0).await.error(400), "malformed");
        assert_eq!(shop.deliver(&endpoint, &payload, &[&secret], 0).await.status.as_u16(), 204);
        shop.settle().await;
        let keys = shop.keys().await;
        assert_eq!(keys.len(), 1);
        assert!(keys[0].f2);
        let told: Value = other.object(&id).unwrap();
        assert_eq!(told["metadata"]["skm_key_globalid"], json!(keys[0].id.to_string()));
        let rows = subscription::Entity::find().all(shop.app.state.store.read()).await.unwrap();
        assert_eq!((rows.len(), rows[0].account_id), (1, Some(account)));

        let mut bob = shop.buyer("Bob").await;
        shop.sell(&mut bob, &shop.monthly.clone()).await;
        assert_eq!(shop.keys().await.len(), 2, "and the first account goes on as before");
        reconcile::run_now(&shop.app.state, Sweep::Full).await.unwrap();
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 2);
    }
}
