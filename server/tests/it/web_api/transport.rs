//! How calls come in and answers go out, whatever they say.

use axum::http::Method;
use latchkey::identity::tokens::NewToken;
use serde_json::{Value, json};

use super::{Program, Vendor, licence};
use crate::{on_both_databases, util::TestApp};

/// The parameters of `Activate` as the Python client sends them.
fn as_python_sends(product: i64, key: &str) -> Vec<(&'static str, String)> {
    [
        ("ProductId", product.to_string().as_str()),
        ("key", key),
        ("MachineCode", "mc1"),
        ("FieldsToReturn", "0"),
        ("metadata", "False"),
        ("FloatingTimeInterval", "0"),
        ("MaxOverdraft", "0"),
        ("FriendlyName", "None"),
        ("ModelVersion", "3"),
        ("Sign", "True"),
        ("SignMethod", "1"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

fn borrowed<'a>(pairs: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    pairs.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

async fn set(vendor: &mut Vendor<'_>, get: bool, refusal_status: &str) {
    let settings = json!({"get": get, "refusal_status": refusal_status, "log_days": 90});
    vendor.staff.put("/api/v1/settings/web-api", settings).await.done();
}

on_both_databases! {
    async fn paths_are_read_in_place_however_they_are_written(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let parameters = as_python_sends(vendor.product, &key.row.key);
        for path in ["key/activate", "/key/Activate/", "KEY///ACTIVATE", "key/Activate"] {
            let answer = vendor.program.call(path, &borrowed(&parameters)).await;
            Program::worked(&answer);
            assert_eq!(answer.headers["content-type"], "application/json; charset=utf-8");
        }
    }

    async fn parameters_may_stand_in_the_query_a_form_or_json(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let token = vendor.program.token.clone();
        let body = json!({"TOKEN": token, "productid": vendor.product, "KEY": key.row.key, "sign": true, "signmethod": 1, "Metadata": null});
        let mut anon = app.anon();
        Program::worked(&anon.post("/api/key/GetKey", body).await);

        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("token", &token).append_pair("ProductId", &vendor.product.to_string());
        query.append_pair("Key", &key.row.key).append_pair("SignMethod", "1");
        let address = format!("/api/key/GetKey?{}", query.finish());
        Program::worked(&anon.get(&address).await);
        Program::worked(&anon.send(Method::POST, &address, None).await);
        assert_eq!(anon.send(Method::DELETE, &address, None).await.status, 405);

        set(&mut vendor, false, "mixed").await;
        let refused = anon.get(&address).await;
        assert_eq!((refused.status.as_u16(), refused.json()["result"].as_i64()), (405, Some(1)));
        Program::worked(&anon.send(Method::POST, &address, None).await);
    }

    async fn a_token_may_come_as_a_header_and_cookies_mean_nothing(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let body = json!({"ProductId": vendor.product, "Key": key.row.key, "SignMethod": 1});
        let denied = vendor.staff.post("/api/key/GetKey", body.clone()).await;
        assert_eq!((denied.status.as_u16(), denied.json()["message"].as_str()), (401, Some("Unable to authenticate.")));
        let mut with_header = app.anon().with_header("authorization", &format!("Bearer {}", vendor.program.token));
        Program::worked(&with_header.post("/api/key/GetKey", body).await);
    }

    async fn who_may_not_is_told_in_the_words_that_clients_compare(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(1).await;
        let product = vendor.product.to_string();
        let parameters = [("ProductId", product.as_str()), ("Key", key.row.key.as_str()), ("MachineCode", "m")];

        let mut stranger = Program { token: "WyIxIiwieCJd".to_owned(), ..vendor.program.clone() };
        assert_eq!(stranger.fails("key/Activate", &parameters).await, (401, "Unable to authenticate.".to_owned()));
        stranger.token = String::new();
        assert_eq!(stranger.fails("key/Activate", &parameters).await, (401, "Unable to authenticate.".to_owned()));

        let denied = (401, "Access denied.".to_owned());
        let mut reader = vendor.program_with(&["GetKey"], NewToken::default()).await;
        assert_eq!(reader.fails("key/Activate", &parameters).await, denied);
        reader.does("key/GetKey", &parameters).await;
        let elsewhere = NewToken { product_lock: Some(vendor.product + 1), ..NewToken::default() };
        assert_eq!(vendor.program_with(&["*"], elsewhere).await.fails("key/Activate", &parameters).await, denied);
        let other_key = NewToken { key_lock: Some(key.row.global_id.0 + 1), ..NewToken::default() };
        assert_eq!(vendor.program_with(&["*"], other_key).await.fails("key/Activate", &parameters).await, denied);
        let this = NewToken {
            product_lock: Some(vendor.product), key_lock: Some(key.row.global_id.0), ..NewToken::default()
        };
        vendor.program_with(&["*"], this).await.does("key/Activate", &parameters).await;

        let soon = NewToken { expires_at: Some(app.state.clock.now() + 60_000), ..NewToken::default() };
        let mut passing = vendor.program_with(&["*"], soon).await;
        passing.does("key/GetKey", &parameters).await;
        app.state.clock.advance(61_000);
        assert_eq!(passing.fails("key/GetKey", &parameters).await.0, 401);
    }

    async fn refusals_have_the_status_that_the_vendor_chose(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let product = vendor.product.to_string();
        let parameters = [("ProductId", product.as_str()), ("Key", "AAAAA-BBBBB-CCCCC-DDDDD"), ("MachineCode", "m")];
        for (setting, activate, get_key, unknown) in [("mixed", 200, 400, 401), ("ok", 200, 200, 200), ("error", 400, 400, 401)] {
            set(&mut vendor, true, setting).await;
            assert_eq!(vendor.program.fails("key/Activate", &parameters).await, (activate, "Could not find the key.".to_owned()));
            assert_eq!(vendor.program.fails("key/GetKey", &parameters).await, (get_key, "Could not find the key.".to_owned()));
            let mut stranger = Program { token: "x".to_owned(), ..vendor.program.clone() };
            assert_eq!(stranger.fails("key/Activate", &parameters).await.0, unknown);
        }
    }

    async fn nonsense_is_answered_and_changes_nothing(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(1).await;
        let product = vendor.product.to_string();
        let (product, key_text) = (product.as_str(), key.row.key.as_str());
        let wrong = "The input parameters were incorrect.";
        let huge = "x".repeat(5_000);
        for (parameters, message) in [
            (vec![], wrong),
            (vec![("ProductId", product)], wrong),
            (vec![("ProductId", "many"), ("Key", key_text)], wrong),
            (vec![("ProductId", "99999999999999999999"), ("Key", key_text)], wrong),
            (vec![("ProductId", "-1"), ("Key", key_text)], wrong),
            (vec![("ProductId", "424242"), ("Key", key_text), ("MachineCode", "m")], "Could not find the product."),
            (vec![("ProductId", product), ("Key", huge.as_str())], wrong),
            (vec![("ProductId", product), ("Key", key_text), ("MachineCode", huge.as_str())], wrong),
            (vec![("ProductId", product), ("Key", key_text), ("MachineCode", "a\0b")], wrong),
            (vec![("ProductId", product), ("Key", key_text)], wrong),
            (vec![("ProductId", product), ("Key", key_text), ("MachineCode", "m"), ("Sign", "perhaps")], wrong),
            (vec![("ProductId", product), ("Key", key_text), ("MachineCode", "m"), ("SignMethod", "7")], wrong),
            (vec![("ProductId", product), ("Key", key_text), ("MachineCode", "m"), ("FloatingTimeInterval", "-5")], wrong),
            (vec![("ProductId", product), ("Key", "' OR 1=1 --"), ("MachineCode", "m")], "Could not find the key."),
        ] {
            assert_eq!(vendor.program.fails("key/Activate", &parameters).await, (200, message.to_owned()), "{parameters:?}");
        }
        let bodies: [(&str, Vec<u8>, u16); 4] = [
            ("application/json", b"[1".to_vec(), 400),
            ("application/x-www-form-urlencoded", vec![0xff, b'=', b'%', 0xfe, b'&', b'&'], 401),
            ("text/plain", b"hello".to_vec(), 401),
            ("application/x-www-form-urlencoded", vec![b'a'; 600_000], 413),
        ];
        for (kind, body, status) in bodies {
            let answer = app.anon().send_bytes(Method::POST, "/api/key/Activate", Some(kind), body).await;
            assert_eq!((answer.status.as_u16(), answer.json()["result"].as_i64()), (status, Some(1)), "{kind}");
        }
        let unknown = vendor.program.fails("key/MakeCoffee", &[]).await;
        assert_eq!(unknown, (404, "There is no method key/MakeCoffee in this licence Web API.".to_owned()));
        for (path, instead) in [("auth/GetChallenge", "userauth/Login"), ("user/GetLicenseKeys", "userauth/Login")] {
            let (status, message) = vendor.program.fails(path, &[]).await;
            assert!(status == 404 && message.contains(path) && message.contains(instead), "{message}");
        }
        let answer = vendor.program.does("key/GetKey", &[("ProductId", product), ("Key", key_text), ("SignMethod", "1")]).await;
        assert_eq!(licence(&answer)["ActivatedMachines"], json!([]));
        let strange = vendor.program.fails("key//A%22%3Cb%3E%0A/", &[]).await.1;
        assert_eq!(strange, "There is no method key/A%22%3Cb%3E%0A in this licence Web API.");
        let long = vendor.program.fails(&format!("key/{}", "x".repeat(5_000)), &[]).await.1;
        assert_eq!(long, format!("There is no method key/{}… in this licence Web API.", "x".repeat(96)));
        for method in [Method::GET, Method::POST] {
            let answer = app.anon().send_bytes(method, "/api/foo/Bar", None, Vec::new()).await;
            assert_eq!(answer.json()["error"]["message"], "There is no such address: /api/foo/Bar.");
            assert_eq!(answer.error(404), "not_found");
        }
    }

    async fn calls_are_logged_without_tokens_and_tokens_know_their_last_use(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(1).await;
        vendor.program.activate(&key, "machine-1").await;
        let product = vendor.product.to_string();
        vendor.program.fails("key/Activate", &[("ProductId", &product), ("Key", &key.row.key), ("MachineCode", "machine-2")]).await;
        Program { token: "secret-token".to_owned(), ..vendor.program.clone() }.fails("key/Activate", &[]).await;
        latchkey::api_log::write(&app.state).await.unwrap();

        let rows = latchkey_store::api_log::wanted(
            app.state.store.read(),
            latchkey_store::Access::All,
            &latchkey_store::api_log::Wanted { ascending: true, limit: 10, ..Default::default() },
        ).await.unwrap();
        let told: Vec<_> = rows.iter().map(|row| (row.succeeded, row.machine_code.as_str(), row.message.as_str(), row.token_id)).collect();
        let token = Some(vendor.program.token_id);
        assert_eq!(told, [
            (true, "machine-1", "", token),
            (false, "machine-2", "Cannot activate the new device as the limit has been reached.", token),
            (false, "", "Unable to authenticate.", None),
        ]);
        assert_eq!((rows[0].key_id, rows[0].product_id, rows[0].status), (Some(key.row.global_id.0), Some(vendor.product), 200));
        let written = format!("{rows:?}");
        assert!(!written.contains(&vendor.program.token) && !written.contains("secret-token"));
        let row = latchkey_store::tokens::find(app.state.store.read(), vendor.program.token_id).await.unwrap().unwrap();
        assert!(row.last_used_at.is_some());
    }
}

#[tokio::test]
async fn too_many_calls_are_told_when_to_come_back() {
    let app = TestApp::in_time(false, latchkey::clock::Clock::default(), |args| args.web_api_rate = 1)
        .await
        .unwrap();
    let mut vendor = Vendor::new(&app).await;
    let key = vendor.key(0).await;
    let product = vendor.product.to_string();
    let parameters = [("ProductId", product.as_str()), ("Key", key.row.key.as_str())];
    let mut statuses = Vec::new();
    let mut refused: Option<Value> = None;
    for _ in 0..7 {
        let answer = vendor.program.call("key/GetKey", &parameters).await;
        statuses.push(answer.status.as_u16());
        if answer.status == 429 {
            assert_eq!(answer.headers["retry-after"], "1");
            refused = Some(answer.json());
        }
    }
    assert_eq!(statuses[..5], [200; 5]);
    assert_eq!(refused.unwrap()["result"], 1);
    // One address does not use up another's.
    let mut elsewhere = Program { caller: app.anon().at_address("10.0.0.9"), ..vendor.program.clone() };
    let other = vendor.key(0).await;
    elsewhere.does("key/GetKey", &[("ProductId", &product), ("Key", &other.row.key)]).await;
}
