use std::{
    collections::BTreeSet,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::Stdio,
};

use latchkey::{
    clock::Clock,
    config::{Config, DatabaseArgs, ServeArgs},
    demo::{self, Demo, Place},
    server,
};
use latchkey_store::entity::{activation, attention, licence_key, plan, subscription_key};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    net::TcpListener,
    process::Command,
};
use tokio_util::sync::CancellationToken;

use crate::util::{Caller, postgres_url};

fn place(folder: &Path, database: Option<String>) -> Place {
    Place { folder: folder.to_owned(), database, fresh: false }
}

/// A demo whose server is not listening: its routes are called directly.
async fn prepared(place: &Place) -> (Demo, Caller, CancellationToken) {
    let stop = CancellationToken::new();
    let stripe = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let bound = SocketAddr::from((Ipv4Addr::LOCALHOST, 1));
    let demo = demo::prepare(place, bound, stripe, stop.clone()).await.unwrap();
    let router = latchkey::router::build(demo.app.clone());
    (demo, Caller::new(router), stop)
}

async fn stopped(demo: Demo, stop: CancellationToken) {
    stop.cancel();
    demo.stopped().await;
}

async fn list(caller: &mut Caller, path: &str) -> Vec<Value> {
    let answer = caller.get(path).await.json();
    answer["items"].as_array().cloned().unwrap_or_else(|| panic!("{answer}"))
}

fn words(rows: &[Value], field: &str) -> BTreeSet<String> {
    rows.iter().map(|row| row[field].as_str().unwrap_or_default().to_owned()).collect()
}

async fn story(database: Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path(), database);
    let (demo, anon, stop) = prepared(&place).await;
    let ready = demo.ready();
    for key in ["url", "stripe_url", "stripe_key", "stripe_control_token", "public_key_xml", "api_token"] {
        assert!(ready[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {ready}");
    }

    // Everybody named can sign in.
    for (people, path) in [("staff", "/api/v1/staff/sign-in"), ("customers", "/api/v1/portal/sign-in")] {
        let people = ready[people].as_array().unwrap();
        assert!(people.len() >= 4);
        for person in people {
            let (email, password) = (person["email"].as_str().unwrap(), person["password"].as_str().unwrap());
            anon.clone().sign_in(path, email, password).await;
        }
    }

    // A customer in every standing, and something for the attention of staff.
    let bearer = format!("Bearer {}", ready["api_token"].as_str().unwrap());
    let mut token = anon.clone().with_header("authorization", &bearer);
    let customers = list(&mut token, "/api/v1/customers?limit=100").await;
    let standings = words(&customers, "headline");
    for expected in
        ["active", "trial", "past_due", "paused", "cancelled", "expired", "pending", "disabled", "none"]
    {
        assert!(standings.contains(expected), "nobody is {expected}: {standings:?}");
    }
    let store = demo.app.store.read();
    let codes: Vec<String> =
        attention::Entity::find().all(store).await.unwrap().into_iter().map(|row| row.code).collect();
    for expected in [
        "foreign_subscription",
        "duplicate_subscription",
        "dispute_opened",
        "unknown_customer",
        "bad_price_metadata",
    ] {
        assert!(codes.contains(&expected.to_owned()), "{expected}: {codes:?}");
    }
    let untold = subscription_key::Entity::find().filter(subscription_key::Column::WrittenBackAt.is_null());
    assert!(untold.all(store).await.unwrap().is_empty(), "Stripe was told of every key");
    assert!(plan::Entity::find().filter(plan::Column::Offered.eq(true)).all(store).await.unwrap().len() >= 5);

    // The chart ends where the tile stands, with subscriptions that are paused and such that have expired.
    let dashboard = token.get("/api/v1/dashboard").await.json();
    let last = dashboard["active_subscriptions"].as_array().unwrap().last().unwrap();
    assert_eq!(last["count"], dashboard["counts"]["active_subscriptions"], "{dashboard}");

    // Every key is used, and some by a team with floating seats.
    let machines = activation::Entity::find().all(store).await.unwrap();
    let used: BTreeSet<i64> = machines.iter().map(|machine| machine.key_id).collect();
    assert_eq!(used.len(), licence_key::Entity::find().all(store).await.unwrap().len());
    assert!(machines.iter().any(|machine| machine.lease_until.is_some()), "nobody holds a seat");

    // Two webshops, the second with another currency and fewer products.
    let shops = token.get("/api/v1/webshops").await.json();
    let shops = shops["webshops"].as_array().unwrap();
    let of = |field: &str| shops.iter().map(|shop| shop[field].clone()).collect::<Vec<_>>();
    assert_eq!(of("currency"), ["EUR", "USD"]);
    assert_eq!(of("all_products"), [true, false]);
    assert!(of("plans")[0].as_i64() > of("plans")[1].as_i64() && of("plans")[1] == 1, "{shops:?}");
    assert_eq!(of("customers")[1], 1);

    // Stripe shows what is wrong with the catalogue.
    let check = token.get("/api/v1/stripe").await.json();
    let text = check.to_string();
    assert!(text.contains("product_id_missing") && text.contains("key_params_not_json"), "{text}");
    assert_eq!(check["webhook"]["endpoint"]["provisioned"], true, "{text}");

    // A customer made now is still there when the demo is started again, and time has not gone back.
    let form = json!({"name": "Still here", "email": "", "company": "", "phone": "", "country": "", "notes": "",
        "external_id": "", "enable_association": false, "allow_activation_management": false,
        "allow_multiple_users": false});
    token.post("/api/v1/customers", form).await.done();
    demo.fake.advance(86_400);
    let then = demo.app.clock.now();
    stopped(demo, stop).await;
    let (demo, anon, stop) = prepared(&place).await;
    assert!(demo.app.clock.now() >= then, "the demo lives in the time of its stand-in");
    assert_eq!(demo.ready()["api_token"], ready["api_token"]);
    assert_eq!(demo.ready()["products"], ready["products"]);
    let mut token = anon.with_header("authorization", &bearer);
    assert!(words(&list(&mut token, "/api/v1/customers?limit=100").await, "name").contains("Still here"));
    stopped(demo, stop).await;

    // Unless it begins anew, which it also does where the stand-in has forgotten everything.
    std::fs::remove_file(folder.path().join("stripe.json")).unwrap();
    let (demo, anon, stop) = prepared(&place).await;
    let bearer = format!("Bearer {}", demo.ready()["api_token"].as_str().unwrap());
    let mut token = anon.with_header("authorization", &bearer);
    let names = words(&list(&mut token, "/api/v1/customers?limit=100").await, "name");
    assert!(names.contains("Ada Lindqvist") && !names.contains("Still here"), "{names:?}");
    stopped(demo, stop).await;
}

#[tokio::test]
async fn the_demo_has_everybody_and_goes_on_where_it_was() {
    story(None).await;
}

#[tokio::test]
async fn the_demo_runs_on_postgres() {
    match postgres_url().await {
        Some(url) => story(Some(url)).await,
        None => eprintln!("left out: TEST_POSTGRES_URL is not set"),
    }
}

#[tokio::test]
async fn a_real_vendors_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("real.db").display());
    let database = DatabaseArgs { database: url.clone(), secret_key_file: folder.path().join("real.key") };
    let config =
        Config::new(&ServeArgs::for_command(database.clone()), ([127, 0, 0, 1], 1).into(), false).unwrap();
    let app = server::open(&database, config, Clock::default()).await.unwrap();
    for fresh in [false, true] {
        let place = Place { fresh, ..place(folder.path(), Some(url.clone())) };
        let refused = place.open().await.unwrap_err();
        assert!(refused.to_string().contains("real vendor"), "{refused}");
    }
    assert!(!latchkey_store::tables::are_empty(&app.store).await.unwrap());
}

