//! What is another customer's is not there: every portal route, tried with everything that a neighbour has.

use latchkey_shared::api::{auth::OwnSessions, portal::CheckoutProgress};
use latchkey_store::{activations, entity::activation};
use sea_orm::ActiveValue::{NotSet, Set};
use serde_json::{Value, json};

use super::{Shop, in_both_shops, world::Buyer};
use crate::{
    permissions::{For, ROUTES, good_body},
    util::{PASSWORD, rows},
};

/// What a route is told to work on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Names {
    /// Nothing: it works on whoever calls.
    Oneself,
    Subscription,
    /// And in its body a quote for it.
    Quote,
    Checkout,
    Session,
    Licence,
    /// Of a licence.
    Machine,
    /// In its body.
    Customer,
    /// In its body.
    Proof,
}

use Names::{Checkout, Customer, Licence, Machine, Oneself, Proof, Quote, Session, Subscription};

const PORTAL: &[(&str, &str, Names)] = &[
    ("post", "/api/v1/portal/terms", Oneself),
    ("post", "/api/v1/portal/customer", Customer),
    ("get", "/api/v1/portal/home", Oneself),
    ("get", "/api/v1/portal/plans", Oneself),
    ("get", "/api/v1/portal/licences", Oneself),
    ("get", "/api/v1/portal/licences/{global_id}/file", Licence),
    ("delete", "/api/v1/portal/licences/{global_id}/machines/{id}", Machine),
    ("post", "/api/v1/portal/licences/{global_id}/reissue", Licence),
    ("get", "/api/v1/portal/billing", Oneself),
    ("post", "/api/v1/portal/billing/portal", Oneself),
    ("post", "/api/v1/portal/checkouts", Oneself),
    ("get", "/api/v1/portal/checkouts/{checkout}", Checkout),
    ("post", "/api/v1/portal/subscriptions/{id}/cancel", Subscription),
    ("post", "/api/v1/portal/subscriptions/{id}/keep", Subscription),
    ("get", "/api/v1/portal/subscriptions/{id}/changes", Subscription),
    ("post", "/api/v1/portal/subscriptions/{id}/changes/preview", Subscription),
    ("post", "/api/v1/portal/subscriptions/{id}/changes/commit", Quote),
    ("post", "/api/v1/portal/subscriptions/{id}/changes/undo", Subscription),
    ("get", "/api/v1/portal/account", Oneself),
    ("patch", "/api/v1/portal/account", Oneself),
    ("post", "/api/v1/portal/account/password", Oneself),
    ("post", "/api/v1/portal/account/email", Oneself),
    ("post", "/api/v1/portal/account/email/prove", Proof),
    ("get", "/api/v1/portal/sessions", Oneself),
    ("delete", "/api/v1/portal/sessions", Oneself),
    ("delete", "/api/v1/portal/sessions/{id}", Session),
];

#[test]
fn every_portal_route_has_a_row() {
    let portal: Vec<_> = ROUTES.iter().filter(|(_, _, who)| matches!(who, For::Portal)).collect();
    assert_eq!(portal.len(), PORTAL.len());
    for (method, path, _) in portal {
        let row = PORTAL.iter().find(|row| (row.0, row.1) == (*method, *path));
        let (_, _, names) = row.unwrap_or_else(|| panic!("{method} {path} has no row"));
        assert!(!path.contains('{') || *names != Oneself, "{method} {path} is told what to work on");
    }
}

/// A machine that a key is used on.
async fn machine_of(shop: &Shop, key: i64) -> i64 {
    let now = shop.app.state.clock.now();
    let row = activation::ActiveModel {
        id: NotSet,
        key_id: Set(key),
        machine_code: Set(format!("machine of {key}")),
        floating: Set(false),
        overdraft: Set(false),
        friendly_name: Set(String::new()),
        ip: Set(String::new()),
        os_info: Set(String::new()),
        first_seen_at: Set(now),
        last_seen_at: Set(now),
        lease_until: Set(None),
    };
    let transaction = shop.app.state.store.begin().await.unwrap();
    let row = activations::insert(&transaction, row).await.unwrap();
    transaction.commit().await.unwrap();
    row.id
}

/// What somebody has, each by the name that routes are told.
struct Has {
    subscription: i64,
    quote: Value,
    checkout: String,
    session: i64,
    licence: i64,
    machine: i64,
    customer: i64,
    proof: String,
    digits: String,
}

