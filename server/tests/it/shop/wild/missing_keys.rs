//! 22: charged, and the key is missing. One test per row of the repair table.

use latchkey::billing::reconcile::{self, Sweep};
use latchkey_shared::attention::AttentionCode;
use latchkey_stripe_fake::{SeedCustomer, SeedSubscription, WebhookFate};
use serde_json::{Value, json};

use crate::{
    shop::{Shop, in_both_shops},
    util::Caller,
};

const PLACEHOLDER: &str = "This parameter will replaced";

/// A subscription that was made at Stripe without Latchkey hearing of it.
fn unheard(shop: &Shop, customer: Option<i64>, price: &str, metadata: &[(&str, &str)]) -> String {
    let id = customer.map(|id| id.to_string()).unwrap_or_default();
    let of_customer: &[(&str, &str)] = if id.is_empty() { &[] } else { &[("skm_customer_id", &id)] };
    let payer = shop.fake.seed_customer(&SeedCustomer {
        name: "Ann",
        email: "ann@buyer.test",
        metadata: of_customer,
        ..SeedCustomer::default()
    });
    shop.fake.seed_subscription(&SeedSubscription {
        customer: &payer,
        items: &[(price, 1)],
        metadata,
        ..SeedSubscription::default()
    })
}

async fn sweep(shop: &Shop) {
    shop.fake.advance(180);
    reconcile::run_now(&shop.app.state, Sweep::Full).await.unwrap();
    shop.settle().await;
}

fn metadata(shop: &Shop, id: &str) -> Value {
    shop.fake.object(id).unwrap()["metadata"].clone()
}

/// A key made by hand for a customer.
async fn by_hand(staff: &mut Caller, product: i64, customer: i64) -> i64 {
    let form = json!({"customer": customer, "period_days": 0, "features": [true,false,false,false,false,false,false,false],
        "max_machines": 9, "trial_activation": false, "notes": ""});
    let made: Value = staff.post(&format!("/api/v1/products/{product}/keys"), form).await.ok();
    made["row"]["global_id"].as_i64().unwrap()
}

