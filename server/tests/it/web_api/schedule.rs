//! What happens once an hour.

use latchkey::licensing::schedule;
use latchkey_shared::{
    api::{common::List, communications::CommunicationRow, keys::LicenceKey},
    permission::Role,
};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use super::Vendor;
use crate::{on_both_databases, util::TestApp};

const DAY: i64 = 86_400_000;

async fn shown(app: &TestApp, key: &LicenceKey) -> LicenceKey {
    app.staff(Role::Owner).await.get(&format!("/api/v1/keys/{}", key.row.global_id)).await.ok()
}

async fn block_source(app: &TestApp, key: &LicenceKey) -> Option<String> {
    shown(app, key).await.block_source
}

/// Has the product block what is over.
async fn blocks_expired(vendor: &mut Vendor<'_>) {
    let path = format!("/api/v1/products/{}/licensing", vendor.product);
    let mut said = vendor.staff.get(&path).await.json();
    said["blocks_expired"] = json!(true);
    vendor.staff.put(&path, said).await.done();
}

async fn product_object(app: &TestApp, product: i64, name: &str, text: &str) {
    let object = json!({"ref_type": "product", "ref_id": product, "name": name, "string_value": text});
    app.staff(Role::Owner).await.post("/api/v1/data", object).await.done();
}

