//! New keys, trial keys, templates, and lists of keys.

use latchkey::identity::tokens::NewToken;
use latchkey_shared::api::licensing::AddTemplate;
use serde_json::{Value, json};

use super::{Vendor, licence};
use crate::on_both_databases;

on_both_databases! {
    async fn keys_are_made_as_asked(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let product = vendor.product.to_string();
        let one = vendor.program.does("key/CreateKey", &[
            ("ProductId", &product), ("Period", "30"), ("F1", "True"), ("F2", "False"), ("Notes", ""), ("CustomerId", "0"),
            ("NewCustomer", "True"), ("Name", "Ann"), ("Email", "None"), ("MaxNoOfMachines", "2"), ("AllowedMachines", "a\nb"), ("NoOfKeys", "1"),
        ]).await;
        assert!(one["customerId"].is_i64() && one.get("createdKeys").is_none(), "{one}");
        let read = [("ProductId", product.as_str()), ("Key", one["key"].as_str().unwrap()), ("SignMethod", "1")];
        let shown = licence(&vendor.program.does("key/GetKey", &read).await);
        assert_eq!((&shown["F1"], &shown["MaxNoOfMachines"], &shown["AllowedMachines"]), (&json!(true), &json!(2), &json!("a\nb")));
        assert_eq!((&shown["Customer"]["Name"], &shown["Customer"]["Email"]), (&json!("Ann"), &json!("")));

        let many = vendor.program.does("key/CreateKey", &[("ProductId", &product), ("NoOfKeys", "3"), ("Block", "true")]).await;
        assert_eq!(many["createdKeys"].as_array().unwrap().len(), 3);

        let by_mail = [("ProductId", product.as_str()), ("AddOrUseExistingCustomer", "True"), ("Email", "Bob@Example.com"), ("Name", "Bob")];
        let first = vendor.program.does("key/CreateKey", &by_mail).await["customerId"].clone();
        let again = [("ProductId", product.as_str()), ("AddOrUseExistingCustomer", "True"), ("Email", "bob@example.COM")];
        assert_eq!(vendor.program.does("key/CreateKey", &again).await["customerId"], first);

        let mut maker = vendor.program_with(&["CreateKey"], NewToken::default()).await;
        assert_eq!(maker.fails("key/CreateKey", &by_mail).await.1, "Access denied.");
        maker.does("key/CreateKey", &[("ProductId", &product)]).await;
        let strange = [("ProductId", product.as_str()), ("CustomerId", "424242")];
        assert_eq!(vendor.program.fails("key/CreateKey", &strange).await.1, "Customer not found.");
    }

    async fn a_machine_has_one_trial_per_product(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let product = vendor.product.to_string();
        let asked = [("ProductId", product.as_str()), ("MachineCode", "mc1"), ("FriendlyName", "")];
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (mut program, product) = (vendor.program.clone(), product.clone());
            tasks.spawn(async move {
                program.does("key/CreateTrialKey", &[("ProductId", &product), ("MachineCode", "mc1")]).await["key"].clone()
            });
        }
        let keys = tasks.join_all().await;
        assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
        let text = keys[0].as_str().unwrap();
        let read = [("ProductId", product.as_str()), ("Key", text), ("SignMethod", "1"), ("Metadata", "true")];
        let answer = vendor.program.does("key/GetKey", &read).await;
        let shown = licence(&answer);
        assert_eq!(shown["ActivatedMachines"][0]["Mid"], "mc1");
        assert_eq!(shown["Expires"].as_i64().unwrap() - shown["Created"].as_i64().unwrap(), 15 * 86_400);
        assert_eq!(answer["metadata"]["licenseStatus"]["trial"], true);
        let other = vendor.program.does("key/CreateTrialKey", &[("ProductId", &product), ("MachineCode", "mc2")]).await;
        assert_ne!(other["key"], keys[0]);

        vendor.program.does("key/BlockKey", &[("ProductId", &product), ("Key", text)]).await;
        let used = "This machine code has already activated the trial.";
        assert_eq!(vendor.program.fails("key/CreateTrialKey", &asked).await.1, used);
        vendor.program.does("key/UnblockKey", &[("ProductId", &product), ("Key", text)]).await;
        vendor.program.does("key/RemoveFeature", &[("ProductId", &product), ("Key", text), ("Feature", "2")]).await;
        assert_eq!(vendor.program.fails("key/CreateTrialKey", &asked).await.1, used, "bought meanwhile");

        let week = NewToken { feature_lock: Some(7), ..NewToken::default() };
        let short = vendor.program_with(&["CreateTrialKey"], week).await
            .does("key/CreateTrialKey", &[("ProductId", &product), ("MachineCode", "mc3")]).await["key"].clone();
        let read = [("ProductId", product.as_str()), ("Key", short.as_str().unwrap()), ("SignMethod", "1")];
        assert_eq!(licence(&vendor.program.does("key/GetKey", &read).await)["Period"], 7);
        let long = "m".repeat(129);
        vendor.program.fails("key/CreateTrialKey", &[("ProductId", &product), ("MachineCode", &long)]).await;
    }

    async fn a_template_says_what_a_key_allows(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let product = latchkey_shared::ids::ProductId(vendor.product);
        let origin = latchkey::audit::Origin::system("system");
        let params = r#"{"F3":true,"Period":365,"MaxNoOfMachines":4}"#.to_owned();
        let form = AddTemplate { name: "Year".to_owned(), params, ..AddTemplate::default() };
        let template = latchkey::licensing::templates::add(&app.state, &origin, product, form).await.unwrap();
        let made = vendor.program.does("key/CreateKeyFromTemplate", &[("LicenseTemplateId", &template.id.to_string())]).await;
        let raw: Value = serde_json::from_str(made["rawResponse"].as_str().unwrap()).unwrap();
        assert_eq!(raw["key"], made["key"]);
        let text = vendor.product.to_string();
        let read = [("ProductId", text.as_str()), ("Key", made["key"].as_str().unwrap()), ("SignMethod", "1")];
        let shown = licence(&vendor.program.does("key/GetKey", &read).await);
        assert_eq!((&shown["F3"], &shown["Period"], &shown["MaxNoOfMachines"]), (&json!(true), &json!(365), &json!(4)));
        vendor.program.fails("key/CreateKeyFromTemplate", &[("LicenseTemplateId", "424242")]).await;
    }

    async fn keys_are_listed_in_pages_of_ninety_nine(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let product = vendor.product.to_string();
        vendor.program.does("key/CreateKey", &[("ProductId", &product), ("NoOfKeys", "99"), ("F4", "true"), ("Period", "9")]).await;
        let page = async |vendor: &mut Vendor<'_>, extra: &[(&str, &str)]| {
            let mut parameters = vec![("ProductId", product.as_str())];
            parameters.extend(extra);
            let answer = vendor.program.does("product/GetKeys", &parameters).await;
            let ids: Vec<i64> = answer["licenseKeys"].as_array().unwrap().iter().map(|key| key["id"].as_i64().unwrap()).collect();
            (ids, answer["returned"].as_i64().unwrap(), answer["total"].as_i64().unwrap(), answer["pageCount"].as_i64().unwrap())
        };
        let (ids, returned, total, pages) = page(&mut vendor, &[("Page", "1"), ("OrderBy", "ID ascending"), ("SearchQuery", "")]).await;
        assert_eq!((ids[0], ids[98], returned, total, pages), (1, 99, 99, 99, 1));
        vendor.program.does("key/CreateKey", &[("ProductId", &product)]).await;
        assert_eq!(page(&mut vendor, &[("Page", "2")]).await, (vec![100], 1, 100, 2));
        assert_eq!(page(&mut vendor, &[("Page", "3")]).await, (vec![], 0, 100, 2));
        assert_eq!(page(&mut vendor, &[("OrderBy", "Id descending")]).await.0[0], 100);
        assert_eq!(page(&mut vendor, &[("SearchQuery", "Id=42")]).await.0, [42]);
        for (search, found) in [
            ("f4 = no", 1), ("F4", 99), ("!F4", 1), ("not F4 and not block", 1), ("F4 && block", 0), ("Period = 9", 99),
            ("ActivatedMachines.Count() > 0", 0), ("activatedmachines.count() = 0", 100), ("dataobjects.count() > 0", 0),
            ("created >= DateTime(2015, 01, 01)", 100), ("created < DateTime(2015,1,1)", 0), ("expires <= monthforward", 99),
            ("trialactivation = false", 100), ("customer.email = \"a@b.c\"", 0), ("customer.companyname = null", 100),
            ("customer.created = today", 0), ("ResellerId = null", 100), ("allowedmachines.contains(\"x\")", 0),
        ] {
            assert_eq!(page(&mut vendor, &[("SearchQuery", search)]).await.2, found, "{search}");
        }
        let bad = [("ProductId", product.as_str()), ("OrderBy", "secret")];
        assert_eq!(vendor.program.fails("product/GetKeys", &bad).await.1, "The input parameters were incorrect.");
        let bad = [("ProductId", product.as_str()), ("SearchQuery", "colour = red")];
        assert!(vendor.program.fails("product/GetKeys", &bad).await.1.contains("colour"));
    }

    async fn products_are_listed_as_far_as_the_token_sees(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        vendor.staff.post("/api/v1/products", json!({"name": "Other"})).await.done();
        let all = vendor.program.does("product/GetProducts", &[]).await;
        assert_eq!(all["products"].as_array().unwrap().len(), 2);
        assert_eq!((&all["products"][0]["name"], &all["products"][0]["keyAlgorithm"]), (&json!("Aurora"), &json!(1)));
        let lock = NewToken { product_lock: Some(vendor.product), ..NewToken::default() };
        let mut locked = vendor.program_with(&["GetProducts"], lock).await;
        let seen = locked.does("product/GetProducts", &[]).await;
        assert_eq!(seen["products"].as_array().unwrap().iter().map(|it| it["id"].as_i64().unwrap()).collect::<Vec<_>>(), [vendor.product]);
    }
}
