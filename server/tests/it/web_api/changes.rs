//! Changes of keys through the API.

use latchkey_shared::{api::keys::LicenceKey, permission::Role};
use serde_json::{Value, json};

use super::{Vendor, licence};
use crate::on_both_databases;

const DAY: i64 = 86_400;

async fn read(vendor: &mut Vendor<'_>, key: &LicenceKey) -> Value {
    let product = vendor.product.to_string();
    let parameters = [
        ("ProductId", product.as_str()),
        ("Key", key.row.key.as_str()),
        ("SignMethod", "1"),
        ("ModelVersion", "3"),
    ];
    licence(&vendor.program.does("key/GetKey", &parameters).await)
}

async fn change(vendor: &mut Vendor<'_>, key: &LicenceKey, method: &str, name: &str, value: &str) {
    let product = vendor.product.to_string();
    vendor
        .program
        .does(&format!("key/{method}"), &[("productId", &product), ("key", &key.row.key), (name, value)])
        .await;
}

on_both_databases! {
    async fn each_change_is_there_for_the_next_reader(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(1).await;
        let before = read(&mut vendor, &key).await;
        change(&mut vendor, &key, "ExtendLicense", "noOfDays", "30").await;
        change(&mut vendor, &key, "AddFeature", "feature", "2").await;
        change(&mut vendor, &key, "RemoveFeature", "feature", "1").await;
        change(&mut vendor, &key, "MachineLockLimit", "NumberOfMachines", "5").await;
        change(&mut vendor, &key, "ChangeNotes", "notes", "café").await;
        change(&mut vendor, &key, "TrialActivation", "Enabled", "True").await;
        change(&mut vendor, &key, "BlockKey", "x", "").await;
        let after = read(&mut vendor, &key).await;
        assert_eq!(after["Expires"].as_i64().unwrap() - before["Expires"].as_i64().unwrap(), 30 * DAY);
        assert_eq!((&after["F1"], &after["F2"], &after["MaxNoOfMachines"]), (&json!(false), &json!(true), &json!(5)));
        assert_eq!((&after["Notes"], &after["TrialActivation"], &after["Block"]), (&json!("café"), &json!(true), &json!(true)));
        change(&mut vendor, &key, "UnblockKey", "x", "").await;
        assert_eq!(read(&mut vendor, &key).await["Block"], false);
        let staff = app.staff(Role::Owner).await.get(&format!("/api/v1/keys/{}", key.row.global_id)).await;
        let key: LicenceKey = staff.ok();
        assert!(key.version > 6, "staff who look at an old version are told: {}", key.version);
    }

    async fn an_expired_key_is_extended_from_now_and_a_lasting_one_stays(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let (key, lasting) = (vendor.key(0).await, vendor.key_with(json!({"period_days": 0})).await);
        app.state.clock.advance(100 * DAY * 1_000);
        change(&mut vendor, &key, "ExtendLicense", "NoOfDays", "10").await;
        let expires = read(&mut vendor, &key).await["Expires"].as_i64().unwrap();
        assert!((expires - app.state.clock.now() / 1_000 - 10 * DAY).abs() < 60);
        change(&mut vendor, &lasting, "ExtendLicense", "NoOfDays", "10").await;
        assert_eq!(read(&mut vendor, &lasting).await["Expires"], 4_102_444_799_i64);
    }

    async fn extending_unblocks_where_the_product_says_so(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        vendor.block(&key, true).await;
        change(&mut vendor, &key, "ExtendLicense", "NoOfDays", "1").await;
        assert_eq!(read(&mut vendor, &key).await["Block"], true);
        let rule = json!({"ref_type": "product", "ref_id": vendor.product, "name": "cryptolens_unblockextendedlicenses", "string_value": "true"});
        vendor.staff.post("/api/v1/data", rule).await.done();
        change(&mut vendor, &key, "ExtendLicense", "NoOfDays", "1").await;
        assert_eq!(read(&mut vendor, &key).await["Block"], false);
    }

    async fn keys_change_hands_and_sellers(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let product = vendor.product.to_string();
        let customer = vendor.program.does("customer/AddCustomer", &[("Name", "Ann")]).await["customerId"].to_string();
        change(&mut vendor, &key, "ChangeCustomer", "CustomerId", &customer).await;
        assert_eq!(read(&mut vendor, &key).await["Customer"]["Name"], "Ann");
        let nobody = [("ProductId", product.as_str()), ("Key", key.row.key.as_str()), ("CustomerId", "424242")];
        assert_eq!(vendor.program.fails("key/ChangeCustomer", &nobody).await.1, "Customer not found.");

        let reseller = vendor.program.does("reseller/AddReseller", &[("Name", "Rey"), ("Email", "r@y.test")]).await["resellerId"].to_string();
        change(&mut vendor, &key, "ChangeReseller", "ResellerId", &reseller).await;
        let shown = read(&mut vendor, &key).await["Reseller"].clone();
        let names: Vec<&String> = shown.as_object().unwrap().keys().collect();
        assert_eq!(names.len(), 9, "exactly what the Python client takes: {names:?}");
        assert_eq!(shown["Name"], "Rey");
        let customers = vendor.program.does("reseller/GetResellerCustomers", &[("ResellerId", &reseller)]).await;
        assert_eq!(customers["customers"][0]["name"], "Ann");
        vendor.program.does("reseller/EditReseller", &[("ResellerId", &reseller), ("Phone", "1")]).await;
        let listed = vendor.program.does("reseller/GetResellers", &[]).await;
        assert_eq!((&listed["resellers"][0]["name"], &listed["resellers"][0]["phone"]), (&json!("Rey"), &json!("1")));
        vendor.program.does("reseller/RemoveReseller", &[("ResellerId", &reseller)]).await;
        assert_eq!(vendor.program.does("reseller/GetResellers", &[]).await["resellers"], json!([]));
        let gone = [("ProductId", product.as_str()), ("Key", key.row.key.as_str()), ("ResellerId", reseller.as_str())];
        vendor.program.fails("reseller/RemoveReseller", &[("ResellerId", &reseller)]).await;
        change(&mut vendor, &key, "ChangeReseller", "ResellerId", "0").await;
        vendor.program.fails("key/ChangeReseller", &gone).await;
        assert_eq!(read(&mut vendor, &key).await["Reseller"], Value::Null);
    }

    async fn what_is_out_of_bounds_is_refused(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let product = vendor.product.to_string();
        let long = "n".repeat(501);
        for (method, name, value, message) in [
            ("ExtendLicense", "NoOfDays", "-1", "The input parameters were incorrect."),
            ("ExtendLicense", "NoOfDays", "999999999", "The input parameters were incorrect."),
            ("AddFeature", "Feature", "9", "The input parameters were incorrect."),
            ("AddFeature", "Feature", "0", "The input parameters were incorrect."),
            ("MachineLockLimit", "NumberOfMachines", "-3", "The input parameters were incorrect."),
            ("ChangeNotes", "Notes", long.as_str(), "The notes field cannot be more than 500 characters."),
        ] {
            let parameters = [("ProductId", product.as_str()), ("Key", key.row.key.as_str()), (name, value)];
            assert_eq!(vendor.program.fails(&format!("key/{method}"), &parameters).await.1, message, "{method}");
        }
        assert_eq!(read(&mut vendor, &key).await["MaxNoOfMachines"], 0);
    }
}
