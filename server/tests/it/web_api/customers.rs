//! Customers and their licences through the API.

use latchkey::identity::tokens::NewToken;
use latchkey_shared::permission::Role;
use serde_json::json;

use super::Vendor;
use crate::on_both_databases;

on_both_databases! {
    async fn a_customer_is_added_found_changed_and_removed(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let added = vendor.program.does("customer/AddCustomer", &[("Name", "Ann"), ("Email", "Ann@x.test"), ("CompanyName", "X"), ("EnableCustomerAssociation", "True"), ("AllowActivationManagement", "True")]).await;
        let id = added["customerId"].to_string();
        assert!(added["portalLink"].as_str().unwrap().starts_with("http://portal.test/Portal/@"), "{added}");
        assert_eq!(added["secret"].as_str().unwrap().len(), 36);
        // The same address twice is two customers, as with the service that programs were made for.
        vendor.program.does("customer/AddCustomer", &[("Email", "ann@x.test")]).await;
        let found = vendor.program.does("customer/GetCustomers", &[("Search", "ANN")]).await;
        assert_eq!(found["customers"].as_array().unwrap().len(), 2);
        assert_eq!((&found["customers"][0]["email"], &found["customers"][0]["companyName"]), (&json!("ann@x.test"), &json!("X")));
        let by_id = vendor.program.does("customer/GetCustomers", &[("CustomerId", &id)]).await;
        assert_eq!(by_id["customers"].as_array().unwrap().len(), 1);
        let newest = vendor.program.does("customer/GetCustomers", &[("Limit", "1"), ("SortByCreatedDescending", "true")]).await;
        assert_eq!(newest["customers"][0]["companyName"], "");

        vendor.program.does("customer/EditCustomer", &[("CustomerId", &id), ("Name", "Anna"), ("Email", "None")]).await;
        let changed = vendor.program.does("customer/GetCustomers", &[("CustomerId", &id)]).await;
        assert_eq!((&changed["customers"][0]["name"], &changed["customers"][0]["email"]), (&json!("Anna"), &json!("ann@x.test")));

        let product = vendor.product.to_string();
        vendor.program.does("key/CreateKey", &[("ProductId", &product), ("CustomerId", &id)]).await;
        vendor.program.does("customer/RemoveCustomer", &[("CustomerId", &id)]).await;
        assert_eq!(vendor.program.fails("customer/RemoveCustomer", &[("CustomerId", &id)]).await.1, "Customer not found.");
        assert_eq!(vendor.program.fails("customer/GetCustomerLicenses", &[("CustomerId", &id)]).await.1, "Customer could not be found.");
        let keys = vendor.program.does("product/GetKeys", &[("ProductId", &product)]).await;
        assert_eq!(keys["licenseKeys"][0]["customer"], json!(null), "the key is nobody's");
    }

    async fn a_customers_licences_together_are_used_on_so_many_machines(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let added = vendor.program.does("customer/AddCustomer", &[("Name", "Ann")]).await;
        let id = added["customerId"].to_string();
        let (one, two) = (vendor.key_with(json!({"customer": added["customerId"], "max_machines": 5})).await, vendor.key_with(json!({"customer": added["customerId"], "max_machines": 5})).await);
        vendor.program.does("customer/EditCustomer", &[("CustomerId", &id), ("MaxNoOfDevices", "2")]).await;
        vendor.program.activate(&one, "a").await;
        vendor.program.activate(&one, "b").await;
        let product = vendor.product.to_string();
        let third = [("ProductId", product.as_str()), ("Key", two.row.key.as_str()), ("MachineCode", "c")];
        assert_eq!(vendor.program.fails("key/Activate", &third).await.1, "Cannot activate the new device as the limit has been reached.");
        vendor.program.activate(&two, "a").await;
        vendor.program.does("customer/EditCustomer", &[("CustomerId", &id), ("Name", "Anna")]).await;
        assert_eq!(vendor.program.fails("key/Activate", &third).await.0, 200, "what is not said stays");
        vendor.program.does("customer/EditCustomer", &[("CustomerId", &id), ("MaxNoOfDevices", "0")]).await;
        vendor.program.does("key/Activate", &third).await;
    }

    async fn licences_by_number_and_by_secret(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let added = vendor.program.does("customer/AddCustomer", &[("Name", "Ann")]).await;
        let (id, secret) = (added["customerId"].to_string(), added["secret"].as_str().unwrap().to_owned());
        let product = vendor.product.to_string();
        let other: latchkey_shared::api::catalog::Product = vendor.staff.post("/api/v1/products", json!({"name": "Other"})).await.ok();
        for product in [&product, &other.id.to_string()] {
            vendor.program.does("key/CreateKey", &[("ProductId", product), ("CustomerId", &id), ("Notes", "ours"), ("Period", "3")]).await;
        }
        let list = vendor.program.does("customer/GetCustomerLicenses", &[("customerId", &id), ("detailed", "True"), ("metadata", "True")]).await;
        assert_eq!(list["licenseKeys"].as_array().unwrap().len(), 2);
        assert_eq!(list["metadata"], json!({"total": 2, "valid": 2, "expired": 0, "blocked": 0}));
        assert!(list["licenseKeys"][0]["activatedMachines"].is_array());

        let lock = NewToken { product_lock: Some(vendor.product), ..NewToken::default() };
        let mut shipped = vendor.program_with(&["GetCustomerLicensesBySecret"], lock).await;
        let own = shipped.does("customer/GetCustomerLicensesBySecret", &[("secret", &secret)]).await;
        let keys = own["licenseKeys"].as_array().unwrap();
        assert_eq!((keys.len(), &keys[0]["productId"], &keys[0]["notes"]), (1, &json!(vendor.product), &json!("")));
        assert!(keys[0].get("activatedMachines").is_none());
        let wrong = [("secret", "6dffda95-0000-0000-0000-000000000000")];
        assert_eq!(shipped.fails("customer/GetCustomerLicensesBySecret", &wrong).await.1, "Customer could not be found.");

        let like_a_key = json!({"ref_type": "vendor", "ref_id": 1, "name": "cryptolens_customer_secret", "int_value": 2});
        app.staff(Role::Owner).await.post("/api/v1/data", like_a_key).await.done();
        let renewed = vendor.program.does("customer/EditCustomer", &[("CustomerId", &id), ("Secret", "True")]).await;
        let new = renewed["secret"].as_str().unwrap();
        assert!(latchkey_shared::key_text::KeyText::parse(new).is_ok(), "{new}");
        shipped.fails("customer/GetCustomerLicensesBySecret", &[("secret", &secret)]).await;
        shipped.does("customer/GetCustomerLicensesBySecret", &[("secret", new)]).await;
    }
}
