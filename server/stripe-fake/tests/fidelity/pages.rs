//! The hosted pages, as a browser without scripts sees them.

use crate::rig::{DAY, HOUR, Rig, rig};
use latchkey_stripe::{
    CheckoutStatus, InvoiceStatus, SubscriptionStatus,
    params::CreatePortalSession,
    subscription::{current_period, scheduled_end},
};
use serde_json::json;

/// Fetches a page by its path; answers status, `Location` and text.
async fn get(rig: &Rig, path: &str) -> (u16, String, String) {
    read(rig.http.get(format!("{}{path}", rig.base))).await
}

async fn post(rig: &Rig, path: &str, fields: &[(&str, &str)]) -> (u16, String, String) {
    read(rig.http.post(format!("{}{path}", rig.base)).form(fields)).await
}

async fn read(request: reqwest::RequestBuilder) -> (u16, String, String) {
    let answer = request.send().await.unwrap();
    let target = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
    (answer.status().as_u16(), target.unwrap_or_default(), answer.text().await.unwrap())
}

fn paying<'a>(card: &'a str, webhooks: &'a str) -> [(&'a str, &'a str); 3] {
    [("email", "ada@example.com"), ("card", card), ("webhooks", webhooks)]
}

#[tokio::test]
async fn the_pay_page_leads_back_to_the_shop() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let session = rig.session(&customer, &price).await;
    let path = format!("/pay/{session}");
    let (status, _, page) = get(&rig, &path).await;
    assert_eq!(status, 200);
    for part in
        ["1 × Editor", "9.00 EUR per month", "Simulated payments", "Pay 9.00 EUR", "http://127.0.0.1:1/plans"]
    {
        assert!(page.contains(part), "{part}");
    }
    let (status, _, page) = post(&rig, &path, &paying("4000 0000 0000 0002", "prompt")).await;
    assert_eq!((status, page.contains("Your card was declined.")), (402, true));
    let (status, _, page) = post(&rig, &path, &paying("1234", "prompt")).await;
    assert_eq!((status, page.contains("Your card number is invalid.")), (402, true));
    let (status, target, _) = post(&rig, &path, &paying("4242 4242 4242 4242", "prompt")).await;
    assert_eq!((status, target), (303, format!("http://127.0.0.1:1/done?cs={session}")));
    let (status, _, page) = get(&rig, &path).await;
    assert_eq!((status, page.contains("Already paid")), (410, true));
}

#[tokio::test]
async fn a_card_that_asks_for_confirmation_is_confirmed_or_refused() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let session = rig.session(&customer, &price).await;
    let path = format!("/pay/{session}");
    let mut fields = paying("4000 0025 0000 3155", "prompt").to_vec();
    let (status, _, page) = post(&rig, &path, &fields).await;
    assert_eq!((status, page.contains("Confirm with your bank")), (200, true));
    assert_eq!(rig.client.checkout_session(&session, &[]).await.unwrap().status, CheckoutStatus::Open);
    fields.push(("confirmed", "no"));
    assert_eq!(post(&rig, &path, &fields).await.0, 402);
    fields[3].1 = "yes";
    assert_eq!(post(&rig, &path, &fields).await.0, 303);
}

#[tokio::test]
async fn what_customers_type_is_escaped() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let session = rig.session(&customer, &price).await;
    let fields = [("email", "\"><script>x</script>"), ("card", "<b>"), ("webhooks", "prompt")];
    let (_, _, page) = post(&rig, &format!("/pay/{session}"), &fields).await;
    assert!(!page.contains("<script>") && !page.contains("<b>"), "{page}");
    assert_eq!(get(&rig, "/pay/cs_test_x").await.0, 404);
}

async fn portal(rig: &Rig, customer: &str, flow: Option<serde_json::Value>) -> String {
    let params = CreatePortalSession {
        customer: customer.into(),
        return_url: Some("http://127.0.0.1:1/billing".into()),
        flow_data: flow,
        ..CreatePortalSession::default()
    };
    let url = rig.client.create_portal_session(&params).await.unwrap().url;
    assert!(url.starts_with("http://localhost:"), "{url}");
    url[url.find("/portal/").unwrap()..].to_owned()
}

