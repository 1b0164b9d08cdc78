//! The sign-up link and association links: opening, using, rotating, revoking, and what they give away.

use latchkey::jobs::worker;
use latchkey_shared::{
    api::{
        customers::Customer,
        links::{AssociationLink, AssociationState, Invitation, InvitationKind, LinkUsed, SignUpLink},
        session::Session,
    },
    permission::Role,
};
use latchkey_store::entity::{communication, customer};
use sea_orm::{EntityTrait as _, PaginatorTrait as _, QueryOrder as _};
use serde_json::{Value, json};

use crate::{
    on_both_databases,
    util::{Caller, PASSWORD, TestApp},
};

/// The parts of a link, as the page sends them.
fn parts(url: &str) -> Value {
    let (path, query) = url.split_once('?').unwrap();
    let domain = path.split("/Portal/@").nth(1).unwrap().split('/').next().unwrap();
    let mut parts = json!({"domain": domain, "auth": ""});
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap();
        parts[name] = if name == "auth" { json!(value) } else { json!(value.parse::<i64>().unwrap()) };
    }
    parts
}

fn form(link: &Value, name: &str, email: &str) -> Value {
    json!({"link": link, "name": name, "email": email, "password": PASSWORD, "accept": null})
}

async fn add(staff: &mut Caller, name: &str, email: &str) -> Customer {
    let body = json!({"name": name, "email": email, "enable_association": true});
    staff.post("/api/v1/customers", body).await.ok()
}

async fn newest_message(app: &TestApp) -> communication::Model {
    worker::run_due(&app.state).await.unwrap();
    let newest = communication::Entity::find().order_by_desc(communication::Column::Id);
    newest.one(app.state.store.read()).await.unwrap().unwrap()
}

async fn customers(app: &TestApp) -> u64 {
    customer::Entity::find().count(app.state.store.read()).await.unwrap()
}

