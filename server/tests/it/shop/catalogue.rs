//! Connecting Stripe, and the Stripe check page.

use latchkey_shared::{
    api::stripe::{CatalogSynced, StripeCheck},
    offer::ReasonCode,
};
use serde_json::{Value, json};

use super::{Shop, in_both_shops, world::KEY};

in_both_shops! {
    async fn every_product_and_price_says_why_it_is_not_offered(mut shop: Shop) {
        let unmapped = shop.fake.seed_product("Unmapped", &[]);
        shop.fake.seed_price(&unmapped, "eur", 100, "month", &[("skm", "{}")]);
        let lost = shop.fake.seed_product("Lost", &[("skm_product_id", "4711")]);
        shop.fake.seed_price(&lost, "eur", 100, "month", &[("skm", "{}")]);
        let id = shop.product.to_string();
        let bare = shop.fake.seed_product("Bare", &[("skm_product_id", &id)]);
        let broken = shop.fake.seed_price(&bare, "eur", 100, "month", &[("skm", "{F1:true}")]);
        shop.fake.seed_price(&bare, "eur", 100, "month", &[]);
        let synced: CatalogSynced = shop.staff.post("/api/v1/stripe/sync", json!({})).await.ok();
        assert_eq!((synced.products, synced.prices, synced.offered), (4, 6, 2));

        let check: StripeCheck = shop.staff.get("/api/v1/stripe").await.ok();
        assert!(check.synced.is_some());
        let product = |name: &str| check.products.iter().find(|product| product.name == name).unwrap();
        let codes = |name: &str| product(name).problems.iter().map(|problem| problem.code).collect::<Vec<_>>();
        assert_eq!(codes("Editor at Stripe"), []);
        assert!(product("Editor at Stripe").prices.iter().all(|price| price.offered));
        assert_eq!(codes("Unmapped"), [ReasonCode::ProductIdMissing]);
        assert_eq!(codes("Lost"), [ReasonCode::ProductUnknown]);
        assert_eq!(codes("Bare"), [ReasonCode::NoPrices]);
        let price = product("Bare").prices.iter().find(|price| price.stripe_id == broken).unwrap();
        assert_eq!(price.problems[0].code, ReasonCode::KeyParamsNotJson);
        assert!(price.url.starts_with("https://dashboard.stripe.com/test/prices/"));
        assert_eq!(check.webhook.problems, Vec::<String>::new());
        assert_eq!(check.account.as_ref().unwrap().key_hint, &KEY[KEY.len() - 4..]);

        let path = format!("/api/v1/stripe/products/{unmapped}/map");
        let check: StripeCheck = shop.staff.post(&path, json!({"product": null})).await.ok();
        let mapped = check.products.iter().find(|product| product.stripe_id == unmapped).unwrap();
        assert_eq!((mapped.product_name.as_deref(), mapped.problems.len()), (Some("Unmapped"), 0));
        let at_stripe = shop.fake.object(&unmapped).unwrap();
        assert_eq!(at_stripe["metadata"]["skm_product_id"], json!(mapped.product.unwrap().to_string()));
        shop.staff.post(&format!("/api/v1/stripe/products/{lost}/map"), json!({"product": 99_999})).await.field("product");
        assert_eq!(shop.staff.post("/api/v1/stripe/products/prod_x/map", json!({"product": null})).await.error(404), "not_found");
    }

    async fn the_webhooks_health_says_what_is_wrong(mut shop: Shop) {
        let endpoint = shop.fake.objects("webhook_endpoint")[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/webhook_endpoints/{endpoint}");
        shop.at_stripe(&path, &[("disabled", "true"), ("enabled_events[]", "invoice.paid")]).await;
        shop.app.state.stripe.forget_what_is_known();
        let check: StripeCheck = shop.staff.get("/api/v1/stripe").await.ok();
        let problems = check.webhook.problems.join("\n");
        assert!(problems.contains("switched the webhook endpoint off"), "{problems}");
        assert!(problems.contains("does not send checkout.session.completed"), "{problems}");
        let check: StripeCheck = shop.staff.post("/api/v1/stripe/webhook", json!({})).await.ok();
        assert_eq!(check.webhook.problems, Vec::<String>::new(), "set up again");

        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.pay(&started, latchkey_stripe_fake::WebhookFate::Prompt);
        shop.fake.deliveries_settled().await;
        let check: StripeCheck = shop.staff.get("/api/v1/stripe").await.ok();
        assert!(check.webhook.pending > 0, "stored, and nobody has worked them off");
        shop.fake.advance(301);
        let check: StripeCheck = shop.staff.get("/api/v1/stripe").await.ok();
        assert!(check.webhook.problems[0].contains("waiting for more than five minutes"), "{:?}", check.webhook.problems);
        shop.settle().await;
        let check: StripeCheck = shop.staff.get("/api/v1/stripe").await.ok();
        assert_eq!((check.webhook.pending, check.webhook.problems.len()), (0, 0));
        assert!(check.webhook.last_event.is_some());
        shop.fake.advance(15 * 86_400);
        let mut staff = shop.app.staff(latchkey_shared::permission::Role::Admin).await;
        let check: StripeCheck = staff.get("/api/v1/stripe").await.ok();
        assert!(check.webhook.problems[0].contains("for two weeks"), "{:?}", check.webhook.problems);
    }

    async fn a_price_may_name_a_licence_template(mut shop: Shop) {
        let id = shop.product.to_string();
        let product = shop.fake.seed_product("Team", &[("skm_product_id", &id)]);
        let template = json!({"name": "Team", "params": r#"{"F2":true,"MaxNoOfMachines":7,"Notes":"Team"}"#});
        let made: Value = shop.staff.post(&format!("/api/v1/products/{id}/templates"), template.clone()).await.ok();
        let number = made["id"].as_i64().unwrap();
        let early = shop.fake.seed_price(&product, "eur", 900, "month", &[("skm", &format!(r#"{{"TemplateId":{}}}"#, number + 1))]);
        let price = shop.fake.seed_price(&product, "eur", 800, "month", &[("skm", &format!(r#"{{"TemplateId":{number},"F1":true}}"#))]);
        shop.staff.post("/api/v1/stripe/sync", json!({})).await.done();
        let check: StripeCheck = shop.staff.get("/api/v1/stripe").await.ok();
        let prices: Vec<_> = check.products.iter().flat_map(|product| &product.prices).collect();
        let of = |id: &str| prices.iter().find(|price| price.stripe_id == id).unwrap();
        assert!(of(&price).offered);
        assert_eq!(of(&early).problems[0].code, ReasonCode::TemplateUnknown);

        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &price).await;
        let key = shop.keys().await.remove(0);
        assert_eq!((key.f1, key.f2, key.max_machines), (true, true, 7), "the price's own, over the template's");
        assert_eq!(shop.attention().await, []);
        let path = format!("/api/v1/templates/{number}");
        assert_eq!(shop.staff.delete(&path).await.error(409), "template_in_use");
        shop.staff.post(&format!("/api/v1/products/{id}/templates"), template).await.done();
        let check: StripeCheck = shop.staff.get("/api/v1/stripe").await.ok();
        let mut prices = check.products.iter().flat_map(|product| &product.prices);
        assert!(prices.find(|price| price.stripe_id == early).unwrap().offered, "it is there now");
    }

    async fn changes_at_stripe_arrive_by_event(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.at_stripe(&format!("/v1/prices/{}", shop.yearly), &[("nickname", "Whole year")]).await;
        shop.settle().await;
        let plans: latchkey_shared::api::portal::Plans = ann.portal.get("/api/v1/portal/plans").await.ok();
        assert!(plans.products[0].plans.iter().any(|plan| plan.name == "Whole year"));
        shop.at_stripe(&format!("/v1/products/{}", shop.stripe_product), &[("active", "false")]).await;
        shop.settle().await;
        let plans: latchkey_shared::api::portal::Plans = ann.portal.get("/api/v1/portal/plans").await.ok();
        assert_eq!(plans.products, []);
        assert!(plans.unavailable.is_some());
    }

    async fn keys_that_are_refused(mut shop: Shop) {
        for (key, words) in [
            ("pk_test_0123456789", "publishable"),
            ("whsec_0123456789", "begins with"),
            ("sk_live_0123456789", "test key"),
            ("sk_test_with space", "letters and digits"),
        ] {
            let form = json!({"secret_key": key, "provision_webhook": false});
            let message = shop.staff.put("/api/v1/stripe/account", form).await.field("secret_key");
            assert!(message.contains(words), "{key}: {message}");
        }
        let form = json!({"secret_key": KEY, "provision_webhook": false, "webhook_secret": "nonsense"});
        shop.staff.put("/api/v1/stripe/account", form).await.field("webhook_secret");
    }

    async fn a_restricted_key_says_what_it_lacks(mut shop: Shop) {
        let key = "rk_test_0123456789";
        for permission in ["rak_accounts_kyc_basic_read", "rak_dispute_read", "rak_charge_read", "rak_event_read", "rak_customer_portal_read",
            "rak_billing_meter_read", "rak_billing_meter_event_write"] {
            shop.fake.deny(key, permission);
        }
        let check: StripeCheck =
            shop.staff.put("/api/v1/stripe/account", json!({"secret_key": key, "provision_webhook": false})).await.ok();
        let names: Vec<_> = check.missing_permissions.iter().map(|missing| missing.name.as_str()).collect();
        assert_eq!(names, ["Account: read", "Charges and Refunds: write", "Disputes: read", "Events: read", "Customer portal: write",
            "Billing Meters: read", "Billing Meter Events: write"]);
        let account = check.account.unwrap();
        assert!(account.restricted);
        assert!(account.id.starts_with("acct_") && account.id != "acct_unknown", "what was known is kept");
    }

    async fn disconnecting_forgets_the_key_and_nothing_else(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        assert_eq!(shop.staff.delete("/api/v1/stripe/account").await.status.as_u16(), 204);
        let check: StripeCheck = shop.staff.get("/api/v1/stripe").await.ok();
        assert_eq!(check.account, None);
        assert_eq!(shop.staff.post("/api/v1/stripe/sync", json!({})).await.error(503), "stripe_not_connected");
        let plans: latchkey_shared::api::portal::Plans = ann.portal.get("/api/v1/portal/plans").await.ok();
        assert!(plans.unavailable.is_some());
        assert_eq!(shop.home(&mut ann).await.licences.len(), 1);
        shop.staff.put("/api/v1/stripe/account", json!({"secret_key": KEY, "provision_webhook": true})).await.done();
        assert_eq!(shop.fake.objects("webhook_endpoint").len(), 1, "the endpoint is mended, not doubled");
    }
}

/// The key and the webhook's secret come with the start.
#[tokio::test]
async fn a_key_that_is_set_at_start() {
    let shop = Shop::with_settings(false, |args| {
        args.stripe_secret_key = Some(KEY.to_owned());
        args.stripe_webhook_secret = Some("whsec_from_the_start".to_owned());
    });
    let mut shop = shop.await.unwrap();
    latchkey::billing::connecting::adopt_flags(&shop.app.state).await.unwrap();
    latchkey::billing::connecting::adopt_flags(&shop.app.state).await.unwrap();
    let check: StripeCheck = shop.staff.get("/api/v1/stripe").await.ok();
    assert!(check.account.unwrap().fixed);
    assert!(check.webhook.endpoint.is_some_and(|endpoint| !endpoint.provisioned));
    let form = json!({"secret_key": KEY, "provision_webhook": false});
    assert_eq!(shop.staff.put("/api/v1/stripe/account", form).await.error(409), "stripe_key_is_fixed");
    assert_eq!(shop.staff.delete("/api/v1/stripe/account").await.error(409), "stripe_key_is_fixed");
    let payload = json!({"id": "evt_1", "type": "payout.paid", "livemode": false}).to_string();
    let answer = shop.deliver("/webhooks/stripe", &payload, &["whsec_from_the_start"], 0).await;
    assert_eq!(answer.status.as_u16(), 204);
    latchkey::billing::reconcile::run_now(&shop.app.state, latchkey::billing::reconcile::Sweep::Catalogue)
        .await
        .unwrap();
    shop.settle().await;
    let mut ann = shop.buyer("Ann").await;
    let progress = {
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.pay(&started, latchkey_stripe_fake::WebhookFate::Lost);
        shop.app.state.clock.advance(1_000);
        shop.progress(&mut ann, &started).await
    };
    assert_eq!(progress.licences.len(), 1);
}
