//! The server as a process: starting, several at once, stopping, and what it does without its database.

use std::{net::TcpStream, time::Duration};

use latchkey_store::{
    Store,
    entity::{communication, signing_key, staff},
};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional},
    net::TcpListener,
    task::JoinSet,
};

use crate::{
    in_both_places,
    util::{PASSWORD, Place, Serving, Sink},
};

/// The code of the link with which the first owner is made.
fn owner_code(serving: &Serving) -> String {
    let line = serving.line_with("make the owner here");
    line.split("/Staff/Welcome#").nth(1).unwrap().to_owned()
}

async fn accept(serving: &Serving, code: &str) -> reqwest::Response {
    let form = json!({"code": code, "name": "Olga", "email": "olga@vendor.test", "password": PASSWORD});
    let url = format!("{}/api/v1/staff/invitation/accept", serving.url);
    reqwest::Client::new().post(url).json(&form).send().await.unwrap()
}

/// Makes the owner and answers the cookie that they are signed in with.
async fn owner(serving: &Serving) -> String {
    let answer = accept(serving, &owner_code(serving)).await;
    assert_eq!(answer.status(), 200);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn status(url: String) -> u16 {
    reqwest::get(url).await.unwrap().status().as_u16()
}

async fn store(place: &Place) -> Store {
    Store::connect(&place.database).await.unwrap()
}

in_both_places! {
    async fn stopping_finishes_what_was_begun(place: Place) {
        let Some(sink) = Sink::start(&["--delay", "2"]) else { return };
        let mut serving = place.serve(&["--smtp-url", &sink.url(), "--mail-from", "portal@vendor.test"]);
        let cookie = owner(&serving).await;
        // A job that takes two seconds…
        let invite = json!({"name": "Sue", "email": "sue@vendor.test", "role": "viewer"});
        let url = format!("{}/api/v1/staff", serving.url);
        let invited = reqwest::Client::new().post(url).header("cookie", cookie).json(&invite).send().await.unwrap();
        assert_eq!(invited.status(), 201);
        // …and a request whose body is only half here.
        let body = json!({"email": "olga@vendor.test", "password": PASSWORD}).to_string();
        let (first, second) = body.split_at(10);
        let mut slow = tokio::net::TcpStream::connect(("127.0.0.1", serving.port())).await.unwrap();
        let head = format!(
            "POST /api/v1/staff/sign-in HTTP/1.1\r\nHost: portal.test\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{first}",
            body.len()
        );
        slow.write_all(head.as_bytes()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(sink.messages().len(), 0, "the message is on its way");

        serving.terminate();
        let closed = async {
            while TcpStream::connect(("127.0.0.1", serving.port())).is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(5), closed).await.expect("nobody new is let in");
        slow.write_all(second.as_bytes()).await.unwrap();
        let mut answer = String::new();
        slow.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains("olga@vendor.test"), "{answer}");
        assert!(serving.ended().success());
        assert_eq!(sink.messages().len(), 1);
        let message = communication::Entity::find().one(store(&place).await.read()).await.unwrap().unwrap();
        assert_eq!((message.state.as_str(), message.attempts), ("sent", 1), "what was sent is written down");
    }

    async fn several_may_start_at_once_on_an_empty_database(place: Place) {
        let together: Vec<Serving> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..3).map(|_| scope.spawn(|| place.serve(&[]))).collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        let mut codes = Vec::new();
        for serving in &together {
            assert_eq!(status(format!("{}/readyz", serving.url)).await, 200);
            codes.push(owner_code(serving));
        }
        // One of the links that were printed makes the owner, on any of them; then none does.
        let mut made = 0;
        for code in codes.iter().chain(&codes) {
            for serving in &together {
                let answer = accept(serving, code).await.status().as_u16();
                assert!(matches!(answer, 200 | 404), "{answer}");
                made += usize::from(answer == 200);
            }
        }
        assert_eq!(made, 1);
        let store = store(&place).await;
        assert_eq!(signing_key::Entity::find().count(store.read()).await.unwrap(), 1);
        assert_eq!(staff::Entity::find().count(store.read()).await.unwrap(), 1);
        for serving in together {
            serving.stop();
        }
    }

    async fn the_owners_link_is_printed_until_it_was_used(place: Place) {
        let first = place.serve(&[]);
        let lost = owner_code(&first);
        first.stop();
        let second = place.serve(&[]);
        let code = owner_code(&second);
        let refused = accept(&second, &lost).await;
        assert_eq!(refused.status(), 404, "the one that was lost is useless now");
        let body: Value = refused.json().await.unwrap();
        assert_eq!(body["error"]["code"], "link_unusable");
        assert_eq!(accept(&second, &code).await.status(), 200);
        assert_eq!(accept(&second, &code).await.status(), 404);
        second.stop();
        let third = place.serve(&[]);
        assert_eq!(status(format!("{}/healthz", third.url)).await, 200);
        let said = third.stopped();
        assert!(!said.iter().any(|line| line.contains("owner")), "{said:?}");
    }
}

