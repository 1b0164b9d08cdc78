//! Sessions of both kinds: listed and ended by their owner alone, and ended by what must end them.

use latchkey::jobs::worker;
use latchkey_shared::{
    api::{auth::OwnSessions, customers::Customer},
    permission::Role,
};
use latchkey_store::entity::communication;
use sea_orm::{EntityTrait as _, QueryOrder as _};
use serde_json::json;

use crate::{
    on_both_databases,
    util::{Caller, PASSWORD, TestApp},
};

const NEW_PASSWORD: &str = "seven grey geese flying";
const DAY: i64 = 86_400_000;

/// A portal user with two browsers, and the user's address.
async fn two_browsers(app: &TestApp) -> (Caller, Caller, String) {
    let mut staff = app.staff(Role::Support).await;
    let customer: Customer = staff.post("/api/v1/customers", json!({"name": "Acme", "email": ""})).await.ok();
    let mut here = app.portal(customer.id).await;
    let email = here.get("/api/v1/portal/account").await.json()["email"].as_str().unwrap().to_owned();
    let mut there = app.anon().at_address("203.0.113.5").with_header("user-agent", "Firefox/1 Linux");
    there.sign_in("/api/v1/portal/sign-in", &email, PASSWORD).await;
    (here, there, email)
}

on_both_databases! {
    async fn portal_sessions_are_listed_and_ended_by_their_owner_alone(app: TestApp) {
        let (mut here, mut there, _) = two_browsers(&app).await;
        let list: OwnSessions = here.get("/api/v1/portal/sessions").await.ok();
        assert_eq!(list.sessions.len(), 2);
        let other = list.sessions.iter().find(|session| !session.current).unwrap();
        assert_eq!((other.ip.as_str(), other.device.as_str()), ("203.0.113.5", "Firefox on Linux"));
        let (mut stranger, _, _) = two_browsers(&app).await;
        let path = format!("/api/v1/portal/sessions/{}", other.id);
        assert_eq!(stranger.delete(&path).await.error(404), "not_found");
        // Staff sessions have numbers too: a portal user ends none of them, nor staff one of theirs.
        let mut staff = app.staff(Role::Owner).await;
        let of_staff: OwnSessions = staff.get("/api/v1/me/sessions").await.ok();
        let id = of_staff.sessions[0].id;
        here.delete(&format!("/api/v1/portal/sessions/{id}")).await.error(404);
        staff.delete(&format!("/api/v1/me/sessions/{}", other.id)).await.error(404);
        there.get("/api/v1/portal/account").await.done();
        here.delete(&path).await.done();
        assert_eq!(there.get("/api/v1/portal/account").await.error(401), "unauthenticated");
        here.get("/api/v1/portal/account").await.done();
    }

    async fn all_others_are_ended_at_once(app: TestApp) {
        let (mut here, mut there, _) = two_browsers(&app).await;
        here.delete("/api/v1/portal/sessions").await.done();
        there.get("/api/v1/portal/sessions").await.error(401);
        let list: OwnSessions = here.get("/api/v1/portal/sessions").await.ok();
        assert_eq!(list.sessions.len(), 1);
        let (mut one, mut two) = (app.staff(Role::Admin).await, app.staff(Role::Admin).await);
        two.delete("/api/v1/me/sessions").await.done();
        one.get("/api/v1/me/sessions").await.error(401);
        two.get("/api/v1/me/sessions").await.done();
    }

    async fn a_new_password_ends_all_other_sessions(app: TestApp) {
        let (mut here, mut there, email) = two_browsers(&app).await;
        let change = json!({"current": PASSWORD, "password": NEW_PASSWORD});
        here.post("/api/v1/portal/account/password", change.clone()).await.done();
        here.get("/api/v1/portal/account").await.done();
        assert_eq!(there.get("/api/v1/portal/account").await.error(401), "unauthenticated");
        let old = json!({"email": email, "password": PASSWORD});
        there.post("/api/v1/portal/sign-in", old).await.error(401);
        there.sign_in("/api/v1/portal/sign-in", &email, NEW_PASSWORD).await;

        let (mut one, mut two) = (app.staff(Role::Admin).await, app.staff(Role::Admin).await);
        one.post("/api/v1/me/password", change).await.done();
        one.get("/api/v1/me/sessions").await.done();
        assert_eq!(two.get("/api/v1/me/sessions").await.error(401), "unauthenticated");
        two.sign_in("/api/v1/staff/sign-in", "admin@vendor.test", NEW_PASSWORD).await;
    }

    async fn a_portal_reset_ends_every_session_and_works_once(app: TestApp) {
        let (mut here, _, email) = two_browsers(&app).await;
        let mut anon = app.anon();
        for _ in 0..2 {
            let asked = anon.post("/api/v1/portal/password-reset", json!({"email": email.to_uppercase()})).await;
            assert_eq!(asked.status.as_u16(), 202);
            worker::run_due(&app.state).await.unwrap();
        }
        let mails = communication::Entity::find().order_by_asc(communication::Column::Id);
        let mails = mails.all(app.state.store.read()).await.unwrap();
        let code = |mail: &communication::Model| {
            mail.text.split("/Portal/Reset#").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
        };
        let confirm = |code: String, password: &str| json!({"code": code, "password": password});
        let path = "/api/v1/portal/password-reset/confirm";
        let replaced = anon.post(path, confirm(code(&mails[0]), NEW_PASSWORD)).await;
        assert_eq!(replaced.error(404), "link_unusable", "a second message makes the first useless");
        anon.post("/api/v1/staff/password-reset/confirm", confirm(code(&mails[1]), NEW_PASSWORD)).await.error(404);
        anon.post(path, confirm(code(&mails[1]), &email)).await.field("password");
        here.get("/api/v1/portal/account").await.done();
        anon.post(path, confirm(code(&mails[1]), NEW_PASSWORD)).await.done();
        anon.post(path, confirm(code(&mails[1]), NEW_PASSWORD)).await.error(404);
        here.get("/api/v1/portal/account").await.error(401);
        anon.sign_in("/api/v1/portal/sign-in", &email, NEW_PASSWORD).await;
    }

    async fn a_reset_message_works_for_an_hour_and_not_after_the_address_changed(app: TestApp) {
        let (mut here, _, email) = two_browsers(&app).await;
        let ask = || json!({"email": email});
        let newest = async || {
            worker::run_due(&app.state).await.unwrap();
            let newest = communication::Entity::find().order_by_desc(communication::Column::Id);
            newest.one(app.state.store.read()).await.unwrap().unwrap()
        };
        let confirm = |mail: &communication::Model| {
            let code = mail.text.split("/Portal/Reset#").nth(1).unwrap().split_whitespace().next().unwrap();
            json!({"code": code, "password": NEW_PASSWORD})
        };
        let path = "/api/v1/portal/password-reset/confirm";
        app.anon().post("/api/v1/portal/password-reset", ask()).await.done();
        let late = newest().await;
        app.state.clock.advance(3_600_001);
        assert_eq!(app.anon().post(path, confirm(&late)).await.error(404), "link_unusable");

        app.anon().post("/api/v1/portal/password-reset", ask()).await.done();
        let to_the_old_address = newest().await;
        let change = json!({"email": "new@acme.test", "password": PASSWORD});
        let proof = here.post("/api/v1/portal/account/email", change).await.json();
        let digits: String = newest().await.subject.chars().take(6).collect();
        here.post("/api/v1/portal/account/email/prove", json!({"id": proof["id"], "code": digits})).await.done();
        let refused = app.anon().post(path, confirm(&to_the_old_address)).await;
        assert_eq!(refused.error(404), "link_unusable", "whoever reads the old address is out");
    }

    async fn an_expired_session_is_none(app: TestApp) {
        let (mut user, _, _) = two_browsers(&app).await;
        let mut staff = app.staff(Role::Admin).await;
        // Each visit moves the end on.
        app.state.clock.advance(13 * DAY);
        staff.get("/api/v1/customers").await.done();
        app.state.clock.advance(13 * DAY);
        staff.get("/api/v1/customers").await.done();
        app.state.clock.advance(14 * DAY + 1);
        let before = crate::util::rows(&app.state.store).await;
        let late = staff.post("/api/v1/customers", json!({"name": "Too late", "email": ""})).await;
        assert_eq!(late.error(401), "unauthenticated");
        assert_eq!(late.json()["error"]["message"], "Sign in to go on.");
        crate::util::rows(&app.state.store).await.are_as_before(&before);
        user.get("/api/v1/portal/account").await.done();
        app.state.clock.advance(60 * DAY + 1);
        assert_eq!(user.get("/api/v1/portal/account").await.error(401), "unauthenticated");
        let session = user.get("/api/v1/session").await.json();
        assert!(session["portal"].is_null(), "the page is told that nobody is signed in");
    }

    async fn the_two_kinds_of_session_do_not_stand_in_for_each_other(app: TestApp) {
        // The first of each kind, who have the same number.
        let mut staff = app.staff(Role::Owner).await;
        let (mut user, _, _) = two_browsers(&app).await;
        let number = async |caller: &mut Caller, side: &str| caller.get("/api/v1/session").await.json()[side]["id"].clone();
        assert_eq!(number(&mut staff, "staff").await, number(&mut user, "portal").await);
        user.get("/api/v1/customers").await.error(401);
        staff.get("/api/v1/portal/account").await.error(401);
        // Not even under the other's name.
        let swapped = |from: &Caller, mine: &str, other: &str| {
            app.anon().with_header("cookie", &format!("{other}={}", from.cookie(mine).unwrap()))
        };
        swapped(&staff, "latchkey_staff", "latchkey_portal").get("/api/v1/portal/account").await.error(401);
        swapped(&user, "latchkey_portal", "latchkey_staff").get("/api/v1/customers").await.error(401);
        user.post("/api/v1/portal/sign-out", json!({})).await.done();
        user.get("/api/v1/portal/account").await.error(401);
    }
}
