//! Changing items in the middle of a period.

use crate::rig::{DAY, Rig, START, rig};
use latchkey_stripe::{
    InvoiceStatus, ListQuery, SubscriptionStatus,
    params::{ItemParams, PreviewDetails, PreviewInvoice, UpdateSubscription, UpdateSubscriptionItem},
    subscription::current_period,
};

async fn item(rig: &Rig, id: &str) -> String {
    rig.subscription(id).await.items.data[0].id.clone()
}

fn to_price(item: &str, price: &str, proration: &str, date: Option<i64>) -> UpdateSubscription {
    UpdateSubscription {
        items: vec![ItemParams { id: Some(item.into()), price: Some(price.into()), ..ItemParams::default() }],
        proration_behavior: Some(proration.into()),
        proration_date: date,
        ..UpdateSubscription::default()
    }
}

#[tokio::test]
async fn a_change_costs_what_the_preview_said() {
    let rig = rig().await;
    let (customer, cheap, dear) =
        (rig.customer().await, rig.price(3_000, "month"), rig.price(6_000, "month"));
    let id = rig.buy(&customer, &cheap).await;
    rig.fake.advance(15 * DAY);
    let date = START + 15 * DAY;
    let change = to_price(&item(&rig, &id).await, &dear, "always_invoice", Some(date));
    let preview = PreviewInvoice {
        subscription: Some(id.clone()),
        subscription_details: PreviewDetails {
            items: change.items.clone(),
            proration_behavior: change.proration_behavior.clone(),
            proration_date: Some(date),
            ..PreviewDetails::default()
        },
        ..PreviewInvoice::default()
    };
    let preview = rig.client.preview_invoice(&preview).await.unwrap();
    assert_eq!(preview.lines.data.iter().map(|line| line.amount).collect::<Vec<_>>(), [-1_500, 3_000]);
    assert!(preview.lines.data.iter().all(latchkey_stripe::InvoiceLine::is_proration));
    assert_eq!(rig.fake.objects("invoice").len(), 1, "a preview keeps nothing");
    rig.fake.advance(3_600);
    rig.client.update_subscription(&id, &change, None).await.unwrap();
    let invoice = rig.latest_invoice(&id).await;
    assert_eq!((invoice.total, &invoice.status), (preview.total, &InvoiceStatus::Paid));
    assert_eq!(invoice.billing_reason.as_deref(), Some("subscription_update"));
}

#[tokio::test]
async fn prorations_wait_for_the_next_invoice_unless_told_otherwise() {
    let rig = rig().await;
    let (customer, cheap, dear) =
        (rig.customer().await, rig.price(3_000, "month"), rig.price(6_000, "month"));
    let id = rig.buy(&customer, &cheap).await;
    rig.fake.advance(15 * DAY);
    rig.client
        .update_subscription(&id, &to_price(&item(&rig, &id).await, &dear, "create_prorations", None), None)
        .await
        .unwrap();
    assert_eq!(rig.fake.objects("invoice").len(), 1);
    rig.fake.advance(16 * DAY);
    let renewal = rig.latest_invoice(&id).await;
    assert_eq!(renewal.total, 6_000 - 1_500 + 3_000);
    let item = item(&rig, &id).await;
    rig.client.update_subscription(&id, &to_price(&item, &cheap, "none", None), None).await.unwrap();
    rig.fake.advance(31 * DAY);
    assert_eq!(rig.latest_invoice(&id).await.total, 3_000, "none means none");
}

#[tokio::test]
async fn another_rhythm_begins_a_new_cycle_at_once() {
    let rig = rig().await;
    let (customer, monthly, yearly) =
        (rig.customer().await, rig.price(3_000, "month"), rig.price(30_000, "year"));
    let id = rig.buy(&customer, &monthly).await;
    rig.fake.advance(15 * DAY);
    rig.client
        .update_subscription(&id, &to_price(&item(&rig, &id).await, &yearly, "create_prorations", None), None)
        .await
        .unwrap();
    let (start, end) = current_period(&*rig.subscription(&id).await).unwrap();
    assert_eq!((start, end), (START + 15 * DAY, START + 380 * DAY));
    assert_eq!(rig.latest_invoice(&id).await.total, 30_000 - 1_500);
}

#[tokio::test]
async fn without_its_id_an_item_is_added() {
    let rig = rig().await;
    let (customer, base, extra) =
        (rig.customer().await, rig.price(3_000, "month"), rig.price(1_000, "month"));
    let id = rig.buy(&customer, &base).await;
    let add = |price: &str| UpdateSubscription {
        items: vec![ItemParams { price: Some(price.into()), quantity: Some(2), ..ItemParams::default() }],
        ..UpdateSubscription::default()
    };
    let both = rig.client.update_subscription(&id, &add(&extra), None).await.unwrap();
    assert_eq!(both.items.data.len(), 2);
    assert!(
        rig.client.update_subscription(&id, &add(&extra), None).await.is_err(),
        "not the same price twice"
    );
    let second = &both.items.data[1];
    assert_eq!(second.current_period_end, both.items.data[0].current_period_end);
    let more = UpdateSubscriptionItem {
        quantity: Some(5),
        metadata: [("skm_key_id".into(), "8".into())].into(),
        proration_behavior: Some("none".into()),
        ..UpdateSubscriptionItem::default()
    };
    let changed = rig.client.update_subscription_item(&second.id, &more, None).await.unwrap();
    assert_eq!((changed.quantity, changed.metadata["skm_key_id"].as_str()), (Some(5), "8"));
    let (_, _, gone) = rig.raw("DELETE", &format!("/v1/subscription_items/{}", second.id), "", &[]).await;
    assert_eq!(gone["deleted"], true);
    assert_eq!(rig.subscription(&id).await.items.data.len(), 1);
    let last = item(&rig, &id).await;
    let (status, _, _) = rig.raw("DELETE", &format!("/v1/subscription_items/{last}"), "", &[]).await;
    assert_eq!(status, 400, "the last item stays");
}

#[tokio::test]
async fn a_pending_change_waits_for_its_money() {
    let rig = rig().await;
    let (customer, cheap, dear) =
        (rig.customer().await, rig.price(3_000, "month"), rig.price(6_000, "month"));
    let id = rig.buy(&customer, &cheap).await;
    let item = item(&rig, &id).await;
    rig.fake.chaos(|chaos| chaos.declines.insert(customer.clone(), "generic_decline".into()));
    let mut change = to_price(&item, &dear, "always_invoice", None);
    change.payment_behavior = Some("error_if_incomplete".into());
    assert_eq!(rig.client.update_subscription(&id, &change, None).await.unwrap_err().status, Some(402));
    change.payment_behavior = Some("pending_if_incomplete".into());
    let waiting = rig.client.update_subscription(&id, &change, None).await.unwrap();
    assert!(waiting.raw["pending_update"]["expires_at"].is_i64());
    assert_eq!(waiting.items.data[0].price.as_ref().unwrap().id, cheap);
    rig.fake.chaos(|chaos| chaos.declines.clear());
    let invoice = rig.latest_invoice(&id).await;
    rig.client.pay_invoice(&invoice.id, &latchkey_stripe::params::PayInvoice::default(), None).await.unwrap();
    let applied = rig.subscription(&id).await;
    assert_eq!(applied.items.data[0].price.as_ref().unwrap().id, dear);
    assert!(applied.raw["pending_update"].is_null());
    assert_eq!(applied.status, SubscriptionStatus::Active);
    let query = ListQuery::new().event_type("customer.subscription.pending_update_applied");
    assert_eq!(rig.client.list_events(&query).await.unwrap().data.len(), 1);
}