#[tokio::test]
async fn figures_have_an_address_of_their_own() {
    let place = Place::sqlite();
    let serving = place.serve(&["--metrics-listen", "127.0.0.1:0"]);
    let line = serving.metrics();
    let url = line.strip_prefix("metrics on ").unwrap();
    assert_eq!(status(format!("{}/healthz", serving.url)).await, 200);
    let figures = reqwest::get(url).await.unwrap().text().await.unwrap();
    assert!(figures.contains("http_requests_total{status=\"2xx\"}"), "{figures}");
    for waiting in ["jobs_waiting 0", "jobs_parked 0", "attention_open 0"] {
        assert!(figures.contains(waiting), "{waiting}: {figures}");
    }
    assert_eq!(status(url.replace("/metrics", "/api/v1/session")).await, 404, "nothing else is there");
    assert_eq!(
        status(format!("{}/metrics", serving.url)).await,
        401,
        "on the public address it takes a token"
    );
    serving.stop();
}

#[tokio::test]
async fn mail_goes_encrypted_to_a_server_that_an_authority_of_ones_own_vouches_for() {
    use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate().unwrap();
    let root = authority.self_signed(&authority_key).unwrap();
    let key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    let certificate = server.signed_by(&key, &Issuer::new(authority, authority_key)).unwrap();
    let place = Place::sqlite();
    let write = |name: &str, text: String| {
        std::fs::write(place.path(name), text).unwrap();
        place.path(name).to_str().unwrap().to_owned()
    };
    let (root, certificate) = (write("root.pem", root.pem()), write("mail.pem", certificate.pem()));
    let key = write("mail.key.pem", key.serialize_pem());
    let options = ["--user", "portal", "--password", "secret", "--certificate", &certificate, "--key", &key];
    let Some(sink) = Sink::start(&options) else { return };

    let url = format!("smtp://portal:secret@127.0.0.1:{}?tls=required", sink.port);
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0", "--smtp-url", &url]);
    command.env("SSL_CERT_FILE", root);
    let serving = Serving::start(command);
    owner(&serving).await;
    let reset = format!("{}/api/v1/staff/password-reset", serving.url);
    let asked = reqwest::Client::new().post(reset).json(&json!({"email": "olga@vendor.test"})).send().await;
    assert_eq!(asked.unwrap().status(), 202);
    let mails = sink.took(1);
    assert_eq!((&mails[0]["to"], &mails[0]["encrypted"]), (&json!(["olga@vendor.test"]), &json!(true)));
    serving.stop();
}

/// A wire to the database that can be cut.
struct Wire {
    address: std::net::SocketAddr,
    to: String,
    traffic: Option<JoinSet<()>>,
}

impl Wire {
    async fn to(database: &str) -> (Self, String) {
        let rest = database.split("://").nth(1).unwrap();
        let authority = rest.split('/').next().unwrap();
        let host = authority.rsplit('@').next().unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut wire = Self { address, to: host.clone(), traffic: None };
        wire.carry(listener);
        (wire, database.replacen(&host, &address.to_string(), 1))
    }

    fn carry(&mut self, listener: TcpListener) {
        let to = self.to.clone();
        let mut traffic = JoinSet::new();
        traffic.spawn(async move {
            let mut open = JoinSet::new();
            loop {
                let (mut here, _) = listener.accept().await.unwrap();
                let to = to.clone();
                open.spawn(async move {
                    if let Ok(mut there) = tokio::net::TcpStream::connect(to).await {
                        let _ = copy_bidirectional(&mut here, &mut there).await;
                    }
                });
            }
        });
        self.traffic = Some(traffic);
    }

    async fn cut(&mut self) {
        self.traffic.take().unwrap().shutdown().await;
    }

    async fn mend(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.carry(listener);
    }
}

// The wire is carried while the test waits for the server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_its_database_it_says_so_and_comes_back_by_itself() {
    let Some(mut place) = Place::postgres().await else {
        eprintln!("left out: TEST_POSTGRES_URL is not set");
        return;
    };
    let (mut wire, database) = Wire::to(&place.database).await;
    place.database = database;
    let serving = place.serve(&[]);
    let (ready, alive) = (format!("{}/readyz", serving.url), format!("{}/healthz", serving.url));
    assert_eq!(status(ready.clone()).await, 200);
    wire.cut().await;
    let began = std::time::Instant::now();
    let away = reqwest::get(&ready).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(5), "whoever asks must not wait: {:?}", began.elapsed());
    assert_eq!(away.status(), 503);
    let body: Value = away.json().await.unwrap();
    assert_eq!(body["error"]["code"], "database_unavailable");
    assert_eq!(status(alive.clone()).await, 200, "the process lives");
    let session = reqwest::get(format!("{}/api/v1/session", serving.url)).await.unwrap();
    assert_eq!(session.status(), 503);
    let body: Value = session.json().await.unwrap();
    assert_eq!(body["error"]["code"], "database_unavailable", "{body}");
    wire.mend().await;
    let back = async {
        while status(ready.clone()).await != 200 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), back).await.expect("it comes back");
    assert_eq!(status(format!("{}/api/v1/session", serving.url)).await, 200);
    serving.stop();
}
