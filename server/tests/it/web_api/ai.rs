//! Events, the log, and days counted from it; use that is charged for.

use latchkey::identity::tokens::NewToken;
use serde_json::json;

use super::Vendor;
use crate::on_both_databases;

on_both_databases! {
    async fn events_are_kept_and_listed(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let product = vendor.product.to_string();
        let place = [("ProductId", product.as_str()), ("Key", key.row.key.as_str()), ("MachineCode", "mc1")];
        let mut one = place.to_vec();
        one.extend([("FeatureName", "f"), ("EventName", "e"), ("Value", "1"), ("Currency", "USD"), ("Metadata", "m")]);
        vendor.program.does("ai/RegisterEvent", &one).await;
        let mut several = place.to_vec();
        several.push(("Events", r#"[{"FeatureName":"g","Value":2},{"EventName":"h","Time":1000}]"#));
        vendor.program.does("ai/RegisterEvents", &several).await;
        let events = vendor.program.does("ai/GetEvents", &[("ProductId", &product), ("Key", &key.row.key), ("Limit", "10"), ("StartingAfter", "0")]).await;
        let events = events["events"].as_array().unwrap();
        assert_eq!(events.iter().map(|it| it["featureName"].as_str().unwrap()).collect::<Vec<_>>(), ["", "g", "f"]);
        assert_eq!((&events[0]["time"], &events[2]["value"], &events[2]["key"]), (&json!(1000), &json!(1), &json!(key.row.key)));
        let first = events[2]["id"].to_string();
        let later = vendor.program.does("ai/GetEvents", &[("StartingAfter", &first), ("Limit", "1")]).await;
        assert_eq!(later["events"][0]["featureName"], "g");
        let lock = NewToken { product_lock: Some(vendor.product + 1), ..NewToken::default() };
        let mut elsewhere = vendor.program_with(&["GetEvents"], lock).await;
        assert_eq!(elsewhere.does("ai/GetEvents", &[]).await["events"], json!([]));
        for bad in ["[1]", "{", "[{\"Value\":\"x\"}]"] {
            let mut wrong = place.to_vec();
            wrong.push(("Events", bad));
            vendor.program.fails("ai/RegisterEvents", &wrong).await;
        }
    }

    async fn the_log_and_its_days(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(1).await;
        vendor.program.activate(&key, "a").await;
        let product = vendor.product.to_string();
        let place = [("ProductId", product.as_str()), ("Key", key.row.key.as_str()), ("MachineCode", "b")];
        vendor.program.fails("key/Activate", &place).await;
        latchkey::api_log::write(&app.state).await.unwrap();
        let log = vendor.program.does("ai/getwebapilog", &[("ProductId", &product), ("Key", &key.row.key), ("Limit", "10"), ("StartingAfter", "0"), ("OrderBy", ""), ("EndingBefore", "0")]).await;
        let rows = log["logs"].as_array().unwrap();
        assert_eq!(rows.iter().map(|row| (row["machineCode"].as_str().unwrap(), row["success"].as_bool().unwrap())).collect::<Vec<_>>(), [("b", false), ("a", true)]);
        assert_eq!((&rows[0]["method"], &rows[0]["key"]), (&json!("key/Activate"), &json!(key.row.key)));
        let days = vendor.program.does("ai/GetDailyAggregates", &[("ProductId", &product), ("Limit", "100"), ("StartingAfter", "0"), ("EndingBefore", "0"), ("Start", ""), ("End", "")]).await;
        let day = &days["aggregates"][0];
        assert_eq!((&day["totalRequests"], &day["totalSuccessful"], &day["totalFailed"]), (&json!(2), &json!(1), &json!(1)));
        assert_eq!((&day["uniqueKeys"], &day["uniqueMachines"]), (&json!(1), &json!(2)));
        let before = [("ProductId", product.as_str()), ("End", "2001-01-31"), ("Start", "2001-01-01")];
        assert_eq!(vendor.program.does("ai/GetDailyAggregates", &before).await["aggregates"], json!([]));
        vendor.program.fails("ai/GetDailyAggregates", &[("Start", "soon")]).await;
    }

    async fn keys_and_machines_as_the_log_knows_them(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let (key, other) = (vendor.key(2).await, vendor.key(2).await);
        for (key, machine) in [(&key, "a"), (&key, "b"), (&other, "c")] {
            vendor.program.activate(key, machine).await;
        }
        let product = vendor.product.to_string();
        vendor.program.fails("key/Activate", &[("ProductId", &product), ("Key", &key.row.key), ("MachineCode", "z")]).await;
        latchkey::api_log::write(&app.state).await.unwrap();
        let id = key.row.global_id.to_string();
        let summaries = vendor.program.does("ai/GetKeyUsageSummaries", &[("ProductId", &product), ("KeyId", &id)]).await;
        let summary = &summaries["summaries"][0];
        assert_eq!((&summary["key"], &summary["totalRequests"], &summary["totalSuccessful"], &summary["totalFailed"]), (&json!(key.row.key), &json!(3), &json!(2), &json!(1)));
        assert_eq!(vendor.program.does("ai/GetKeyUsageSummaries", &[]).await["summaries"].as_array().unwrap().len(), 2);
        let lock = NewToken { key_lock: Some(other.row.global_id.0), ..NewToken::default() };
        let mut locked = vendor.program_with(&["GetKeyDevices", "GetKeyUsageSummaries"], lock).await;
        let devices = |answer: &serde_json::Value| -> Vec<String> {
            answer["devices"].as_array().unwrap().iter().map(|it| it["machineCode"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(devices(&locked.does("ai/GetKeyDevices", &[]).await), ["c"]);
        assert_eq!(locked.does("ai/GetKeyUsageSummaries", &[]).await["summaries"].as_array().unwrap().len(), 1);
        assert_eq!(devices(&vendor.program.does("ai/GetKeyDevices", &[("ProductId", &product), ("Key", &key.row.key)]).await), ["b", "a"]);
        assert_eq!(devices(&vendor.program.does("ai/GetKeyDevices", &[("MachineCode", "a")]).await), ["a"]);
    }

    async fn calls_by_country_and_by_half_hour(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let form = json!({"name": "Ada", "email": "", "company": "", "phone": "", "country": "SE", "notes": "",
            "external_id": "", "enable_association": false});
        let ada: latchkey_shared::api::customers::Customer = vendor.staff.post("/api/v1/customers", form).await.ok();
        let swedish = vendor.key_with(json!({"customer": ada.id, "max_machines": 2})).await;
        let nobodys = vendor.key(2).await;
        for (key, machine) in [(&swedish, "a"), (&swedish, "a"), (&nobodys, "b")] {
            vendor.program.activate(key, machine).await;
        }
        latchkey::api_log::write(&app.state).await.unwrap();
        let product = vendor.product.to_string();
        let days = vendor.program.does("ai/GetDailyCountryAggregates", &[("ProductId", &product), ("CountryCode", "")]).await;
        let counted: Vec<_> = days["aggregates"].as_array().unwrap().iter().map(|day| (day["countryCode"].as_str().unwrap(), day["totalRequestsLogged"].as_i64().unwrap())).collect();
        assert_eq!(counted, [("", 1), ("SE", 2)]);
        let sweden = vendor.program.does("ai/GetDailyCountryAggregates", &[("ProductId", &product), ("CountryCode", "se")]).await;
        assert_eq!((sweden["aggregates"].as_array().unwrap().len(), &sweden["aggregates"][0]["successful"]), (1, &json!(2)));

        let buckets = vendor.program.does("ai/GetLicenseActivityBuckets", &[("ProductId", &product), ("Key", &swedish.row.key)]).await;
        let [bucket] = buckets["buckets"].as_array().unwrap().as_slice() else { panic!("{buckets}") };
        assert_eq!((&bucket["machineCode"], &bucket["totalRequests"], &bucket["key"]), (&json!("a"), &json!(2), &json!(swedish.row.key)));
        assert_eq!(bucket["bucketStart"].as_i64().unwrap() % 1_800, 0);
        let id = bucket["id"].to_string();
        let after = vendor.program.does("ai/GetLicenseActivityBuckets", &[("StartingAfter", &id)]).await;
        assert_eq!(after["buckets"][0]["machineCode"], "b");
        let lock = NewToken { key_lock: Some(nobodys.row.global_id.0), ..NewToken::default() };
        let mut locked = vendor.program_with(&["GetLicenseActivityBuckets"], lock).await;
        assert_eq!(locked.does("ai/GetLicenseActivityBuckets", &[]).await["buckets"].as_array().unwrap().len(), 1);
    }

    async fn what_was_changed_and_by_whom(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let (key, other) = (vendor.key(0).await, vendor.key(0).await);
        let product = vendor.product.to_string();
        let place = [("ProductId", product.as_str()), ("Key", key.row.key.as_str())];
        vendor.program.does("key/BlockKey", &place).await;
        let log = vendor.program.does("ai/GetObjectLog", &place).await;
        let actions: Vec<_> = log["logs"].as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap().to_owned()).collect();
        assert_eq!(actions, ["key_blocked", "key_created"], "the newest first");
        assert_eq!((&log["logs"][0]["source"], &log["logs"][0]["key"]), (&json!("api"), &json!(key.row.key)));
        let first = log["logs"][1]["id"].to_string();
        let later = vendor.program.does("ai/GetObjectLog", &[("ProductId", &product), ("StartingAfter", &first), ("Limit", "1")]).await;
        assert_eq!(later["logs"][0]["objectId"], other.row.global_id.0);
        let lock = NewToken { key_lock: Some(other.row.global_id.0), ..NewToken::default() };
        let mut locked = vendor.program_with(&["GetObjectLog"], lock).await;
        assert_eq!(locked.does("ai/GetObjectLog", &[]).await["logs"].as_array().unwrap().len(), 1);
        vendor.program.fails("ai/GetObjectLog", &[("OrderBy", "password")]).await;
    }

    async fn events_are_forgotten_when_the_vendor_says(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        vendor.program.does("ai/RegisterEvent", &[("EventName", "e")]).await;
        let settings = json!({"get": true, "refusal_status": "mixed", "log_days": 90, "event_days": 10});
        vendor.staff.put("/api/v1/settings/web-api", settings).await.done();
        let mut count = async || vendor.program.does("ai/GetEvents", &[]).await["events"].as_array().unwrap().len();
        app.state.clock.advance(9 * 86_400_000);
        latchkey::usage::sweep(&app.state).await.unwrap();
        assert_eq!(count().await, 1);
        app.state.clock.advance(2 * 86_400_000);
        latchkey::usage::sweep(&app.state).await.unwrap();
        assert_eq!(count().await, 0);
    }

    async fn old_calls_are_forgotten(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        vendor.program.activate(&key, "a").await;
        latchkey::api_log::write(&app.state).await.unwrap();
        let count = async || {
            let wanted = latchkey_store::api_log::Wanted { limit: 10, ..Default::default() };
            latchkey_store::api_log::wanted(app.state.store.read(), latchkey_store::Access::All, &wanted).await.unwrap().len()
        };
        latchkey::api_log::sweep(&app.state).await.unwrap();
        assert_eq!(count().await, 1);
        app.state.clock.advance(91 * 86_400_000);
        latchkey::api_log::sweep(&app.state).await.unwrap();
        assert_eq!(count().await, 0);
    }

    async fn use_is_recorded_only_for_what_a_subscription_pays(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let product = vendor.product.to_string();
        let parameters = [("ProductId", product.as_str()), ("Key", key.row.key.as_str()), ("Amount", "1")];
        assert!(vendor.program.fails("subscription/RecordUsage", &parameters).await.1.starts_with("No active subscription found"));
    }
}
