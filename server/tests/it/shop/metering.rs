//! Use that is charged for reaches the meter at Stripe once; programs open pay pages.

use latchkey::identity::tokens::NewToken;
use latchkey_shared::api::portal::Home;
use latchkey_store::entity::usage_record;
use latchkey_stripe_fake::{SeedCustomer, SeedSubscription};
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};

use super::{Shop, in_both_shops, world::GOOD_CARD};
use crate::web_api::{Program, program};

async fn any_program(shop: &Shop) -> Program {
    program(&shop.app, NewToken { scopes: vec!["*".to_owned()], ..NewToken::default() }).await
}

/// A subscription of Ann's that is charged by use, and its key.
async fn metered(shop: &mut Shop) -> String {
    let ann = shop.buyer("Ann").await;
    let meter = [
        ("display_name", "Exports"),
        ("event_name", "exports"),
        ("default_aggregation[formula]", "sum"),
        ("value_settings[event_payload_key]", "how_many"),
    ];
    let meter = shop.at_stripe("/v1/billing/meters", &meter).await;
    let price = [
        ("product", shop.stripe_product.as_str()),
        ("currency", "eur"),
        ("unit_amount", "10"),
        ("recurring[interval]", "month"),
        ("recurring[usage_type]", "metered"),
        ("recurring[meter]", meter["id"].as_str().unwrap()),
        ("metadata[skm]", "{}"),
    ];
    let price = shop.at_stripe("/v1/prices", &price).await;
    let id = ann.id.to_string();
    let customer = shop.fake.seed_customer(&SeedCustomer {
        name: "Ann",
        email: "ann@buyer.test",
        metadata: &[("skm_customer_id", &id)],
        ..SeedCustomer::default()
    });
    let items = [(price["id"].as_str().unwrap(), 1)];
    let subscription = shop.fake.seed_subscription(&SeedSubscription {
        customer: &customer,
        items: &items,
        ..SeedSubscription::default()
    });
    // A touch that Stripe tells of.
    shop.at_stripe(&format!("/v1/subscriptions/{subscription}"), &[("metadata[note]", "x")]).await;
    shop.settle().await;
    shop.staff.post("/api/v1/stripe/sync", json!({})).await.done();
    shop.settle().await;
    shop.keys().await.remove(0).key_text
}

fn told(shop: &Shop) -> Vec<Value> {
    shop.fake.objects("billing.meter_event")
}

async fn ask(program: &mut Program, form: &[(&'static str, String)]) -> crate::util::Answer {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    program.call("paymentform/CreateSession", &form).await
}

in_both_shops! {
    async fn use_is_told_to_the_meter_once(mut shop: Shop) {
        let key = metered(&mut shop).await;
        let product = shop.product.to_string();
        let mut program = any_program(&shop).await;
        let used = [("ProductId", product.as_str()), ("Key", key.as_str()), ("Amount", "3")];
        program.does("subscription/RecordUsage", &used).await;
        program.does("subscription/RecordUsage", &used).await;
        assert_eq!(told(&shop).len(), 0, "the outbox tells, not the call");
        shop.settle().await;
        let events = told(&shop);
        assert_eq!(events.len(), 2);
        for event in &events {
            assert_eq!((&event["event_name"], &event["payload"]["how_many"]), (&json!("exports"), &json!("3")));
            assert!(event["payload"]["stripe_customer_id"].as_str().unwrap().starts_with("cus_"));
        }
        let rows = usage_record::Entity::find().all(shop.app.state.store.read()).await.unwrap();
        assert!(rows.iter().all(|row| row.reported_at.is_some()));

        // A process that died before it noted that Stripe knows asks again, and Stripe counts once.
        let transaction = shop.app.state.store.begin().await.unwrap();
        let row = &rows[0];
        let job = latchkey::jobs::NewJob { kind: latchkey::billing::metering::JOB, dedup_key: None, payload: json!({"usage": row.id, "subscription": 1}) };
        sea_orm::ConnectionTrait::execute_unprepared(&transaction, "UPDATE usage_record SET reported_at = NULL").await.unwrap();
        latchkey::jobs::enqueue(&transaction, shop.app.state.clock.now(), job).await.unwrap();
        transaction.commit().await.unwrap();
        shop.settle().await;
        assert_eq!(told(&shop).len(), 2);
        let rows = usage_record::Entity::find_by_id(row.id).one(shop.app.state.store.read()).await.unwrap();
        assert!(rows.unwrap().reported_at.is_some());
    }

    async fn use_of_what_is_not_charged_by_use_is_refused(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let key = shop.keys().await.remove(0);
        let product = shop.product.to_string();
        let mut program = any_program(&shop).await;
        let used = [("ProductId", product.as_str()), ("Key", key.key_text.as_str()), ("Amount", "1")];
        let refused = program.fails("subscription/RecordUsage", &used).await.1;
        assert_eq!(refused, "No active subscription found that is charged by use for this key.");
        assert!(usage_record::Entity::find().all(shop.app.state.store.read()).await.unwrap().is_empty());
    }

    async fn a_program_opens_a_pay_page_and_the_customer_gets_a_key(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let plan = shop.plan(&mut ann, &shop.monthly.clone()).await.to_string();
        let id = ann.id.to_string();
        let mut program = any_program(&shop).await;
        let form = |price: &'static str, currency: &'static str| {
            [("PaymentFormId", plan.clone()), ("Price", price.to_owned()), ("Currency", currency.to_owned()), ("CustomField", id.clone()), ("Heading", "None".to_owned()), ("Metadata", "order 7".to_owned()), ("Expires", "0".to_owned())]
        };
        let pairs = |list: &[(&'static str, String)]| list.to_vec();
        for (price, currency) in [("9.99", "EUR"), ("9.00", "USD"), ("cheap", "EUR")] {
            assert_eq!(ask(&mut program, &pairs(&form(price, currency))).await.json()["result"], 1, "{price} {currency}");
        }
        let mut nobody = pairs(&form("9.00", "EUR"));
        "424242".clone_into(&mut nobody[3].1);
        assert_eq!(ask(&mut program, &nobody).await.json()["message"], "Customer not found.");
        let made = Program::worked(&ask(&mut program, &pairs(&form("9.00", "eur"))).await);
        let session = made["sessionId"].as_str().unwrap();
        assert!(session.starts_with("cs_") && made["url"].as_str().unwrap().starts_with("http"), "{made}");

        shop.fake.complete_checkout(session, GOOD_CARD, latchkey_stripe_fake::WebhookFate::Prompt).unwrap();
        shop.settle().await;
        let home: Home = shop.home(&mut ann).await;
        assert_eq!((home.licences.len(), shop.attention().await.len()), (1, 0));
        assert_eq!(shop.stripe_subscription()["metadata"]["metadata"], "order 7");
        let again = ask(&mut program, &pairs(&form("9.00", "EUR"))).await;
        assert_eq!(again.json()["message"], "This customer already has a subscription to the product.");
    }
}
