//! Publishing products to Stripe: made once, completed where something is missing, finished after a failure.

use latchkey_shared::{
    api::{
        catalog::Product,
        portal::Plans,
        publish::{Publication, PublishAction},
    },
    permission::Role,
};
use latchkey_store::entity::audit;
use latchkey_stripe_fake::{ApiFault, FaultKind, WebhookFate};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};

use super::{Shop, in_both_shops};

/// A product that exists only here, with a monthly plan in two currencies and a yearly one.
async fn viewer(shop: &mut Shop) -> String {
    let product: Product =
        shop.staff.post("/api/v1/products", json!({"name": "Viewer", "description": "Looks on"})).await.ok();
    let path = format!("/api/v1/products/{}", product.id);
    let plan = |name: &str, unit: &str, prices: Value| {
        json!({"name": name, "count": 1, "unit": unit, "prices": prices, "max_machines": 3, "offered": true,
            "features": [true, false, false, false, false, false, false, false]})
    };
    let prices = json!([{"minor": 500, "currency": "EUR"}, {"minor": 600, "currency": "USD"}]);
    shop.staff.post(&format!("{path}/offline-plans"), plan("Monthly", "month", prices)).await.done();
    let prices = json!([{"minor": 5_000, "currency": "EUR"}]);
    shop.staff.post(&format!("{path}/offline-plans"), plan("Yearly", "year", prices)).await.done();
    format!("{path}/publication")
}

fn actions(shown: &Publication) -> Vec<PublishAction> {
    shown.steps.iter().map(|step| step.action).collect()
}

/// What Stripe has of it: ids of the products and prices.
fn at_stripe(shop: &Shop) -> (Vec<Value>, Vec<Value>) {
    let products: Vec<Value> =
        shop.fake.objects("product").into_iter().filter(|product| product["name"] == "Viewer").collect();
    let of = |price: &Value| products.iter().any(|product| product["id"] == price["product"]);
    let prices = shop.fake.objects("price").into_iter().filter(of).collect();
    (products, prices)
}

