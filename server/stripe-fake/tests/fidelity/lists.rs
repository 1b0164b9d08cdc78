//! Lists, pages and search.

use crate::rig::{DAY, HOUR, START, rig};
use latchkey_stripe::{Customer, ListQuery, Raw, params::CustomerParams};

fn ids(customers: &[Raw<Customer>]) -> Vec<String> {
    customers.iter().map(|customer| customer.id.clone()).collect()
}

#[tokio::test]
async fn newest_first_ten_to_a_page() {
    let rig = rig().await;
    let mut made = Vec::new();
    for _ in 0..12 {
        made.push(rig.customer().await);
        rig.fake.advance(1);
    }
    made.reverse();
    let page = rig.client.list_customers(&ListQuery::new()).await.unwrap();
    assert_eq!(ids(&page.data), made[..10]);
    assert!(page.has_more);
    let rest = rig.client.list_customers(&ListQuery::new().starting_after(&made[9])).await.unwrap();
    assert_eq!((ids(&rest.data), rest.has_more), (made[10..].to_vec(), false));
    let newer = rig.client.list_customers(&ListQuery::new().ending_before(&made[3]).limit(2)).await.unwrap();
    assert_eq!((ids(&newer.data), newer.has_more), (made[1..3].to_vec(), true));
    let recent = rig.client.list_customers(&ListQuery::new().created_from(START + 10)).await.unwrap();
    assert_eq!(ids(&recent.data), made[..2]);
    assert!(rig.client.list_customers(&ListQuery::new().limit(101)).await.is_err());
    let all = rig.client.pages::<Raw<Customer>>(ListQuery::new().limit(5)).all().await.unwrap();
    assert_eq!(ids(&all), made);
}

#[tokio::test]
async fn ended_subscriptions_are_hidden_unless_asked_for() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let (live, over) = (rig.buy(&customer, &price).await, rig.buy(&customer, &price).await);
    rig.client
        .cancel_subscription(&over, &latchkey_stripe::params::CancelSubscription::default())
        .await
        .unwrap();
    let listed = async |query: ListQuery| {
        let page = rig.client.list_subscriptions(&query).await.unwrap();
        page.data.iter().map(|subscription| subscription.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(listed(ListQuery::new()).await, std::slice::from_ref(&live));
    assert_eq!(listed(ListQuery::new().filter("status", "all")).await.len(), 2);
    assert_eq!(listed(ListQuery::new().filter("status", "canceled")).await, std::slice::from_ref(&over));
    assert_eq!(listed(ListQuery::new().filter("status", "ended")).await, [over]);
    assert_eq!(listed(ListQuery::new().filter("price", &price)).await, [live]);
    assert!(listed(ListQuery::new().filter("price", "price_x")).await.is_empty());
}

#[tokio::test]
async fn subscriptions_of_test_clocks_keep_their_own_time() {
    let rig = rig().await;
    let price = rig.price(900, "month");
    let body = format!("frozen_time={}", START - 10 * DAY);
    let (_, _, clock) = rig.raw("POST", "/v1/test_helpers/test_clocks", &body, &[]).await;
    let clock = clock["id"].as_str().unwrap();
    let (_, _, customer) = rig.raw("POST", "/v1/customers", &format!("test_clock={clock}"), &[]).await;
    let customer = customer["id"].as_str().unwrap();
    let id = rig.buy(customer, &price).await;
    assert_eq!(rig.subscription(&id).await.created, START - 10 * DAY);
    assert!(rig.client.list_subscriptions(&ListQuery::new()).await.unwrap().data.is_empty());
    let by_customer = ListQuery::new().filter("customer", customer);
    assert_eq!(rig.client.list_subscriptions(&by_customer).await.unwrap().data.len(), 1);

    rig.fake.advance(60 * DAY);
    let period = |subscription: &latchkey_stripe::Subscription| {
        subscription.items.data[0].current_period_start.unwrap()
    };
    assert_eq!(period(&*rig.subscription(&id).await), START - 10 * DAY, "the common time does not move it");
    let target = format!("frozen_time={}", START + 22 * DAY);
    rig.raw("POST", &format!("/v1/test_helpers/test_clocks/{clock}/advance"), &target, &[]).await;
    assert_eq!(
        period(&*rig.subscription(&id).await),
        rig.fake.object(&id).unwrap()["billing_cycle_anchor"].as_i64().unwrap() + 30 * DAY
    );
}

#[tokio::test]
async fn search_lags_a_minute_behind() {
    let rig = rig().await;
    let id = rig.customer().await;
    let query = ListQuery::new();
    let found = async |text: &str| rig.client.search_customers(text, &query).await.unwrap().data.len();
    assert_eq!(found("email:'ada@example.com'").await, 0);
    rig.fake.advance(60);
    assert_eq!(found("email:'ada@example.com'").await, 1);
    let params = CustomerParams {
        metadata: [("skm_customer_id".into(), "42".into())].into(),
        ..CustomerParams::default()
    };
    rig.client.update_customer(&id, &params, None).await.unwrap();
    assert_eq!(found("metadata['skm_customer_id']:'42'").await, 0);
    assert_eq!(found("-metadata['skm_customer_id']:null").await, 0);
    rig.fake.advance(HOUR);
    assert_eq!(found("metadata['skm_customer_id']:'42'").await, 1);
    assert!(rig.client.search_customers("nonsense", &query).await.is_err());
}
