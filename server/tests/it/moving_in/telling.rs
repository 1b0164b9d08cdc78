//! What the report tells: data objects that came inside of something, and what could not be taken along as it was.

use latchkey::move_in::read::Kind;
use latchkey_shared::permission::Role;
use serde_json::{Value, json};

use super::{Files, key, keys, one, products, tally};
use crate::on_both_databases;

on_both_databases! {
    async fn data_objects_count_wherever_they_stand_and_each_once(app: TestApp) {
        let (report, _) = one(key()).take(&app).await;
        assert_eq!(tally(&report, Kind::Object), [2, 0, 0, 0], "one of the product, one of the key");
        let (report, _) = one(key()).take(&app).await;
        assert_eq!(tally(&report, Kind::Object), [0, 2, 0, 0]);

        let listed = json!({"dataObjects": [
            {"id": 4_017, "name": "usage", "stringValue": "x", "intValue": 5, "referencerType": 2, "referencerId": 54_435},
            {"id": 5_000, "name": "ours", "stringValue": "", "intValue": 1, "referencerType": 0, "referencerId": 0},
            {"id": "x", "name": "bad", "referencerType": 0},
        ]});
        let mut changed = key();
        changed["dataObjects"] = json!([{"id": 4_017, "name": "usage", "stringValue": "x", "intValue": 5}, {"id": 4_018, "name": "n"}]);
        let files = Files::of(&[("p", products().to_string()), ("k", keys(&[changed.clone()]).to_string()), ("o", listed.to_string())]);
        let (report, refused) = files.take(&app).await;
        assert_eq!((tally(&report, Kind::Object), refused.len()), ([2, 1, 1, 1], 1));
        // A key that is refused takes its objects with it.
        changed["productId"] = json!(1);
        let (report, _) = one(changed).take(&app).await;
        assert_eq!((tally(&report, Kind::Key), tally(&report, Kind::Object)), ([0, 0, 0, 1], [0, 1, 0, 0]));
        // A table that does not speak of them counts none.
        let csv = "Product Id;ID;Key\r\n3349;155;IVGQG-SEEXW-PLMRN-BAYRR\r\n";
        let (report, _) = Files::of(&[("keys.csv", csv.to_owned())]).take(&app).await;
        assert_eq!((tally(&report, Kind::Key), tally(&report, Kind::Object)), ([0, 1, 0, 0], [0; 4]));
    }

    async fn feature_definitions_come_along_and_what_has_no_place_is_said(app: TestApp) {
        let mut said = products();
        said["products"][0]["featureDefinitions"] = json!({
            "f1": {"name": "Time", "type": 0}, "f2": {"name": "Pro", "type": 0}, "f3": {"name": "Rent", "type": 1}, "f4": {"name": "Try", "type": 2},
            "allLicensesTimeLimited": false, "blockExpiredLicenses": true
        });
        said["products"][0]["dataObjects"] = json!([
            {"id": 901, "name": "cryptolens_orderby", "stringValue": "Colour", "intValue": 0},
            {"id": 902, "name": "Cryptolens_TrialActivation", "stringValue": "first_activation", "intValue": 0},
        ]);
        let mut with_object = key();
        with_object["dataObjects"][0]["name"] = json!("cryptolens_features");
        let files = Files::of(&[("p", said.to_string()), ("k", keys(&[with_object]).to_string())]);
        let told = files.remarks(&app).await;
        let expected = [
            "product 3349: F2 does not mark trials there",
            "product 3349: F4 marks trials there",
            "product 3349: only keys with F3 are limited in time there",
            "product 3349: data object 901 (cryptolens_orderby) is taken along and has no effect: The text is ID",
            "product 3349: data object 902 (Cryptolens_TrialActivation) is taken along and has no effect: This name steers Latchkey, and is written cryptolens_trialactivation.",
            "key 155 of product 3349: data object 4017 (cryptolens_features) is taken along and has no effect: The text is a JSON list",
        ];
        assert!(told.len() == expected.len() && told.iter().zip(expected).all(|(told, begins)| told.starts_with(begins)), "{told:#?}");
        let (report, refused) = files.take(&app).await;
        assert_eq!((tally(&report, Kind::Product), tally(&report, Kind::Object), refused.len()), ([1, 0, 0, 0], [3, 0, 0, 0], 0));
        let mut staff = app.staff(Role::Owner).await;
        let product: Value = staff.get("/api/v1/products/3349").await.ok();
        let names: Vec<&str> = product["feature_names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(names, ["Time", "Pro", "Rent", "Try", "", "", "", ""]);
        let licensing: Value = staff.get("/api/v1/products/3349/licensing").await.ok();
        assert_eq!(licensing["blocks_expired"], true);
        assert_eq!(licensing["limiting_features"], json!([false, false, true, false, false, false, false, false]));

        // What is set here stays while it is the same there; what changes there comes along.
        let mut changed = licensing.clone();
        changed["limiting_features"] = json!([true, false, false, false, false, false, false, false]);
        staff.put("/api/v1/products/3349/licensing", changed.clone()).await.done();
        files.take(&app).await;
        let kept: Value = staff.get("/api/v1/products/3349/licensing").await.ok();
        assert_eq!(kept["limiting_features"], changed["limiting_features"]);
        said["products"][0]["featureDefinitions"]["allLicensesTimeLimited"] = json!(true);
        Files::of(&[("p", said.to_string())]).take(&app).await;
        let licensing: Value = staff.get("/api/v1/products/3349/licensing").await.ok();
        assert_eq!((&licensing["limiting_features"], &licensing["blocks_expired"]), (&json!(vec![false; 8]), &json!(true)));
    }
}