impl Has {
    async fn of(shop: &Shop, buyer: &mut Buyer, price: &str) -> Self {
        let started = shop.start(buyer, price).await;
        shop.pay(&started, latchkey_stripe_fake::WebhookFate::Prompt);
        shop.settle().await;
        let bought: CheckoutProgress = shop.progress(buyer, &started).await;
        assert_eq!(bought.licences.len(), 1);
        let change = json!({"email": format!("new{}@buyer.test", buyer.id), "password": PASSWORD});
        let proof: Value = buyer.portal.post("/api/v1/portal/account/email", change).await.json();
        let digits = shop.newest_message().await.subject.chars().take(6).collect();
        let sessions: OwnSessions = buyer.portal.get("/api/v1/portal/sessions").await.ok();
        let licence = bought.licences[0].id.0;
        let subscription = shop.home(buyer).await.subscriptions[0].id.0;
        let preview = "/api/v1/portal/subscriptions/{id}/changes/preview";
        let address = preview.replace("{id}", &subscription.to_string());
        let shown = buyer.portal.post(&address, good_body("post", preview)).await.json();
        Self {
            subscription,
            quote: json!({"quote": shown["quote"]["id"], "digest": shown["quote"]["digest"]}),
            checkout: started.checkout,
            session: sessions.sessions[0].id.0,
            licence,
            machine: machine_of(shop, licence).await,
            customer: buyer.id.0,
            proof: proof["id"].as_str().unwrap().to_owned(),
            digits,
        }
    }

    /// The address and body that name this.
    fn asked(&self, method: &str, path: &str, names: Names) -> (String, Option<Value>) {
        let id = match names {
            Session => self.session,
            Machine => self.machine,
            _ => self.subscription,
        };
        let address = path
            .replace("{global_id}", &self.licence.to_string())
            .replace("{id}", &id.to_string())
            .replace("{checkout}", &self.checkout);
        let body = match names {
            Customer => json!({"customer": self.customer}),
            Quote => self.quote.clone(),
            Proof => json!({"id": self.proof, "code": self.digits}),
            _ => good_body(method, path),
        };
        (address, (method != "get" && method != "delete").then_some(body))
    }
}

in_both_shops! {
    async fn a_neighbours_things_are_not_there(mut shop: Shop) {
        let (mut ann, mut bob) = (shop.buyer("Ann").await, shop.buyer("Bob").await);
        let everybody_may = json!({"remove_machines": true, "reissues_per_day": 1, "reissue_moves_machines": true});
        shop.staff.put("/api/v1/settings/own-licences", everybody_may).await.done();
        let (monthly, yearly) = (shop.monthly.clone(), shop.yearly.clone());
        let of_ann = Has::of(&shop, &mut ann, &monthly).await;
        let of_bob = Has::of(&shop, &mut bob, &yearly).await;
        let before = rows(&shop.app.state.store).await;
        for (method, path, names) in PORTAL.iter().filter(|(_, _, names)| *names != Oneself) {
            let (address, body) = of_bob.asked(method, path, *names);
            let verb = method.to_uppercase().parse().unwrap();
            let answer = ann.portal.send(verb, &address, body).await;
            assert_eq!(answer.error(404), "not_found", "{method} {path}");
        }
        rows(&shop.app.state.store).await.are_as_before(&before);

        // What Ann may read holds nothing of Bob.
        let keys = shop.keys().await;
        let of = |id: i64| keys.iter().find(|key| key.customer_id == Some(id)).unwrap().key_text.clone();
        for (method, path, names) in PORTAL.iter().filter(|(method, ..)| *method == "get") {
            let (address, _) = of_ann.asked(method, path, *names);
            let answer = ann.portal.get(&address).await;
            answer.done();
            assert!(!answer.text.contains(&of(bob.id.0)) && !answer.text.contains("bob@"), "{path}: {}", answer.text);
        }
        assert!(ann.portal.get("/api/v1/portal/licences").await.text.contains(&of(ann.id.0)));

        // The same with one's own is there, so the refusals are about whose it is.
        let last = |row: &&(&str, &str, Names)| row.2 == Session;
        let own = PORTAL.iter().filter(|(_, _, names)| *names != Oneself);
        for (method, path, names) in own.clone().filter(|row| !last(row)).chain(own.filter(last)) {
            let (address, body) = of_ann.asked(method, path, *names);
            let answer = ann.portal.send(method.to_uppercase().parse().unwrap(), &address, body).await;
            assert!(answer.status.is_success(), "{method} {path}: {} {}", answer.status, answer.text);
        }
    }
}
