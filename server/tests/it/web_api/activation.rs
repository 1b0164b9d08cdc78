//! Machines that a key is locked to.

use latchkey_shared::api::keys::LicenceKey;
use serde_json::json;

use super::{Vendor, licence, machines};
use crate::on_both_databases;

const LIMIT: &str = "Cannot activate the new device as the limit has been reached.";
const DAY: i64 = 86_400;

fn parameters<'a>(product: &'a str, key: &'a LicenceKey, machine: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("ProductId", product),
        ("Key", &key.row.key),
        ("MachineCode", machine),
        ("SignMethod", "1"),
        ("ModelVersion", "3"),
    ]
}

on_both_databases! {
    async fn machines_up_to_the_limit_the_same_again_and_others_after_one_left(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(2).await;
        let product = vendor.product.to_string();
        vendor.program.activate(&key, "a").await;
        vendor.program.activate(&key, "b").await;
        assert_eq!(machines(&vendor.program.activate(&key, "a").await), ["a", "b"], "again changes nothing");
        assert_eq!(vendor.program.fails("key/Activate", &parameters(&product, &key, "c")).await.1, LIMIT);

        let never = "Either the machine code was never activated or key activation feature was never set up.";
        assert_eq!(vendor.program.fails("key/Deactivate", &parameters(&product, &key, "c")).await.1, never);
        vendor.program.does("key/Deactivate", &parameters(&product, &key, "a")).await;
        assert_eq!(vendor.program.fails("key/Deactivate", &parameters(&product, &key, "a")).await.1, never);
        assert_eq!(machines(&vendor.program.activate(&key, "c").await), ["b", "c"]);
    }

    async fn without_a_limit_machines_are_not_counted_or_kept(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        for machine in ["a", "b", ""] {
            assert_eq!(machines(&vendor.program.activate(&key, machine).await), Vec::<String>::new());
        }
    }

    async fn a_blocked_key_is_read_and_not_activated(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(1).await;
        let product = vendor.product.to_string();
        vendor.program.activate(&key, "a").await;
        vendor.block(&key, true).await;
        let refused = vendor.program.fails("key/Activate", &parameters(&product, &key, "a")).await;
        assert_eq!(refused.1, "The key is blocked and cannot be accessed.");
        let read = vendor.program.does("key/GetKey", &parameters(&product, &key, "")).await;
        assert_eq!((licence(&read)["Block"].clone(), machines(&read)), (json!(true), vec!["a".to_owned()]));
        vendor.block(&key, false).await;
        vendor.program.activate(&key, "a").await;
    }

    async fn only_allowed_machines_activate(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(5).await;
        let mut row = latchkey_store::keys::find(app.state.store.read(), latchkey_store::Access::All, key.row.global_id)
            .await.unwrap().unwrap();
        row.allowed_machines = String::from("a\nb");
        let transaction = app.state.store.begin().await.unwrap();
        latchkey_store::keys::save(&transaction, row, app.state.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
        let product = vendor.product.to_string();
        let answer = vendor.program.activate(&key, "b").await;
        assert_eq!(licence(&answer)["AllowedMachines"], "a\nb");
        let refused = vendor.program.fails("key/Activate", &parameters(&product, &key, "c")).await;
        assert_eq!(refused.1, "The machine is not among those that may activate this key.");
    }

    async fn the_days_of_a_trial_begin_at_activation(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key_with(json!({"max_machines": 3, "trial_activation": true, "period_days": 10})).await;
        app.state.clock.advance(20 * DAY * 1_000);
        let now = app.state.clock.now() / 1_000;
        let expires = |answer: &serde_json::Value| licence(answer)["Expires"].as_i64().unwrap();
        let first = expires(&vendor.program.activate(&key, "a").await);
        assert!((first - now - 10 * DAY).abs() < 60, "ten days from the first activation: {}", first - now);
        app.state.clock.advance(4 * DAY * 1_000);
        assert_eq!(expires(&vendor.program.activate(&key, "a").await), first, "the same machine again");
        let second = expires(&vendor.program.activate(&key, "b").await);
        assert!((second - first - 4 * DAY).abs() < 60, "another machine begins them again");

        let rule = json!({"ref_type": "product", "ref_id": vendor.product, "name": "cryptolens_trialactivation", "string_value": "first_activation"});
        // The session of twenty-four days ago is over.
        app.staff(latchkey_shared::permission::Role::Owner).await.post("/api/v1/data", rule).await.done();
        app.state.clock.advance(DAY * 1_000);
        assert_eq!(expires(&vendor.program.activate(&key, "c").await), second, "unless the product says once");
    }

    async fn friendly_names_are_kept_and_none_is_no_name(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(3).await;
        let product = vendor.product.to_string();
        let names = |answer: &serde_json::Value| -> Vec<String> {
            let licence = licence(answer);
            licence["ActivatedMachines"].as_array().unwrap().iter().map(|it| it["FriendlyName"].as_str().unwrap().to_owned()).collect()
        };
        for (sent, shown) in [("None", ""), ("Ada's laptop", "Ada's laptop"), ("None", "Ada's laptop"), ("Old laptop", "Old laptop")] {
            let mut with = parameters(&product, &key, "a");
            with.push(("FriendlyName", sent));
            assert_eq!(names(&vendor.program.does("key/Activate", &with).await), [shown], "{sent}");
        }
    }

    async fn an_expired_key_is_activated_and_says_so(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(1).await;
        app.state.clock.advance(31 * DAY * 1_000);
        let product = vendor.product.to_string();
        let mut with = parameters(&product, &key, "a");
        with.push(("Metadata", "true"));
        let answer = vendor.program.does("key/Activate", &with).await;
        let status = &answer["metadata"]["licenseStatus"];
        assert_eq!((&status["isValid"], &status["reasonForInvalidity"], &status["timeLeft"]), (&json!(false), &json!(1), &json!(0)));
    }
}