in_both_shops! {
    /// No key here, the placeholder there: issued.
    async fn the_placeholder_alone_is_a_key_that_was_not_made(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let id = unheard(&shop, Some(ann.id.0), &shop.monthly, &[("skm_temp_var", PLACEHOLDER)]);
        sweep(&shop).await;
        let key = shop.keys().await.remove(0);
        let told = metadata(&shop, &id);
        assert_eq!((&told["skm_key_id"], &told["skm_key_globalid"]), (&json!(key.number.to_string()), &json!(key.id.to_string())));
        assert!(told.get("skm_temp_var").is_none());
        assert_eq!((shop.home(&mut ann).await.licences.len(), shop.key_mails().await), (1, 1));
    }

    /// A key here, the placeholder still there: only the numbers are written.
    async fn a_placeholder_beside_an_issued_key_is_only_written_over(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let id = shop.stripe_subscription()["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/subscriptions/{id}");
        for before in [
            vec![("metadata[skm_temp_var]", PLACEHOLDER)],
            vec![("metadata[skm_temp_var]", PLACEHOLDER), ("metadata[skm_key_id]", "")],
            vec![("metadata[skm_key_id]", ""), ("metadata[skm_key_globalid]", "")],
            vec![("metadata[skm_key_globalid]", "")],
        ] {
            shop.fake.chaos(|chaos| chaos.webhooks.drop_next = u32::MAX);
            shop.at_stripe(&path, &before).await;
            sweep(&shop).await;
            let told = metadata(&shop, &id);
            let key = shop.keys().await.remove(0);
            assert_eq!(told["skm_key_id"], json!(key.number.to_string()), "{before:?}");
            assert_eq!(told["skm_key_globalid"], json!(key.id.to_string()), "{before:?}");
            assert!(told.get("skm_temp_var").is_none(), "{before:?}");
        }
        assert_eq!((shop.keys().await.len(), shop.key_mails().await), (1, 1));
    }

    /// All is well: nothing is done.
    async fn what_is_right_is_left_alone(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let (events, key) = (shop.fake.objects("event").len(), shop.keys().await.remove(0));
        sweep(&shop).await;
        assert_eq!(shop.fake.objects("event").len(), events, "nothing was written to Stripe");
        assert_eq!(shop.keys().await, [key]);
        let runs = reconcile::runs(&shop.app.state).await.unwrap().runs;
        assert_eq!(runs[0].words, "Compared 1 subscription with Stripe: nothing differs.");
    }

    /// Another number there than the one issued here: a person decides, nothing is written over.
    async fn another_number_is_shown_and_never_written_over(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let id = shop.stripe_subscription()["id"].as_str().unwrap().to_owned();
        shop.fake.chaos(|chaos| chaos.webhooks.drop_next = u32::MAX);
        shop.at_stripe(&format!("/v1/subscriptions/{id}"), &[("metadata[skm_key_id]", "77"), ("metadata[skm_temp_var]", PLACEHOLDER)]).await;
        sweep(&shop).await;
        assert_eq!(shop.attention().await, [AttentionCode::KeyConflict]);
        assert_eq!(metadata(&shop, &id)["skm_key_id"], json!("77"));
        assert_eq!(shop.keys().await.len(), 1);
    }

    /// No key tied here, a number there: that key is taken if it is this customer's.
    async fn a_number_at_stripe_is_taken_up_or_shown(mut shop: Shop) {
        let (ann, bob, cleo) = (shop.buyer("Ann").await, shop.buyer("Bob").await, shop.buyer("Cleo").await);
        let hers = by_hand(&mut shop.staff, shop.product, ann.id.0).await;
        let his = by_hand(&mut shop.staff, shop.product, bob.id.0).await;
        let good = unheard(&shop, Some(ann.id.0), &shop.monthly, &[("skm_key_globalid", &hers.to_string()), ("skm_temp_var", PLACEHOLDER)]);
        let another = unheard(&shop, Some(cleo.id.0), &shop.yearly, &[("skm_key_globalid", &his.to_string())]);
        let dangling = unheard(&shop, Some(bob.id.0), &shop.monthly, &[("skm_key_id", "4711")]);
        sweep(&shop).await;
        assert_eq!(metadata(&shop, &good)["skm_key_globalid"], json!(hers.to_string()));
        assert!(metadata(&shop, &good).get("skm_temp_var").is_none());
        let mut rows: Vec<_> = shop.attention_rows().await.into_iter().map(|row| (row.code, row.stripe_id.unwrap(), row.amount)).collect();
        rows.sort();
        assert_eq!(rows, [
            ("dangling_key_id".to_owned(), dangling, Some(900)),
            ("key_of_another_customer".to_owned(), another, Some(9_000)),
        ]);
        assert_eq!((shop.keys().await.len(), shop.key_mails().await), (2, 0), "nothing was made");
    }

    /// Nothing there at all: issued where it is all ours, else shown.
    async fn a_subscription_made_elsewhere_is_ours_or_is_shown(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let other = shop.fake.seed_product("Something else", &[]);
        let foreign = shop.fake.seed_price(&other, "eur", 100, "month", &[]);
        let ours = unheard(&shop, Some(ann.id.0), &shop.monthly, &[]);
        let nobodys = unheard(&shop, None, &shop.monthly, &[]);
        let elses = unheard(&shop, Some(ann.id.0), &foreign, &[]);
        sweep(&shop).await;
        assert_eq!(shop.home(&mut ann).await.licences.len(), 1);
        assert!(metadata(&shop, &ours)["skm_key_id"].is_string());
        let mut rows: Vec<_> = shop.attention_rows().await.into_iter().map(|row| (row.code, row.stripe_id.unwrap())).collect();
        rows.sort();
        assert_eq!(rows, [("foreign_subscription".to_owned(), elses), ("unknown_customer".to_owned(), nobodys)]);
    }

    /// Row one with a mistake in the catalogue: shown, tried again, and healed when it is mended.
    async fn a_broken_price_or_product_waits_in_front_of_a_person(mut shop: Shop) {
        let (ann, bob) = (shop.buyer("Ann").await, shop.buyer("Bob").await);
        let price = shop.fake.seed_price(&shop.stripe_product, "eur", 100, "month", &[("skm", "{F1: yes}")]);
        let product = shop.fake.seed_product("Lost", &[("skm_product_id", "4711")]);
        let lost = shop.fake.seed_price(&product, "eur", 100, "month", &[("skm", "{}")]);
        let broken = unheard(&shop, Some(ann.id.0), &price, &[("skm_temp_var", PLACEHOLDER)]);
        let unknown = unheard(&shop, Some(bob.id.0), &lost, &[("skm_temp_var", PLACEHOLDER)]);
        sweep(&shop).await;
        let mut codes = shop.attention().await;
        codes.sort();
        assert_eq!(codes, [AttentionCode::BadPriceMetadata, AttentionCode::UnknownProduct]);
        assert!(metadata(&shop, &broken)["skm_temp_var"].is_string());
        sweep(&shop).await;
        assert!(shop.attention_rows().await.iter().all(|row| row.times_seen > 1), "tried again");
        shop.at_stripe(&format!("/v1/prices/{price}"), &[("metadata[skm]", r#"{"F1":true}"#)]).await;
        shop.at_stripe(&format!("/v1/products/{product}"), &[("metadata[skm_product_id]", &shop.product.to_string())]).await;
        shop.fake.advance(2);
        shop.settle().await;
        assert_eq!(shop.attention().await, []);
        for id in [&broken, &unknown] {
            assert!(metadata(&shop, id)["skm_key_id"].is_string());
        }
    }

    /// The manual way: staff make a key by hand for the customer whose id is `skm_customer_id`.
    async fn a_key_made_by_hand_is_written_to_stripe(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.at_stripe(&format!("/v1/prices/{}", shop.monthly), &[("metadata[skm]", "{broken")]).await;
        shop.pay(&started, WebhookFate::Prompt);
        shop.settle().await;
        assert_eq!(shop.attention().await, [AttentionCode::BadPriceMetadata]);
        shop.fake.advance(5);
        let id = by_hand(&mut shop.staff, shop.product, ann.id.0).await;
        shop.settle().await;
        assert_eq!(shop.attention().await, []);
        let told = shop.stripe_subscription()["metadata"].clone();
        assert_eq!(told["skm_key_globalid"], json!(id.to_string()));
        assert!(told.get("skm_temp_var").is_none());
        assert_eq!(shop.progress(&mut ann, &started).await.licences.len(), 1);

        // Also where nothing says which product it is.
        let bob = shop.buyer("Bob").await;
        let product = shop.fake.seed_product("Lost", &[("skm_product_id", "4711")]);
        let lost = shop.fake.seed_price(&product, "eur", 100, "month", &[("skm", "{}")]);
        let unknown = unheard(&shop, Some(bob.id.0), &lost, &[("skm_temp_var", PLACEHOLDER)]);
        sweep(&shop).await;
        assert_eq!(shop.attention().await, [AttentionCode::UnknownProduct]);
        let given = by_hand(&mut shop.staff, shop.product, bob.id.0).await;
        shop.settle().await;
        assert_eq!(shop.attention().await, []);
        assert_eq!(metadata(&shop, &unknown)["skm_key_globalid"], json!(given.to_string()));
        let key = shop.keys().await.into_iter().find(|key| key.id == given).unwrap();
        assert!(key.expires_at.is_some(), "from now on what is paid for decides");
        assert_eq!(shop.keys().await.len(), 2, "and no second key was made");
    }
}
