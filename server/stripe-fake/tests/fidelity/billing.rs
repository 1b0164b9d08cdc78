//! Renewals, failures, pauses and endings as time passes.

use crate::rig::{DAY, HOUR, Rig, START, rig};
use latchkey_stripe::{
    InvoiceStatus, StripeErrorKind, SubscriptionStatus,
    params::{
        CancelSubscription, Change, CreateRefund, PauseCollectionParams, PauseSubscription, PayInvoice,
        ResumeSubscription, UpdateSubscription,
    },
    subscription::current_period,
};
use latchkey_stripe_fake::AfterDunning;
use serde_json::json;

const MONTH: i64 = 30 * DAY;

/// Types of the events from this second on, oldest first.
fn since(rig: &Rig, second: i64) -> Vec<String> {
    let events = rig.fake.objects("event").into_iter().rev();
    let recent = events.filter(|event| event["created"].as_i64().unwrap() >= second);
    recent.map(|event| event["type"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_renewal_moves_the_period_first_and_takes_the_money_an_hour_later() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    let (_, end) = current_period(&*rig.subscription(&id).await).unwrap();

    rig.fake.advance(end - START);
    assert_eq!(since(&rig, end), ["customer.subscription.updated", "invoice.created"]);
    assert_eq!(current_period(&*rig.subscription(&id).await).unwrap().0, end);
    let draft = rig.latest_invoice(&id).await;
    assert_eq!(
        (&draft.status, draft.billing_reason.as_deref()),
        (&InvoiceStatus::Draft, Some("subscription_cycle"))
    );
    assert_eq!(rig.subscription(&id).await.status, SubscriptionStatus::Active, "not paid, still active");

    rig.fake.advance(HOUR);
    let happened = since(&rig, end + HOUR);
    for kind in ["invoice.finalized", "invoice.paid", "invoice.payment_succeeded", "payment_intent.succeeded"]
    {
        assert!(happened.iter().any(|one| one == kind), "{kind} in {happened:?}");
    }
    assert_eq!(rig.latest_invoice(&id).await.status, InvoiceStatus::Paid);
    assert_eq!(rig.newest_event("invoice.paid").created, end + HOUR, "at its own time");
}

#[tokio::test]
async fn an_unpaid_renewal_is_tried_again_and_then_ends_it() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    rig.fake.chaos(|chaos| chaos.declines.insert(customer.clone(), "insufficient_funds".into()));
    rig.fake.advance(MONTH + 2 * HOUR);
    assert_eq!(rig.subscription(&id).await.status, SubscriptionStatus::PastDue);
    let open = rig.latest_invoice(&id).await;
    assert_eq!((&open.status, open.attempt_count), (&InvoiceStatus::Open, 1));
    assert!(open.next_payment_attempt.is_some());
    let error = rig.client.pay_invoice(&open.id, &PayInvoice::default(), None).await.unwrap_err();
    assert_eq!(error.kind, StripeErrorKind::Card { decline_code: Some("insufficient_funds".into()) });
    rig.fake.advance(20 * DAY);
    let over = rig.subscription(&id).await;
    assert_eq!(over.status, SubscriptionStatus::Canceled);
    assert_eq!(over.cancellation_details.as_ref().unwrap().reason.as_deref(), Some("payment_failed"));
    assert!(rig.events().contains(&"customer.subscription.deleted".to_owned()));

    rig.fake.chaos(|chaos| chaos.declines.clear());
    let paid = rig.client.pay_invoice(&open.id, &PayInvoice::default(), None).await.unwrap();
    assert_eq!(paid.status, InvoiceStatus::Paid, "a late payment is possible");
    assert_eq!(rig.subscription(&id).await.status, SubscriptionStatus::Canceled, "and revives nothing");
}

#[tokio::test]
async fn a_paid_retry_makes_it_active_again() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    rig.fake.set_after_dunning(AfterDunning::MarkUnpaid);
    let id = rig.buy_with(&customer, &price, "4000000000000341").await;
    rig.fake.advance(MONTH + 2 * HOUR);
    assert_eq!(rig.subscription(&id).await.status, SubscriptionStatus::PastDue);
    rig.fake.set_card(&customer, "4242424242424242").unwrap();
    let method = rig.fake.objects("payment_method")[0]["id"].as_str().unwrap().to_owned();
    let params = UpdateSubscription { default_payment_method: Some(method), ..UpdateSubscription::default() };
    rig.client.update_subscription(&id, &params, None).await.unwrap();
    rig.fake.advance(3 * DAY);
    assert_eq!(rig.subscription(&id).await.status, SubscriptionStatus::Active);
    assert_eq!(rig.newest_event("customer.subscription.updated").previous_attributes["status"], "past_due");
}

