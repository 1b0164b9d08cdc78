//! What nobody should send: each gets a clear answer of the one error shape, and nothing is written.

use axum::http::Method;
use latchkey::{identity::staff, jobs::worker};
use latchkey_shared::{
    api::{customers::Customer, staff::StaffInvited},
    permission::Role,
};
use latchkey_store::entity::communication;
use sea_orm::{EntityTrait as _, QueryOrder as _};
use serde_json::{Value, json};

use crate::{
    on_both_databases,
    permissions::{For, ROUTES, address, good_body},
    util::{Answer, Caller, PASSWORD, TestApp, rows},
};

const JSON: Option<&str> = Some("application/json");

/// Callers who may use every route.
struct Callers {
    owner: Caller,
    portal: Caller,
    anybody: Caller,
}

impl Callers {
    async fn of(app: &TestApp) -> Self {
        let mut owner = app.staff(Role::Owner).await;
        let customer: Customer =
            owner.post("/api/v1/customers", json!({"name": "Acme", "email": ""})).await.ok();
        Self { owner, portal: app.portal(customer.id).await, anybody: app.anon() }
    }

    fn who_may(&mut self, route: For) -> &mut Caller {
        match route {
            For::Portal => &mut self.portal,
            For::Anybody => &mut self.anybody,
            _ => &mut self.owner,
        }
    }
}

/// Every route that takes JSON, with a body that would do.
fn forms() -> Vec<(Method, &'static str, For, Value)> {
    let takes_json = |row: &&(&'static str, &'static str, For)| good_body(row.0, row.1) != json!({});
    let forms: Vec<_> = ROUTES
        .iter()
        .filter(takes_json)
        .map(|(method, path, who)| {
            (method.to_uppercase().parse().unwrap(), *path, *who, good_body(method, path))
        })
        .collect();
    assert!(forms.len() > 30, "{}", forms.len());
    forms
}

#[track_caller]
fn malformed(answer: &Answer, words: &str, what: &str) {
    assert_eq!(answer.error(400), "malformed", "{what}");
    let message = answer.json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains(words), "{what}: {message}");
}

