//! Customers for staff: adding, finding, editing, switching off.

use latchkey_shared::{
    api::{
        common::List,
        customers::{Customer, CustomerRow},
    },
    permission::Role,
    status::{AccountStatus, Headline},
};
use serde_json::json;

use crate::{on_both_databases, util::Caller};

async fn add(staff: &mut Caller, name: &str, email: &str) -> Customer {
    staff.post("/api/v1/customers", json!({"name": name, "email": email})).await.ok()
}

async fn names(staff: &mut Caller, query: &str) -> Vec<String> {
    let list: List<CustomerRow> = staff.get(&format!("/api/v1/customers?{query}")).await.ok();
    list.items.into_iter().map(|row| row.name).collect()
}

on_both_databases! {
    async fn a_pasted_id_comes_first(app: TestApp) {
        let mut staff = app.staff(Role::Support).await;
        let first = add(&mut staff, "Acme 2", "").await;
        for number in 0..3 {
            add(&mut staff, &format!("Number {} of {number}", first.id), "").await;
        }
        let found = names(&mut staff, &format!("filter={}", first.id)).await;
        assert_eq!(found[0], "Acme 2");
        assert_eq!(names(&mut staff, &format!("filter=Id%3D{}", first.id)).await, ["Acme 2"]);
    }

    async fn words_filters_sorts_and_pages(app: TestApp) {
        let mut staff = app.staff(Role::Support).await;
        for (name, email) in [("Ann", "ann@acme.test"), ("Bob", "bob@beta.test"), ("Cid", ""), ("ännchen", "x_y@acme.test")] {
            add(&mut staff, name, email).await;
        }
        assert_eq!(names(&mut staff, "filter=ACME&sort=id").await, ["Ann", "ännchen"]);
        assert_eq!(names(&mut staff, "filter=email+is+empty").await, ["Cid"]);
        assert_eq!(names(&mut staff, "filter=x_y&sort=id").await, ["ännchen"], "an underscore is no wildcard");
        assert_eq!(names(&mut staff, "filter=not+(email+contains+acme)&sort=name").await, ["Bob", "Cid"]);
        let page: List<CustomerRow> = staff.get("/api/v1/customers?sort=id&limit=3").await.ok();
        assert_eq!((page.meta.total, page.items.len()), (4, 3));
        assert!(page.meta.previous.is_none());
        let cursor = urlencode(&page.meta.next.unwrap());
        let rest: List<CustomerRow> = staff.get(&format!("/api/v1/customers?sort=id&limit=3&cursor={cursor}")).await.ok();
        assert_eq!(rest.items.len(), 1);
        assert!(rest.meta.next.is_none());
        let cursor = urlencode(&rest.meta.previous.unwrap());
        let back: List<CustomerRow> = staff.get(&format!("/api/v1/customers?sort=id&limit=3&cursor={cursor}")).await.ok();
        assert_eq!(back.items, page.items);
        staff.get("/api/v1/customers?filter=(((").await.field("filter");
        staff.get("/api/v1/customers?sort=password").await.field("sort");
        staff.get("/api/v1/customers?cursor=nonsense").await.field("cursor");
        staff.get("/api/v1/customers?unknown=1").await.error(400);
    }

    async fn duplicates_bad_fields_and_stale_versions_are_refused(app: TestApp) {
        let mut staff = app.staff(Role::Support).await;
        let first = add(&mut staff, "Ann", "ann@acme.test").await;
        staff.post("/api/v1/customers", json!({"name": "Ann 2", "email": "ANN@acme.test"})).await.field("email");
        staff.post("/api/v1/customers", json!({"name": " ", "email": ""})).await.field("name");
        staff.post("/api/v1/customers", json!({"name": "x".repeat(101), "email": ""})).await.field("name");
        let edit = |version: i64| json!({
            "name": "Anna", "email": "ann@acme.test", "company": "Acme", "phone": "", "country": "se", "notes": "",
            "external_id": "", "allow_activation_management": true, "allow_multiple_users": false, "version": version,
        });
        let path = format!("/api/v1/customers/{}", first.id);
        let edited: Customer = staff.patch(&path, edit(first.version)).await.ok();
        assert_eq!((edited.name.as_str(), edited.country.as_str()), ("Anna", "SE"));
        assert_eq!(staff.patch(&path, edit(first.version)).await.error(409), "changed_meanwhile");
        assert_eq!(names(&mut staff, "filter=company%3Dacme").await, ["Anna"]);
        staff.get("/api/v1/customers/999999").await.error(404);
    }

    async fn a_disabled_customer_is_locked_out_at_once(app: TestApp) {
        let mut staff = app.staff(Role::Support).await;
        let customer = add(&mut staff, "Ann", "ann@acme.test").await;
        let mut user = app.portal(customer.id).await;
        user.get("/api/v1/portal/account").await.done();
        let path = format!("/api/v1/customers/{}/account", customer.id);
        let off: Customer = staff.post(&path, json!({"disabled": true, "reason": "Asked for it"})).await.ok();
        assert_eq!((off.account, off.headline), (AccountStatus::Disabled, Headline::Disabled));
        assert_eq!(user.get("/api/v1/portal/account").await.error(409), "no_customer");
        assert_eq!(names(&mut staff, "filter=status%3Ddisabled").await, ["Ann"]);
        staff.post(&path, json!({"disabled": false})).await.done();
        user.get("/api/v1/portal/account").await.done();
    }
}

fn urlencode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}
