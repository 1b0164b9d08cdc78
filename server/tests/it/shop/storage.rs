//! A database that cannot be written to: what is said, that nothing is acknowledged which was not stored, and that
//! everything goes on by itself afterwards.

use std::time::Duration;

use latchkey::billing::reconcile::{self, Ages, Cause, Sweep, run};
use latchkey_shared::api::{common::List, customers::CustomerRow};
use latchkey_shared::permission::Role;
use latchkey_stripe_fake::WebhookFate;
use sea_orm::{ConnectionTrait as _, DbBackend};
use serde_json::json;

use super::{Shop, in_both_shops};

async fn execute(shop: &Shop, sql: &str) {
    shop.app.state.store.writer().execute_unprepared(sql).await.unwrap();
}

/// Lets the database be written to or not, as after a disk was mounted read-only or a standby was promoted.
async fn writable(shop: &Shop, yes: bool) {
    if shop.app.state.store.backend() == DbBackend::Sqlite {
        return execute(shop, if yes { "PRAGMA query_only = OFF" } else { "PRAGMA query_only = ON" }).await;
    }
    let setting = if yes { "off" } else { "on" };
    let change = format!(
        "BEGIN READ WRITE; \
         DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = {setting}', current_database()); END $$; \
         COMMIT"
    );
    execute(shop, &change).await;
    // The setting is for new connections: whoever is connected, or was just connecting, is thrown out.
    let everybody = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                     WHERE datname = current_database() ORDER BY pid = pg_backend_pid()";
    for _ in 0..3 {
        let thrown_out = shop.app.state.store.writer().execute_unprepared(everybody).await;
        assert!(thrown_out.is_err(), "the connection that said so is gone too");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

in_both_shops! {
    async fn read_only(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        let mut staff = shop.app.staff(Role::Owner).await;
        let (path, secret) = shop.endpoint().await;

        writable(&shop, false).await;
        let added = staff.post("/api/v1/customers", json!({"name": "Bob", "email": ""})).await;
        assert_eq!(added.error(503), "database_read_only");
        let event = json!({"id": "evt_1", "object": "event", "type": "invoice.paid", "created": 1_700_000_000,
            "livemode": false, "api_version": "2026-09-30.endive", "data": {"object": {"id": "in_1"}}});
        let refused = shop.deliver(&path, &event.to_string(), &[&secret], 0).await;
        assert_eq!(refused.error(503), "database_read_only", "Stripe must send it again");
        shop.pay(&started, WebhookFate::Prompt);
        shop.fake.deliveries_settled().await;
        let found: List<CustomerRow> = staff.get("/api/v1/customers").await.ok();
        assert!(!found.items.is_empty(), "what only reads goes on");
        assert_eq!(shop.events().await.len(), 0);

        writable(&shop, true).await;
        assert_eq!(shop.deliver(&path, &event.to_string(), &[&secret], 0).await.status.as_u16(), 204);
        staff.post("/api/v1/customers", json!({"name": "Bob", "email": ""})).await.done();
        for &sweep in Sweep::ALL {
            reconcile::run_with(&shop.app.state, sweep, Cause::Command, Ages::Ignore, run::nobody()).await.unwrap();
        }
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 1, "who paid meanwhile has a key");
    }
}

#[tokio::test]
async fn a_full_disk() {
    let shop = Shop::open(false).await.unwrap();
    let (path, secret) = shop.endpoint().await;
    let mut staff = shop.app.staff(Role::Owner).await;
    let event = json!({"id": "evt_1", "object": "event", "type": "payout.paid", "created": 1_700_000_000,
        "livemode": false, "api_version": "2026-09-30.endive",
        "data": {"object": {"id": "po_1", "pad": "x".repeat(500_000)}}});

    // No page more than there are.
    execute(&shop, "PRAGMA max_page_count = 1").await;
    let refused = shop.deliver(&path, &event.to_string(), &[&secret], 0).await;
    assert_eq!(refused.error(503), "disk_full");
    assert_eq!(shop.events().await.len(), 0, "nothing half-written");
    let notes = json!({"name": "Bob", "email": "", "notes": "x".repeat(900)});
    let mut refusals = 0;
    for _ in 0..200 {
        let answer = staff.post("/api/v1/customers", notes.clone()).await;
        if answer.status.as_u16() == 503 {
            assert_eq!(answer.error(503), "disk_full");
            refusals += 1;
        }
    }
    assert!(refusals > 0, "the last free pages are used up");

    execute(&shop, "PRAGMA max_page_count = 1073741823").await;
    assert_eq!(shop.deliver(&path, &event.to_string(), &[&secret], 0).await.status.as_u16(), 204);
    staff.post("/api/v1/customers", notes).await.done();
    assert_eq!(shop.events().await.len(), 1);
}