on_both_databases! {
    async fn bodies_that_are_none_are_malformed(app: TestApp) {
        let mut callers = Callers::of(&app).await;
        let before = rows(&app.state.store).await;
        for (method, path, who, good) in forms() {
            let what = format!("{method} {path}");
            let caller = callers.who_may(who);
            let mut send = async |kind: Option<&str>, bytes: &[u8]| {
                caller.send_bytes(method.clone(), &address(path), kind, bytes.to_vec()).await
            };
            malformed(&send(JSON, b"{\"a\":").await, "not valid JSON", &what);
            malformed(&send(JSON, b"{\"a\": \"\xff\"}").await, "not valid JSON", &what);
            malformed(&send(JSON, b"").await, "JSON object", &what);
            malformed(&send(JSON, b"[\"a\", \"b\"]").await, "JSON object", &what);
            malformed(&send(JSON, b"null").await, "JSON object", &what);
            let good = good.to_string();
            malformed(&send(JSON, format!("{good}{{}}").as_bytes()).await, "not valid JSON", &what);
            malformed(&send(Some("text/plain"), good.as_bytes()).await, "application/json", &what);
            malformed(&send(None, good.as_bytes()).await, "application/json", &what);
            let giant = send(JSON, &vec![b' '; 64 * 1024 + 1]).await;
            assert_eq!(giant.error(413), "too_large", "{what}");
            assert!(giant.json()["error"]["message"].as_str().unwrap().contains("larger"), "{what}");
        }
        rows(&app.state.store).await.are_as_before(&before);
    }

    async fn fields_that_are_wrong_are_named(app: TestApp) {
        let mut callers = Callers::of(&app).await;
        let before = rows(&app.state.store).await;
        for (method, path, who, good) in forms() {
            let caller = callers.who_may(who);
            let mut send = async |body: &Value| caller.send(method.clone(), &address(path), Some(body.clone())).await;
            let mut unknown = good.clone();
            unknown["nobody_takes_this"] = json!(1);
            let answer = send(&unknown).await;
            assert_eq!(answer.error(422), "invalid", "{method} {path}");
            assert!(answer.field("nobody_takes_this").contains("unknown field"), "{method} {path}: {}", answer.text);
            for (name, value) in good.as_object().unwrap() {
                let what = format!("{method} {path} {name}");
                let mut wrong = good.clone();
                wrong[name] = json!([[]]);
                let answer = send(&wrong).await;
                assert_eq!(answer.error(422), "invalid", "{what}: {}", answer.text);
                let fields = answer.json()["error"]["fields"].clone();
                let named = fields.as_object().unwrap().keys().any(|field| field.starts_with(name));
                assert!(named, "{what}: {fields}");
                if value.is_string() {
                    wrong[name] = json!("x".repeat(20_000));
                    let answer = send(&wrong).await;
                    assert_eq!(answer.error(422), "invalid", "{what}: {}", answer.text);
                    answer.field(name);
                    wrong[name] = json!("a\u{0}b");
                    malformed(&send(&wrong).await, "U+0000", &what);
                }
            }
        }
        rows(&app.state.store).await.are_as_before(&before);
    }

    async fn addresses_of_mail_are_checked_wherever_they_are_typed(app: TestApp) {
        let mut callers = Callers::of(&app).await;
        let before = rows(&app.state.store).await;
        let mut tried = 0;
        for (method, path, who, good) in forms() {
            for name in ["email", "support_email", "from"].into_iter().filter(|name| good[name].is_string()) {
                for bad in ["not an address", "a@b", "a@b.test\r\nBcc: c@d.test", "<a@b.test>", "a@b.test, c@d.test"] {
                    let mut body = good.clone();
                    body[name] = json!(bad);
                    let answer = callers.who_may(who).send(method.clone(), &address(path), Some(body)).await;
                    assert!(answer.field(name).contains("name@example.com"), "{method} {path} {name}: {bad}");
                    tried += 1;
                }
            }
        }
        assert!(tried >= 50, "{tried}");
        rows(&app.state.store).await.are_as_before(&before);
    }

    async fn what_is_refused_before_a_handler_has_the_same_shape(app: TestApp) {
        let mut owner = app.staff(Role::Owner).await;
        malformed(&owner.get("/api/v1/customers/seven").await, "address", "an id that is no number");
        malformed(&owner.get("/api/v1/customers/99999999999999999999").await, "address", "a number too large");
        let answer = owner.put("/api/v1/customers", json!({})).await;
        assert_eq!(answer.error(405), "method_not_allowed");
        assert!(answer.headers["allow"].to_str().unwrap().contains("POST"));
        malformed(&owner.get("/api/v1/customers?filter=%00").await, "U+0000", "a query");
        malformed(&owner.get("/api/v1/portal/checkouts/%00").await, "U+0000", "a path");
        malformed(&owner.get("/api/v1/customers?nobody=1").await, "query", "an unknown parameter");
        malformed(&owner.get("/api/v1/customers?limit=many").await, "query", "a parameter of another type");
        owner.get("/api/v1/customers?limit=101").await.field("limit");
        owner.get("/api/v1/customers?sort=password").await.field("sort");
        owner.get("/api/v1/customers?filter=(((").await.field("filter");
    }

    async fn weak_passwords_are_refused_at_every_door(app: TestApp) {
        // The first owner, an invited member, a reset, a change; on the portal's side a link, a reset, a change.
        let setup = staff::owner_setup_url(&app.state).await.unwrap().unwrap();
        let mut anon = app.anon();
        let accept = |url: &str, email: &str, password: &str| {
            json!({"code": url.split('#').nth(1).unwrap(), "name": "Ann", "email": email, "password": password})
        };
        let path = "/api/v1/staff/invitation/accept";
        refuses_weak(&app, async |password| anon.clone().post(path, accept(&setup, "ann@vendor.test", password)).await, "ann@vendor.test").await;
        anon.post(path, accept(&setup, "ann@vendor.test", PASSWORD)).await.done();
        let invited: StaffInvited = anon.post("/api/v1/staff", json!({"name": "Sue", "email": "sue@vendor.test", "role": "viewer"})).await.ok();
        // Whatever address the form says, it is the invited member's that counts.
        refuses_weak(&app, async |password| app.anon().post(path, accept(&invited.url, "x@y.test", password)).await, "sue@vendor.test").await;
        let change = |password: &str| json!({"current": PASSWORD, "password": password});
        refuses_weak(&app, async |password| anon.clone().post("/api/v1/me/password", change(password)).await, "ann@vendor.test").await;

        let body = json!({"name": "Acme", "email": "buyer@acme.test", "enable_association": true});
        let customer: Customer = anon.post("/api/v1/customers", body).await.ok();
        let url = customer.association.url.unwrap();
        let link = json!({"domain": "portal.test", "id": customer.id, "auth": url.split("auth=").nth(1).unwrap()});
        let form = |password: &str| json!({"link": link, "name": "Bea", "email": "", "password": password, "accept": null});
        let path = "/api/v1/portal/invitation/use";
        refuses_weak(&app, async |password| app.anon().post(path, form(password)).await, "buyer@acme.test").await;
        let mut user = app.anon();
        user.post(path, form(PASSWORD)).await.done();
        app.state.clock.advance(3_600_000);
        refuses_weak(&app, async |password| user.clone().post("/api/v1/portal/account/password", change(password)).await, "buyer@acme.test").await;
        app.state.clock.advance(3_600_000);
        for (side, page, email) in [("staff", "Staff", "ann@vendor.test"), ("portal", "Portal", "buyer@acme.test")] {
            app.anon().post(&format!("/api/v1/{side}/password-reset"), json!({"email": email})).await.done();
            worker::run_due(&app.state).await.unwrap();
            let newest = communication::Entity::find().order_by_desc(communication::Column::Id);
            let mail = newest.one(app.state.store.read()).await.unwrap().unwrap();
            let code = mail.text.split(&format!("/{page}/Reset#")).nth(1).unwrap().split_whitespace().next().unwrap();
            let path = format!("/api/v1/{side}/password-reset/confirm");
            refuses_weak(&app, async |password| app.anon().post(&path, json!({"code": code, "password": password})).await, email).await;
        }
    }

    async fn an_address_is_given_once_on_staff_forms(app: TestApp) {
        let mut owner = app.staff(Role::Owner).await;
        let first: Customer = owner.post("/api/v1/customers", json!({"name": "Ann", "email": "ann@acme.test", "external_id": "A-1"})).await.ok();
        let second: Customer = owner.post("/api/v1/customers", json!({"name": "Bob", "email": "bob@acme.test"})).await.ok();
        let before = rows(&app.state.store).await;
        let add = json!({"name": "Ann 2", "email": " ANN@acme.test"});
        assert!(owner.post("/api/v1/customers", add).await.field("email").contains(&format!("Customer {}", first.id)));
        let add = json!({"name": "Ann 2", "email": "", "external_id": "A-1 "});
        assert!(owner.post("/api/v1/customers", add).await.field("external_id").contains("already"));
        let mut edit = good_body("patch", "/api/v1/customers/{id}");
        edit["email"] = json!("Ann@acme.test");
        edit["version"] = json!(second.version);
        let path = format!("/api/v1/customers/{}", second.id);
        assert!(owner.patch(&path, edit).await.field("email").contains("already"));
        let invite = json!({"name": "Olga", "email": "OWNER@vendor.test", "role": "viewer"});
        assert!(owner.post("/api/v1/staff", invite).await.field("email").contains("already"));
        rows(&app.state.store).await.are_as_before(&before);
    }

    async fn two_at_the_same_moment_are_one_and_a_clear_answer(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let invite = json!({"name": "Sue", "email": "sue@vendor.test", "role": "viewer"});
        let (mut one, mut other) = (owner.clone(), owner);
        let (one, other) = tokio::join!(one.post("/api/v1/staff", invite.clone()), other.post("/api/v1/staff", invite));
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses[0], 201, "{} {}", one.text, other.text);
        assert!(matches!(statuses[1], 409 | 422), "{} {}", one.text, other.text);
    }

    async fn a_pair_who_share_an_address_may_both_be_edited(app: TestApp) {
        let mut owner = app.staff(Role::Owner).await;
        let first: Customer = owner.post("/api/v1/customers", json!({"name": "Ann", "email": "ann@acme.test"})).await.ok();
        // As when somebody signs up who is a customer already.
        let new = latchkey::customers::NewCustomer {
            name: "Ann".to_owned(), email: "ann@acme.test".to_owned(), source: "portal", ..Default::default()
        };
        let transaction = app.state.store.begin().await.unwrap();
        let origin = latchkey::audit::Origin::system("portal");
        latchkey::customers::insert(&transaction, app.state.clock.now(), &origin, new).await.unwrap();
        transaction.commit().await.unwrap();
        let mut edit = good_body("patch", "/api/v1/customers/{id}");
        edit["email"] = json!("ann@acme.test");
        edit["notes"] = json!("asked twice");
        edit["version"] = json!(first.version);
        owner.patch(&format!("/api/v1/customers/{}", first.id), edit).await.done();
    }
}

/// Tries passwords that are too short, common, long, the person's own address and its first part.
async fn refuses_weak(app: &TestApp, send: impl AsyncFn(&str) -> Answer, email: &str) {
    let before = rows(&app.state.store).await;
    let local = email.split('@').next().unwrap();
    let long = "long ".repeat(41);
    let mut weak = vec![
        ("short", "at least 10 characters"),
        ("P4ssw0rd!2026", "an attacker tries"),
        ("1q2w3e4r5t6y", "an attacker tries"),
        (&long, "at most 200"),
        (email, "your e-mail address"),
    ];
    if local.len() >= 10 {
        weak.push((local, "your e-mail address"));
    }
    for (password, words) in weak {
        let answer = send(password).await;
        assert!(answer.field("password").contains(words), "{password}: {}", answer.text);
    }
    rows(&app.state.store).await.are_as_before(&before);
}
