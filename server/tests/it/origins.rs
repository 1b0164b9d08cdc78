//! The same-origin check, on every route that changes anything.

use axum::http::Method;
use latchkey_shared::permission::Role;
use serde_json::json;

use crate::{
    on_both_databases,
    permissions::{ROUTES, address, good_body},
    util::{Caller, rows},
};

/// Signed by Stripe, so that it does not matter whose page sends them.
fn is_signed(path: &str) -> bool {
    path.starts_with("/webhooks/") || path == "/api/subscription/StripeUrl"
}

fn unsafe_routes() -> impl Iterator<Item = (Method, &'static str, &'static str)> {
    ROUTES
        .iter()
        .filter(|(method, path, _)| *method != "get" && !is_signed(path))
        .map(|(method, path, _)| (method.to_uppercase().parse().unwrap(), *method, *path))
}

async fn refused_everywhere(caller: &mut Caller, how: &str) {
    for (verb, method, path) in unsafe_routes() {
        let body = (verb != Method::DELETE).then(|| good_body(method, path));
        let answer = caller.send(verb, &address(path), body).await;
        assert_eq!(answer.status.as_u16(), 403, "{how}: {method} {path}: {}", answer.text);
        assert_eq!(answer.error(403), "cross_origin", "{how}: {method} {path}");
    }
}

on_both_databases! {
    async fn no_page_of_another_site_changes_anything(app: TestApp) {
        assert!(unsafe_routes().count() > 30);
        let owner = app.staff(Role::Owner).await;
        let before = rows(&app.state.store).await;
        for (name, value) in [
            ("origin", "https://evil.test"),
            ("origin", "http://portal.test.evil.test"),
            ("origin", "http://portal.test:8081"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let mut tricked = owner.clone().with_header(name, value);
            refused_everywhere(&mut tricked, &format!("{name}: {value}")).await;
        }
        rows(&app.state.store).await.are_as_before(&before);
    }

    async fn the_own_page_and_programs_pass(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        for (name, value) in [
            ("origin", "http://portal.test"),
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-site", "none"),
            ("x-program", "without either"),
        ] {
            let mut own = owner.clone().with_header(name, value);
            own.patch("/api/v1/me", json!({"name": "Olga"})).await.done();
        }
        // Reading is never refused: nothing is changed by it.
        owner.clone().with_header("origin", "https://evil.test").get("/api/v1/session").await.done();
    }
}
