//! Staff sign in, are limited, reset their password, look after their sessions.

use axum::http::Method;
use latchkey::{identity::staff, jobs::worker};
use latchkey_shared::{
    api::{
        auth::{OwnSessions, StaffInvitation},
        session::Session,
    },
    permission::Role,
};
use latchkey_store::entity::communication;
use sea_orm::{EntityTrait as _, QueryOrder as _};
use serde_json::json;

use crate::{on_both_databases, util::TestApp};

const NEW_PASSWORD: &str = "seven grey geese flying";

async fn last_message(app: &TestApp) -> Option<communication::Model> {
    communication::Entity::find()
        .order_by_desc(communication::Column::Id)
        .one(app.state.store.read())
        .await
        .unwrap()
}

on_both_databases! {
    async fn the_first_owner_is_made_once_with_the_printed_link(app: TestApp) {
        let url = staff::owner_setup_url(&app.state).await.unwrap().unwrap();
        let code = url.split('#').nth(1).unwrap();
        let mut owner = app.anon();
        let session: Session = owner.get("/api/v1/session").await.ok();
        assert!(session.setup_required);
        let seen: StaffInvitation = owner.post("/api/v1/staff/invitation", json!({"code": code})).await.ok();
        assert_eq!(seen.role, Role::Owner);
        let form = json!({"code": code, "name": "Ann", "email": "Ann@Vendor.test", "password": "short"});
        owner.post("/api/v1/staff/invitation/accept", form).await.field("password");
        let form = json!({"code": code, "name": "Ann", "email": "Ann@Vendor.test", "password": NEW_PASSWORD});
        let session: Session = owner.post("/api/v1/staff/invitation/accept", form.clone()).await.ok();
        assert_eq!(session.staff.unwrap().email, "ann@vendor.test");
        let session: Session = owner.get("/api/v1/session").await.ok();
        assert!(!session.setup_required);
        assert_eq!(session.staff.unwrap().role, Role::Owner);
        assert_eq!(app.anon().post("/api/v1/staff/invitation/accept", form).await.error(404), "link_unusable");
        assert_eq!(staff::owner_setup_url(&app.state).await.unwrap(), None);
    }

    async fn wrong_and_unknown_are_the_same_answer_and_are_limited(app: TestApp) {
        app.staff(Role::Admin).await;
        let mut stranger = app.anon().at_address("198.51.100.7");
        let wrong = stranger.post("/api/v1/staff/sign-in", json!({"email": "admin@vendor.test", "password": "wrong"})).await;
        let unknown = stranger.post("/api/v1/staff/sign-in", json!({"email": "nobody@vendor.test", "password": "wrong"})).await;
        assert_eq!(wrong.error(401), "wrong_credentials");
        assert_eq!(wrong.json()["error"]["message"], unknown.json()["error"]["message"]);
        for _ in 0..9 {
            stranger.post("/api/v1/staff/sign-in", json!({"email": "admin@vendor.test", "password": "wrong"})).await.error(401);
        }
        let limited = stranger.post("/api/v1/staff/sign-in", json!({"email": "admin@vendor.test", "password": crate::util::PASSWORD})).await;
        assert_eq!(limited.error(429), "too_many_attempts");
        assert!(limited.headers.contains_key("retry-after"));
        app.state.clock.advance(16 * 60_000);
        stranger.post("/api/v1/staff/sign-in", json!({"email": "admin@vendor.test", "password": crate::util::PASSWORD})).await.done();
    }

    async fn a_password_is_reset_by_mail_and_ends_all_sessions(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let mut anon = app.anon();
        let unknown = anon.post("/api/v1/staff/password-reset", json!({"email": "nobody@vendor.test"})).await;
        assert_eq!(unknown.status.as_u16(), 202);
        assert_eq!(last_message(&app).await, None);
        let known = anon.post("/api/v1/staff/password-reset", json!({"email": "ADMIN@vendor.test"})).await;
        assert_eq!((known.status, known.text), (unknown.status, unknown.text));
        worker::run_due(&app.state).await.unwrap();
        let message = last_message(&app).await.unwrap();
        assert_eq!(message.state, "kept", "there is no mail server");
        let code = message.text.split("/Staff/Reset#").nth(1).unwrap().split_whitespace().next().unwrap();
        let confirm = json!({"code": code, "password": NEW_PASSWORD});
        anon.post("/api/v1/staff/password-reset/confirm", confirm.clone()).await.done();
        assert_eq!(anon.post("/api/v1/staff/password-reset/confirm", confirm).await.error(404), "link_unusable");
        assert_eq!(admin.get("/api/v1/me/sessions").await.error(401), "unauthenticated");
        anon.sign_in("/api/v1/staff/sign-in", "admin@vendor.test", NEW_PASSWORD).await;
    }

    async fn signing_in_on_one_side_keeps_the_other(app: TestApp) {
        let mut browser = app.staff(Role::Support).await;
        let bob = crate::keys::customer(&mut browser, "Bob").await;
        let mut elsewhere = app.portal(bob).await;
        let session: Session = elsewhere.get("/api/v1/session").await.ok();
        let form = json!({"email": session.portal.unwrap().email, "password": crate::util::PASSWORD});
        let session: Session = browser.post("/api/v1/portal/sign-in", form).await.ok();
        assert!(session.staff.is_some() && session.portal.is_some());
        let session: Session = browser.patch("/api/v1/me", json!({"name": "Sue"})).await.ok();
        assert_eq!(session.staff.unwrap().name, "Sue");
        assert!(session.portal.is_some());
    }

    async fn sessions_are_listed_and_ended_by_their_owner_alone(app: TestApp) {
        let mut here = app.staff(Role::Support).await;
        let mut there = app.staff(Role::Support).await;
        let mut other = app.staff(Role::Admin).await;
        let list: OwnSessions = here.get("/api/v1/me/sessions").await.ok();
        assert_eq!(list.sessions.len(), 2);
        let foreign = list.sessions.iter().find(|session| !session.current).unwrap().id;
        let path = format!("/api/v1/me/sessions/{foreign}");
        assert_eq!(other.delete(&path).await.error(404), "not_found");
        here.delete(&path).await.done();
        assert_eq!(there.get("/api/v1/me/sessions").await.error(401), "unauthenticated");
        here.get("/api/v1/me/sessions").await.done();
    }

    async fn malformed_bodies_get_clear_answers(app: TestApp) {
        let mut anon = app.anon();
        let path = "/api/v1/staff/sign-in";
        let json_type = Some("application/json");
        let broken = anon.send_bytes(Method::POST, path, json_type, b"{\"email\"".to_vec()).await;
        assert_eq!(broken.error(400), "malformed");
        let plain = anon.send_bytes(Method::POST, path, Some("text/plain"), b"{}".to_vec()).await;
        assert_eq!(plain.error(400), "malformed");
        let unknown = anon.post(path, json!({"email": "a@b.co", "password": "x", "admin": true})).await;
        assert!(unknown.json()["error"].to_string().contains("admin"), "{}", unknown.text);
        unknown.error(422);
        anon.post(path, json!({"email": 7, "password": "x"})).await.field("email");
        anon.post(path, json!({"email": "not an address", "password": "x"})).await.field("email");
        anon.post(path, json!({"email": "a@b.co", "password": "x".repeat(201)})).await.field("password");
        let giant = anon.send_bytes(Method::POST, path, json_type, vec![b' '; 70_000]).await;
        assert_eq!(giant.error(413), "too_large");
    }
}
