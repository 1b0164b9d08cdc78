//! The session cookies on http and https, and whose address counts behind a proxy.

use axum::http::HeaderMap;
use latchkey_shared::{
    api::{auth::OwnSessions, customers::Customer},
    permission::Role,
};
use serde_json::{Value, json};

use crate::{
    on_both_databases,
    util::{Caller, PASSWORD, TestApp},
};

/// Name and attributes of the only cookie that is set.
fn cookie(headers: &HeaderMap) -> (String, Vec<String>) {
    let set: Vec<&str> = headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert_eq!(set.len(), 1, "{set:?}");
    let mut parts = set[0].split("; ");
    let (name, value) = parts.next().unwrap().split_once('=').unwrap();
    assert!(value.is_empty() || value.len() == 43, "256 random bits: {value}");
    (name.to_owned(), parts.map(str::to_owned).collect())
}

async fn sign_in(caller: &mut Caller, side: &str, email: &str) -> (String, Vec<String>) {
    let form = json!({"email": email, "password": PASSWORD});
    let answer = caller.post(&format!("/api/v1/{side}/sign-in"), form).await;
    answer.done();
    cookie(&answer.headers)
}

async fn portal_user(app: &TestApp) -> String {
    let mut staff = app.staff(Role::Admin).await;
    let customer: Customer = staff.post("/api/v1/customers", json!({"name": "Acme", "email": ""})).await.ok();
    let account = app.portal(customer.id).await.get("/api/v1/portal/account").await.json();
    account["email"].as_str().unwrap().to_owned()
}

on_both_databases! {
    async fn cookies_are_for_this_host_and_no_script(app: TestApp) {
        let user = portal_user(&app).await;
        for (side, email) in [("staff", "admin@vendor.test"), ("portal", user.as_str())] {
            let mut browser = app.anon();
            let (name, attributes) = sign_in(&mut browser, side, email).await;
            assert_eq!(name, format!("latchkey_{side}"));
            for needed in ["HttpOnly", "SameSite=Lax", "Path=/"] {
                assert!(attributes.iter().any(|it| it == needed), "{needed} of {attributes:?}");
            }
            assert!(!attributes.iter().any(|it| it == "Secure" || it.starts_with("Domain")), "{attributes:?}");
            let out = browser.post(&format!("/api/v1/{side}/sign-out"), json!({})).await;
            let (cleared, attributes) = cookie(&out.headers);
            assert_eq!(cleared, name);
            assert!(attributes.iter().any(|it| it == "Max-Age=0") && attributes.iter().any(|it| it == "Path=/"));
        }
    }

    async fn on_https_they_are_secure_and_bound_to_the_host(app: TestApp) {
        let user = portal_user(&app).await;
        let https = app.restarted(|args| args.public_url = Some("https://portal.test".to_owned())).await;
        for (side, email) in [("staff", "admin@vendor.test"), ("portal", user.as_str())] {
            let mut browser = https.anon();
            let (name, attributes) = sign_in(&mut browser, side, email).await;
            assert_eq!(name, format!("__Host-latchkey_{side}"));
            for needed in ["HttpOnly", "SameSite=Lax", "Path=/", "Secure"] {
                assert!(attributes.iter().any(|it| it == needed), "{needed} of {attributes:?}");
            }
            let out = browser.post(&format!("/api/v1/{side}/sign-out"), json!({})).await;
            let (_, attributes) = cookie(&out.headers);
            assert!(attributes.iter().any(|it| it == "Secure"), "else the browser keeps it: {attributes:?}");
        }
        // A cookie of the unprotected name is nobody's.
        let mut browser = app.anon();
        sign_in(&mut browser, "staff", "admin@vendor.test").await;
        let token = browser.cookie("latchkey_staff").unwrap();
        let mut other = https.anon().with_header("cookie", &format!("latchkey_staff={token}"));
        other.get("/api/v1/me/sessions").await.error(401);
    }

    async fn a_forged_forwarded_for_header_changes_nothing(app: TestApp) {
        app.staff(Role::Admin).await;
        let hour = 3_600_000;
        app.state.clock.advance(hour - app.state.clock.now() % hour);
        // Whoever invents an address for each try is still one address.
        for count in 0..30 {
            let forged = format!("192.0.2.{count}");
            let mut caller = app.anon().at_address("198.51.100.9").with_header("x-forwarded-for", &forged);
            let form = json!({"email": format!("a{count}@vendor.test")});
            caller.post("/api/v1/staff/password-reset", form).await.done();
        }
        let mut caller = app.anon().at_address("198.51.100.9").with_header("x-forwarded-for", "192.0.2.200");
        let form: Value = json!({"email": "another@vendor.test"});
        caller.post("/api/v1/staff/password-reset", form.clone()).await.error(429);
        app.anon().at_address("192.0.2.1").post("/api/v1/staff/password-reset", form).await.done();
    }

    async fn behind_a_trusted_proxy_the_last_address_it_does_not_trust_counts(app: TestApp) {
        app.staff(Role::Admin).await;
        let proxied = app.restarted(|args| args.trusted_proxies = vec!["10.0.0.0/8".to_owned()]).await;
        let seen = async |peer: &str, header: &str| {
            let mut browser = proxied.anon().at_address(peer).with_header("x-forwarded-for", header);
            browser.sign_in("/api/v1/staff/sign-in", "admin@vendor.test", PASSWORD).await;
            let list: OwnSessions = browser.get("/api/v1/me/sessions").await.ok();
            list.sessions.into_iter().find(|session| session.current).unwrap().ip
        };
        assert_eq!(seen("10.0.0.1", "203.0.113.7").await, "203.0.113.7");
        assert_eq!(seen("10.0.0.1", "6.6.6.6, 203.0.113.7, 10.0.0.2").await, "203.0.113.7");
        assert_eq!(seen("203.0.113.7", "6.6.6.6").await, "203.0.113.7");
        assert_eq!(seen("10.0.0.1", "nonsense").await, "10.0.0.1");
    }
}