#[tokio::test]
async fn a_planned_end_comes_before_the_renewal() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    let end = current_period(&*rig.subscription(&id).await).unwrap().1;
    let plan = |at_period_end| UpdateSubscription {
        cancel_at_period_end: Some(at_period_end),
        ..UpdateSubscription::default()
    };
    let planned = rig.client.update_subscription(&id, &plan(true), None).await.unwrap();
    assert_eq!((planned.cancel_at_period_end, planned.cancel_at), (true, Some(end)));
    let kept = rig.client.update_subscription(&id, &plan(false), None).await.unwrap();
    assert_eq!((kept.cancel_at_period_end, kept.cancel_at), (false, None));
    rig.client.update_subscription(&id, &plan(true), None).await.unwrap();
    rig.fake.advance(MONTH + DAY);
    let over = rig.subscription(&id).await;
    assert_eq!((&over.status, over.ended_at), (&SubscriptionStatus::Canceled, Some(end)));
    assert_eq!(rig.fake.objects("invoice").len(), 1, "nothing was invoiced after the end");
    let clear = UpdateSubscription { cancel_at: Some(Change::Clear), ..UpdateSubscription::default() };
    assert!(rig.client.update_subscription(&id, &clear, None).await.is_err());
}

#[tokio::test]
async fn a_trial_is_announced_and_then_paid() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    rig.fake.set_card(&customer, "4242424242424242").unwrap();
    let body = format!("customer={customer}&items[0][price]={price}&trial_period_days=14");
    let (status, _, made) = rig.raw("POST", "/v1/subscriptions", &body, &[]).await;
    assert_eq!((status, made["status"].as_str()), (200, Some("trialing")));
    let id = made["id"].as_str().unwrap();
    let first = rig.latest_invoice(id).await;
    assert_eq!((&first.status, first.total), (&InvoiceStatus::Paid, 0));
    rig.fake.advance(14 * DAY + 2 * HOUR);
    assert_eq!(rig.subscription(id).await.status, SubscriptionStatus::Active);
    assert_eq!(rig.newest_event("customer.subscription.trial_will_end").created, START + 11 * DAY);
    let paid = rig.latest_invoice(id).await;
    assert_eq!((&paid.status, paid.amount_paid), (&InvoiceStatus::Paid, 900));
}

#[tokio::test]
async fn pausing_collection_leaves_it_active_and_voids_invoices() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    let pause = PauseCollectionParams { behavior: "void".into(), resumes_at: Some(START + 40 * DAY) };
    let params =
        UpdateSubscription { pause_collection: Some(Change::Set(pause)), ..UpdateSubscription::default() };
    let paused = rig.client.update_subscription(&id, &params, None).await.unwrap();
    assert_eq!((&paused.status, paused.pause_collection.is_some()), (&SubscriptionStatus::Active, true));
    assert!(!rig.events().contains(&"customer.subscription.paused".to_owned()));
    rig.fake.advance(MONTH + DAY);
    assert_eq!(rig.latest_invoice(&id).await.status, InvoiceStatus::Void);
    rig.fake.advance(10 * DAY);
    assert!(rig.subscription(&id).await.pause_collection.is_none(), "goes on by itself");
}

