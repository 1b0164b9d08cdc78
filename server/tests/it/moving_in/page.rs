//! Moving in by page: uploads, a dry run first, progress, and invitations.

use std::time::Duration;

use axum::http::Method;
use latchkey::communications::mailer;
use latchkey_shared::{
    api::move_in::{Invitations, Invited, MoveIn, MoveInFile, RunState, TokenTaken},
    permission::Role,
};
use latchkey_store::entity::{communication, customer, job};
use sea_orm::{EntityTrait as _, PaginatorTrait as _, QueryOrder as _};
use serde_json::{Value, json};

use super::{key, keys, products};
use crate::{
    on_both_databases,
    util::{Answer, Caller},
};

async fn put(staff: &mut Caller, name: &str, content: &[u8]) -> Answer {
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    let form = [head.as_bytes(), content, b"\r\n--x--\r\n"].concat();
    let kind = Some("multipart/form-data; boundary=x");
    staff.send_bytes(Method::PUT, "/api/v1/move-in/files", kind, form).await
}

async fn upload(staff: &mut Caller, name: &str, content: &Value) -> MoveInFile {
    put(staff, name, content.to_string().as_bytes()).await.ok()
}

/// How things stand once nothing runs any more.
async fn settled(staff: &mut Caller) -> MoveIn {
    for _ in 0..600 {
        let shown: MoveIn = staff.get("/api/v1/move-in").await.ok();
        let runs = [&shown.dry_run, &shown.import];
        if runs.into_iter().flatten().all(|run| run.state != RunState::Running) {
            return shown;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it runs for ever");
}

fn customers(number: i64) -> Value {
    let one = |id: i64| json!({"id": id, "name": format!("C{id}"), "email": format!("c{id}@acme.test"), "companyName": "", "created": 0});
    let mut list: Vec<Value> = (1..=number).map(one).collect();
    list.push(json!({"id": number + 1, "name": "Nobody", "email": "q0", "companyName": "", "created": 0}));
    json!({"customers": list, "result": 0, "message": ""})
}

on_both_databases! {
    async fn files_are_gone_through_after_a_dry_run(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        assert_eq!(staff.post("/api/v1/move-in/runs", json!({"dry_run": true})).await.error(409), "no_files");
        let shown: MoveIn = staff.get("/api/v1/move-in").await.ok();
        assert_eq!((shown.server.as_str(), shown.public_keys.len()), ("http://portal.test", 1));
        assert!(shown.public_keys[0].xml.starts_with("<RSAKeyValue><Modulus>"));

        let mut bad = key();
        bad["id"] = json!("x");
        let taken = upload(&mut staff, "keys.json", &keys(&[key(), bad])).await;
        assert_eq!((taken.rows.keys, taken.problem), (2, None));
        let broken = upload(&mut staff, "broken.json", &json!({"a": 1})).await;
        assert!(broken.problem.unwrap().contains("none of the lists"));
        assert_eq!(staff.post("/api/v1/move-in/runs", json!({"dry_run": true})).await.error(409), "unreadable_file");
        staff.delete(&format!("/api/v1/move-in/files/{}", broken.id)).await.done();
        assert_eq!(staff.delete(&format!("/api/v1/move-in/files/{}", broken.id)).await.error(404), "not_found");
        assert_eq!(staff.post("/api/v1/move-in/runs", json!({"dry_run": false})).await.error(409), "dry_run_first");

        staff.post("/api/v1/move-in/runs", json!({"dry_run": true})).await.done();
        let run = settled(&mut staff).await.dry_run.unwrap();
        assert_eq!((run.state, run.done, run.total), (RunState::Done, 2, 2));
        assert_eq!(run.report.refusals.len(), 2);
        assert_eq!(run.report.refusals[0].reason, "product 3349 was not moved in; move the list of products in too");
        // Another file makes another dry run necessary.
        upload(&mut staff, "products.json", &products()).await;
        let shown: MoveIn = staff.get("/api/v1/move-in").await.ok();
        assert_eq!(shown.dry_run, None);
        assert_eq!(staff.post("/api/v1/move-in/runs", json!({"dry_run": false})).await.error(409), "dry_run_first");
        upload(&mut staff, "keys.json", &keys(&[key()])).await;
        staff.post("/api/v1/move-in/runs", json!({"dry_run": true})).await.done();
        assert_eq!(settled(&mut staff).await.dry_run.unwrap().report.refusals.len(), 0);
        staff.post("/api/v1/move-in/runs", json!({"dry_run": false})).await.done();
        let shown = settled(&mut staff).await;
        let run = shown.import.unwrap();
        assert_eq!((run.state, run.done, run.words.as_str()), (RunState::Done, 2, ""));
        assert_eq!(run.report.remarks.len(), 1, "{:?}", run.report.remarks);
        assert!(run.report.remarks[0].reason.starts_with("only keys with F1 are limited in time there"));
        let kinds: Vec<i64> = run.report.kinds.iter().map(|kind| kind.new).collect();
        assert_eq!((kinds, shown.files.len()), (vec![1, 1, 1, 2], 0), "the files are gone");
        let key: Value = staff.get("/api/v1/keys/54435").await.ok();
        assert_eq!(key["row"]["key"], "IVGQG-SEEXW-PLMRN-BAYRR", "{key}");
    }

    async fn uploads_are_bounded(app: TestApp) {
        let mut staff = app.staff(Role::Owner).await;
        let large = vec![b' '; 17 * 1024 * 1024];
        assert!(put(&mut staff, "a", &large).await.error(413) == "too_large");
        let taken: MoveInFile = put(&mut staff, "a", &large[..16 * 1024 * 1024]).await.ok();
        assert_eq!(taken.problem.as_deref(), Some("it is empty"));
        assert!(put(&mut staff, "", b"{}").await.field("file").starts_with("The file needs a name"));
        staff.delete("/api/v1/move-in/files").await.done();
        let shown: MoveIn = staff.get("/api/v1/move-in").await.ok();
        assert_eq!(shown.files, []);
        // What waits too long goes by itself.
        upload(&mut staff, "a", &products()).await;
        let transaction = app.state.store.begin().await.unwrap();
        let later = app.state.clock.now() + 8 * 24 * 3_600_000;
        latchkey::move_in::uploads::sweep(&transaction, later).await.unwrap();
        transaction.commit().await.unwrap();
        let shown: MoveIn = staff.get("/api/v1/move-in").await.ok();
        assert_eq!(shown.files, []);
    }

    async fn a_known_token_is_taken_over(app: TestApp) {
        let mut staff = app.staff(Role::Owner).await;
        let form = |token: &str, scopes: &[&str]| json!({"token": token, "name": "Editor 1", "scopes": scopes});
        let path = "/api/v1/move-in/token";
        let secret = "465:AY0FNTwmK1qIY3hGlaIxCC8VxMvuYkLHaUyTVLGS";
        assert!(staff.post(path, form("nonsense", &["Activate"])).await.field("token").starts_with("This is no access token"));
        assert!(staff.post(path, form(secret, &["Fly"])).await.field("scopes").contains("no scope Fly"));
        let taken: TokenTaken = staff.post(path, form(secret, &["Activate"])).await.ok();
        assert_eq!(taken, TokenTaken { id: 465, changed: true });
        let taken: TokenTaken = staff.post(path, form(secret, &["Activate"])).await.ok();
        assert!(!taken.changed);
        assert!(staff.post(path, form("465:another secret of somebody", &["Activate"])).await.field("token").contains("another one here"));
        staff.delete("/api/v1/tokens/465").await.done();
        assert!(staff.post(path, form(secret, &["Activate"])).await.field("token").contains("revoked"));
    }

    async fn customers_without_an_account_are_invited_once(app: TestApp) {
        let mut staff = app.staff(Role::Owner).await;
        staff.post("/api/v1/customers", json!({"name": "Ours", "email": "ours@acme.test"})).await.done();
        // Ids that leave room: the first is taken.
        let mut list = customers(4);
        list["customers"].as_array_mut().unwrap().remove(0);
        upload(&mut staff, "c.json", &list).await;
        for dry_run in [true, false] {
            staff.post("/api/v1/move-in/runs", json!({"dry_run": dry_run})).await.done();
            settled(&mut staff).await;
        }
        assert_eq!(staff.post("/api/v1/move-in/invitations", json!({"count": 3})).await.error(409), "no_mail_server");
        let app = app.restarted(|args| args.smtp_url = Some("smtp://127.0.0.1:9".to_owned())).await;
        assert!(mailer::is_configured(&app.state).await.unwrap());
        let mut staff = app.staff(Role::Owner).await;
        let waiting: Invitations = staff.get("/api/v1/move-in/invitations").await.ok();
        assert_eq!(waiting, Invitations { waiting: 3, without_address: 1, invited: 0, can_send: true });
        // One of them came by another way meanwhile.
        app.portal(2.into()).await;
        assert_eq!(staff.post("/api/v1/move-in/invitations", json!({"count": 3})).await.error(409), "changed_meanwhile");
        let sent: Invited = staff.post("/api/v1/move-in/invitations", json!({"count": 2})).await.ok();
        assert_eq!(sent, Invited { sent: 2, left: 0 });
        let store = app.state.store.read();
        let letters = communication::Entity::find().order_by_asc(communication::Column::Id).all(store).await.unwrap();
        let to: Vec<&str> = letters.iter().map(|letter| letter.recipient.as_str()).collect();
        assert_eq!(to, ["c3@acme.test", "c4@acme.test"]);
        assert!(letters[0].text.contains("/Associate?id=3&auth=") && letters[0].subject.starts_with("Set a password"));
        let jobs = job::Entity::find().order_by_asc(job::Column::Id).all(store).await.unwrap();
        assert_eq!(jobs[1].run_at - jobs[0].run_at, 500, "they go out one after another");
        assert_eq!(staff.post("/api/v1/move-in/invitations", json!({"count": 2})).await.error(409), "changed_meanwhile");
        let waiting: Invitations = staff.get("/api/v1/move-in/invitations").await.ok();
        assert_eq!((waiting.waiting, waiting.invited), (0, 2));
        assert_eq!(communication::Entity::find().count(store).await.unwrap(), 2);
        let three = customer::Entity::find_by_id(3).one(store).await.unwrap().unwrap();
        assert_eq!((three.headline.as_str(), three.association_enabled), ("pending", true));

        // The link of the letter leads to an account.
        let code = letters[0].text.split("auth=").nth(1).unwrap().split_whitespace().next().unwrap();
        let link = json!({"domain": "portal.test", "id": 3, "auth": code});
        let form = json!({"link": link, "name": "Cee", "email": "c3@acme.test", "password": "a quiet river at noon", "accept": null});
        app.anon().post("/api/v1/portal/invitation/use", form).await.done();
    }
}
