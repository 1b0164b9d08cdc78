//! From the pay page to a subscription.

use crate::rig::{DAY, GOOD_CARD, HOUR, Rig, START, rig};
use latchkey_stripe::{
    CheckoutStatus, ListQuery, PaymentStatus,
    params::{DiscountParams, TrialEnd, TrialSettings, UpdateSubscription},
    subscription::{invoice_subscription, invoice_subscription_metadata, paid_through},
};
use latchkey_stripe_fake::WebhookFate;

#[tokio::test]
async fn a_subscription_exists_only_after_paying() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.session(&customer, &price).await;
    let open = rig.client.checkout_session(&id, &[]).await.unwrap();
    assert_eq!((&open.status, open.subscription.is_none()), (&CheckoutStatus::Open, true));
    assert_eq!(
        (open.amount_total, open.url.as_deref().is_some_and(|url| url.contains("/pay/cs_"))),
        (Some(900), true)
    );

    let declined = rig.fake.complete_checkout(&id, "4000000000000002", WebhookFate::Prompt).unwrap_err();
    assert_eq!(declined.0, "Your card was declined.");
    let all = ListQuery::new().filter("status", "all");
    assert!(
        rig.client.list_subscriptions(&all).await.unwrap().data.is_empty(),
        "a decline leaves nothing behind"
    );

    rig.fake.complete_checkout(&id, GOOD_CARD, WebhookFate::Prompt).unwrap();
    let done = rig.client.checkout_session(&id, &[]).await.unwrap();
    assert_eq!((&done.status, &done.payment_status), (&CheckoutStatus::Complete, &PaymentStatus::Paid));
    assert!(done.subscription.is_some() && done.invoice.is_some() && done.url.is_none());
    assert!(rig.fake.complete_checkout(&id, GOOD_CARD, WebhookFate::Prompt).is_err(), "only once");
}

#[tokio::test]
async fn a_sessions_metadata_stays_with_the_session() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let mut params = Rig::session_params(&customer, &price);
    params.metadata.insert("only".into(), "session".into());
    let session = rig.client.create_checkout_session(&params, "k").await.unwrap();
    rig.fake.complete_checkout(&session.id, GOOD_CARD, WebhookFate::Prompt).unwrap();
    let session = rig.client.checkout_session(&session.id, &["subscription"]).await.unwrap();
    let subscription = session.subscription.as_ref().unwrap().object().unwrap();
    assert_eq!(subscription.metadata, [("skm_temp_var".to_owned(), "placeholder".to_owned())].into());
    assert_eq!(session.metadata["only"], "session");
}

#[tokio::test]
async fn objects_have_the_shape_of_the_pinned_version() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    let subscription = rig.subscription(&id).await;
    assert!(subscription.raw.get("current_period_end").is_none());
    assert_eq!(subscription.items.data[0].current_period_start, Some(START));
    let invoice = rig.latest_invoice(&id).await;
    for gone in ["subscription", "paid", "charge", "payment_intent"] {
        assert!(invoice.raw.get(gone).is_none(), "{gone}");
    }
    assert_eq!(invoice_subscription(&invoice), Some(id.as_str()));
    assert_eq!(
        paid_through(&invoice, &subscription.items.data[0].id),
        subscription.items.data[0].current_period_end
    );
    let payments =
        rig.client.list_invoice_payments(&ListQuery::new().filter("invoice", &invoice.id)).await.unwrap();
    let intent = payments.data[0].payment.payment_intent.as_ref().unwrap().id();
    let intent = rig.client.payment_intent(intent, &["latest_charge"]).await.unwrap();
    assert_eq!((intent.status.as_str(), intent.amount_received), ("succeeded", 900));
    let query = ListQuery::new()
        .filter("payment[type]", "payment_intent")
        .filter("payment[payment_intent]", &intent.id);
    assert_eq!(rig.client.list_invoice_payments(&query).await.unwrap().data.len(), 1);
}

