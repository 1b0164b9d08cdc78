//! Terms of use: set in two places, accepted by customers, asked again when they change.

use latchkey_shared::{
    api::{
        customers::Customer, data::DataObject, links::Invitation, session::Session, settings::Settings,
        webshops::Webshop,
    },
    permission::Role,
};
use serde_json::{Value, json};

use crate::{
    on_both_databases,
    util::{Caller, PASSWORD},
};

const TERMS: &str = "https://vendor.test/terms";

async fn add(staff: &mut Caller) -> Customer {
    let body = json!({"name": "Acme", "email": "buyer@acme.test", "enable_association": true});
    staff.post("/api/v1/customers", body).await.ok()
}

fn link(customer: &Customer) -> Value {
    let url = customer.association.url.as_deref().unwrap();
    let auth = url.split("auth=").nth(1).unwrap();
    json!({"domain": "portal.test", "id": customer.id, "auth": auth})
}

on_both_databases! {
    async fn a_webshop_may_have_its_own_and_asks_for_those_alone(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        staff.put("/api/v1/settings/terms", json!({"url": TERMS, "version": "1"})).await.done();
        let own = "https://vendor.test/american-terms";
        let mut form = json!({"name": "America", "currency": null, "account": null, "all_products": true,
            "products": [], "active": true, "terms_url": "http://vendor.test", "terms_version": ""});
        staff.post("/api/v1/webshops", form.clone()).await.field("terms_url");
        form["terms_url"] = json!(own);
        let america: Webshop = staff.post("/api/v1/webshops", form.clone()).await.ok();
        assert_eq!(america.terms.as_ref().unwrap().version.len(), "2026-11-21".len(), "today's date");
        form["version"] = json!(america.version);
        form["terms_version"] = json!("A");
        let america: Webshop = staff.put(&format!("/api/v1/webshops/{}", america.id), form.clone()).await.ok();
        form["terms_version"] = json!("");
        form["version"] = json!(america.version);
        let america: Webshop = staff.put(&format!("/api/v1/webshops/{}", america.id), form.clone()).await.ok();
        assert_eq!(america.terms.unwrap().version, "A", "the same address keeps its label");

        // Who is invited there is shown those, and accepts those.
        let customer = add(&mut staff).await;
        let bind = format!("/api/v1/customers/{}/webshop", customer.id);
        staff.put(&bind, json!({"webshop": america.id})).await.done();
        let mut buyer = app.anon();
        let seen: Invitation = buyer.post("/api/v1/portal/invitation", link(&customer)).await.ok();
        assert_eq!(seen.terms.unwrap().url, own);
        let mut using = json!({"link": link(&customer), "name": "Bea", "email": "", "password": PASSWORD,
            "accept": {"url": TERMS, "version": "1"}});
        assert_eq!(buyer.post("/api/v1/portal/invitation/use", using.clone()).await.error(409), "terms_changed");
        using["accept"] = json!({"url": own, "version": "A"});
        buyer.post("/api/v1/portal/invitation/use", using).await.done();
        buyer.get("/api/v1/portal/account").await.done();
        let path = format!("/api/v1/customers/{}", customer.id);
        let seen: Customer = staff.get(&path).await.ok();
        assert_eq!((seen.acceptances[0].scope.as_str(), seen.acceptances[0].current), ("America", true));
        let settings: Settings = staff.get("/api/v1/settings").await.ok();
        assert_eq!((settings.terms_accepted, settings.terms_outstanding), (0, 0), "they are not asked for the vendor's");

        // Bound elsewhere, the vendor's hold; back again, what was accepted still counts until it changes.
        staff.put(&bind, json!({"webshop": 1})).await.done();
        assert_eq!(buyer.get("/api/v1/portal/account").await.error(403), "terms_required");
        let session: Session = buyer.get("/api/v1/session").await.ok();
        assert_eq!(session.portal.unwrap().terms_required.unwrap().url, TERMS);
        let theirs = json!({"url": own, "version": "A"});
        assert_eq!(buyer.post("/api/v1/portal/terms", theirs.clone()).await.error(409), "terms_changed");
        let seen: Customer = staff.get(&path).await.ok();
        assert!(!seen.acceptances[0].current);
        staff.put(&bind, json!({"webshop": america.id})).await.done();
        buyer.get("/api/v1/portal/account").await.done();
        form["version"] = json!(america.version);
        form["terms_version"] = json!("B");
        staff.put(&format!("/api/v1/webshops/{}", america.id), form.clone()).await.done();
        assert_eq!(buyer.get("/api/v1/portal/account").await.error(403), "terms_required");
        buyer.post("/api/v1/portal/terms", json!({"url": own, "version": "B"})).await.done();
        buyer.get("/api/v1/portal/account").await.done();
        form["version"] = json!(america.version + 1);
        form["terms_url"] = json!("");
        let none: Webshop = staff.put(&format!("/api/v1/webshops/{}", america.id), form).await.ok();
        assert_eq!(none.terms, None);
        assert_eq!(buyer.get("/api/v1/portal/account").await.error(403), "terms_required");
    }

    async fn an_acceptance_is_needed_recorded_and_asked_again(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        let set: Settings = staff.put("/api/v1/settings/terms", json!({"url": TERMS, "version": "1"})).await.ok();
        assert_eq!(set.terms.unwrap().version, "1");
        let customer = add(&mut staff).await;
        let mut buyer = app.anon().at_address("203.0.113.5").with_header("user-agent", "Test browser");
        let seen: Invitation = buyer.post("/api/v1/portal/invitation", link(&customer)).await.ok();
        assert_eq!(seen.terms.unwrap().url, TERMS);
        let mut form = json!({"link": link(&customer), "name": "Bea", "email": "", "password": PASSWORD, "accept": null});
        buyer.post("/api/v1/portal/invitation/use", form.clone()).await.field("accept");
        form["accept"] = json!({"url": TERMS, "version": "0"});
        assert_eq!(buyer.post("/api/v1/portal/invitation/use", form.clone()).await.error(409), "terms_changed");
        form["accept"] = json!({"url": TERMS, "version": "1"});
        buyer.post("/api/v1/portal/invitation/use", form).await.done();
        buyer.get("/api/v1/portal/account").await.done();

        let seen: Customer = staff.get(&format!("/api/v1/customers/{}", customer.id)).await.ok();
        let accepted = &seen.acceptances[0];
        assert_eq!((accepted.url.as_str(), accepted.version.as_str(), accepted.scope.as_str()), (TERMS, "1", "vendor"));
        assert_eq!((accepted.ip.as_str(), accepted.user_agent.as_str()), ("203.0.113.5", "Test browser"));
        assert!(accepted.current);
        assert_eq!(accepted.user_email, "buyer@acme.test");

        // A new version: the server refuses portal calls until it is accepted.
        staff.put("/api/v1/settings/terms", json!({"url": TERMS, "version": "2"})).await.done();
        assert_eq!(buyer.get("/api/v1/portal/account").await.error(403), "terms_required");
        let session: Session = buyer.get("/api/v1/session").await.ok();
        assert_eq!(session.portal.unwrap().terms_required.unwrap().version, "2");
        let old = buyer.post("/api/v1/portal/terms", json!({"url": TERMS, "version": "1"})).await;
        assert_eq!(old.error(409), "terms_changed");
        buyer.post("/api/v1/portal/terms", json!({"url": TERMS, "version": "2"})).await.done();
        buyer.get("/api/v1/portal/account").await.done();

        // Removed: nothing to accept.
        let gone: Settings = staff.put("/api/v1/settings/terms", json!({"url": "", "version": ""})).await.ok();
        assert_eq!(gone.terms, None);
        buyer.get("/api/v1/portal/account").await.done();
    }

    async fn the_data_object_and_the_settings_page_are_the_same_thing(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        let body = json!({"ref_type": "vendor", "ref_id": 1, "name": "cryptolens_customtosurl", "string_value": TERMS});
        let object: DataObject = staff.post("/api/v1/data", body.clone()).await.ok();
        assert!(object.reserved.is_some());
        let settings: Settings = staff.get("/api/v1/settings").await.ok();
        let terms = settings.terms.unwrap();
        assert_eq!(terms.url, TERMS);
        assert_eq!(terms.version.len(), "2026-11-21".len(), "a new address without a label gets its date");
        staff.post("/api/v1/data", body).await.field("name");
        let path = format!("/api/v1/data/{}", object.id);
        staff.patch(&path, json!({"string_value": "http://vendor.test/terms", "int_value": 0})).await.field("string_value");
        staff.patch(&path, json!({"string_value": "javascript:alert(1)", "int_value": 0})).await.field("string_value");
        staff.put("/api/v1/settings/terms", json!({"url": "http://vendor.test", "version": ""})).await.field("url");
        staff.patch(&path, json!({"string_value": "https://vendor.test/new", "int_value": 0})).await.done();
        let settings: Settings = staff.get("/api/v1/settings").await.ok();
        assert_eq!(settings.terms.unwrap().url, "https://vendor.test/new");
        let mut support = app.staff(Role::Support).await;
        support.patch(&path, json!({"string_value": TERMS, "int_value": 0})).await.error(403);
        support.delete(&path).await.error(403);
        let body = json!({"ref_type": "vendor", "ref_id": 1, "name": " Cryptolens_CustomToSURL", "string_value": TERMS});
        support.post("/api/v1/data", body).await.error(403);
        staff.delete(&path).await.done();
        let settings: Settings = staff.get("/api/v1/settings").await.ok();
        assert_eq!(settings.terms, None);
    }
}