#[tokio::test]
async fn a_paused_subscription_is_not_invoiced_and_resumes_with_a_new_cycle() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    rig.client.pause_subscription(&id, &PauseSubscription::default(), None).await.unwrap();
    assert!(rig.events().contains(&"customer.subscription.paused".to_owned()));
    rig.fake.advance(3 * MONTH);
    let paused = rig.subscription(&id).await;
    assert_eq!(paused.status, SubscriptionStatus::Paused);
    assert_eq!(paused.raw["status_details"]["paused"]["subscription"]["type"], "pause_requested");
    assert_eq!(rig.fake.objects("invoice").len(), 1);
    let resumed = rig.client.resume_subscription(&id, &ResumeSubscription::default(), None).await.unwrap();
    assert_eq!(resumed.status, SubscriptionStatus::Active);
    assert_eq!(current_period(&resumed).unwrap().0, START + 3 * MONTH);
    assert_eq!(rig.latest_invoice(&id).await.amount_paid, 900);
    assert!(rig.events().contains(&"customer.subscription.resumed".to_owned()));
    assert!(rig.client.resume_subscription(&id, &ResumeSubscription::default(), None).await.is_err());
}

#[tokio::test]
async fn refunds_leave_the_subscription_alone() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    let charge = rig.fake.objects("charge")[0]["id"].as_str().unwrap().to_owned();
    let refund = |amount| CreateRefund { charge: Some(charge.clone()), amount, ..CreateRefund::default() };
    rig.client.create_refund(&refund(Some(200)), "one").await.unwrap();
    assert!(rig.client.create_refund(&refund(Some(701)), "two").await.is_err());
    rig.client.create_refund(&refund(None), "three").await.unwrap();
    let after = rig.client.charge(&charge).await.unwrap();
    assert_eq!((after.amount_refunded, after.refunded), (900, true));
    let again = rig.client.create_refund(&refund(None), "four").await.unwrap_err();
    assert_eq!(again.code.as_deref(), Some("charge_already_refunded"));

    // The bank sends the last one back, so that much can be given back again.
    let last = rig.fake.objects("refund").into_iter().find(|refund| refund["amount"] == 700).unwrap();
    let sent_back = last["id"].as_str().unwrap();
    rig.fake.fail_refund(sent_back, "expired_or_canceled_card").unwrap();
    let failed = rig.fake.object(sent_back).unwrap();
    assert_eq!(
        (&failed["status"], &failed["failure_reason"]),
        (&json!("failed"), &json!("expired_or_canceled_card"))
    );
    let after = rig.client.charge(&charge).await.unwrap();
    assert_eq!((after.amount_refunded, after.refunded), (200, false));
    rig.client.create_refund(&refund(None), "five").await.unwrap();
    assert_eq!(rig.subscription(&id).await.status, SubscriptionStatus::Active);
    let dispute = rig.fake.open_dispute(&charge, "fraudulent").unwrap();
    rig.fake.close_dispute(&dispute, "lost").unwrap();
    assert_eq!(rig.client.dispute(&dispute).await.unwrap().status.as_str(), "lost");
    assert!(rig.events().contains(&"charge.dispute.closed".to_owned()));
}

#[tokio::test]
async fn a_first_payment_that_fails_leaves_it_incomplete_for_a_day() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    rig.fake.set_card(&customer, "4242424242424242").unwrap();
    rig.fake.chaos(|chaos| chaos.declines.insert(customer.clone(), "generic_decline".into()));
    let body = format!("customer={customer}&items[0][price]={price}");
    let (_, _, made) = rig.raw("POST", "/v1/subscriptions", &body, &[]).await;
    assert_eq!(made["status"], "incomplete");
    let (status, _, error) = rig
        .raw("POST", "/v1/subscriptions", &format!("{body}&payment_behavior=error_if_incomplete"), &[])
        .await;
    assert_eq!((status, error["error"]["decline_code"].as_str()), (402, Some("generic_decline")));
    rig.fake.advance(DAY);
    let id = made["id"].as_str().unwrap();
    assert_eq!(rig.subscription(id).await.status, SubscriptionStatus::IncompleteExpired);
    assert_eq!(rig.latest_invoice(id).await.status, InvoiceStatus::Void);
    assert!(rig.client.cancel_subscription(id, &CancelSubscription::default()).await.is_err());
}