/// The sign-up link needs mail; any address of a server will do, since messages stay in the outbox.
async fn with_mail(app: &TestApp) {
    let transaction = app.state.store.begin().await.unwrap();
    let name = latchkey::communications::mailer::SMTP_SECRET;
    app.state.sealer.put(&transaction, name, "smtp://127.0.0.1:9", app.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
}

/// The digits in the newest message, whether or not it could be delivered.
async fn digits(app: &TestApp) -> String {
    let newest = communication::Entity::find().order_by_desc(communication::Column::Id);
    let message = newest.one(app.state.store.read()).await.unwrap().unwrap();
    assert_eq!(message.kind, "email_proof");
    message.subject.chars().take(6).collect()
}

on_both_databases! {
    async fn a_personal_link_makes_an_account_once(app: TestApp) {
        let mut staff = app.staff(Role::Support).await;
        let made = add(&mut staff, "Acme", "Buyer@Acme.test").await;
        assert_eq!(made.association.state, AssociationState::Open);
        let link = parts(&made.association.url.unwrap());
        let mut stranger = app.anon();
        for _ in 0..2 {
            let seen: Invitation = stranger.post("/api/v1/portal/invitation", link.clone()).await.ok();
            assert_eq!(seen.kind, InvitationKind::Personal);
            assert_eq!(seen.email.as_deref(), Some("buyer@acme.test"));
        }
        let untouched: Customer = staff.get(&format!("/api/v1/customers/{}", made.id)).await.ok();
        assert_eq!(untouched.version, made.version, "looking changes nothing");

        let used: LinkUsed = stranger.post("/api/v1/portal/invitation/use", form(&link, "Bea", "other@acme.test")).await.ok();
        assert_eq!(used, LinkUsed::Done { customer: made.id });
        let session: Session = stranger.get("/api/v1/session").await.ok();
        let portal = session.portal.unwrap();
        assert_eq!((portal.email.as_str(), portal.customer), ("buyer@acme.test", Some(made.id)));

        let again = app.anon().post("/api/v1/portal/invitation/use", form(&link, "Eve", "")).await;
        assert_eq!(again.error(404), "link_unusable");
        let seen: Customer = staff.get(&format!("/api/v1/customers/{}", made.id)).await.ok();
        assert_eq!(seen.association.state, AssociationState::Used);
        assert_eq!(seen.association.used.unwrap().by, "buyer@acme.test");
        assert_eq!(seen.association.url, None);
        assert_eq!(seen.users.len(), 1);
    }

    async fn unusable_links_all_look_the_same(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        let made = add(&mut staff, "Acme", "").await;
        let good = parts(made.association.url.as_deref().unwrap());
        let mut wrong_code = good.clone();
        wrong_code["auth"] = json!("AAAAAAAAAAAAAAAAAAAAAAAAAAA");
        let mut wrong_domain = good.clone();
        wrong_domain["domain"] = json!("other.test");
        let mut nobody = good.clone();
        nobody["id"] = json!(999_999);
        let mut both = good.clone();
        both["vid"] = json!(1);
        let mut answers = Vec::new();
        for bad in [wrong_code, wrong_domain, nobody, both] {
            let answer = app.anon().post("/api/v1/portal/invitation", bad).await;
            assert_eq!(answer.error(404), "link_unusable");
            answers.push(answer.json()["error"]["message"].clone());
        }
        let path = format!("/api/v1/customers/{}/association", made.id);
        let revoked: AssociationLink = staff.post(&format!("{path}/revoke"), json!({})).await.ok();
        assert_eq!((revoked.state, revoked.url), (AssociationState::Revoked, None));
        let answer = app.anon().post("/api/v1/portal/invitation", good.clone()).await;
        assert_eq!(answer.error(404), "link_unusable");
        answers.push(answer.json()["error"]["message"].clone());
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));

        let renewed: AssociationLink = staff.post(&format!("{path}/renew"), json!({})).await.ok();
        let fresh = parts(&renewed.url.unwrap());
        assert_ne!(fresh["auth"], good["auth"]);
        app.anon().post("/api/v1/portal/invitation", good).await.error(404);
        app.anon().post("/api/v1/portal/invitation", fresh).await.done();
    }

    async fn somebody_signed_in_attaches_their_account(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        let first = add(&mut staff, "First", "a@acme.test").await;
        let second = add(&mut staff, "Second", "b@acme.test").await;
        let mut user = app.portal(first.id).await;
        let link = parts(&second.association.url.unwrap());
        let seen: Invitation = user.post("/api/v1/portal/invitation", link.clone()).await.ok();
        assert!(seen.signed_in_as.is_some() && !seen.already_associated);
        let confirm = json!({"link": link, "name": "", "email": "", "password": "", "accept": null});
        let used: LinkUsed = user.post("/api/v1/portal/invitation/use", confirm).await.ok();
        assert_eq!(used, LinkUsed::Done { customer: second.id });
        let session: Session = user.get("/api/v1/session").await.ok();
        let portal = session.portal.unwrap();
        assert_eq!(portal.customers.len(), 2);
        assert_eq!(portal.customer, Some(second.id));
        let back: Session = user.post("/api/v1/portal/customer", json!({"customer": first.id})).await.ok();
        assert_eq!(back.portal.unwrap().customer, Some(first.id));
        user.post("/api/v1/portal/customer", json!({"customer": 999_999})).await.error(404);
    }

    async fn the_sign_up_link_proves_the_address_first(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        let blocked: SignUpLink = staff.get("/api/v1/sign-up-link").await.ok();
        assert!(blocked.blocked.is_some(), "without mail it is off and says why");
        app.anon().post("/api/v1/portal/invitation", parts(&blocked.url.unwrap())).await.error(404);
        with_mail(&app).await;
        let link: SignUpLink = staff.get("/api/v1/sign-up-link").await.ok();
        let link = parts(&link.url.unwrap());

        let mut stranger = app.anon();
        let used: LinkUsed = stranger.post("/api/v1/portal/invitation/use", form(&link, "Cleo", "Cleo@New.test")).await.ok();
        let LinkUsed::Prove { proof } = used else { panic!("{used:?}") };
        assert_eq!(customers(&app).await, 0, "nothing is made before the address is proved");
        let right = digits(&app).await;
        let wrong = if right == "000000" { "000001" } else { "000000" };
        stranger.post("/api/v1/portal/sign-up/prove", json!({"id": proof.id, "code": wrong})).await.field("code");
        let session: Session = stranger.post("/api/v1/portal/sign-up/prove", json!({"id": proof.id, "code": right})).await.ok();
        assert_eq!(session.portal.unwrap().email, "cleo@new.test");
        assert_eq!(customers(&app).await, 1);
        stranger.post("/api/v1/portal/sign-up/prove", json!({"id": proof.id, "code": right})).await.field("code");
    }

    async fn a_known_address_gets_the_same_answer_and_no_second_account(app: TestApp) {
        with_mail(&app).await;
        let mut staff = app.staff(Role::Admin).await;
        let known = add(&mut staff, "Known", "known@acme.test").await;
        let personal = parts(&known.association.url.unwrap());
        app.anon().post("/api/v1/portal/invitation/use", form(&personal, "Known", "")).await.done();
        let link: SignUpLink = staff.get("/api/v1/sign-up-link").await.ok();
        let link = parts(&link.url.unwrap());
        let mut stranger = app.anon();
        let new = stranger.post("/api/v1/portal/invitation/use", form(&link, "N", "new@acme.test")).await;
        let old = stranger.post("/api/v1/portal/invitation/use", form(&link, "K", "known@acme.test")).await;
        assert_eq!(new.status, old.status);
        assert_eq!(new.json()["state"], old.json()["state"]);
        let newest = communication::Entity::find().order_by_desc(communication::Column::Id);
        let message = newest.one(app.state.store.read()).await.unwrap().unwrap();
        assert_eq!(message.kind, "already_registered");
        assert_eq!(customers(&app).await, 1);
        // The address of a customer that staff added is not joined by signing up: another customer is made.
        add(&mut staff, "Waiting", "waiting@acme.test").await;
        let used: LinkUsed = stranger.post("/api/v1/portal/invitation/use", form(&link, "W", "waiting@acme.test")).await.ok();
        let LinkUsed::Prove { proof } = used else { panic!("{used:?}") };
        let code = digits(&app).await;
        stranger.post("/api/v1/portal/sign-up/prove", json!({"id": proof.id, "code": code})).await.done();
        assert_eq!(customers(&app).await, 3);
    }

    async fn the_sign_up_link_is_rotated_and_switched_off(app: TestApp) {
        with_mail(&app).await;
        let mut staff = app.staff(Role::Admin).await;
        let before: SignUpLink = staff.get("/api/v1/sign-up-link").await.ok();
        let before = parts(&before.url.unwrap());
        app.anon().post("/api/v1/portal/invitation", before.clone()).await.done();
        let after: SignUpLink = staff.post("/api/v1/sign-up-link/rotate", json!({})).await.ok();
        let after = parts(&after.url.unwrap());
        app.anon().post("/api/v1/portal/invitation", before).await.error(404);
        app.anon().post("/api/v1/portal/invitation", after.clone()).await.done();
        let off: SignUpLink = staff.put("/api/v1/sign-up-link", json!({"enabled": false})).await.ok();
        assert_eq!((off.enabled, off.url), (false, None));
        app.anon().post("/api/v1/portal/invitation", after).await.error(404);
        let mut viewer = app.staff(Role::Viewer).await;
        let seen: SignUpLink = viewer.get("/api/v1/sign-up-link").await.ok();
        assert_eq!(seen.url, None, "who may not hand it out does not see it");
    }

    async fn five_wrong_digits_end_a_proof(app: TestApp) {
        with_mail(&app).await;
        let mut staff = app.staff(Role::Admin).await;
        let link: SignUpLink = staff.get("/api/v1/sign-up-link").await.ok();
        let link = parts(&link.url.unwrap());
        let mut stranger = app.anon();
        let used: LinkUsed = stranger.post("/api/v1/portal/invitation/use", form(&link, "C", "c@new.test")).await.ok();
        let LinkUsed::Prove { proof } = used else { panic!("{used:?}") };
        let right = digits(&app).await;
        let wrong = if right == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            stranger.post("/api/v1/portal/sign-up/prove", json!({"id": proof.id, "code": wrong})).await.field("code");
        }
        stranger.post("/api/v1/portal/sign-up/prove", json!({"id": proof.id, "code": right})).await.field("code");
    }

    async fn a_link_is_mailed_to_its_customer(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        let made = add(&mut staff, "Acme", "buyer@acme.test").await;
        let path = format!("/api/v1/customers/{}/association/send", made.id);
        let sent: AssociationLink = staff.post(&path, json!({})).await.ok();
        assert!(sent.sent.is_some());
        let message = newest_message(&app).await;
        assert_eq!((message.recipient.as_str(), message.state.as_str()), ("buyer@acme.test", "kept"));
        assert!(message.text.contains(&made.association.url.unwrap()));
        let nameless = add(&mut staff, "No address", "").await;
        let path = format!("/api/v1/customers/{}/association/send", nameless.id);
        assert_eq!(staff.post(&path, json!({})).await.error(409), "no_address");
    }
}
