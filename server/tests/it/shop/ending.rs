//! Customers end, keep, pay in Stripe's portal; several items, quantities, both shapes of Stripe's API.

use latchkey::billing::reconcile::{self, Sweep};
use latchkey_shared::{
    api::portal::{Billing, BillingPortal, PortalSubscription},
    status::SubscriptionStatus,
};
use latchkey_store::entity::communication;
use latchkey_stripe_fake::{SeedCustomer, SeedSubscription};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use serde_json::json;

use super::{Shop, in_both_shops, world::GOOD_CARD};

async fn confirmed(shop: &Shop) -> u64 {
    let told = communication::Entity::find().filter(communication::Column::Kind.eq("cancelled"));
    told.count(shop.app.state.store.read()).await.unwrap()
}

in_both_shops! {
    async fn cancel_at_the_periods_end_and_keep(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let id = shop.home(&mut ann).await.subscriptions[0].id;
        let path = |action: &str| format!("/api/v1/portal/subscriptions/{id}/{action}");
        let ending: PortalSubscription = ann.portal.post(&path("cancel"), json!({})).await.ok();
        assert_eq!(ending.cancels_at, ending.paid_through);
        assert_eq!((ending.can_cancel, ending.can_keep, ending.next_payment), (false, true, None));
        assert_eq!(ending.status, SubscriptionStatus::Active);
        assert_eq!(ann.portal.post(&path("cancel"), json!({})).await.error(409), "already_ending");
        let kept: PortalSubscription = ann.portal.post(&path("keep"), json!({})).await.ok();
        assert_eq!((kept.cancels_at, kept.can_cancel, kept.can_keep), (None, true, false));
        assert!(kept.next_payment.is_some());

        // As Stripe's portal does it: a date, and no flag.
        let at_stripe = shop.stripe_subscription();
        let end = at_stripe["items"]["data"][0]["current_period_end"].to_string();
        let sub = format!("/v1/subscriptions/{}", at_stripe["id"].as_str().unwrap());
        shop.at_stripe(&sub, &[("cancel_at", &end)]).await;
        shop.settle().await;
        assert!(shop.home(&mut ann).await.subscriptions[0].can_keep);
        let kept: PortalSubscription = ann.portal.post(&path("keep"), json!({})).await.ok();
        assert_eq!(kept.cancels_at, None);
        // Whoever cancels, the customer is told.
        assert_eq!(confirmed(&shop).await, 2);

        ann.portal.post(&path("cancel"), json!({})).await.done();
        shop.wait_days(33).await;
        let over = &shop.home(&mut ann).await.subscriptions[0];
        assert_eq!(over.status, SubscriptionStatus::Cancelled);
        assert!(shop.keys().await[0].blocked);
        assert_eq!(ann.portal.post(&path("keep"), json!({})).await.error(409), "already_over");
        assert_eq!(confirmed(&shop).await, 3, "its end is not told of once more");
    }

    async fn the_billing_page_with_and_without_stripe(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let empty: Billing = ann.portal.get("/api/v1/portal/billing").await.ok();
        assert!(!empty.can_manage && empty.invoices.is_empty());
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let page = ann.portal.get("/api/v1/portal/billing").await;
        let billing: Billing = page.ok();
        assert_eq!(billing.invoices.len(), 1);
        assert_eq!((billing.invoices[0].total.minor, billing.invoices[0].status.as_str()), (900, "paid"));
        assert!(billing.invoices[0].url.is_some());
        assert_eq!(billing.card.unwrap().last4, "4242");
        let tag = page.headers["etag"].to_str().unwrap().to_owned();
        let mut again = ann.portal.clone().with_header("if-none-match", &tag);
        assert_eq!(again.get("/api/v1/portal/billing").await.status.as_u16(), 304);

        let portal: BillingPortal = ann.portal.post("/api/v1/portal/billing/portal", json!({})).await.ok();
        assert!(portal.url.starts_with(&shop.fake.origin()));

        shop.app.state.stripe.forget_what_is_known();
        shop.fake.chaos(|chaos| chaos.latency_ms = 6_000);
        let poorer: Billing = ann.portal.get("/api/v1/portal/billing").await.ok();
        assert_eq!((poorer.subscriptions.len(), poorer.invoices.len()), (1, 0));
    }

    async fn quantities_extras_and_a_second_product(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let second: latchkey_shared::api::catalog::Product =
            shop.staff.post("/api/v1/products", json!({"name": "Viewer"})).await.ok();
        let viewer = shop.fake.seed_product("Viewer", &[("skm_product_id", &second.id.to_string())]);
        let viewer = shop.fake.seed_price(&viewer, "eur", 300, "month", &[("skm", r#"{"F2":true,"MaxNoOfMachines":1}"#)]);
        let seats = shop.fake.seed_price(&shop.stripe_product, "eur", 100, "month", &[("skm", r#"{"F8":true,"MaxNoOfMachines":3}"#)]);
        let customer = ann.id.to_string();
        let known = shop.fake.seed_customer(&SeedCustomer {
            name: "Ann", email: "ann@buyer.test", metadata: &[("skm_customer_id", &customer)], ..SeedCustomer::default()
        });
        let items: &[(&str, i64)] = &[(&shop.monthly, 3), (&seats, 2), (&viewer, 4)];
        let id = shop.fake.seed_subscription(&SeedSubscription { customer: &known, items, ..SeedSubscription::default() });
        reconcile::run_now(&shop.app.state, Sweep::Recent).await.unwrap();
        shop.settle().await;

        let keys = shop.keys().await;
        assert_eq!(keys.len(), 2, "one per licensed product");
        let editor = keys.iter().find(|key| key.product_id == shop.product).unwrap();
        let viewing = keys.iter().find(|key| key.product_id == second.id.0).unwrap();
        assert_eq!((editor.max_machines, editor.f3, editor.f8), (3 * 2 + 2 * 3, true, true));
        assert_eq!((viewing.max_machines, viewing.f2), (4, true));
        let told = shop.stripe_subscription();
        assert_eq!(told["metadata"]["skm_key_globalid"], json!(editor.id.to_string()));
        let item = told["items"]["data"].as_array().unwrap().iter().find(|item| item["price"]["id"] == json!(viewer)).unwrap();
        assert_eq!(item["metadata"]["skm_key_globalid"], json!(viewing.id.to_string()));
        assert_eq!(item["metadata"]["skm_key_id"], json!(viewing.number.to_string()));
        assert_eq!(shop.attention().await, []);

        let base = told["items"]["data"].as_array().unwrap().iter().find(|item| item["price"]["id"] == json!(shop.monthly)).unwrap();
        let base = base["id"].as_str().unwrap().to_owned();
        shop.at_stripe(&format!("/v1/subscriptions/{id}"), &[("items[0][id]", &base), ("items[0][quantity]", "5")]).await;
        shop.settle().await;
        let editor = shop.keys().await.into_iter().find(|key| key.product_id == shop.product).unwrap();
        assert_eq!(editor.max_machines, 5 * 2 + 2 * 3, "what is paid for now");
        assert_eq!(shop.keys().await.len(), 2);
        let _ = &mut ann;
    }

    async fn events_in_the_shape_of_older_versions(mut shop: Shop) {
        shop.fake.chaos(|chaos| chaos.webhooks.old_shape = true);
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let before = shop.keys().await.remove(0);
        shop.wait_days(32).await;
        assert!(shop.keys().await[0].expires_at > before.expires_at);
        assert!(shop.events().await.iter().all(|event| event.status != "pending"));
    }

    async fn two_subscriptions_for_one_product_are_shown_once(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let customer = shop.fake.objects("customer")[0]["id"].as_str().unwrap().to_owned();
        let items: &[(&str, i64)] = &[(&shop.yearly, 1)];
        shop.fake.set_card(&customer, GOOD_CARD).unwrap();
        shop.fake.advance(10);
        shop.fake.seed_subscription(&SeedSubscription { customer: &customer, items, ..SeedSubscription::default() });
        reconcile::run_now(&shop.app.state, Sweep::Recent).await.unwrap();
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 2, "what was paid for is there");
        assert_eq!(shop.attention().await, [latchkey_shared::attention::AttentionCode::DuplicateSubscription]);
    }
}
