//! Mail: from the outbox over a real SMTP server, once, whatever happens on the way.

use latchkey::{
    communications::{self, letters},
    jobs::{self, worker},
};
use latchkey_shared::{
    api::{
        common::List,
        communications::{Communication, CommunicationRow, CommunicationState},
        customers::Customer,
        settings::MailTest,
    },
    permission::Role,
};
use latchkey_store::entity::job;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};

use crate::{
    on_both_databases,
    util::{Caller, Sink, TestApp},
};

const SECOND: i64 = 1_000;
const HOUR: i64 = 3_600 * SECOND;

/// The same installation with a mail server.
async fn with_mail(app: &TestApp, url: &str) -> TestApp {
    app.restarted(|args| {
        args.smtp_url = Some(url.to_owned());
        args.mail_from = Some("portal@vendor.test".to_owned());
    })
    .await
}

/// Writes to a customer; answers the message.
async fn write(staff: &mut Caller) -> CommunicationRow {
    let name = hex::encode(latchkey::random::bytes::<4>());
    let body = json!({"name": "Ann", "email": format!("{name}@acme.test")});
    let customer: Customer = staff.post("/api/v1/customers", body).await.ok();
    let path = format!("/api/v1/customers/{}/messages", customer.id);
    let sent = staff.post(&path, json!({"subject": "Grüße", "text": "One\n\nTwo < three"})).await;
    sent.ok::<Communication>().row
}

async fn look(staff: &mut Caller, row: &CommunicationRow) -> Communication {
    staff.get(&format!("/api/v1/communications/{}", row.id)).await.ok()
}

fn message_id(mail: &Value) -> String {
    mail["headers"]["message-id"].as_str().unwrap().to_owned()
}

