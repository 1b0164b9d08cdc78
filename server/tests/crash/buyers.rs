//! Customers who do not give up: they ask again until they can pay, and some stay to see their key.

use std::{sync::Arc, time::Duration};

use latchkey_stripe_fake::WebhookFate;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::shop::{Person, Shop};

/// So many buy at the same time.
const AT_ONCE: usize = 4;
/// How long somebody thinks before buying, at most, in milliseconds: there must be time to die in.
const THINKS: i64 = 1_500;
const TRIES: usize = 600;
const CARD: &str = "4242424242424242";

/// Lets everybody buy; answers how many did.
pub async fn all_buy(shop: &Arc<Shop>, people: Vec<Person>) -> usize {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let http = Client::builder().timeout(Duration::from_secs(10)).build().unwrap();
    let mut buying = Vec::new();
    for person in people {
        let seat = room.clone().acquire_owned().await.unwrap();
        let (shop, http) = (shop.clone(), http.clone());
        buying.push(tokio::spawn(async move {
            let _seat = seat;
            Buyer { shop, http, person }.buy().await
        }));
    }
    let mut bought = 0;
    for buyer in buying {
        bought += usize::from(buyer.await.unwrap());
    }
    bought
}

struct Buyer {
    shop: Arc<Shop>,
    http: Client,
    person: Person,
}

impl Buyer {
    async fn buy(mut self) -> bool {
        self.pause(0, THINKS).await;
        for _ in 0..TRIES {
            if let Some(checkout) = self.try_to_pay().await {
                self.look(&checkout).await;
                return true;
            }
            self.pause(50, 300).await;
        }
        println!("customer {} gave up", self.person.customer);
        false
    }

    async fn pause(&mut self, least: i64, spread: i64) {
        let pause = least + self.person.chance.below(spread);
        tokio::time::sleep(Duration::from_millis(u64::try_from(pause).unwrap())).await;
    }

    /// The purchase, once it is paid.
    async fn try_to_pay(&mut self) -> Option<String> {
        let form = json!({"plan": self.person.plan});
        let (status, answer) = self.ask("POST", "/api/v1/portal/checkouts", Some(&form)).await?;
        if status == StatusCode::CONFLICT && answer["error"]["code"] == "already_subscribed" {
            return Some(String::new());
        }
        let (checkout, url) = (answer["checkout"].as_str()?.to_owned(), answer["url"].as_str()?);
        if url.contains("/Portal/Checkout/") {
            return Some(checkout);
        }
        let session = url.rsplit('/').next()?;
        let fate = match self.person.chance.below(10) {
            0..6 => WebhookFate::Prompt,
            6..8 => WebhookFate::Delayed,
            _ => WebhookFate::Lost,
        };
        self.shop.fake.complete_checkout(session, CARD, fate).ok()?;
        Some(checkout)
    }

    /// Half of them stay on the page until the key is there, or until they lose patience.
    async fn look(&mut self, checkout: &str) {
        if checkout.is_empty() || self.person.chance.percent(50) {
            return;
        }
        for _ in 0..self.person.chance.below(6) {
            let answer = self.ask("GET", &format!("/api/v1/portal/checkouts/{checkout}"), None).await;
            if answer.is_some_and(|(_, progress)| progress["step"] == "ready") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// An answer, or nothing where there was nobody to give one.
    async fn ask(&mut self, method: &str, path: &str, body: Option<&Value>) -> Option<(StatusCode, Value)> {
        let index =
            usize::try_from(self.person.chance.below(i64::try_from(self.shop.addresses.len()).unwrap()))
                .unwrap();
        let url = format!("http://{}{path}", self.shop.addresses[index]);
        let mut request =
            self.http.request(method.parse().unwrap(), url).header("cookie", &self.person.cookie);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.send().await.ok()?;
        let status = answer.status();
        Some((status, serde_json::from_slice(&answer.bytes().await.ok()?).unwrap_or_default()))
    }
}
