//! What surrounds the routes: health, headers, unknown addresses, the same-origin check, request ids.

use sea_orm::ConnectionTrait as _;
use serde_json::json;

use crate::on_both_databases;

on_both_databases! {
    async fn health_and_readiness_answer(app: TestApp) {
        let mut anon = app.anon();
        assert_eq!(anon.get("/healthz").await.text, "ok\n");
        assert_eq!(anon.get("/readyz").await.text, "ready\n");
        anon.get("/metrics").await.error(401);
        app.anon().with_header("authorization", "Bearer WyIxIiwieCJd").get("/metrics").await.error(401);
        app.token(&["*"]).await.get("/metrics").await.done();
    }

    async fn a_database_that_is_not_migrated_is_not_ready(app: TestApp) {
        let write = async |sql: &str| app.state.store.writer().execute_unprepared(sql).await.unwrap();
        write("DELETE FROM seaql_migrations WHERE version LIKE '%_000001_first'").await;
        let mut anon = app.anon();
        assert_eq!(anon.get("/readyz").await.error(503), "not_migrated");
        assert_eq!(anon.get("/healthz").await.text, "ok\n");
        write("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20261121_000001_first', 0)").await;
        assert_eq!(anon.get("/readyz").await.text, "ready\n");
    }

    async fn unknown_addresses_are_json_where_programs_ask(app: TestApp) {
        let mut anon = app.anon();
        assert_eq!(anon.get("/api/v1/nothing").await.error(404), "not_found");
        assert_eq!(anon.get("/api/nothing").await.error(404), "not_found");
        assert_eq!(anon.get("/webhooks").await.error(404), "not_found");
        assert_eq!(anon.get("/webhooks/nothing/here").await.error(404), "not_found");
        assert_eq!(anon.get("/some-file.js").await.error(404), "not_found");
        assert_eq!(anon.post("/Customers", json!({})).await.error(404), "not_found");
    }

    async fn every_answer_carries_the_safe_headers(app: TestApp) {
        let answer = app.anon().get("/api/v1/session").await;
        answer.done();
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert!(answer.headers.contains_key("x-request-id"));
    }

    async fn pages_of_other_sites_change_nothing(app: TestApp) {
        let body = json!({"email": "a@b.co", "password": "x"});
        let mut foreign = app.anon().with_header("origin", "https://evil.test");
        assert_eq!(foreign.post("/api/v1/staff/sign-in", body.clone()).await.error(403), "cross_origin");
        let mut fetched = app.anon().with_header("sec-fetch-site", "cross-site");
        assert_eq!(fetched.post("/api/v1/staff/sign-in", body.clone()).await.error(403), "cross_origin");
        let mut own = app.anon().with_header("origin", "http://portal.test");
        assert_eq!(own.post("/api/v1/staff/sign-in", body).await.error(401), "wrong_credentials");
    }

    async fn an_error_names_its_request(app: TestApp) {
        let answer = app.anon().get("/api/v1/me/sessions").await;
        assert_eq!(answer.error(401), "unauthenticated");
        assert_eq!(answer.json()["error"]["request_id"], answer.headers["x-request-id"].to_str().unwrap());
    }
}
