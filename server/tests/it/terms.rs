//! Terms of use: set in two places, accepted by customers, asked again when they change.

use latchkey_shared::{
    api::{customers::Customer, data::DataObject, links::Invitation, session::Session, settings::Settings},
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
