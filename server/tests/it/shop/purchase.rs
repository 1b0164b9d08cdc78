//! From the plan to the key.

use std::time::Duration;

use latchkey_shared::{
    api::{
        portal::{CheckoutStep, Plans},
        subscriptions::SubscriptionRow,
    },
    status::{KeyStatus, SubscriptionStatus},
};
use latchkey_store::entity::data_object;
use latchkey_stripe_fake::WebhookFate;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use super::{Shop, in_both_shops, world::KEY};

in_both_shops! {
    async fn a_customer_buys_and_has_a_key(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let plans: Plans = ann.portal.get("/api/v1/portal/plans").await.ok();
        let offered = &plans.products[0];
        assert_eq!((offered.name.as_str(), offered.subscribed), ("Editor", false));
        assert_eq!(offered.plans.len(), 2);
        assert_eq!(offered.plans[0].includes, ["Export", "2 machines"]);

        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        assert!(started.url.starts_with(&shop.fake.origin()), "{}", started.url);
        assert_eq!(shop.progress(&mut ann, &started).await.step, CheckoutStep::Open);
        let session = &shop.fake.objects("checkout.session")[0];
        assert_eq!(session["success_url"], json!(shop.app.state.config.url(&format!("/Portal/Checkout/{}", started.checkout))));

        shop.pay(&started, WebhookFate::Prompt);
        let waiting = shop.stripe_subscription();
        let placeholder = waiting["metadata"]["skm_temp_var"].as_str().unwrap();
        assert!(placeholder.starts_with("This parameter will replaced with 'skm_key_id'."), "{placeholder}");
        assert_eq!(waiting["metadata"]["skm_customer_id"], json!(ann.id.to_string()));
        shop.settle().await;

        let progress = shop.progress(&mut ann, &started).await;
        assert_eq!(progress.step, CheckoutStep::Ready);
        assert!(progress.receipt_url.is_some());
        let licence = &progress.licences[0];
        assert_eq!(licence.allows, ["Export", "2 machines"]);
        assert_eq!(licence.status, KeyStatus::Active);

        let keys = shop.keys().await;
        assert_eq!(keys.len(), 1);
        assert_eq!((keys[0].number, keys[0].max_machines, keys[0].f3, keys[0].f1), (1, 2, true, false));
        let told = shop.stripe_subscription();
        assert_eq!(told["metadata"]["skm_key_id"], json!(keys[0].number.to_string()));
        assert_eq!(told["metadata"]["skm_key_globalid"], json!(keys[0].id.to_string()));
        assert_eq!(told["metadata"].get("skm_temp_var"), None);
        let objects = data_object::Entity::find()
            .filter(data_object::Column::Name.eq("cryptolens_stripesubscriptionitemid"))
            .all(shop.app.state.store.read()).await.unwrap();
        assert_eq!((objects[0].ref_id, objects[0].string_value.as_str()), (keys[0].id, told["items"]["data"][0]["id"].as_str().unwrap()));

        // What subscriptions have stays what it is.
        let path = format!("/api/v1/products/{}", shop.product);
        let mut sold: serde_json::Value = shop.staff.get(&path).await.ok();
        let kept = ["name", "description", "active", "grace_days", "feature_names", "version", "kind"];
        sold.as_object_mut().unwrap().retain(|name, _| kept.contains(&name.as_str()));
        sold["kind"] = json!("extra");
        shop.staff.patch(&path, sold).await.field("kind");

        // The licence runs five days of grace longer than the month that is paid.
        let end = told["items"]["data"][0]["current_period_end"].as_i64().unwrap() * 1_000;
        assert_eq!(keys[0].expires_at, Some(end + 5 * 86_400_000));
        let home = shop.home(&mut ann).await;
        let subscription = &home.subscriptions[0];
        assert_eq!(subscription.status, SubscriptionStatus::Active);
        assert_eq!(subscription.paid_through.unwrap().millis(), end);
        assert_eq!(subscription.next_payment.unwrap().millis(), end);
        assert_eq!(subscription.price.unwrap().minor, 900);
        assert_eq!(shop.key_mails().await, 1);
        assert_eq!(shop.attention().await, []);

        let row: SubscriptionRow = shop.staff.get(&format!("/api/v1/subscriptions/{}", subscription.id)).await.ok();
        assert_eq!(row.keys[0].id, 1);
        assert!(row.stripe_url.unwrap().starts_with("https://dashboard.stripe.com/test/subscriptions/sub_"));
        let customers = shop.fake.objects("customer");
        assert_eq!(customers.len(), 1);
        assert_eq!(customers[0]["metadata"]["skm_customer_id"], json!(ann.id.to_string()));
        let open = shop.events().await.iter().filter(|event| event.status == "pending").count();
        assert_eq!(open, 0, "{:#?}", shop.events().await.iter().map(|event| (&event.kind, &event.status)).collect::<Vec<_>>());
    }

    async fn without_any_webhook_the_success_page_finishes_it(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.pay(&started, WebhookFate::Lost);
        shop.app.state.clock.advance(1_000);
        let progress = shop.progress(&mut ann, &started).await;
        assert_eq!(progress.step, CheckoutStep::Ready, "in the first answer after paying");
        assert_eq!(progress.licences.len(), 1);
        assert_eq!(shop.events().await.len(), 0);
        shop.settle().await;
        assert!(shop.stripe_subscription()["metadata"]["skm_key_id"].is_string());
    }

    async fn two_windows_are_one_purchase_and_another_plan_takes_its_place(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let plan = shop.plan(&mut ann, &shop.monthly.clone()).await;
        let (mut one, mut two) = (ann.portal.clone(), ann.portal.clone());
        let form = json!({"plan": plan});
        let (first, second) = tokio::join!(
            one.post("/api/v1/portal/checkouts", form.clone()),
            two.post("/api/v1/portal/checkouts", form.clone()),
        );
        assert_eq!(first.ok::<serde_json::Value>(), second.ok::<serde_json::Value>());
        assert_eq!(shop.fake.objects("checkout.session").len(), 1);
        assert_eq!(shop.fake.objects("customer").len(), 1);

        let other = shop.start(&mut ann, &shop.yearly.clone()).await;
        let sessions = shop.fake.objects("checkout.session");
        assert_eq!(sessions.iter().filter(|session| session["status"] == "open").count(), 1);
        let first: latchkey_shared::api::portal::CheckoutStarted = first.ok();
        assert_eq!(shop.progress(&mut ann, &first).await.step, CheckoutStep::Abandoned);

        shop.pay(&other, WebhookFate::Prompt);
        shop.settle().await;
        let answer = ann.portal.post("/api/v1/portal/checkouts", form).await;
        assert_eq!(answer.error(409), "already_subscribed");
        let plans: Plans = ann.portal.get("/api/v1/portal/plans").await.ok();
        assert!(plans.products[0].subscribed);
        let yours = plans.products[0].plans.iter().find(|plan| plan.id == plans.products[0].yours[0]).unwrap();
        assert_eq!(yours.stripe_price.as_ref(), Some(&shop.yearly));
        assert_eq!(plans.products[0].yours.len(), 1);
    }

    async fn one_who_paid_in_another_window_is_led_to_the_key(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.pay(&started, WebhookFate::Lost);
        let again = shop.start(&mut ann, &shop.monthly.clone()).await;
        assert_eq!(again.checkout, started.checkout);
        assert!(again.url.ends_with(&format!("/Portal/Checkout/{}", started.checkout)), "{}", again.url);
        assert_eq!(shop.keys().await.len(), 1);
    }

    async fn a_purchase_belongs_to_its_customer(mut shop: Shop) {
        let (mut ann, mut bob) = (shop.buyer("Ann").await, shop.buyer("Bob").await);
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        let path = format!("/api/v1/portal/checkouts/{}", started.checkout);
        assert_eq!(bob.portal.get(&path).await.error(404), "not_found");
        shop.pay(&started, WebhookFate::Prompt);
        shop.settle().await;
        let id = shop.home(&mut ann).await.subscriptions[0].id;
        for action in ["cancel", "keep"] {
            let path = format!("/api/v1/portal/subscriptions/{id}/{action}");
            assert_eq!(bob.portal.post(&path, json!({})).await.error(404), "not_found");
        }
        assert_eq!(shop.home(&mut bob).await.licences, []);
        assert_eq!(bob.portal.post("/api/v1/portal/billing/portal", json!({})).await.error(409), "nothing_to_manage");
    }

    async fn plans_that_are_gone_and_bad_input(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let plan = shop.plan(&mut ann, &shop.monthly.clone()).await;
        assert_eq!(ann.portal.post("/api/v1/portal/checkouts", json!({"plan": 999})).await.error(404), "not_found");
        ann.portal.post("/api/v1/portal/checkouts", json!({"plan": "x"})).await.field("plan");
        shop.at_stripe(&format!("/v1/prices/{}", shop.monthly), &[("active", "false")]).await;
        let refused = ann.portal.post("/api/v1/portal/checkouts", json!({"plan": plan})).await;
        assert_eq!(refused.error(502), "stripe_failed", "Stripe knows before we do");
        shop.settle().await;
        let refused = ann.portal.post("/api/v1/portal/checkouts", json!({"plan": plan})).await;
        assert_eq!(refused.error(409), "not_offered");
    }

    async fn an_extra_is_not_sold_by_itself(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let plan = shop.plan(&mut ann, &shop.monthly.clone()).await;
        let path = format!("/api/v1/products/{}", shop.product);
        let product: serde_json::Value = shop.staff.get(&path).await.ok();
        let form = json!({
            "name": product["name"], "description": product["description"], "kind": "extra", "active": true,
            "grace_days": product["grace_days"], "feature_names": product["feature_names"], "version": product["version"],
        });
        shop.staff.patch(&path, form).await.done();
        let plans: Plans = ann.portal.get("/api/v1/portal/plans").await.ok();
        assert_eq!(plans.products, [], "nothing to choose from");
        let refused = ann.portal.post("/api/v1/portal/checkouts", json!({"plan": plan})).await;
        assert_eq!(refused.error(409), "not_offered");
    }

    async fn a_deleted_stripe_customer_does_not_stop_the_next_purchase(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let stripe_customer = shop.fake.objects("customer")[0]["id"].as_str().unwrap().to_owned();
        let url = format!("{}/v1/customers/{stripe_customer}", shop.app.state.config.stripe_api_base);
        reqwest::Client::new().delete(url).bearer_auth(KEY).send().await.unwrap();
        shop.settle().await;
        assert_eq!(shop.attention().await, [latchkey_shared::attention::AttentionCode::StripeCustomerDeleted]);
        assert_eq!(shop.home(&mut ann).await.subscriptions[0].status, SubscriptionStatus::Cancelled);
        let opened = ann.portal.post("/api/v1/portal/billing/portal", json!({})).await;
        assert_eq!(opened.error(409), "gone_at_stripe", "without Stripe's ids and words");
        let bought = shop.sell(&mut ann, &shop.yearly.clone()).await;
        assert_eq!(bought.step, CheckoutStep::Ready);
        assert_eq!(shop.keys().await.len(), 2);
    }

    async fn a_page_that_is_closed_too_early_stops_nothing(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.pay(&started, WebhookFate::Lost);
        shop.app.state.clock.advance(1_000);
        shop.fake.chaos(|chaos| chaos.latency_ms = 200);
        let path = format!("/api/v1/portal/checkouts/{}", started.checkout);
        let gone = tokio::time::timeout(Duration::from_millis(100), ann.portal.get(&path)).await;
        assert!(gone.is_err(), "the customer left before the answer");
        for _ in 0..200 {
            if !shop.keys().await.is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("what the page began was not finished");
    }
}

/// Money has the same gate as everything else: the server asks for the terms, not the page.
#[tokio::test]
async fn until_the_terms_are_accepted_nothing_can_be_bought() {
    let mut shop = Shop::open(false).await.unwrap();
    let mut ann = shop.buyer("Ann").await;
    shop.sell(&mut ann, &shop.monthly.clone()).await;
    let terms = json!({"url": "https://vendor.test/terms", "version": "1"});
    shop.staff.put("/api/v1/settings/terms", terms).await.done();
    for page in ["home", "plans", "licences", "billing", "checkouts/x"] {
        assert_eq!(
            ann.portal.get(&format!("/api/v1/portal/{page}")).await.error(403),
            "terms_required",
            "{page}"
        );
    }
    for (action, body) in [
        ("checkouts", json!({"plan": 1})),
        ("billing/portal", json!({})),
        ("subscriptions/1/cancel", json!({})),
        ("subscriptions/1/keep", json!({})),
    ] {
        let answer = ann.portal.post(&format!("/api/v1/portal/{action}"), body).await;
        assert_eq!(answer.error(403), "terms_required", "{action}");
    }
}
