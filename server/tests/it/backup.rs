use std::collections::BTreeSet;

use latchkey::{
    backup::{self, BackupError},
    demo::crowd,
};
use latchkey_shared::permission::Role;
use latchkey_store::{Store, entity::customer, tables};
use sea_orm::{ConnectionTrait as _, EntityTrait as _, Statement};
use serde_json::Value;

use crate::{on_both_databases, util::TestApp};

/// Everything in a database, as lines without the header, which tells the time.
async fn lines(store: &Store) -> Vec<String> {
    let text = String::from_utf8(file(store).await).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

async fn file(store: &Store) -> Vec<u8> {
    let mut file = Vec::new();
    backup::back_up(store, 1_790_000_000_000, &mut file, |_, _| {}).await.unwrap();
    file
}

/// A filled vendor: customers, keys, and what the server makes at its start (secrets, a key pair).
async fn fill(app: &TestApp) {
    crowd::make(&app.state, 40, 7, |_| {}).await.unwrap();
    app.token(&["*"]).await;
    app.staff(Role::Owner).await;
}

async fn restored(from: &TestApp, into: &TestApp) {
    tables::empty(&into.state.store).await.unwrap();
    let backup = file(&from.state.store).await;
    backup::restore(&into.state.store, backup.as_slice(), |_, _| {}).await.unwrap();
    assert_eq!(lines(&into.state.store).await, lines(&from.state.store).await);
}

on_both_databases! {
    async fn the_list_of_tables_is_complete(app: TestApp) {
        let sql = match app.state.store.backend() {
            sea_orm::DbBackend::Postgres => "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
            _ => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'customer_trigram%'",
        };
        let statement = Statement::from_string(app.state.store.backend(), sql);
        let rows = app.state.store.read().query_all_raw(statement).await.unwrap();
        let mut there: BTreeSet<String> = rows.iter().map(|row| row.try_get("", "name").unwrap()).collect();
        assert!(there.remove("seaql_migrations"));
        assert_eq!(tables::all().into_iter().map(|table| table.name).collect::<BTreeSet<_>>(), there);
    }

    async fn a_backup_comes_back_as_it_was(app: TestApp) {
        fill(&app).await;
        let before = lines(&app.state.store).await;
        let rows: Vec<Value> = before.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(rows.iter().filter(|line| line.is_array()).count() > 100);
        let backup = file(&app.state.store).await;
        tables::empty(&app.state.store).await.unwrap();
        assert!(tables::are_empty(&app.state.store).await.unwrap());
        let count = backup::restore(&app.state.store, backup.as_slice(), |_, _| {}).await.unwrap();
        assert_eq!(lines(&app.state.store).await, before);
        assert_eq!(rows.last().unwrap()["rows"], count);
    }

    async fn ids_are_counted_on_after_a_restore(app: TestApp) {
        fill(&app).await;
        let backup = file(&app.state.store).await;
        tables::empty(&app.state.store).await.unwrap();
        backup::restore(&app.state.store, backup.as_slice(), |_, _| {}).await.unwrap();
        let mut owner = app.staff(Role::Owner).await;
        let form = serde_json::json!({"name": "The next one", "email": "", "company": "", "phone": "", "country": "",
            "notes": "", "external_id": "", "enable_association": false, "allow_activation_management": false,
            "allow_multiple_users": false});
        let made = owner.post("/api/v1/customers", form).await;
        assert_eq!(made.status, 201, "{}", made.text);
        assert_eq!(made.json()["id"], 41);
    }

    async fn only_an_empty_database_is_restored_into(app: TestApp) {
        let backup = file(&app.state.store).await;
        let refused = backup::restore(&app.state.store, backup.as_slice(), |_, _| {}).await;
        assert!(matches!(refused, Err(BackupError::NotEmpty)));
    }

    async fn a_broken_backup_leaves_nothing(app: TestApp) {
        fill(&app).await;
        let whole = String::from_utf8(file(&app.state.store).await).unwrap();
        tables::empty(&app.state.store).await.unwrap();
        let all: Vec<&str> = whole.lines().collect();
        let cut = all[..all.len() - 1].join("\n");
        let shorter = [&all[..all.len() - 2], &all[all.len() - 1..]].concat().join("\n");
        let torn = whole[..whole.len() / 2].to_owned();
        let other_schema = whole.replacen("m20261121_000001_first", "m20301231_000009_later", 1);
        let other_column = whole.replacen("\"external_id\"", "\"outer_id\"", 1);
        for broken in [cut, shorter, torn, other_schema, other_column, "{}".to_owned(), String::new()] {
            backup::restore(&app.state.store, broken.as_bytes(), |_, _| {}).await.unwrap_err();
            assert!(tables::are_empty(&app.state.store).await.unwrap());
        }
    }

    async fn others_write_while_a_backup_is_made(app: TestApp) {
        fill(&app).await;
        let (file, ()) = tokio::join!(file(&app.state.store), async {
            for _ in 0..20 {
                let transaction = app.state.store.begin().await.unwrap();
                customer::Entity::delete_by_id(1_000_000).exec(&transaction).await.unwrap();
                transaction.commit().await.unwrap();
            }
        });
        assert!(file.ends_with(b"}\n"));
    }
}

#[tokio::test]
async fn sqlite_moves_to_postgres_and_back() {
    let Some(postgres) = TestApp::postgres().await else {
        eprintln!("left out: TEST_POSTGRES_URL is not set");
        return;
    };
    let (first, second) = (TestApp::sqlite().await, TestApp::sqlite().await);
    fill(&first).await;
    restored(&first, &postgres).await;
    restored(&postgres, &second).await;
}
