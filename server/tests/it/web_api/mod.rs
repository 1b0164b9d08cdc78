//! The licence Web API over HTTP, as programs call it.

mod activation;
mod ai;
mod changes;
mod concurrency;
mod creation;
mod customers;
mod data;
mod floating;
mod locks;
mod masking;
mod messages;
mod pairs;
mod schedule;
mod searching;
mod signing;
mod staff;
mod transport;
mod usage_logs;
mod user_accounts;

use latchkey::identity::tokens::{self, NewToken};
use latchkey_shared::{
    api::{catalog::Product, keys::LicenceKey},
    permission::Role,
};
use serde_json::{Value, json};

use crate::util::{Answer, Caller, TestApp};

/// A product with a key, and a program that may everything.
pub struct Vendor<'a> {
    pub app: &'a TestApp,
    pub staff: Caller,
    pub product: i64,
    pub program: Program,
}

impl<'a> Vendor<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        let mut staff = app.staff(Role::Owner).await;
        let product: Product = staff.post("/api/v1/products", json!({"name": "Aurora"})).await.ok();
        let program = program(app, NewToken { scopes: vec!["*".to_owned()], ..NewToken::default() }).await;
        Self { app, staff, product: product.id.0, program }
    }

    /// A key that allows so many machines.
    pub async fn key(&mut self, max_machines: i64) -> LicenceKey {
        self.key_with(json!({"max_machines": max_machines})).await
    }

    pub async fn key_with(&mut self, with: Value) -> LicenceKey {
        let mut form = json!({
            "customer": null, "period_days": 30, "features": [true, false, false, false, false, false, false, false],
            "max_machines": 0, "trial_activation": false, "notes": "for us only",
        });
        for (name, value) in with.as_object().unwrap() {
            form[name] = value.clone();
        }
        self.staff.post(&format!("/api/v1/products/{}/keys", self.product), form).await.ok()
    }

    pub async fn block(&mut self, key: &LicenceKey, blocked: bool) {
        let path = format!("/api/v1/keys/{}/block", key.row.global_id);
        self.staff.post(&path, json!({"blocked": blocked})).await.done();
    }

    /// A program whose token holds `scopes`.
    pub async fn program_with(&self, scopes: &[&str], new: NewToken) -> Program {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        program(self.app, NewToken { scopes, ..new }).await
    }
}

pub async fn program(app: &TestApp, new: NewToken) -> Program {
    let transaction = app.state.store.begin().await.unwrap();
    let (row, token) = tokens::insert(&transaction, app.state.clock.now(), new).await.unwrap();
    transaction.commit().await.unwrap();
    Program { caller: app.anon(), token, token_id: row.id }
}

/// A program with an access token.
#[derive(Clone)]
pub struct Program {
    pub caller: Caller,
    pub token: String,
    pub token_id: i64,
}

impl Program {
    /// Posts a form.
    pub async fn call(&mut self, path: &str, parameters: &[(&str, &str)]) -> Answer {
        let body = self.form(parameters).into_bytes();
        let kind = Some("application/x-www-form-urlencoded");
        self.caller.send_bytes(axum::http::Method::POST, &format!("/api/{path}"), kind, body).await
    }

    fn form(&self, parameters: &[(&str, &str)]) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("token", &self.token).extend_pairs(parameters).finish()
    }

    /// The answer of a call that works.
    #[track_caller]
    pub fn worked(answer: &Answer) -> Value {
        let body = answer.json();
        assert_eq!((answer.status.as_u16(), &body["result"]), (200, &json!(0)), "{}", answer.text);
        assert_eq!(body["message"], "", "{}", answer.text);
        body
    }

    pub async fn does(&mut self, path: &str, parameters: &[(&str, &str)]) -> Value {
        Self::worked(&self.call(path, parameters).await)
    }

    /// Status and message of a call that fails.
    pub async fn fails(&mut self, path: &str, parameters: &[(&str, &str)]) -> (u16, String) {
        let answer = self.call(path, parameters).await;
        let body = answer.json();
        assert_eq!(body["result"], 1, "{}", answer.text);
        assert_eq!(answer.headers["cache-control"], "no-store");
        (answer.status.as_u16(), body["message"].as_str().unwrap().to_owned())
    }

    pub async fn activate(&mut self, key: &LicenceKey, machine: &str) -> Value {
        let product = key.row.product.to_string();
        let parameters = [
            ("ProductId", product.as_str()),
            ("Key", &key.row.key),
            ("MachineCode", machine),
            ("Sign", "True"),
            ("SignMethod", "1"),
            ("ModelVersion", "3"),
        ];
        self.does("key/Activate", &parameters).await
    }
}

/// The licence inside an answer.
pub fn licence(answer: &Value) -> Value {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    serde_json::from_slice(&STANDARD.decode(answer["licenseKey"].as_str().unwrap()).unwrap()).unwrap()
}

/// The machines of the licence inside an answer.
pub fn machines(answer: &Value) -> Vec<String> {
    let licence = licence(answer);
    let machines = licence["ActivatedMachines"].as_array().unwrap().iter();
    machines.map(|machine| machine["Mid"].as_str().unwrap().to_owned()).collect()
}