on_both_databases! {
    async fn expired_keys_are_blocked_where_the_product_says_so_with_exceptions(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let plain = vendor.key_with(json!({"period_days": 10})).await;
        let lasting = vendor.key_with(json!({"period_days": 0})).await;
        let billed = vendor.key_with(json!({"period_days": 10})).await;
        let object = json!({"ref_type": "key", "ref_id": billed.row.global_id, "name": "cryptolens_stripesubscriptionitemid", "string_value": "si_1"});
        vendor.staff.post("/api/v1/data", object).await.done();
        let waiting = vendor.key_with(json!({"period_days": 10, "trial_activation": true, "max_machines": 1})).await;
        let begun = vendor.key_with(json!({"period_days": 10, "trial_activation": true, "max_machines": 1})).await;
        vendor.program.activate(&begun, "a").await;
        app.state.clock.advance(11 * DAY);
        schedule::run_now(&app.state).await.unwrap();
        assert_eq!(block_source(&app, &plain).await, None, "only where the product says so");
        blocks_expired(&mut vendor).await;
        schedule::run_now(&app.state).await.unwrap();
        let scheduler = Some("scheduler".to_owned());
        assert_eq!((block_source(&app, &plain).await, block_source(&app, &begun).await), (scheduler.clone(), scheduler));
        for key in [&lasting, &billed, &waiting] {
            assert_eq!(block_source(&app, key).await, None);
        }
    }

    async fn of_several_processes_one_runs_in_an_hour(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        blocks_expired(&mut vendor).await;
        let first = vendor.key_with(json!({"period_days": 1})).await;
        app.state.clock.advance(2 * DAY);
        schedule::run(&app.state).await.unwrap();
        assert!(shown(&app, &first).await.block_source.is_some());
        let mut staff = app.staff(Role::Owner).await;
        let unblock = json!({"blocked": false});
        staff.post(&format!("/api/v1/keys/{}/block", first.row.global_id), unblock).await.done();
        schedule::run(&app.state).await.unwrap();
        assert_eq!(block_source(&app, &first).await, None, "not twice in an hour");
        app.state.clock.advance(DAY / 24);
        schedule::run(&app.state).await.unwrap();
        assert!(block_source(&app, &first).await.is_some());
    }

    async fn counters_begin_anew_when_their_period_is_over(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let product = vendor.product.to_string();
        let place = [("ProductId", product.as_str()), ("Key", key.row.key.as_str())];
        for (name, value) in [("exports", "9"), ("other", "9")] {
            let mut with = place.to_vec();
            with.extend([("Name", name), ("IntValue", value)]);
            vendor.program.does("data/AddDataObjectToKey", &with).await;
        }
        product_object(&app, vendor.product, "cryptolens_dobjreset", r#"[{"Name":"exports","Freq":"daily","Default":2}]"#).await;
        let mut values = async || -> Vec<i64> {
            let listed: Value = vendor.program.does("data/ListDataObjectsToKey", &place).await;
            listed["dataObjects"].as_array().unwrap().iter().map(|it| it["intValue"].as_i64().unwrap()).collect()
        };
        schedule::run_now(&app.state).await.unwrap();
        assert_eq!(values().await, [9, 9], "the period has just begun");
        app.state.clock.advance(DAY);
        schedule::run_now(&app.state).await.unwrap();
        assert_eq!(values().await, [2, 9]);
        let transaction = app.state.store.begin().await.unwrap();
        transaction.execute_unprepared("UPDATE data_object SET int_value = 5 WHERE name = 'exports'").await.unwrap();
        transaction.commit().await.unwrap();
        schedule::run_now(&app.state).await.unwrap();
        assert_eq!(values().await, [5, 9], "once a day");
    }

    async fn customers_are_reminded_once_per_day_that_the_product_names(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let customer = vendor.staff.post("/api/v1/customers", json!({"name": "Ann", "email": "ann@x.test"})).await.json()["id"].clone();
        vendor.key_with(json!({"period_days": 10, "customer": customer})).await;
        vendor.key_with(json!({"period_days": 10})).await;
        app.state.clock.advance(3 * DAY + DAY / 2);
        schedule::run_now(&app.state).await.unwrap();
        let subjects = async || -> Vec<String> {
            let list: List<CommunicationRow> = app.staff(Role::Owner).await.get("/api/v1/communications").await.ok();
            list.items.into_iter().filter(|it| it.subject.starts_with("Your licence")).map(|it| it.subject).collect()
        };
        assert_eq!(subjects().await, Vec::<String>::new(), "only of products that say so");
        product_object(&app, vendor.product, "cryptolens_expirationnotice", "").await;
        for _ in 0..2 {
            schedule::run_now(&app.state).await.unwrap();
        }
        assert_eq!(subjects().await, ["Your licence for Aurora ends in 7 days"]);
        app.state.clock.advance(6 * DAY + DAY / 2);
        schedule::run_now(&app.state).await.unwrap();
        assert_eq!(subjects().await[0], "Your licence for Aurora ends today");
        assert_eq!(subjects().await.len(), 2, "the one of three days is too late to send");
    }

    async fn zero_days_are_the_block_where_expired_keys_are_blocked(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        blocks_expired(&mut vendor).await;
        product_object(&app, vendor.product, "cryptolens_expirationnotice", "0,3").await;
        let mut owners = Vec::new();
        for name in ["ann", "bob", "zoe"] {
            let form = json!({"name": name, "email": format!("{name}@x.test")});
            owners.push(vendor.staff.post("/api/v1/customers", form).await.json()["id"].clone());
        }
        for days in [10, 14] {
            vendor.key_with(json!({"period_days": days, "customer": owners[0]})).await;
        }
        // Neither is blocked: the one is extended, the other may still begin.
        let extended = vendor.key_with(json!({"period_days": 10, "customer": owners[1]})).await;
        vendor.key_with(json!({"period_days": 10, "customer": owners[2], "trial_activation": true, "max_machines": 1})).await;
        let later = app.state.clock.now() + 50 * DAY;
        let transaction = app.state.store.begin().await.unwrap();
        let sql = format!("UPDATE licence_key SET extended_until = {later} WHERE id = {}", extended.row.global_id);
        transaction.execute_unprepared(&sql).await.unwrap();
        transaction.commit().await.unwrap();
        let told = async || -> Vec<(String, String)> {
            let list: List<CommunicationRow> = app.staff(Role::Owner).await.get("/api/v1/communications").await.ok();
            let mut told: Vec<_> = list.items.into_iter().filter(|it| it.subject.starts_with("Your licence")).map(|it| (it.to, it.subject)).collect();
            told.sort();
            told
        };
        app.state.clock.advance(10 * DAY + DAY / 2);
        for _ in 0..2 {
            schedule::run_now(&app.state).await.unwrap();
        }
        let ann = |when: &str| ("ann@x.test".to_owned(), format!("Your licence for Aurora ends {when}"));
        assert_eq!(told().await, [ann("today")]);
        // The server sleeps past the other one's day: the block tells of it all the same.
        app.state.clock.advance(6 * DAY);
        schedule::run_now(&app.state).await.unwrap();
        assert_eq!(told().await, [ann("2 days ago"), ann("today")]);
        // Where nothing is blocked, it is the day.
        vendor.staff = app.staff(Role::Owner).await;
        let other: Value = vendor.staff.post("/api/v1/products", json!({"name": "Tidal"})).await.ok();
        vendor.product = other["id"].as_i64().unwrap();
        product_object(&app, vendor.product, "cryptolens_expirationnotice", "0").await;
        vendor.key_with(json!({"period_days": 1, "customer": owners[1]})).await;
        app.state.clock.advance(DAY + DAY / 4);
        schedule::run_now(&app.state).await.unwrap();
        assert_eq!(told().await[2], ("bob@x.test".to_owned(), "Your licence for Tidal ends today".to_owned()));
        assert_eq!(told().await.len(), 3);
    }

    async fn only_keys_that_a_feature_limits_are_blocked_where_the_product_says_which(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let with = |feature: usize| {
            let mut features = [false; 8];
            features[feature] = true;
            json!({"period_days": 10, "features": features})
        };
        let (limited, lasting) = (vendor.key_with(with(2)).await, vendor.key_with(with(0)).await);
        let path = format!("/api/v1/products/{}/licensing", vendor.product);
        let mut said = vendor.staff.get(&path).await.json();
        assert_eq!(said["limiting_features"], json!(vec![false; 8]));
        said["blocks_expired"] = json!(true);
        said["limiting_features"] = json!([false, false, true, false, false, false, false, false]);
        vendor.staff.put(&path, said.clone()).await.done();
        assert_eq!(vendor.staff.get(&path).await.json(), said);
        let products = vendor.program.does("product/GetProducts", &[]).await;
        let definitions = &products["products"][0]["featureDefinitions"];
        assert_eq!((&definitions["f1"]["type"], &definitions["f2"]["type"], &definitions["f3"]["type"]), (&json!(0), &json!(2), &json!(1)));
        assert_eq!(definitions["allLicensesTimeLimited"], false);
        app.state.clock.advance(11 * DAY);
        schedule::run_now(&app.state).await.unwrap();
        assert_eq!((block_source(&app, &limited).await.as_deref(), block_source(&app, &lasting).await), (Some("scheduler"), None));
        said["limiting_features"] = json!(vec![true; 9]);
        vendor.staff.put(&path, said).await.field("limiting_features");
    }
}
