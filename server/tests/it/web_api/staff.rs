//! What staff see and steer of the licence Web API, under /api/v1.

use latchkey_shared::{
    api::{
        common::List,
        customers::Customer,
        key_bulk::{KeyIds, KeysChanged, KeysMade},
        keys::{KeyHistory, LicenceKey},
        licensing::{LicenceTemplate, LicenceTemplates},
        signing::SigningKeys,
        tokens::{NewToken, Scopes, Tokens},
        web_api::{ApiCall, KeyActivity, Machines},
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
        let asked = app.state.clock.now();
        let machines: Machines = vendor.staff.get(&format!("{path}/machines")).await.ok();
        assert_eq!(machines.machines[0].machine_code, "a");
        assert!((asked..=app.state.clock.now()).contains(&machines.now.millis()), "leases end by the server's clock");
        let shown: LicenceKey = vendor.staff.get(&path).await.ok();
        assert_eq!((shown.row.machines, shown.row.max_machines), (1, 1));
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
        assert!(lines[1].contains(&made.keys[0].key) && lines[1].ends_with(",2,'=cmd"), "{}", lines[1]);
        let ids: Vec<i64> = lines[1..].iter().map(|line| line.split(',').next().unwrap().parse().unwrap()).collect();
        let changed: KeysChanged = vendor.staff.post("/api/v1/keys/bulk", json!({"keys": ids, "blocked": true, "extend_days": 5})).await.ok();
        assert_eq!(changed.changed, 3);
        let again: KeysChanged = vendor.staff.post("/api/v1/keys/bulk", json!({"keys": ids, "blocked": true})).await.ok();
        assert_eq!(again.changed, 0);
        let known: KeyIds = vendor.staff.get("/api/v1/keys/ids?filter=blocked%20%3D%20yes").await.ok();
        assert_eq!(known.keys.iter().map(|key| key.0).collect::<Vec<_>>(), ids);
        let elsewhere = format!("/api/v1/keys/ids?product={}", vendor.product + 1);
        assert_eq!(vendor.staff.get(&elsewhere).await.ok::<KeyIds>().keys, []);
        let csv = vendor.staff.get(&format!("/api/v1/keys/export?product={}", vendor.product + 1)).await;
        assert_eq!(csv.text.lines().count(), 1, "no key of another product");
    }

    async fn what_many_keys_skip_is_said_key_by_key(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let (plain, forever) = (vendor.key(0).await, vendor.key_with(json!({"period_days": 0})).await);
        let keys = [plain.row.global_id.0, forever.row.global_id.0, 424_242];
        let ask = json!({"keys": keys, "extend_days": 10, "reason": " Trade fair "});
        let answer: KeysChanged = vendor.staff.post("/api/v1/keys/bulk", ask).await.ok();
        let skipped: Vec<(&str, Vec<&str>)> = answer.skipped.iter().map(|group| (group.why.as_str(), group.keys.iter().map(String::as_str).collect())).collect();
        assert_eq!(answer.changed, 1);
        assert_eq!(skipped, [
            ("A key that never expires cannot be extended.", vec![forever.row.key.as_str()]),
            ("There is no such licence key.", vec!["424242"]),
        ]);
        let path = format!("/api/v1/keys/{}", plain.row.global_id);
        let extended: LicenceKey = vendor.staff.get(&path).await.ok();
        let (was, is) = (plain.row.expires.unwrap(), extended.row.expires.unwrap());
        assert_eq!((is.millis() - was.millis() + 3_600_000) / 86_400_000, 10, "an hour for the clocks");

        let until = |days: i64| json!({"keys": [keys[0]], "extend_until": was.plus_days(days)});
        let shorter: KeysChanged = vendor.staff.post("/api/v1/keys/bulk", until(1)).await.ok();
        assert_eq!((shorter.changed, shorter.skipped[0].why.as_str()), (0, "It lasts until then anyway."));
        assert_eq!(vendor.staff.post("/api/v1/keys/bulk", until(50)).await.ok::<KeysChanged>().changed, 1);
        assert_eq!(vendor.staff.get(&path).await.ok::<LicenceKey>().row.expires, Some(was.plus_days(50)));

        let history: KeyHistory = vendor.staff.get(&format!("{path}/history")).await.ok();
        let kinds: Vec<(&str, &str)> = history.events.iter().map(|event| (event.kind.as_str(), event.reason.as_str())).collect();
        assert_eq!(kinds, [("key_edited", ""), ("key_edited", "Trade fair"), ("key_created", "")]);
        let (before, after) = (history.events[1].before.clone().unwrap(), history.events[1].after.clone().unwrap());
        assert_eq!((before.expires, after.expires), (plain.row.expires, extended.row.expires));
        vendor.staff.post("/api/v1/keys/bulk", json!({"keys": [], "blocked": true})).await.field("keys");
        let trial = json!({"count": 2, "key": {
            "customer": null, "period_days": 0, "features": [false, false, false, false, false, false, false, false],
            "max_machines": 1, "trial_activation": true, "notes": "",
        }});
        vendor.staff.post(&format!("/api/v1/products/{}/keys/bulk", vendor.product), trial).await.field("trial_activation");
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
        assert_eq!(listed.templates[0].key.period_days, 730);
        let codes = "a1\n".repeat(400);
        let key = json!({
            "period_days": 30, "features": [true, false, false, false, false, false, false, true], "max_machines": 3,
            "trial_activation": true, "notes": "n", "allowed_machines": format!("\n {codes}"),
        });
        let form = json!({"name": " Form ", "key": key});
        let made: LicenceTemplate = vendor.staff.post(&format!("{path}/templates"), form.clone()).await.ok();
        assert_eq!((made.name.as_str(), made.key.max_machines, made.key.trial_activation), ("Form", 3, true));
        assert_eq!((made.key.features[0], made.key.features[1], made.key.features[7]), (true, false, true));
        assert_eq!(made.key.allowed_machines.lines().count(), 400);
        let id = made.id.to_string();
        let key = vendor.program.does("key/CreateKeyFromTemplate", &[("LicenseTemplateId", &id)]).await;
        assert!(key["key"].as_str().is_some_and(|key| key.len() == 23), "{key}");
        let mut no_days = form;
        no_days["key"]["period_days"] = json!(0);
        vendor.staff.post(&format!("{path}/templates"), no_days).await.field("key.trial_activation");
        vendor.staff.delete(&format!("/api/v1/templates/{}", made.id)).await.done();
        vendor.staff.delete(&format!("/api/v1/templates/{}", template.id)).await.done();

        let mut said = vendor.staff.get(&format!("{path}/licensing")).await.json();
        assert_eq!(said["reminder_days"], Value::Null);
        for (field, value) in [("blocks_expired", json!(true)), ("extending_unblocks", json!(true)), ("trial_begins_once", json!(true)),
            ("reminder_days", json!("14, 3")), ("feature_template", json!("[\"f1\"]"))] {
            said[field] = value;
        }
        vendor.staff.put(&format!("{path}/licensing"), said.clone()).await.done();
        assert_eq!(vendor.staff.get(&format!("{path}/licensing")).await.json(), said);
        for (field, value) in [("feature_template", json!("{")), ("reminder_days", json!("soon")), ("signing_key", json!(424_242))] {
            let mut wrong = said.clone();
            wrong[field] = value;
            vendor.staff.put(&format!("{path}/licensing"), wrong).await.field(field);
        }
        let products = vendor.program.does("product/GetProducts", &[]).await;
        assert_eq!(products["products"][0]["featureDefinitions"]["blockExpiredLicenses"], true);
        let objects = products["products"][0]["dataObjects"].as_array().unwrap();
        assert!(objects.iter().any(|object| object["name"] == "cryptolens_featuretemplate"), "{objects:?}");

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