in_both_shops! {
    async fn a_product_of_ours_is_published_once_and_sold(mut shop: Shop) {
        use PublishAction::{Create, There};
        let path = viewer(&mut shop).await;
        let shown: Publication = shop.staff.get(&path).await.ok();
        assert_eq!(actions(&shown), [Create; 4]);
        assert!(shown.is_pending() && at_stripe(&shop).0.is_empty(), "looking writes nothing");
        let mut another = shop.app.staff(Role::Admin).await;
        let (one, two) = tokio::join!(shop.staff.post(&path, json!({})), another.post(&path, json!({})));
        let (one, two): (Publication, Publication) = (one.ok(), two.ok());
        assert_eq!((actions(&one), actions(&two)), (vec![There; 4], vec![There; 4]));
        let (products, prices) = at_stripe(&shop);
        assert_eq!((products.len(), prices.len()), (1, 3), "two windows at once make one of each");
        let number = path.split('/').nth(4).unwrap();
        assert_eq!(products[0]["metadata"]["skm_product_id"], number);
        assert_eq!(products[0]["description"], "Looks on");
        let yearly = prices.iter().find(|price| price["unit_amount"] == 5_000).unwrap();
        assert_eq!(yearly["metadata"]["skm"], r#"{"F1":true,"MaxNoOfMachines":3}"#);
        assert_eq!((yearly["nickname"].as_str(), yearly["recurring"]["interval"].as_str()), (Some("Yearly"), Some("year")));
        let again: Publication = shop.staff.post(&path, json!({})).await.ok();
        assert_eq!((again, at_stripe(&shop).1.len()), (one, 3));

        // It is offered at once, and what is bought has what the plan says.
        let mut ann = shop.buyer("Ann").await;
        let price = yearly["id"].as_str().unwrap().to_owned();
        let started = shop.start(&mut ann, &price).await;
        shop.pay(&started, WebhookFate::Prompt);
        shop.settle().await;
        assert_eq!(shop.progress(&mut ann, &started).await.licences.len(), 1);
        let key = shop.keys().await.remove(0);
        assert_eq!((key.f1, key.max_machines, key.product_id.to_string()), (true, 3, number.to_owned()));
        let entries = audit::Entity::find().filter(audit::Column::Action.eq("product_published"));
        assert!(!entries.all(shop.app.state.store.read()).await.unwrap().is_empty());
    }

    async fn only_what_is_chosen_is_published_with_its_trial(mut shop: Shop) {
        use PublishAction::{Create, There};
        let path = viewer(&mut shop).await;
        let plans = path.replace("publication", "offline-plans");
        let form = json!({"name": "Team", "count": 1, "unit": "month", "max_machines": 9, "offered": true,
            "prices": [{"minor": 900, "currency": "EUR"}], "features": vec![false; 8], "trial_days": 14});
        shop.staff.post(&plans, form).await.done();
        let shown: Publication = shop.staff.get(&path).await.ok();
        let team = shown.steps.iter().find(|step| step.name == "Team").unwrap();
        assert_eq!(team.trial_days, 14);
        let done: Publication = shop.staff.post(&path, json!({"plans": [team.plan]})).await.ok();
        assert_eq!(actions(&done).iter().filter(|action| **action == There).count(), 2, "the product and the plan");
        assert_eq!(actions(&done).iter().filter(|action| **action == Create).count(), 3);
        let prices = at_stripe(&shop).1;
        assert_eq!((prices.len(), prices[0]["recurring"]["trial_period_days"].as_i64()), (1, Some(14)));
        let again: Publication = shop.staff.post(&path, json!({"plans": [team.plan]})).await.ok();
        assert_eq!((again, at_stripe(&shop).1.len()), (done, 1));
        assert_eq!(shop.staff.post(&path, json!({"plan": 1})).await.error(422), "invalid");
        let mut ann = shop.buyer("Ann").await;
        let plans: Plans = ann.portal.get("/api/v1/portal/plans").await.ok();
        let viewer = plans.products.iter().find(|group| group.name == "Viewer").unwrap();
        assert_eq!(viewer.plans.iter().map(|plan| plan.trial_days).collect::<Vec<_>>(), [14]);
    }

    async fn what_broke_off_is_finished_by_the_next_press(mut shop: Shop) {
        let path = viewer(&mut shop).await;
        // Stripe makes the product and fails to say so, which it would repeat for a day; then it is away.
        let fault = |call: &str, times, kind| ApiFault { call: call.to_owned(), times, kind };
        shop.fake.chaos(|chaos| {
            chaos.api = [
                fault("POST /v1/products", 1, FaultKind::ServerErrorAfterCommit),
                fault("POST /v1/prices", 30, FaultKind::ServerError),
            ]
            .into();
        });
        let refused = shop.staff.post(&path, json!({})).await;
        assert!(refused.text.contains("Try again"), "{}", refused.text);
        assert_eq!(refused.error(502), "stripe_failed");
        shop.fake.chaos(|chaos| chaos.api.clear());
        let shown: Publication = shop.staff.get(&path).await.ok();
        assert!(shown.is_pending(), "{shown:#?}");
        let done: Publication = shop.staff.post(&path, json!({})).await.ok();
        assert!(!done.is_pending());
        let (products, prices) = at_stripe(&shop);
        assert_eq!((products.len(), prices.len()), (1, 3));
    }

    async fn what_was_made_at_stripe_by_hand_gets_what_it_lacks(mut shop: Shop) {
        use PublishAction::{Create, FillIn};
        let path = viewer(&mut shop).await;
        let product = shop.fake.seed_product("Viewer", &[]);
        let price = shop.fake.seed_price(&product, "eur", 500, "month", &[]);
        let shown: Publication = shop.staff.get(&path).await.ok();
        assert_eq!(actions(&shown), [FillIn, FillIn, Create, Create]);
        assert_eq!(shown.steps[1].stripe_id.as_deref(), Some(price.as_str()));
        shop.staff.post(&path, json!({})).await.done();
        let number = path.split('/').nth(4).unwrap();
        assert_eq!(shop.fake.object(&product).unwrap()["metadata"]["skm_product_id"], number);
        assert_eq!(shop.fake.object(&price).unwrap()["metadata"]["skm"], r#"{"F1":true,"MaxNoOfMachines":3}"#);
        assert_eq!(at_stripe(&shop).1.len(), 3);
        let mut ann = shop.buyer("Ann").await;
        let plans: Plans = ann.portal.get("/api/v1/portal/plans").await.ok();
        let viewer = plans.products.iter().find(|group| group.name == "Viewer").unwrap();
        assert_eq!(viewer.plans.len(), 3);
    }

    async fn refusals_are_said_in_words(mut shop: Shop) {
        let path = viewer(&mut shop).await;
        let key = "rk_test_0123456789";
        shop.fake.deny(key, "rak_plan_write");
        shop.staff.put("/api/v1/stripe/account", json!({"secret_key": key, "provision_webhook": false})).await.done();
        let refused = shop.staff.post(&path, json!({})).await;
        assert!(refused.text.contains("lacks the permission rak_plan_write"), "{}", refused.text);
        assert_eq!(refused.error(502), "stripe_key_refused");
        shop.fake.allow(key, "rak_plan_write");
        let done: Publication = shop.staff.post(&path, json!({})).await.ok();
        assert!(!done.is_pending());

        let id = path.split('/').nth(4).unwrap().to_owned();
        let product: Product = shop.staff.get(&format!("/api/v1/products/{id}")).await.ok();
        let form = json!({"name": "Viewer", "description": "", "active": false, "grace_days": 0,
            "feature_names": ["", "", "", "", "", "", "", ""], "version": product.version});
        shop.staff.patch(&format!("/api/v1/products/{id}"), form).await.done();
        assert_eq!(shop.staff.post(&path, json!({})).await.error(409), "product_archived");
        assert_eq!(shop.staff.get("/api/v1/products/99/publication").await.error(404), "not_found");
        let mut support = shop.app.staff(Role::Support).await;
        assert_eq!(support.post(&path, json!({})).await.error(403), "forbidden");
    }
}
