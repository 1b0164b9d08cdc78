//! What staff see and steer of the licence Web API, under /api/v1.

use latchkey_shared::{
    api::{
        common::List,
        customers::Customer,
        signing::SigningKeys,
        tokens::{NewToken, Scopes, Tokens},
        web_api::{ApiCall, KeyActivity, KeysChanged, KeysMade, LicenceTemplate, LicenceTemplates, Machines},
    },
    permission::Role,
};
use serde_json::{Value, json};

use super::{Program, Vendor, licence};
use crate::on_both_databases;

on_both_databases! {
    async fn a_token_is_shown_once_used_and_revoked(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let form = json!({"name": " Shipped ", "scopes": ["GetKey", "ReadNotes"], "product_lock": vendor.product, "feature_lock": 7});
        let made: NewToken = vendor.staff.post("/api/v1/tokens", form).await.ok();
        let product = vendor.product.to_string();
        let parameters = [("ProductId", product.as_str()), ("Key", key.row.key.as_str()), ("SignMethod", "1")];
        let mut program = Program { token: made.token.clone(), ..vendor.program.clone() };
        program.does("key/GetKey", &parameters).await;
        latchkey::api_log::write(&app.state).await.unwrap();
        let listed = vendor.staff.get("/api/v1/tokens").await;
        assert!(!listed.text.contains(&made.token), "its secret is nowhere");
        let tokens: Tokens = listed.ok();
        let token = tokens.tokens.iter().find(|token| token.id == made.id).unwrap();
        assert_eq!((token.name.as_str(), token.feature_lock), ("Shipped", Some(7)));
        assert!(token.last_used.is_some() && token.revoked.is_none());
        vendor.staff.delete(&format!("/api/v1/tokens/{}", made.id)).await.done();
        assert_eq!(program.fails("key/GetKey", &parameters).await.1, "Unable to authenticate.", "at once in this process");
        assert_eq!(vendor.staff.delete(&format!("/api/v1/tokens/{}", made.id)).await.error(404), "not_found");
        let bad = json!({"name": "x", "scopes": ["Fly"]});
        assert_eq!(vendor.staff.post("/api/v1/tokens", bad).await.field("scopes"), "There is no scope Fly.");
        vendor.staff.post("/api/v1/tokens", json!({"name": "x", "scopes": ["*"], "product_lock": 424_242})).await.field("product_lock");
        let scopes: Scopes = vendor.staff.get("/api/v1/token-scopes").await.ok();
        let activate = scopes.scopes.iter().find(|scope| scope.name == "Activate").unwrap();
        assert_eq!(activate.methods[0].path, "key/Activate");
        let mut maker = app.token(&["*"]).await;
        assert_eq!(maker.post("/api/v1/tokens", json!({"name": "x", "scopes": ["*"]})).await.error(403), "forbidden");
    }

    async fn machines_are_seen_and_removed_and_calls_are_listed(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let (key, other) = (vendor.key(1).await, vendor.key(1).await);
        vendor.program.activate(&key, "a").await;
        let path = format!("/api/v1/keys/{}", key.row.global_id);
        let machines: Machines = vendor.staff.get(&format!("{path}/machines")).await.ok();
        assert_eq!(machines.machines[0].machine_code, "a");
        let elsewhere = format!("/api/v1/keys/{}/machines/{}", other.row.global_id, machines.machines[0].id);
        assert_eq!(vendor.staff.delete(&elsewhere).await.error(404), "not_found");
        vendor.staff.delete(&format!("{path}/machines/{}", machines.machines[0].id)).await.done();
        vendor.program.activate(&key, "b").await;
        latchkey::api_log::write(&app.state).await.unwrap();
        let activity: KeyActivity = vendor.staff.get(&format!("{path}/activity")).await.ok();
        assert_eq!(activity.calls.iter().map(|call| call.machine.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        let filter = form_urlencoded::byte_serialize(format!("succeeded = yes and key = \"{}\" and machine = a", key.row.key).as_bytes()).collect::<String>();
        let log: List<ApiCall> = vendor.staff.get(&format!("/api/v1/api-log?filter={filter}")).await.ok();
        assert_eq!((log.items.len(), log.items[0].method.as_str(), log.items[0].key), (1, "key/Activate", Some(key.row.global_id)));
        vendor.staff.get("/api/v1/api-log?filter=colour%20%3D%20red").await.field("filter");

        let file = vendor.staff.get(&format!("{path}/licence-file")).await;
        assert!(file.headers["content-disposition"].to_str().unwrap().contains(".skm"));
        let answer: Value = file.json();
        assert_eq!((licence(&answer)["Key"].as_str(), answer["result"].as_i64()), (Some(key.row.key.as_str()), Some(0)));
    }

    async fn the_log_names_token_and_machine_and_whose_key_it_is(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let ada: Customer = vendor.staff.post("/api/v1/customers", json!({"name": "Ada", "email": ""})).await.ok();
        let (owned, nobodys) = (vendor.key_with(json!({"customer": ada.id})).await, vendor.key(0).await);
        let product = vendor.product.to_string();
        for key in [&owned, &nobodys] {
            let parameters = [("ProductId", product.as_str()), ("Key", &key.row.key), ("MachineCode", "m"), ("FriendlyName", "Studio")];
            vendor.program.does("key/Activate", &parameters).await;
        }
        vendor.program.fails("key/GetKey", &[("ProductId", "1"), ("Key", "nothing")]).await;
        latchkey::api_log::write(&app.state).await.unwrap();
        let log: List<ApiCall> = vendor.staff.get("/api/v1/api-log").await.ok();
        let [refused, second, first] = &log.items[..] else { panic!("{log:?}") };
        assert_eq!((first.customer, first.customer_name.as_deref()), (Some(ada.id), Some("Ada")));
        assert_eq!((first.machine.as_str(), first.friendly_name.as_str()), ("m", "Studio"));
        assert_eq!(first.token.map(|token| token.0), Some(vendor.program.token_id));
        assert_eq!((second.key, second.customer, second.customer_name.as_deref()), (Some(nobodys.row.global_id), None, None));
        assert!(!refused.succeeded && refused.key.is_none() && refused.message.contains("not"), "{refused:?}");
    }

    async fn many_keys_at_once_and_as_csv(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let one = json!({"customer": null, "period_days": 10, "features": [false, true, false, false, false, false, false, false], "max_machines": 2, "trial_activation": false, "notes": "=cmd"});
        let made: KeysMade = vendor.staff.post(&format!("/api/v1/products/{}/keys/bulk", vendor.product), json!({"count": 3, "key": one})).await.ok();
        assert_eq!(made.keys.len(), 3);
        let csv = vendor.staff.get("/api/v1/keys/export?filter=f2%20%3D%20yes").await;
        let lines: Vec<&str> = csv.text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert!(lines[1].contains(&made.keys[0]) && lines[1].ends_with(",2,'=cmd"), "{}", lines[1]);
        let ids: Vec<i64> = lines[1..].iter().map(|line| line.split(',').next().unwrap().parse().unwrap()).collect();
        let changed: KeysChanged = vendor.staff.post("/api/v1/keys/bulk", json!({"keys": ids, "blocked": true, "extend_days": 5})).await.ok();
        assert_eq!(changed.changed, 3);
        let again: KeysChanged = vendor.staff.post("/api/v1/keys/bulk", json!({"keys": ids, "blocked": true})).await.ok();
        assert_eq!(again.changed, 0);
        assert_eq!(vendor.staff.post("/api/v1/keys/bulk", json!({"keys": [424_242], "blocked": true})).await.error(404), "not_found");
    }

    async fn templates_product_settings_signing_keys_and_the_apis_own(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let path = format!("/api/v1/products/{}", vendor.product);
        let template: LicenceTemplate = vendor.staff.post(&format!("{path}/templates"), json!({"name": "Year", "params": "{\"Period\":365}"})).await.ok();
        assert!(vendor.staff.post(&format!("{path}/templates"), json!({"name": "Bad", "params": "{\"Period\":\"long\"}"})).await.field("params").contains("Period"));
        let edit = json!({"name": "Two years", "params": "{\"Period\":730}", "version": template.version});
        vendor.staff.patch(&format!("/api/v1/templates/{}", template.id), edit.clone()).await.done();
        assert_eq!(vendor.staff.patch(&format!("/api/v1/templates/{}", template.id), edit).await.error(409), "changed_meanwhile");
        let listed: LicenceTemplates = vendor.staff.get(&format!("{path}/templates")).await.ok();
        assert_eq!(listed.templates[0].name, "Two years");
        vendor.staff.delete(&format!("/api/v1/templates/{}", template.id)).await.done();

        let said = json!({"blocks_expired": true, "feature_template": "[\"f1\"]"});
        vendor.staff.put(&format!("{path}/licensing"), said.clone()).await.done();
        assert_eq!(vendor.staff.get(&format!("{path}/licensing")).await.json(), said);
        vendor.staff.put(&format!("{path}/licensing"), json!({"blocks_expired": true, "feature_template": "{"})).await.field("feature_template");
        let products = vendor.program.does("product/GetProducts", &[]).await;
        assert_eq!(products["products"][0]["featureDefinitions"]["blockExpiredLicenses"], true);
        assert_eq!(products["products"][0]["dataObjects"][0]["name"], "cryptolens_featuretemplate");

        let keys: SigningKeys = vendor.staff.get("/api/v1/signing-keys").await.ok();
        assert_eq!((keys.signing_keys.len(), keys.signing_keys[0].products), (1, 1));
        let settings = json!({"get": false, "refusal_status": "error", "log_days": 30, "event_days": 60});
        vendor.staff.put("/api/v1/settings/web-api", settings.clone()).await.done();
        assert_eq!(vendor.staff.get("/api/v1/settings/web-api").await.json(), settings);
        assert_eq!(vendor.program.fails("key/Activate", &[]).await.0, 400);
        assert_eq!(app.anon().get("/api/key/GetKey").await.status, 405);
        vendor.staff.put("/api/v1/settings/web-api", json!({"get": false, "refusal_status": "error", "log_days": 0})).await.field("log_days");
        let viewer = app.staff(Role::Viewer).await.put("/api/v1/settings/web-api", settings).await;
        assert_eq!(viewer.error(403), "forbidden");
    }
}

#[test]
fn the_readme_lists_the_methods_that_there_are() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    let list = latchkey::licensing::wire::describe::list_for_readme();
    assert!(readme.contains(list.trim()), "put this into README.md:\n{list}");
}

#[test]
fn the_document_describes_every_method() {
    let document = latchkey::router::whole_document();
    let methods: Vec<_> = latchkey::licensing::wire::table::all().collect();
    assert!(methods.len() > 60, "{}", methods.len());
    for method in methods {
        let operation = &document["paths"][format!("/api/{}", method.path())]["post"];
        assert_eq!(operation["summary"].as_str(), Some(method.about.trim()), "{}", method.path());
    }
    assert!(document["paths"]["/api/v1/customers"].is_object());
    let words = &document["components"]["schemas"]["AccountStatus"]["enum"];
    assert_eq!(*words, json!(latchkey_shared::status::AccountStatus::STORED), "as they are sent");
}