#[tokio::test]
async fn the_portal_plans_an_end_by_date_and_takes_it_back() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    let end = current_period(&*rig.subscription(&id).await).unwrap().1;
    let path = portal(&rig, &customer, None).await;
    let (_, _, page) = get(&rig, &path).await;
    for part in ["Return to the shop", "Cancel subscription", "visa ending in 4242", "LKFAKE-"] {
        assert!(page.contains(part), "{part}");
    }
    let (status, _, page) = get(&rig, &format!("{path}/cancel/{id}")).await;
    assert_eq!((status, page.contains("Cancel the subscription?")), (200, true));
    assert_eq!(scheduled_end(&*rig.subscription(&id).await), None, "asking changes nothing");
    assert_eq!(post(&rig, &format!("{path}/cancel/{id}"), &[]).await.0, 303);
    let planned = rig.subscription(&id).await;
    assert_eq!((planned.cancel_at, planned.cancel_at_period_end), (Some(end), false));
    assert!(get(&rig, &path).await.2.contains("Don’t cancel"));
    post(&rig, &format!("{path}/keep/{id}"), &[]).await;
    assert_eq!(scheduled_end(&*rig.subscription(&id).await), None);
}

#[tokio::test]
async fn a_portal_visit_is_short_and_sees_only_its_customer() {
    let rig = rig().await;
    let price = rig.price(900, "month");
    let (ada, bob) = (rig.customer().await, rig.customer().await);
    let id = rig.buy(&ada, &price).await;
    let path = portal(&rig, &bob, None).await;
    assert_eq!(post(&rig, &format!("{path}/cancel/{id}"), &[]).await.0, 404);
    rig.fake.advance(2 * HOUR);
    assert_eq!(get(&rig, &path).await.0, 404);
    let flow = json!({"type": "subscription_cancel", "subscription_cancel": {"subscription": id}});
    let path = portal(&rig, &ada, Some(flow)).await;
    let (status, target, _) = get(&rig, &path).await;
    assert_eq!((status, target.as_str()), (303, format!("{path}/cancel/{id}").as_str()));
    let (_, target, _) = post(&rig, &format!("{path}/cancel/{id}"), &[]).await;
    assert_eq!(target, "http://127.0.0.1:1/billing");
}

#[tokio::test]
async fn a_new_card_in_the_portal_is_the_one_that_is_charged() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    let path = portal(&rig, &customer, None).await;
    assert_eq!(post(&rig, &format!("{path}/card"), &[("card", "4000000000000002")]).await.0, 402);
    assert_eq!(post(&rig, &format!("{path}/card"), &[("card", "4000000000000341")]).await.0, 303);
    assert!(get(&rig, &path).await.2.contains("visa ending in 0341"));
    rig.fake.advance(31 * DAY + 2 * HOUR);
    assert_eq!(rig.subscription(&id).await.status, SubscriptionStatus::PastDue);
}

#[tokio::test]
async fn an_open_invoice_can_be_paid_on_its_page() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy_with(&customer, &price, "4000000000000341").await;
    rig.fake.advance(31 * DAY + 2 * HOUR);
    let invoice = rig.latest_invoice(&id).await;
    let url = invoice.hosted_invoice_url.clone().unwrap();
    let path = &url[url.find("/invoice/").unwrap()..];
    assert!(get(&rig, path).await.2.contains("Pay this invoice"));
    assert_eq!(post(&rig, path, &[("card", "4000000000000002")]).await.0, 402);
    assert_eq!(post(&rig, path, &[("card", "4242424242424242")]).await.0, 303);
    assert_eq!(rig.latest_invoice(&id).await.status, InvoiceStatus::Paid);
    assert_eq!(rig.subscription(&id).await.status, SubscriptionStatus::Active);
    let pdf = rig.http.get(format!("{}{path}/pdf", rig.base)).send().await.unwrap();
    assert_eq!(pdf.headers()["content-type"], "application/pdf");
    assert!(pdf.bytes().await.unwrap().starts_with(b"%PDF-"));
}
