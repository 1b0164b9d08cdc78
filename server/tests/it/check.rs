//! `latchkey check`: what is wrong, in words and by its exit code.

use latchkey_stripe_fake::{FakeClock, FakeStripe};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{
    in_both_places,
    util::{PASSWORD, Place, Sink},
};

in_both_places! {
    async fn check_says_what_is_wrong_and_changes_nothing(place: Place) {
        let secrets = ["--stripe-secret-key", "sk_test_very_secret", "--smtp-url", "smtp://portal:hush@127.0.0.1:9", "--stripe-webhook-secret", "whsec_hidden"];
        let check = |more: &[&str]| place.run(&[&["check"], more].concat());
        let fresh = check(&secrets);
        assert_eq!(fresh.code(), Some(1));
        assert!(fresh.out().contains("`latchkey serve`"), "{}", fresh.out());
        for secret in ["very_secret", "hush", "whsec_hidden"] {
            assert!(!fresh.out().contains(secret) && !fresh.err().contains(secret), "{secret}");
        }
        for line in ["set (test)", "smtp://portal:…@127.0.0.1:9", "127.0.0.1:8080", "latchkey.key"] {
            assert!(fresh.out().contains(line), "{line}: {}", fresh.out());
        }
        assert_eq!(std::fs::read_dir(place.folder.path()).unwrap().count(), 0, "looking makes no file");

        place.serve(&[]).stop();
        let served = check(&secrets[2..4]);
        let problems: Vec<String> = served.out().lines().filter(|line| line.starts_with("! ")).map(str::to_owned).collect();
        for words in ["--public-url is not set", "no owner yet", "company's domain", "mail server cannot be used", "Stripe is not connected"] {
            assert!(problems.iter().any(|line| line.contains(words)), "{words}: {problems:#?}");
        }
        assert_eq!(served.code(), Some(1));
        let http = check(&["--public-url", "http://portal.test"]);
        assert!(http.out().contains("! --public-url is not https"), "{}", http.out());
        assert!(http.out().contains("! There is no mail server"), "{}", http.out());
        let https = check(&["--public-url", "https://portal.test"]);
        assert!(!https.out().contains("--public-url is"), "{}", https.out());
    }
}

/// An installation with everything that it needs, seen by a check and by the server alike.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn check_finds_nothing_wrong_where_nothing_is() {
    let Some(sink) = Sink::start(&[]) else { return };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let stripe = format!("http://{}", listener.local_addr().unwrap());
    let fake = FakeStripe::new(FakeClock::real());
    let serving_stripe = tokio::spawn(async move {
        latchkey_stripe_fake::serve(listener, fake, std::future::pending()).await.unwrap();
    });
    let place = Place::sqlite();
    let mail = sink.url();
    let settings = [
        "--public-url",
        "https://portal.test",
        "--smtp-url",
        &mail,
        "--mail-from",
        "portal@vendor.test",
        "--stripe-api-base",
        &stripe,
        "--stripe-secret-key",
        "sk_test_check_0123456789",
    ];
    let serving = place.serve(&settings);
    let client = reqwest::Client::new();
    let code = serving.line_with("make the owner here").split('#').nth(1).unwrap().to_owned();
    let form = json!({"code": code, "name": "Olga", "email": "olga@vendor.test", "password": PASSWORD});
    let url = |path: &str| format!("{}/api/v1/{path}", serving.url);
    let accepted = client.post(url("staff/invitation/accept")).json(&form).send().await.unwrap();
    let cookie = accepted.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let company = json!({"name": "Acme", "description": "", "domain": "acme.test", "website": "", "support_email": "",
        "accent": null, "time_zone": "UTC"});
    let saved =
        client.put(url("settings/company")).header("cookie", &cookie).json(&company).send().await.unwrap();
    assert_eq!(saved.status(), 200);
    let provisioned =
        client.post(url("stripe/webhook")).header("cookie", &cookie).json(&json!({})).send().await;
    let provisioned = provisioned.unwrap();
    assert_eq!(provisioned.status(), 200, "{}", provisioned.json::<Value>().await.unwrap());

    let check = |args: &[&str]| place.run(&[&["check"], args].concat());
    let well = check(&settings);
    assert!(well.out().ends_with("Nothing is wrong.\n"), "{}", well.out());
    assert_eq!(well.code(), Some(0));
    assert!(well.out().contains("https://portal.test/webhooks/stripe"), "{}", well.out());
    drop(sink);
    let without_mail = check(&settings);
    assert!(without_mail.out().contains("! The mail server cannot be used"), "{}", without_mail.out());
    assert_eq!(without_mail.code(), Some(1));
    serving.stop();
    serving_stripe.abort();
}
