//! Data objects through the API.

use latchkey::identity::tokens::NewToken;
use serde_json::{Value, json};

use super::{Vendor, licence};
use crate::on_both_databases;

const BOUND: &str = "The value cannot be changed as the bound has been reached.";

async fn call(
    vendor: &mut Vendor<'_>,
    method: &str,
    parameters: &[(&'static str, String)],
    extra: &[(&str, &str)],
) -> Value {
    let all: Vec<(&str, &str)> =
        parameters.iter().map(|(a, b)| (*a, b.as_str())).chain(extra.iter().copied()).collect();
    vendor.program.does(&format!("data/{method}"), &all).await
}

on_both_databases! {
    async fn counters_of_a_key_stop_at_their_bound(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let product = vendor.product.to_string();
        let place = [("ProductId", product.as_str()), ("Key", key.row.key.as_str())];
        let with = |extra: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> { place.iter().copied().chain(extra.iter().copied()).collect() };
        let id = vendor.program.does("data/AddDataObjectToKey/", &with(&[("Name", "usage"), ("IntValue", "8"), ("StringValue", "s"), ("CheckForDuplicates", "True")])).await["id"].to_string();
        vendor.program.fails("data/AddDataObjectToKey", &with(&[("Name", "usage"), ("CheckForDuplicates", "True")])).await;
        let up = with(&[("Id", "0"), ("Name", "usage"), ("IntValue", "1"), ("EnableBound", "True"), ("Bound", "10")]);
        vendor.program.does("data/IncrementIntValueToKey", &up).await;
        vendor.program.does("data/IncrementIntValueToKey", &up).await;
        assert_eq!(vendor.program.fails("data/IncrementIntValueToKey", &up).await.1, BOUND);
        let down = with(&[("Name", "usage"), ("IntValue", "-6"), ("EnableBound", "true"), ("Bound", "0")]);
        vendor.program.does("data/DecrementIntValueToKey", &down).await;
        assert_eq!(vendor.program.fails("data/DecrementIntValueToKey", &down).await.1, BOUND, "4 - 6 is below 0");
        let mut text = place.to_vec();
        text.extend([("Id", id.as_str()), ("StringValue", "new")]);
        vendor.program.does("data/SetStringValueToKey", &text).await;
        let listed = vendor.program.does("data/ListDataObjectsToKey", &with(&[("Contains", "US")])).await;
        assert_eq!(listed["dataObjects"], json!([{"id": id.parse::<i64>().unwrap(), "name": "usage", "stringValue": "new", "intValue": 4}]));
        let huge = with(&[("Name", "usage"), ("IntValue", "2147483647")]);
        assert_eq!(vendor.program.fails("data/IncrementIntValueToKey", &huge).await.1, BOUND, "beyond 32 bits");
        let read = with(&[("SignMethod", "1")]);
        assert_eq!(licence(&vendor.program.does("key/GetKey", &read).await)["DataObjects"][0]["IntValue"], 4);
        vendor.program.does("data/RemoveDataObjectToKey", &with(&[("Name", "usage"), ("Id", "0")])).await;
        assert_eq!(vendor.program.fails("data/RemoveDataObjectToKey", &with(&[("Name", "usage")])).await.1, "Could not find the data object.");
    }

    async fn many_at_once_count_exactly(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let product = vendor.product.to_string();
        vendor.program.does("data/AddDataObjectToKey", &[("ProductId", &product), ("Key", &key.row.key), ("Name", "n")]).await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (mut program, product, key) = (vendor.program.clone(), product.clone(), key.row.key.clone());
            tasks.spawn(async move {
                let up = [("ProductId", product.as_str()), ("Key", &key), ("Name", "n"), ("IntValue", "1"), ("EnableBound", "True"), ("Bound", "13")];
                program.call("data/IncrementIntValueToKey", &up).await.json()["result"] == 0
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().filter(|done| *done).count(), 13);
    }

    async fn objects_of_machines_are_their_own(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(2).await;
        let product = vendor.product.to_string();
        let place = |machine: &'static str| vec![("ProductId", product.clone()), ("Key", key.row.key.clone()), ("MachineCode", machine.to_owned())];
        let id = call(&mut vendor, "AddDataObjectToMachineCode", &place("a"), &[("Name", "n"), ("IntValue", "1"), ("StringValue", "s"), ("CheckForDuplicates", "False")]).await["id"].to_string();
        let seen = call(&mut vendor, "ListDataObjectsToMachineCode", &place("a"), &[("Contains", "")]).await;
        assert_eq!(seen["dataObjects"].as_array().unwrap().len(), 1);
        let other = call(&mut vendor, "ListDataObjectsToMachineCode", &place("b"), &[]).await;
        assert_eq!(other["dataObjects"], json!([]));
        let of_key = call(&mut vendor, "ListDataObjectsToKey", &place("a"), &[]).await;
        assert_eq!(of_key["dataObjects"], json!([]));
        call(&mut vendor, "IncrementIntValueToMachineCode", &place("a"), &[("Name", "n"), ("IntValue", "5")]).await;
        call(&mut vendor, "SetIntValueToMachineCode", &place("a"), &[("Id", &id), ("IntValue", "-3")]).await;
        call(&mut vendor, "RemoveDataObjectToMachineCode", &place("a"), &[("Name", ""), ("Id", &id)]).await;
    }

    async fn objects_of_products_and_the_vendor_by_id(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let product = vendor.product.to_string();
        let id = vendor.program.does("data/AddDataObject", &[("ReferencerType", "1"), ("ReferencerId", &product), ("Name", "p"), ("IntValue", "5")]).await["id"].to_string();
        vendor.program.does("data/AddDataObject", &[("ReferencerType", "0"), ("Name", "v")]).await;
        vendor.program.does("data/IncrementIntValue", &[("Id", &id), ("IntValue", "2")]).await;
        vendor.program.does("data/SetStringValue", &[("Id", &id), ("StringValue", "t")]).await;
        let of_product = vendor.program.does("data/ListDataObjects", &[("ReferencerType", "1"), ("ReferencerId", &product)]).await;
        assert_eq!((&of_product["dataObjects"][0]["intValue"], &of_product["dataObjects"][0]["stringValue"]), (&json!(7), &json!("t")));
        let all = vendor.program.does("data/ListDataObjects", &[("ShowAll", "True")]).await;
        let kinds: Vec<i64> = all["dataObjects"].as_array().unwrap().iter().map(|it| it["referencerType"].as_i64().unwrap()).collect();
        assert_eq!(kinds, [0, 1]);

        // A token that is shipped with a program neither sees the vendor's objects nor steers Latchkey.
        let lock = NewToken { product_lock: Some(vendor.product), ..NewToken::default() };
        let mut locked = vendor.program_with(&["AddDataObject", "ListDataObjects", "SetStringValue"], lock).await;
        assert_eq!(locked.fails("data/AddDataObject", &[("ReferencerType", "0"), ("Name", "x")]).await.1, "Access denied.");
        assert_eq!(locked.does("data/ListDataObjects", &[("ShowAll", "True")]).await["dataObjects"].as_array().unwrap().len(), 1);
        let mut unlocked = vendor.program_with(&["AddDataObject"], NewToken::default()).await;
        let terms = [("ReferencerType", "0"), ("Name", "cryptolens_customtosurl"), ("StringValue", "https://evil.test")];
        assert_eq!(unlocked.fails("data/AddDataObject", &terms).await.1, "Access denied.");
        vendor.program.does("data/AddDataObject", &terms).await;
    }

    async fn reserved_names_are_set_only_to_what_has_an_effect(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let product = vendor.product.to_string();
        let of_product = [("ReferencerType", "1"), ("ReferencerId", product.as_str())];
        let of_key = [("ProductId", product.as_str()), ("Key", key.row.key.as_str())];
        let with = |place: &[(&'static str, &'static str)], more: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> {
            place.iter().chain(more).copied().collect()
        };
        for (name, text, says) in [
            ("cryptolens_expirationnotice", "a week", "Write whole numbers from 0 to 365"),
            ("cryptolens_orderby", "Colour", "The text is ID, Created or Expires"),
            ("cryptolens_dobjreset", "daily", "The text is a list such as"),
            ("cryptolens_unblockextendedlicenses", "yes", "The text is true or false."),
            ("Cryptolens_OrderBy", "Created descending", "This name steers Latchkey, and is written cryptolens_orderby."),
        ] {
            let parameters: Vec<(&str, &str)> = of_product.iter().copied().chain([("Name", name), ("StringValue", text)]).collect();
            let (status, message) = vendor.program.fails("data/AddDataObject", &parameters).await;
            assert!(status == 200 && message.contains(says), "{name} {status} {message}");
        }
        let features: Vec<(&str, &str)> = of_key.iter().copied().chain([("Name", "cryptolens_features"), ("StringValue", "f1,f2")]).collect();
        assert!(vendor.program.fails("data/AddDataObjectToKey", &features).await.1.starts_with("The text is a JSON list"));
        let vendors = with(&[("ReferencerType", "0"), ("Name", "cryptolens_customer_secret")], &[("IntValue", "7")]);
        assert!(vendor.program.fails("data/AddDataObject", &vendors).await.1.starts_with("The number is 2, or 0"));

        let good: Vec<(&str, &str)> = of_product.iter().copied().chain([("Name", "cryptolens_orderby"), ("StringValue", "Created (descending)")]).collect();
        let id = vendor.program.does("data/AddDataObject", &good).await["id"].to_string();
        let bad = with(&[("StringValue", "Colour")], &[]);
        let bad: Vec<(&str, &str)> = bad.into_iter().chain([("Id", id.as_str())]).collect();
        assert!(vendor.program.fails("data/SetStringValue", &bad).await.1.starts_with("The text is ID, Created"));
        let secret = with(&[("ReferencerType", "0"), ("Name", "cryptolens_customer_secret")], &[("IntValue", "0")]);
        let secret = vendor.program.does("data/AddDataObject", &secret).await["id"].to_string();
        for method in ["data/SetIntValue", "data/IncrementIntValue"] {
            assert!(vendor.program.fails(method, &[("Id", &secret), ("IntValue", "3")]).await.1.starts_with("The number is 2"), "{method}");
        }
        vendor.program.does("data/IncrementIntValue", &[("Id", &secret), ("IntValue", "2")]).await;

        // And by staff, who see which field it is.
        let object = json!({"ref_type": "product", "ref_id": vendor.product, "name": "cryptolens_expirationnotice", "string_value": "soon"});
        vendor.staff.post("/api/v1/data", object).await.field("string_value");
        let object = json!({"ref_type": "key", "ref_id": key.row.global_id, "name": "CRYPTOLENS_features", "string_value": "[]"});
        vendor.staff.post("/api/v1/data", object).await.field("name");
        vendor.staff.patch(&format!("/api/v1/data/{secret}"), json!({"string_value": "", "int_value": 1})).await.field("int_value");
    }

    async fn what_becomes_of_a_key_s_objects_is_in_its_history(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(1).await;
        let product = vendor.product.to_string();
        let place = [("ProductId", product.as_str()), ("Key", key.row.key.as_str())];
        let with = |more: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> { place.iter().chain(more).copied().collect() };
        vendor.program.does("data/AddDataObjectToKey", &with(&[("Name", "usage"), ("IntValue", "3")])).await;
        vendor.program.does("data/IncrementIntValueToKey", &with(&[("Name", "usage"), ("IntValue", "1")])).await;
        for _ in 0..2 {
            vendor.program.does("data/SetIntValueToKey", &with(&[("Name", "usage"), ("IntValue", "9")])).await;
        }
        vendor.program.does("data/AddDataObjectToMachineCode", &with(&[("MachineCode", "desk"), ("Name", "n"), ("StringValue", "s")])).await;
        let object = json!({"ref_type": "key", "ref_id": key.row.global_id, "name": "tier", "string_value": "gold"});
        let id = vendor.staff.post("/api/v1/data", object).await.json()["id"].clone();
        vendor.staff.patch(&format!("/api/v1/data/{id}"), json!({"string_value": "silver", "int_value": 0})).await.done();
        vendor.staff.patch(&format!("/api/v1/data/{id}"), json!({"string_value": "silver", "int_value": 0})).await.done();
        vendor.staff.delete(&format!("/api/v1/data/{id}")).await.done();
        vendor.program.does("data/RemoveDataObjectToKey", &with(&[("Name", "usage")])).await;
        let other = vendor.key(1).await;
        let history = vendor.staff.get(&format!("/api/v1/keys/{}/history", key.row.global_id)).await.json();
        let told: Vec<(&str, &str)> = history["events"].as_array().unwrap().iter().map(|event| (event["text"].as_str().unwrap(), event["actor"]["source"].as_str().unwrap())).collect();
        assert_eq!(told[..told.len() - 1], [
            ("Data object usage was removed.", "api"),
            ("Data object tier was removed.", "staff"),
            ("Data object tier was changed: “gold” became “silver”.", "staff"),
            ("Data object tier was added: “gold”, 0.", "staff"),
            ("Data object n of machine desk was added: “s”, 0.", "api"),
            ("Data object usage was changed: 4 became 9.", "api"),
            ("Data object usage was added: 3.", "api"),
        ]);
        let history = vendor.staff.get(&format!("/api/v1/keys/{}/history", other.row.global_id)).await.json();
        assert_eq!(history["events"].as_array().unwrap().len(), 1, "another key's stay its own");
    }
}