#[tokio::test]
async fn an_invoice_keeps_the_metadata_of_its_moment() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    let params = UpdateSubscription {
        metadata: [("skm_key_id".into(), "7".into()), ("skm_temp_var".into(), String::new())].into(),
        ..UpdateSubscription::default()
    };
    let written = rig.client.update_subscription(&id, &params, None).await.unwrap();
    assert_eq!(written.metadata, [("skm_key_id".to_owned(), "7".to_owned())].into());
    let snapshot = invoice_subscription_metadata(&*rig.latest_invoice(&id).await);
    assert_eq!(snapshot, [("skm_temp_var".to_owned(), "placeholder".to_owned())].into());
    let event = rig.newest_event("customer.subscription.updated");
    let expected = serde_json::json!({"metadata": {"skm_temp_var": "placeholder", "skm_key_id": null}});
    assert_eq!(event.previous_attributes, expected);
}

#[tokio::test]
async fn sessions_expire_by_request_and_by_themselves() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let (one, other) = (rig.session(&customer, &price).await, rig.session(&customer, &price).await);
    assert_eq!(rig.client.expire_checkout_session(&one, None).await.unwrap().status, CheckoutStatus::Expired);
    assert!(rig.client.expire_checkout_session(&one, None).await.is_err());
    rig.fake.advance(DAY);
    assert_eq!(rig.client.checkout_session(&other, &[]).await.unwrap().status, CheckoutStatus::Expired);
    assert_eq!(rig.events().iter().filter(|kind| *kind == "checkout.session.expired").count(), 2);
    assert!(rig.fake.complete_checkout(&other, GOOD_CARD, WebhookFate::Prompt).is_err());
}

#[tokio::test]
async fn a_trial_without_a_card_needs_none() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let mut params = Rig::session_params(&customer, &price);
    params.payment_method_collection = Some("if_required".into());
    let data = params.subscription_data.as_mut().unwrap();
    data.trial_period_days = Some(14);
    data.trial_settings =
        Some(TrialSettings { end_behavior: TrialEnd { missing_payment_method: "pause".into() } });
    let session = rig.client.create_checkout_session(&params, "k").await.unwrap();
    let page = rig.http.post(format!("{}/pay/{}", rig.base, session.id)).body("email=ada%40example.com");
    let page = page.header("Content-Type", "application/x-www-form-urlencoded").send().await.unwrap();
    assert_eq!(page.status(), 303);
    let session = rig.client.checkout_session(&session.id, &["subscription"]).await.unwrap();
    assert_eq!(session.payment_status, PaymentStatus::NoPaymentRequired);
    let subscription = session.subscription.as_ref().unwrap().object().unwrap();
    assert_eq!((subscription.status.as_str(), subscription.trial_end), ("trialing", Some(START + 14 * DAY)));
    rig.fake.advance(14 * DAY);
    assert_eq!(rig.subscription(&subscription.id).await.status.as_str(), "paused");
    let events = rig.events();
    let at = |kind: &str| events.iter().position(|event| event == kind).unwrap_or_else(|| panic!("{kind}"));
    assert!(at("customer.subscription.trial_will_end") < at("customer.subscription.paused"));
}

