//! Limits on guessing: per account and per address, for every door, and across restarts.

use std::time::{Duration, Instant};

use axum::http::Method;
use latchkey_shared::{api::customers::Customer, api::links::SignUpLink, permission::Role};
use latchkey_store::entity::job;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use serde_json::{Value, json};

use crate::{
    on_both_databases,
    util::{Caller, PASSWORD, TestApp},
};

/// Tries until it is refused; answers how often it was let through.
async fn tries(caller: &mut Caller, path: &str, mut body: impl FnMut(usize) -> Value) -> usize {
    for count in 0..150 {
        let answer = caller.post(path, body(count)).await;
        if answer.status.as_u16() == 429 {
            assert_eq!(answer.error(429), "too_many_attempts");
            let wait: u64 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
            assert!((1..=3_600).contains(&wait), "{wait}");
            return count;
        }
        assert!(answer.status.as_u16() < 500, "{}", answer.text);
    }
    panic!("{path} is not limited");
}

/// A window's beginning, so that no test runs over its end.
fn at_the_beginning(app: &TestApp) {
    let hour = 3_600_000;
    let clock = &app.state.clock;
    clock.advance(hour - clock.now() % hour);
}

async fn sign_up_link(app: &TestApp) -> Value {
    let transaction = app.state.store.begin().await.unwrap();
    let name = latchkey::communications::mailer::SMTP_SECRET;
    app.state.sealer.put(&transaction, name, "smtp://127.0.0.1:9", 0).await.unwrap();
    transaction.commit().await.unwrap();
    let link: SignUpLink = app.staff(Role::Admin).await.get("/api/v1/sign-up-link").await.ok();
    let auth = link.url.unwrap().split("auth=").nth(1).unwrap().to_owned();
    json!({"domain": "portal.test", "vid": 1, "auth": auth})
}

