//! Made-up pasts are consistent, and nobody is told about them.

use crate::rig::{DAY, HOUR, START, rig};
use latchkey_stripe::{InvoiceStatus, ListQuery, subscription::current_period};
use latchkey_stripe_fake::{FakeClock, FakeStripe, SeedCustomer, SeedStatus, SeedSubscription};

#[tokio::test]
async fn every_status_can_be_made_up() {
    let rig = rig().await;
    let endpoint = rig.endpoint(&["*"], None).await;
    let price = rig.price(900, "month");
    for (status, word, invoice) in [
        (SeedStatus::Active, "active", InvoiceStatus::Paid),
        (SeedStatus::Trialing, "trialing", InvoiceStatus::Paid),
        (SeedStatus::PastDue, "past_due", InvoiceStatus::Open),
        (SeedStatus::Unpaid, "unpaid", InvoiceStatus::Open),
        (SeedStatus::Paused, "paused", InvoiceStatus::Paid),
        (SeedStatus::Ending, "active", InvoiceStatus::Paid),
        (SeedStatus::Canceled, "canceled", InvoiceStatus::Paid),
    ] {
        let customer = rig.fake.seed_customer(&SeedCustomer {
            name: "Ada",
            email: "ada@example.com",
            ..SeedCustomer::default()
        });
        let id = rig.fake.seed_subscription(&SeedSubscription {
            customer: &customer,
            items: &[(&price, 2)],
            status,
            created: Some(START - 100 * DAY),
            metadata: &[("skm_key_id", "7")],
        });
        let subscription = rig.subscription(&id).await;
        assert_eq!(subscription.status.as_str(), word);
        assert_eq!(
            (subscription.created, subscription.metadata["skm_key_id"].as_str()),
            (START - 100 * DAY, "7")
        );
        assert_eq!(rig.latest_invoice(&id).await.status, invoice, "{word}");
        assert_eq!(subscription.cancel_at.is_some(), status == SeedStatus::Ending, "{word}");
        let (start, end) = current_period(&subscription).unwrap();
        assert!((start..end).contains(&START), "{word}: {start}..{end}");
        let history = ListQuery::new().filter("subscription", &id);
        let count = rig.client.list_invoices(&history).await.unwrap().data.len();
        assert_eq!(count, if status == SeedStatus::Trialing { 1 } else { 4 }, "{word}");
    }
    rig.fake.deliveries_settled().await;
    assert!(endpoint.received().is_empty() && rig.events().is_empty());
}

#[tokio::test]
async fn what_was_made_up_goes_on_by_itself() {
    let rig = rig().await;
    let price = rig.price(900, "month");
    let customer = rig.fake.seed_customer(&SeedCustomer {
        name: "Ada",
        email: "ada@example.com",
        ..SeedCustomer::default()
    });
    let seed = |status| SeedSubscription {
        customer: &customer,
        items: &[],
        status,
        created: Some(START - 20 * DAY),
        ..SeedSubscription::default()
    };
    let items = [(price.as_str(), 1)];
    let active = rig.fake.seed_subscription(&SeedSubscription { items: &items, ..seed(SeedStatus::Active) });
    rig.fake.advance(11 * DAY + 2 * HOUR);
    let renewed = rig.latest_invoice(&active).await;
    assert_eq!(
        (&renewed.status, renewed.billing_reason.as_deref()),
        (&InvoiceStatus::Paid, Some("subscription_cycle"))
    );
    let late = rig.fake.seed_subscription(&SeedSubscription { items: &items, ..seed(SeedStatus::PastDue) });
    rig.fake.advance(30 * DAY);
    assert_eq!(rig.subscription(&late).await.status.as_str(), "canceled");
}

#[tokio::test]
async fn a_stand_in_can_be_written_down_and_goes_on_elsewhere() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    rig.fake.advance(DAY);
    let other = FakeStripe::new(FakeClock::manual(START * 1000));
    other.restore(rig.fake.snapshot()).unwrap();
    assert_eq!(other.clock().now_secs(), START + DAY);
    assert_eq!(other.objects("customer"), rig.fake.objects("customer"));
    other.set_origin("http://localhost:9");
    let page = other.objects("invoice")[0]["hosted_invoice_url"].clone();
    assert!(page.as_str().unwrap().starts_with("http://localhost:9/invoice/"), "{page}");
    other.advance(31 * DAY);
    let invoices = other.objects("invoice");
    assert_eq!((invoices.len(), invoices[0]["status"].as_str()), (2, Some("paid")));
    assert_eq!(other.object(&id).unwrap()["latest_invoice"], invoices[0]["id"]);
    assert!(other.restore(serde_json::json!({"objects": 1})).is_err());
    assert_eq!(other.objects("invoice").len(), 2);
}