#[tokio::test]
async fn what_stripe_refuses_is_refused() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let refused = async |change: &dyn Fn(&mut latchkey_stripe::params::CreateCheckoutSession)| {
        let mut params = Rig::session_params(&customer, &price);
        change(&mut params);
        rig.client.create_checkout_session(&params, &rig.key()).await.unwrap_err()
    };
    assert_eq!(
        refused(&|params| params.line_items[0].price = "price_x".into()).await.param.as_deref(),
        Some("line_items[0][price]")
    );
    assert_eq!(
        refused(&|params| params.customer = Some("cus_x".into())).await.code.as_deref(),
        Some("resource_missing")
    );
    assert_eq!(
        refused(&|params| params.expires_at = Some(START + HOUR / 4)).await.param.as_deref(),
        Some("expires_at")
    );
    assert_eq!(
        refused(&|params| params.success_url = Some("/done".into())).await.code.as_deref(),
        Some("url_invalid")
    );
    assert_eq!(
        refused(&|params| params.mode = "payment".into()).await.param.as_deref(),
        Some("line_items[0][price]")
    );
    let both = |params: &mut latchkey_stripe::params::CreateCheckoutSession| {
        params.allow_promotion_codes = Some(true);
        params.discounts = vec![DiscountParams::default()];
        params.discounts[0].coupon = Some("x".into());
    };
    assert_eq!(refused(&both).await.code.as_deref(), Some("parameters_exclusive"));
}

#[tokio::test]
async fn a_coupon_takes_off_what_it_says() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(1_000, "month"));
    rig.raw("POST", "/v1/coupons", "id=QUARTER&percent_off=25&duration=once", &[]).await;
    rig.raw("POST", "/v1/coupons", "id=ALL&percent_off=100&duration=forever", &[]).await;
    let buy = async |coupon: &str| {
        let mut params = Rig::session_params(&customer, &price);
        params.discounts = vec![DiscountParams { coupon: Some(coupon.into()), promotion_code: None }];
        let session = rig.client.create_checkout_session(&params, &rig.key()).await.unwrap();
        rig.fake.complete_checkout(&session.id, GOOD_CARD, WebhookFate::Prompt).unwrap();
        rig.client.checkout_session(&session.id, &["invoice", "subscription"]).await.unwrap()
    };
    let quarter = buy("QUARTER").await;
    assert_eq!(quarter.amount_total, Some(750));
    assert_eq!(quarter.invoice.as_ref().unwrap().object().unwrap().amount_paid, 750);
    let free = buy("ALL").await;
    assert_eq!(free.payment_status, PaymentStatus::NoPaymentRequired);
    assert_eq!(free.invoice.as_ref().unwrap().object().unwrap().status.as_str(), "paid");
    rig.fake.advance(32 * DAY);
    let renewed =
        |session: &latchkey_stripe::CheckoutSession| session.subscription.as_ref().unwrap().id().to_owned();
    assert_eq!(rig.latest_invoice(&renewed(&quarter)).await.total, 1_000, "once is once");
    assert_eq!(rig.latest_invoice(&renewed(&free)).await.total, 0, "forever is forever");
}

#[tokio::test]
async fn money_from_a_bank_account_comes_later_or_not_at_all() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    for (account, status, subscription_status, event) in [
        ("DE89370400440532013000", PaymentStatus::Paid, "active", "checkout.session.async_payment_succeeded"),
        (
            "DE62370400440532013001",
            PaymentStatus::Unpaid,
            "past_due",
            "checkout.session.async_payment_failed",
        ),
    ] {
        let session = rig.session(&customer, &price).await;
        rig.fake.complete_checkout(&session, account, WebhookFate::Prompt).unwrap();
        let waiting = rig.client.checkout_session(&session, &["subscription", "invoice"]).await.unwrap();
        assert_eq!(
            (&waiting.status, &waiting.payment_status),
            (&CheckoutStatus::Complete, &PaymentStatus::Unpaid)
        );
        let subscription = waiting.subscription.as_ref().unwrap().object().unwrap();
        assert_eq!(subscription.status.as_str(), "active");
        assert_eq!(waiting.invoice.as_ref().unwrap().object().unwrap().status.as_str(), "open");
        rig.fake.advance(180);
        assert_eq!(rig.client.checkout_session(&session, &[]).await.unwrap().payment_status, status);
        assert_eq!(rig.subscription(&subscription.id).await.status.as_str(), subscription_status);
        assert_eq!(rig.newest_event(event).object_id(), Some(session.as_str()));
    }
}