on_both_databases! {
    async fn sign_in_is_limited_per_account_and_per_address(app: TestApp) {
        at_the_beginning(&app);
        for (path, side) in [("/api/v1/staff/sign-in", 1), ("/api/v1/portal/sign-in", 2)] {
            let body = json!({"email": "somebody@vendor.test", "password": "wrong"});
            for try_ in 0..10 {
                let mut caller = app.anon().at_address(&format!("198.51.{side}.{try_}"));
                assert_eq!(caller.post(path, body.clone()).await.error(401), "wrong_credentials");
            }
            let mut elsewhere = app.anon().at_address("203.0.113.1");
            assert_eq!(elsewhere.post(path, body).await.error(429), "too_many_attempts");
            // Nobody else is locked out by it.
            let other = json!({"email": "other@vendor.test", "password": "wrong"});
            elsewhere.post(path, other).await.error(401);
        }
        let mut many = app.anon().at_address("203.0.113.9");
        let others = |count| json!({"email": format!("a{count}@vendor.test"), "password": "wrong"});
        assert_eq!(tries(&mut many, "/api/v1/portal/sign-in", others).await, 100);
    }

    async fn reset_is_limited_per_account_and_per_address(app: TestApp) {
        at_the_beginning(&app);
        for (path, side) in [("/api/v1/staff/password-reset", 1), ("/api/v1/portal/password-reset", 2)] {
            let mut one = app.anon().at_address(&format!("198.51.100.{side}"));
            let same = |_| json!({"email": "known@vendor.test"});
            assert_eq!(tries(&mut one, path, same).await, 5);
        }
        let mut many = app.anon().at_address("203.0.113.9");
        let others = |count| json!({"email": format!("a{count}@vendor.test")});
        assert_eq!(tries(&mut many, "/api/v1/portal/password-reset", others).await, 30);
    }

    async fn opening_links_is_limited_per_link_and_per_address(app: TestApp) {
        at_the_beginning(&app);
        let link = |id: usize| json!({"domain": "portal.test", "id": id, "auth": "wrong"});
        let mut one = app.anon().at_address("198.51.100.1");
        assert_eq!(tries(&mut one, "/api/v1/portal/invitation", |_| link(7)).await, 60);
        let mut elsewhere = app.anon().at_address("198.51.100.2");
        elsewhere.post("/api/v1/portal/invitation", link(7)).await.error(429);
        let mut many = app.anon().at_address("203.0.113.9");
        assert_eq!(tries(&mut many, "/api/v1/portal/invitation", |count| link(1_000 + count)).await, 120);
        let code = |_| json!({"code": "wrong"});
        let mut staff = app.anon().at_address("203.0.113.10");
        assert_eq!(tries(&mut staff, "/api/v1/staff/invitation", code).await, 60);
    }

    async fn sign_up_is_limited_per_address_of_mail_and_of_network(app: TestApp) {
        let link = sign_up_link(&app).await;
        at_the_beginning(&app);
        let form = |email: String| json!({"link": link, "name": "C", "email": email, "password": PASSWORD, "accept": null});
        let mut one = app.anon().at_address("198.51.100.1");
        assert_eq!(tries(&mut one, "/api/v1/portal/invitation/use", |_| form("c@new.test".to_owned())).await, 5);
        let mut many = app.anon().at_address("203.0.113.9");
        let others = |count| form(format!("c{count}@new.test"));
        assert_eq!(tries(&mut many, "/api/v1/portal/invitation/use", others).await, 60);
        // Digits of a proof: counted for the proof, and five wrong ones end it anyway.
        let mut guesser = app.anon().at_address("198.51.100.3");
        let digits = |count| json!({"id": "the same handle", "code": format!("{count:06}")});
        assert_eq!(tries(&mut guesser, "/api/v1/portal/sign-up/prove", digits).await, 10);
    }

    async fn a_restart_forgets_nothing(app: TestApp) {
        app.staff(Role::Admin).await;
        at_the_beginning(&app);
        let wrong = json!({"email": "admin@vendor.test", "password": "wrong"});
        let right = json!({"email": "admin@vendor.test", "password": PASSWORD});
        for _ in 0..10 {
            app.anon().post("/api/v1/staff/sign-in", wrong.clone()).await.error(401);
        }
        let again = app.restarted(|_| {}).await;
        assert_eq!(again.anon().post("/api/v1/staff/sign-in", right.clone()).await.error(429), "too_many_attempts");
        again.state.clock.advance(15 * 60_000);
        again.anon().post("/api/v1/staff/sign-in", right).await.done();
    }

    async fn a_success_lets_one_begin_anew(app: TestApp) {
        app.staff(Role::Admin).await;
        at_the_beginning(&app);
        let wrong = json!({"email": "admin@vendor.test", "password": "wrong"});
        for _ in 0..3 {
            for _ in 0..9 {
                app.anon().post("/api/v1/staff/sign-in", wrong.clone()).await.error(401);
            }
            app.anon().sign_in("/api/v1/staff/sign-in", "admin@vendor.test", PASSWORD).await;
        }
    }

    async fn passwords_are_not_guessed_through_a_session_either(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        let customer: Customer = staff.post("/api/v1/customers", json!({"name": "Acme", "email": ""})).await.ok();
        let mut user = app.portal(customer.id).await;
        at_the_beginning(&app);
        let guess = |_| json!({"current": "wrong", "password": "seven grey geese flying"});
        assert_eq!(tries(&mut staff, "/api/v1/me/password", guess).await, 10);
        assert_eq!(tries(&mut user, "/api/v1/portal/account/password", guess).await, 10);
    }

    async fn known_and_unknown_addresses_cannot_be_told_apart(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        let customer: Customer = staff.post("/api/v1/customers", json!({"name": "Acme", "email": ""})).await.ok();
        let mut user = app.portal(customer.id).await;
        let account = user.get("/api/v1/portal/account").await.json();
        let known = account["email"].as_str().unwrap();
        let seen = |answer: &crate::util::Answer| {
            let mut body = answer.json();
            body["error"]["request_id"] = Value::Null;
            (answer.status, body)
        };
        for (side, known) in [("staff", "admin@vendor.test"), ("portal", known)] {
            for (path, extra) in [("sign-in", json!({"password": "wrong"})), ("password-reset", json!({}))] {
                let path = format!("/api/v1/{side}/{path}");
                let body = |email: &str| {
                    let mut body = extra.clone();
                    body["email"] = json!(email);
                    body
                };
                let mut stranger = app.anon();
                let of_known = stranger.post(&path, body(known)).await;
                let of_unknown = stranger.post(&path, body("nobody@nowhere.test")).await;
                assert_eq!(seen(&of_known), seen(&of_unknown), "{path}");
            }
        }
        // A reset does the same work for both: one row in the outbox, looked at later.
        let resets = job::Entity::find().filter(job::Column::Kind.eq("password_reset"));
        assert_eq!(resets.count(app.state.store.read()).await.unwrap(), 4);
        let nobody = app.anon().send(Method::GET, "/api/v1/me/sessions", None).await;
        assert_eq!(nobody.error(401), "unauthenticated");
    }

    async fn nobody_is_looked_for_as_long_as_somebody(app: TestApp) {
        app.staff(Role::Admin).await;
        // By turns and the best of several, so that a busy machine is busy for both.
        let mut best = [Duration::MAX; 2];
        for _ in 0..8 {
            for (email, best) in ["admin@vendor.test", "nobody@vendor.test"].iter().zip(&mut best) {
                let form = json!({"email": email, "password": "wrong"});
                let began = Instant::now();
                app.anon().post("/api/v1/staff/sign-in", form).await.error(401);
                *best = began.elapsed().min(*best);
            }
        }
        // Hashing is nearly all of it: whoever skipped it would answer many times faster.
        let [known, unknown] = best;
        assert!(unknown * 4 > known, "{unknown:?} for nobody, {known:?} for somebody");
    }
}
