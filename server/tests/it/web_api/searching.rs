//! What `GetKeys` and the key list search by, as vendors know it from the other service.

use serde_json::{Value, json};

use super::Vendor;
use crate::on_both_databases;

/// The keys that `GetKeys` finds, by their numbers.
async fn found(vendor: &mut Vendor<'_>, query: &str) -> Vec<i64> {
    let product = vendor.product.to_string();
    let parameters = [("ProductId", product.as_str()), ("SearchQuery", query)];
    let answer = vendor.program.does("product/GetKeys", &parameters).await;
    answer["licenseKeys"].as_array().unwrap().iter().map(|key| key["id"].as_i64().unwrap()).collect()
}

on_both_databases! {
    async fn machines_and_data_objects_of_keys_are_counted(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let product = vendor.product.to_string();
        let mut keys = Vec::new();
        for _ in 0..3 {
            keys.push(vendor.key(5).await);
        }
        vendor.program.activate(&keys[0], "desk one").await;
        vendor.program.activate(&keys[1], "desk two").await;
        app.state.clock.advance(10 * 86_400_000);
        vendor.program.activate(&keys[1], "lap").await;
        for (key, name, text, number) in
            [(0, "usagecount", "test", "3"), (1, "usagecount", "", "9"), (1, "other", "test", "1"), (2, "plain", "", "0")]
        {
            let object = [("ProductId", product.as_str()), ("Key", &keys[key].row.key), ("Name", name), ("StringValue", text), ("IntValue", number)];
            vendor.program.does("data/AddDataObjectToKey", &object).await;
        }
        let recently = "ActivatedMachines.Count(it.Time >= yesterday) > 0";
        for (query, expected) in [
            ("ActivatedMachines.Count() > 0 and ActivatedMachines.Count() < 2", &[1][..]),
            ("ActivatedMachines.Count(it.Mid=\"desk one\") > 0", &[1]),
            ("ActivatedMachines.Count(it.Mid=\"desk one\") = 0", &[2, 3]),
            ("activatedmachines.count(it.mid.contains(\"desk\")) >= 1", &[1, 2]),
            ("ActivatedMachines.Count(it.Time >= DateTime(2015,01,01)) > 1", &[2]),
            (recently, &[2]),
            ("ActivatedMachines.Any(it.IP != \"\")", &[1, 2]),
            ("!ActivatedMachines.Any()", &[3]),
            ("dataobjects.count() > 0", &[1, 2, 3]),
            ("dataobjects.count(it.StringValue=\"test\") > 0", &[1, 2]),
            ("dataobjects.count(it.name=\"usagecount\") > 0", &[1, 2]),
            ("dataobjects.count(it.name=\"usagecount\" and it.IntValue > 5) > 0", &[2]),
            ("dataobjects.any(it.StringValue=\"test\" && it.IntValue = 9)", &[]),
            ("dataobjects.count(it.IntValue > 0) != 2", &[1, 3]),
            ("dataobjects.count(it.IntValue > 0) = 2", &[2]),
            ("F1 and not dataobjects.any(it.name=\"plain\" or it.name=\"other\")", &[1]),
        ] {
            assert_eq!(found(&mut vendor, query).await, expected, "{query}");
        }
        let list: Value = vendor.staff.get("/api/v1/keys?filter=dataobjects.any(it.name%3Dother)").await.ok();
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list}");
        for (query, says) in [
            ("ActivatedMachines.Sum(it.Time) > 0", "“Sum(…)” is not possible. Possible: contains, startsWith, endsWith, equals, count and any."),
            ("ActivatedMachines.Count(it.Colour=1) > 0", "There is no field “colour”."),
            ("ActivatedMachines.Count(desk) > 0", "“desk” is no test of an entry."),
            ("notes.any(it.name=1)", "“notes” is no list whose entries can be counted."),
            ("dataobjects.count(it.name=1)", "expected a comparison, such as > 0"),
            ("dataobjects.count(it.name=1) > many", "“many” does not fit “dataobjects”"),
        ] {
            let parameters = [("ProductId", product.as_str()), ("SearchQuery", query)];
            let (_, message) = vendor.program.fails("product/GetKeys", &parameters).await;
            assert!(message.contains(says), "{query}: {message}");
        }
    }

    async fn what_a_key_s_customer_may_is_searched_by(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        for (name, association) in [("Ann", "true"), ("Bob", "false")] {
            let parameters = [("Name", name), ("EnableCustomerAssociation", association)];
            let customer = vendor.program.does("customer/AddCustomer", &parameters).await["customerId"].clone();
            vendor.key_with(json!({"customer": customer})).await;
        }
        vendor.key(0).await;
        assert_eq!(found(&mut vendor, "customer.EnableCustomerAssociation = true").await, [1]);
        assert_eq!(found(&mut vendor, "customer.EnableCustomerAssociation = false").await, [2]);
        assert_eq!(found(&mut vendor, "customer.MaxNoOfDevices = 0").await, [1, 2]);
    }
}