on_both_databases! {
    async fn a_message_is_delivered_once_and_again_under_the_same_id(app: TestApp) {
        let Some(sink) = Sink::start(&[]) else { return };
        let app = with_mail(&app, &sink.url()).await;
        let mut staff = app.staff(Role::Admin).await;
        let row = write(&mut staff).await;
        assert_eq!(row.state, CommunicationState::Queued);
        // Two workers, as two processes have them, and another look later.
        let (one, other) = tokio::join!(worker::run_due(&app.state), worker::run_due(&app.state));
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        app.state.clock.advance(HOUR);
        assert_eq!(worker::run_due(&app.state).await.unwrap(), 0);
        let mails = sink.messages();
        assert_eq!(mails.len(), 1);
        let mail = &mails[0];
        assert_eq!((mail["from"].as_str().unwrap(), mail["to"][0].as_str().unwrap()), ("portal@vendor.test", row.to.as_str()));
        assert_eq!(mail["subject"], "Grüße");
        assert_eq!(mail["text"].as_str().unwrap().trim(), "One\r\n\r\nTwo < three");
        assert!(mail["html"].as_str().unwrap().contains("Two &lt; three"));
        assert!(mail["headers"]["date"].is_string());
        let id = message_id(mail);
        assert!(id.starts_with('<') && id.ends_with("@portal.test>"), "{id}");
        let seen = look(&mut staff, &row).await;
        assert_eq!((seen.row.state, seen.attempts, seen.error), (CommunicationState::Sent, 1, None));
        assert!(seen.row.sent.is_some());

        staff.post(&format!("/api/v1/communications/{}/resend", row.id), json!({})).await.done();
        worker::run_due(&app.state).await.unwrap();
        let mails = sink.took(2);
        assert_eq!((mails.len(), message_id(&mails[1])), (2, id));
    }

    async fn a_refusal_is_seen_and_tried_again_later(app: TestApp) {
        let Some(sink) = Sink::start(&["--refuse", "2", "--refusal", "451 come back later"]) else { return };
        let app = with_mail(&app, &sink.url()).await;
        let mut staff = app.staff(Role::Admin).await;
        let row = write(&mut staff).await;
        for (try_, wait) in [(1, 2), (2, 4)] {
            assert_eq!(worker::run_due(&app.state).await.unwrap(), 1);
            assert_eq!(worker::run_due(&app.state).await.unwrap(), 0, "not before its time");
            let seen = look(&mut staff, &row).await;
            assert_eq!((seen.row.state, seen.attempts), (CommunicationState::Queued, try_));
            assert!(seen.error.unwrap().contains("come back later"), "staff see why it waits");
            app.state.clock.advance(wait * SECOND - 500);
            assert_eq!(worker::run_due(&app.state).await.unwrap(), 0, "the waits double");
            app.state.clock.advance(500);
        }
        assert_eq!(worker::run_due(&app.state).await.unwrap(), 1);
        assert_eq!(sink.messages().len(), 1);
        let seen = look(&mut staff, &row).await;
        assert_eq!((seen.row.state, seen.attempts, seen.error), (CommunicationState::Sent, 3, None));
    }

    async fn a_server_that_stays_away_ends_in_a_list_that_staff_see(app: TestApp) {
        // A port that nobody listens on any more.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let down = with_mail(&app, &format!("smtp://127.0.0.1:{port}")).await;
        let mut staff = down.staff(Role::Admin).await;
        let row = write(&mut staff).await;
        let mut tries = 0;
        while worker::run_due(&down.state).await.unwrap() == 1 {
            tries += 1;
            assert!(tries < 100, "it is tried for ever");
            down.state.clock.advance(HOUR);
        }
        assert_eq!(tries, 12);
        let failed: List<CommunicationRow> = staff.get("/api/v1/communications?filter=state%3Dfailed").await.ok();
        assert_eq!(failed.items.iter().map(|row| row.id).collect::<Vec<_>>(), [row.id]);
        let seen = look(&mut staff, &row).await;
        assert_eq!((seen.row.state, seen.attempts), (CommunicationState::Failed, 12));
        assert!(seen.error.unwrap().contains("mail server"));
        let parked = job::Entity::find().filter(job::Column::Status.eq("parked"));
        assert_eq!(parked.all(app.state.store.read()).await.unwrap().len(), 1);

        // Once it is back, staff send it again.
        let Some(sink) = Sink::start(&[]) else { return };
        let up = with_mail(&app, &sink.url()).await;
        let mut staff = up.staff(Role::Admin).await;
        staff.post(&format!("/api/v1/communications/{}/resend", row.id), json!({})).await.done();
        worker::run_due(&up.state).await.unwrap();
        assert_eq!(sink.messages().len(), 1);
        assert_eq!(look(&mut staff, &row).await.row.state, CommunicationState::Sent);
    }

    async fn without_a_mail_server_messages_are_kept_and_shown(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        let row = write(&mut staff).await;
        worker::run_due(&app.state).await.unwrap();
        let kept: List<CommunicationRow> = staff.get("/api/v1/communications?filter=state%3Dkept").await.ok();
        assert_eq!(kept.items.iter().map(|row| row.id).collect::<Vec<_>>(), [row.id]);
        let seen = look(&mut staff, &row).await;
        assert_eq!(seen.text, "One\n\nTwo < three\n");
        assert_eq!((seen.row.sent, seen.error), (None, None));
    }

    async fn a_worker_that_dies_loses_nothing(app: TestApp) {
        let Some(sink) = Sink::start(&[]) else { return };
        let app = with_mail(&app, &sink.url()).await;
        let mut staff = app.staff(Role::Admin).await;
        write(&mut staff).await;
        assert!(jobs::claim(&app.state).await.unwrap().is_some(), "and then nothing more is heard of it");
        assert_eq!(worker::run_due(&app.state).await.unwrap(), 0, "it is somebody's");
        app.state.clock.advance(jobs::lease::LEASE);
        assert_eq!(worker::run_due(&app.state).await.unwrap(), 1);
        assert_eq!(sink.messages().len(), 1);
    }

    async fn a_password_opens_the_mail_server(app: TestApp) {
        let Some(sink) = Sink::start(&["--user", "portal@vendor.test", "--password", "s: cret"]) else { return };
        for (password, state) in [("wrong", CommunicationState::Queued), ("s%3A%20cret", CommunicationState::Sent)] {
            let url = format!("smtp://portal%40vendor.test:{password}@127.0.0.1:{}", sink.port);
            let app = with_mail(&app, &url).await;
            let mut staff = app.staff(Role::Admin).await;
            let row = write(&mut staff).await;
            worker::run_due(&app.state).await.unwrap();
            let seen = look(&mut staff, &row).await;
            assert_eq!(seen.row.state, state, "{:?}", seen.error);
            assert_eq!(sink.messages().is_empty(), state == CommunicationState::Queued);
        }
    }

    async fn no_password_is_told_to_a_server_that_cannot_be_trusted(app: TestApp) {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = (folder.path().join("certificate.pem"), folder.path().join("key.pem"));
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        let secured = ["--user", "portal", "--password", "secret", "--certificate", certificate.to_str().unwrap(), "--key", key.to_str().unwrap()];
        let (Some(secured), Some(plain)) = (Sink::start(&secured), Sink::start(&["--user", "portal", "--password", "secret"])) else { return };
        for (sink, words) in [(&secured, "certificate"), (&plain, "STARTTLS")] {
            let app = with_mail(&app, &format!("smtp://portal:secret@127.0.0.1:{}?tls=required", sink.port)).await;
            let mut staff = app.staff(Role::Admin).await;
            let row = write(&mut staff).await;
            worker::run_due(&app.state).await.unwrap();
            let seen = look(&mut staff, &row).await;
            assert_eq!(seen.row.state, CommunicationState::Queued);
            let error = seen.error.unwrap();
            assert!(error.to_lowercase().contains(&words.to_lowercase()), "{error}");
            assert_eq!(sink.messages().len(), 0);
        }
    }

    async fn nothing_that_is_typed_becomes_a_header_or_a_recipient(app: TestApp) {
        let Some(sink) = Sink::start(&[]) else { return };
        let app = with_mail(&app, &sink.url()).await;
        let mut staff = app.staff(Role::Admin).await;
        let customer: Customer = staff.post("/api/v1/customers", json!({"name": "Ann", "email": "ann@acme.test"})).await.ok();
        let path = format!("/api/v1/customers/{}/messages", customer.id);
        let subject = "Hello\r\nBcc: spy@evil.test\r\n\r\nAnother body";
        staff.post(&path, json!({"subject": subject, "text": "x"})).await.field("subject");
        // Should one ever get past the form, it is still no header.
        let transaction = app.state.store.begin().await.unwrap();
        let letter = letters::by_staff(subject, "x");
        communications::send(&app.state, &transaction, None, "ann@acme.test", letter).await.unwrap();
        for recipient in ["ann@acme.test\r\nRCPT TO:<spy@evil.test>", "ann@acme.test, spy@evil.test", "Ann <ann@acme.test>\n"] {
            communications::send(&app.state, &transaction, None, recipient, letters::by_staff("x", "x")).await.unwrap();
        }
        transaction.commit().await.unwrap();
        worker::run_due(&app.state).await.unwrap();
        let mails = sink.messages();
        assert!(!mails.is_empty());
        for mail in mails {
            assert_eq!(mail["to"], json!(["ann@acme.test"]));
            assert!(mail["headers"]["bcc"].is_null(), "{}", mail["raw"]);
            let (head, _) = mail["raw"].as_str().unwrap().split_once("\r\n\r\n").unwrap();
            assert!(!head.to_lowercase().contains("bcc"), "{head}");
            assert_eq!(mail["text"].as_str().unwrap().trim(), "x");
        }
    }

    async fn a_test_message_goes_to_whoever_asks_for_it(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        let none: MailTest = staff.post("/api/v1/settings/mail/test", json!({})).await.ok();
        assert!(!none.ok && none.message.contains("no mail server"));
        let Some(sink) = Sink::start(&["--refuse", "1", "--refusal", "550 not you"]) else { return };
        let form = json!({"url": sink.url(), "from": "portal@vendor.test"});
        staff.put("/api/v1/settings/mail", form).await.done();
        let refused: MailTest = staff.post("/api/v1/settings/mail/test", json!({})).await.ok();
        assert!(!refused.ok && refused.message.contains("not you"), "{}", refused.message);
        let taken: MailTest = staff.post("/api/v1/settings/mail/test", json!({})).await.ok();
        assert!(taken.ok && taken.message.contains("admin@vendor.test"), "{}", taken.message);
        let mails = sink.messages();
        assert_eq!((mails.len(), &mails[0]["to"]), (1, &json!(["admin@vendor.test"])));
        let list: List<CommunicationRow> = staff.get("/api/v1/communications?sort=-created").await.ok();
        let states: Vec<_> = list.items.iter().map(|row| (row.kind.as_str(), row.state)).collect();
        assert_eq!(states, [("mail_test", CommunicationState::Sent), ("mail_test", CommunicationState::Failed)]);
        // A program has no address: the server is greeted and that is all.
        let mut token = app.token(&["*"]).await;
        let greeted: MailTest = token.post("/api/v1/settings/mail/test", json!({})).await.ok();
        assert!(greeted.ok, "{}", greeted.message);
        assert_eq!((worker::run_due(&app.state).await.unwrap(), sink.messages().len()), (0, 1));
    }
}
