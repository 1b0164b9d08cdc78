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
    async fn case_does_not_matter_in_any_script(app: TestApp) {
        let mut staff = app.staff(Role::Support).await;
        for name in ["Élodie", "zoe", "Ada", "ÉLAN", "étienne"] {
            add(&mut staff, name, "").await;
        }
        assert_eq!(names(&mut staff, "sort=name").await, ["Ada", "zoe", "ÉLAN", "Élodie", "étienne"]);
        assert_eq!(names(&mut staff, "filter=name+%3D+%22%C3%A9lodie%22").await, ["Élodie"]);
        assert_eq!(names(&mut staff, "filter=name+begins+with+%22%C3%A9l%22&sort=name").await, ["ÉLAN", "Élodie"]);
        assert_eq!(names(&mut staff, "filter=name+contains+%22tienn%22").await, ["étienne"]);
        assert_eq!(names(&mut staff, "filter=%C3%A9l&sort=name").await, ["ÉLAN", "Élodie"], "two letters: beginnings");
        assert_eq!(names(&mut staff, "filter=lodi").await, ["Élodie"]);
        assert_eq!(names(&mut staff, "filter=%22lo%5C%22di%22").await, [""; 0], "a quotation mark means itself");
    }

    async fn what_was_edited_or_removed_is_found_as_it_is_now(app: TestApp) {
        let mut staff = app.staff(Role::Support).await;
        let row = add(&mut staff, "Wilhelmina", "").await;
        let form = json!({"version": row.version, "name": "Theodora", "email": "", "company": "", "phone": "",
            "country": "", "notes": "", "external_id": "", "allow_activation_management": false,
            "allow_multiple_users": false});
        staff.patch(&format!("/api/v1/customers/{}", row.id), form).await.ok::<Customer>();
        assert_eq!(names(&mut staff, "filter=helmin").await, [""; 0]);
        assert_eq!(names(&mut staff, "filter=heodor").await, ["Theodora"]);
    }

    async fn a_word_that_most_have_is_counted_no_further_and_paged_in_order(app: TestApp) {
        let seeded = latchkey::demo::crowd::make(&app.state, 10_040, 7, |_| {}).await;
        seeded.unwrap();
        let mut staff = app.staff(Role::Support).await;
        let page: List<CustomerRow> = staff.get("/api/v1/customers?filter=example&sort=name&limit=50").await.ok();
        assert_eq!((page.meta.total, page.meta.total_is_floor, page.items.len()), (10_000, true, 50));
        let folded: Vec<String> = page.items.iter().map(|row| row.name.to_lowercase()).collect();
        assert!(folded.is_sorted(), "{folded:?}");
        let cursor = urlencode(&page.meta.next.unwrap());
        let next: List<CustomerRow> =
            staff.get(&format!("/api/v1/customers?filter=example&sort=name&limit=50&cursor={cursor}")).await.ok();
        assert!(next.items[0].name.to_lowercase() >= folded[49]);
        assert!(!next.items.iter().any(|row| page.items.iter().any(|seen| seen.id == row.id)));
    }

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
        for value in ["7", "null"] {
            let foreign = format!(r#"{{"sort":"name","value":{value},"id":1,"before":false}}"#);
            staff.get(&format!("/api/v1/customers?sort=name&cursor={}", urlencode(&foreign))).await.field("cursor");
        }
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
        // A form of before there was a limit for all machines leaves it as it is.
        let mut limited = edit(edited.version);
        limited["max_machines"] = json!(3);
        let limited: Customer = staff.patch(&path, limited).await.ok();
        let again: Customer = staff.patch(&path, edit(limited.version)).await.ok();
        assert_eq!((edited.max_machines, limited.max_machines, again.max_machines), (0, 3, 3));
        let mut wrong = edit(again.version);
        wrong["max_machines"] = json!(-1);
        staff.patch(&path, wrong).await.field("max_machines");
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