/// What programs read that start a demo: one line of JSON, and a Stripe that answers Stripe's own clients.
#[tokio::test]
async fn the_command_prints_one_line_of_json_when_it_is_ready() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = Command::new(env!("CARGO_BIN_EXE_latchkey"))
        .args(["demo", "--listen", "127.0.0.1:0", "--json", "--data"])
        .arg(folder.path())
        .env("RUST_LOG", "off")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines();
    let first = lines.next_line().await.unwrap().unwrap();
    let ready: Value = serde_json::from_str(&first).unwrap();
    let text = |key: &str| ready[key].as_str().unwrap_or_else(|| panic!("{key}: {ready}")).to_owned();
    let names = |key: &str| -> Vec<String> {
        let mut names: Vec<String> = ready[key][0].as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    };
    assert_eq!(names("staff"), ["email", "password", "role"]);
    assert_eq!(names("customers"), ["email", "password"]);
    assert_eq!(names("products"), ["id", "name"]);
    assert!(ready["products"][0]["id"].is_i64());
    assert!(text("public_key_xml").starts_with("<RSAKeyValue><Modulus>"));
    let stripe_url = text("stripe_url");
    assert!(stripe_url.starts_with("http://localhost:") && !stripe_url.contains("/v1"), "{stripe_url}");

    // Ready means ready: everything answers at the first try.
    let http = reqwest::Client::new();
    let get = |url: String, token: String| http.get(url).bearer_auth(token).send();
    let account: Value =
        get(format!("{stripe_url}/v1/account"), text("stripe_key")).await.unwrap().json().await.unwrap();
    assert_eq!(account["object"], "account");
    let refused = get(format!("{stripe_url}/v1/account"), "sk_live_0123456789".to_owned()).await.unwrap();
    assert_eq!(refused.status().as_u16(), 401);
    for path in ["customers", "stripe", "settings", "attention", "stripe/events"] {
        let answer = get(format!("{}/api/v1/{path}", text("url")), text("api_token")).await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}: the token has every scope");
    }
    let pid = rustix::process::Pid::from_raw(i32::try_from(demo.id().unwrap()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    assert!(demo.wait().await.unwrap().success(), "it stops in peace");
}
