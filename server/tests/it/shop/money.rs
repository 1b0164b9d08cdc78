//! Money in the customers' histories: payments, refunds, disputes, and the file for the bookkeeper.

use latchkey::billing::reconcile::{self, Sweep};
use latchkey_shared::{
    api::{
        common::List,
        transactions::{Transaction, TransactionRow, TransactionSums},
    },
    attention::AttentionCode,
    permission::Role,
    transaction::{TransactionKind as Kind, TransactionSource as Source, TransactionState as State},
};
use latchkey_store::entity::transaction_entry;
use latchkey_stripe_fake::WebhookFate;
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};

use super::{Shop, in_both_shops, world::Buyer};

async fn list(shop: &mut Shop, filter: &str) -> Vec<TransactionRow> {
    let list: List<TransactionRow> =
        shop.staff.get(&format!("/api/v1/transactions?sort=id&filter={filter}")).await.ok();
    list.items
}

async fn only(shop: &mut Shop, filter: &str) -> TransactionRow {
    let mut rows = list(shop, filter).await;
    assert_eq!(rows.len(), 1, "{rows:#?}");
    rows.remove(0)
}

async fn sum(shop: &mut Shop) -> i64 {
    let sums: TransactionSums = shop.staff.get("/api/v1/transactions/sums").await.ok();
    assert_eq!(sums.sums.len(), 1, "{sums:?}");
    sums.sums[0].gross.minor
}

/// Lets time pass; whoever was signed in has to do so again.
async fn later(shop: &mut Shop, days: i64) {
    shop.wait_days(days).await;
    shop.staff = shop.app.staff(Role::Admin).await;
}

/// Ann has paid 9 EUR.
async fn paid(shop: &mut Shop) -> (Buyer, TransactionRow) {
    let mut ann = shop.buyer("Ann").await;
    shop.sell(&mut ann, &shop.monthly.clone()).await;
    let payment = only(shop, "type%20%3D%20payment").await;
    (ann, payment)
}

fn refund(amount: i64, then: &str) -> Value {
    json!({"amount": amount, "reason": "requested_by_customer", "note": "Wrong plan", "then": then})
}

fn of(payment: &TransactionRow) -> String {
    format!("/api/v1/transactions/{}/refund", payment.id)
}

in_both_shops! {
    async fn a_purchase_is_in_the_history_once(mut shop: Shop) {
        let (ann, payment) = paid(&mut shop).await;
        assert_eq!((payment.customer, payment.gross.unwrap().minor), (ann.id, 900));
        assert_eq!((payment.source, payment.state), (Source::Stripe, State::Done));
        let invoice = shop.fake.objects("invoice").remove(0);
        assert_eq!(payment.reference, invoice["number"].as_str().unwrap());
        let all = list(&mut shop, &format!("customer%20%3D%20{}", ann.id)).await;
        let mut kinds: Vec<&str> = all.iter().map(|row| row.kind.as_str()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["key_issued", "payment", "subscription_started"]);
        assert!(all.iter().all(|row| row.subscription == payment.subscription), "{all:#?}");
        let started = all.iter().find(|row| row.kind == Kind::SubscriptionStarted).unwrap();
        assert_eq!(started.source, Source::Webshop);

        let shown: Transaction = shop.staff.get(&format!("/api/v1/transactions/{}", payment.id)).await.ok();
        assert_eq!((shown.refundable.unwrap().minor, shown.product_name.as_deref()), (900, Some("Editor")));
        assert_eq!(shown.lines.len(), 1);
        assert!(shown.stripe_url.unwrap().starts_with("https://dashboard.stripe.com/test/invoices/in_"));

        let sync = format!("/api/v1/subscriptions/{}/sync", payment.subscription.unwrap());
        shop.staff.post(&sync, json!({})).await.done();
        assert_eq!(list(&mut shop, "").await.len(), 3, "told again, written once");
        later(&mut shop, 32).await;
        assert_eq!(list(&mut shop, "type%20%3D%20payment").await.len(), 2);
        assert_eq!(sum(&mut shop).await, 1_800);
    }

    async fn what_the_customer_asked_for_is_theirs(mut shop: Shop) {
        let (mut ann, payment) = paid(&mut shop).await;
        let id = payment.subscription.unwrap();
        ann.portal.post(&format!("/api/v1/portal/subscriptions/{id}/cancel"), json!({})).await.done();
        shop.settle().await;
        let cancelled = only(&mut shop, "type%20%3D%20subscription_cancelled").await;
        assert_eq!(cancelled.source, Source::Portal);
        later(&mut shop, 40).await;
        only(&mut shop, "type%20%3D%20subscription_ended").await;
    }

    async fn two_changes_at_stripe_within_minutes_are_both_told(mut shop: Shop) {
        let (_, payment) = paid(&mut shop).await;
        let address = format!("/v1/subscriptions/{}", shop.stripe_subscription()["id"].as_str().unwrap());
        for ends in ["true", "false", "true"] {
            shop.at_stripe(&address, &[("cancel_at_period_end", ends)]).await;
            shop.fake.advance(30);
            shop.settle().await;
        }
        let told = list(&mut shop, "type%20%3D%20subscription_cancelled").await;
        assert_eq!(told.len(), 2, "{told:#?}");
        assert!(told.iter().all(|row| row.source == Source::Stripe && row.subscription == payment.subscription));
        only(&mut shop, "type%20%3D%20subscription_kept").await;
    }

    async fn a_payment_is_given_back_in_parts_and_never_more_than_was_paid(mut shop: Shop) {
        let (_, payment) = paid(&mut shop).await;
        let path = of(&payment);
        let said = shop.staff.post(&path, refund(901, "keep")).await.field("amount");
        assert!(said.contains("9.00 EUR"), "{said}");
        shop.staff.post(&path, refund(0, "keep")).await.field("amount");
        let asked: Transaction = shop.staff.post(&path, refund(300, "keep")).await.ok();
        assert_eq!((asked.refundable.unwrap().minor, asked.related[0].state), (600, State::Pending));
        // What is on its way cannot be given back again.
        shop.staff.post(&path, refund(601, "keep")).await.field("amount");
        assert_eq!(sum(&mut shop).await, 900, "nothing moved yet");
        shop.settle().await;

        let made = shop.fake.objects("refund");
        assert_eq!((made.len(), &made[0]["amount"], &made[0]["reason"]), (1, &json!(300), &json!("requested_by_customer")));
        let back = only(&mut shop, "type%20%3D%20refund").await;
        assert_eq!((back.gross.unwrap().minor, back.state, back.source), (-300, State::Done, Source::Staff));
        let shown: Transaction = shop.staff.get(&format!("/api/v1/transactions/{}", back.id)).await.ok();
        assert_eq!((shown.by.name.as_deref(), shown.note.as_str()), (Some("admin"), "Wrong plan"));
        assert_eq!(shown.reason, "The customer asked for it");
        let again = only(&mut shop, "type%20%3D%20payment").await;
        assert_eq!(again.given_back.unwrap().minor, 300);
        assert_eq!(sum(&mut shop).await, 600);

        shop.staff.post(&path, refund(600, "keep")).await.done();
        shop.settle().await;
        assert_eq!(sum(&mut shop).await, 0);
        assert_eq!(shop.staff.post(&path, refund(1, "keep")).await.error(409), "already_refunded");
        // Whoever asked for it here decided about the keys.
        assert_eq!(shop.attention().await, []);
        assert!(!shop.keys().await[0].blocked);
        assert_eq!(shop.stripe_subscription()["status"], "active");
        assert_eq!(shop.staff.post(&of(&back), refund(1, "keep")).await.error(409), "not_refundable");
    }

    async fn a_refund_may_end_the_subscription(mut shop: Shop) {
        let (_, payment) = paid(&mut shop).await;
        // Stripe does not answer at first.
        let fault = latchkey_stripe_fake::ApiFault {
            kind: latchkey_stripe_fake::FaultKind::ServerError, call: "DELETE /v1/subscriptions".to_owned(), times: 4,
        };
        shop.fake.chaos(|chaos| chaos.api = [fault].into());
        shop.staff.post(&of(&payment), refund(900, "end")).await.done();
        shop.settle().await;
        latchkey::jobs::hurry(&shop.app.state).await.unwrap();
        shop.settle().await;
        assert_eq!(shop.fake.objects("refund").len(), 1);
        assert_eq!(shop.stripe_subscription()["status"], "canceled");
        assert!(shop.keys().await[0].blocked);
        only(&mut shop, "type%20%3D%20subscription_ended").await;
    }

    async fn what_stripe_refuses_is_said(mut shop: Shop) {
        let (_, payment) = paid(&mut shop).await;
        let charge = shop.fake.objects("charge")[0]["id"].as_str().unwrap().to_owned();
        let path = of(&payment);
        shop.staff.post(&path, refund(900, "end")).await.done();
        // Somebody was quicker in Stripe's dashboard.
        shop.at_stripe("/v1/refunds", &[("charge", &charge)]).await;
        shop.settle().await;
        let rows = list(&mut shop, "type%20%3D%20refund").await;
        let failed = rows.iter().find(|row| row.state == State::Failed).unwrap();
        let shown: Transaction = shop.staff.get(&format!("/api/v1/transactions/{}", failed.id)).await.ok();
        assert!(shown.error.unwrap().contains("already been refunded"));
        assert_eq!(sum(&mut shop).await, 0, "given back once");
        assert_eq!(shop.stripe_subscription()["status"], "active", "what failed ends nothing");
    }

    async fn refunds_and_disputes_at_stripe_arrive(mut shop: Shop) {
        let (_, payment) = paid(&mut shop).await;
        let charge = shop.fake.objects("charge")[0]["id"].as_str().unwrap().to_owned();
        shop.at_stripe("/v1/refunds", &[("charge", &charge), ("amount", "100")]).await;
        shop.settle().await;
        let back = only(&mut shop, "type%20%3D%20refund").await;
        assert_eq!((back.gross.unwrap().minor, back.source, back.subscription), (-100, Source::Stripe, payment.subscription));
        let dispute = shop.fake.open_dispute(&charge, "product_not_received").unwrap();
        shop.settle().await;
        let open = only(&mut shop, "type%20%3D%20dispute").await;
        assert_eq!((open.state, open.gross.unwrap().minor), (State::Open, -900));
        let shown: Transaction = shop.staff.get(&format!("/api/v1/transactions/{}", payment.id)).await.ok();
        assert_eq!((shown.refundable, shown.related.len()), (None, 2), "the bank has the money");
        assert_eq!(shop.attention().await, [AttentionCode::DisputeOpened]);
        shop.fake.close_dispute(&dispute, "won").unwrap();
        shop.settle().await;
        let won = only(&mut shop, "type%20%3D%20dispute").await;
        assert_eq!((won.state, won.gross.unwrap().minor, won.asked.unwrap().minor), (State::Won, 0, 900));
        assert_eq!(sum(&mut shop).await, 800);
    }

    async fn a_payment_that_failed_is_told_with_each_try(mut shop: Shop) {
        let (_, _) = paid(&mut shop).await;
        let customer = shop.stripe_subscription()["customer"].as_str().unwrap().to_owned();
        shop.fake.set_card(&customer, "4000000000000341").unwrap();
        shop.fake.chaos(|chaos| chaos.declines.insert(customer, "insufficient_funds".to_owned()));
        later(&mut shop, 32).await;
        let failed = list(&mut shop, "type%20%3D%20payment_failed").await;
        assert!(!failed.is_empty());
        assert_eq!((failed[0].asked.unwrap().minor, failed[0].gross, failed[0].state), (900, None, State::Failed));
        assert_eq!(sum(&mut shop).await, 900);
    }

    async fn an_installation_that_was_there_before_gets_its_history(mut shop: Shop) {
        let (_, payment) = paid(&mut shop).await;
        let charge = shop.fake.objects("charge")[0]["id"].as_str().unwrap().to_owned();
        shop.at_stripe("/v1/refunds", &[("charge", &charge), ("amount", "100")]).await;
        shop.settle().await;
        let transaction = shop.app.state.store.begin().await.unwrap();
        transaction_entry::Entity::delete_many().exec(&transaction).await.unwrap();
        transaction.commit().await.unwrap();

        reconcile::run_now(&shop.app.state, Sweep::Payments).await.unwrap();
        let rows = list(&mut shop, "").await;
        let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
        assert_eq!(kinds, ["subscription_started", "payment", "refund"]);
        assert_eq!((rows[1].reference.as_str(), rows[1].subscription), (payment.reference.as_str(), payment.subscription));
        assert_eq!(rows[2].gross.unwrap().minor, -100);
        later(&mut shop, 1).await;
        reconcile::run_now(&shop.app.state, Sweep::Payments).await.unwrap();
        assert_eq!(list(&mut shop, "").await, rows);
    }

    async fn the_bookkeepers_file_holds_what_moved_and_no_formula(mut shop: Shop) {
        let mut evil = shop.buyer("Eve").await;
        let customer: Value = shop.staff.get(&format!("/api/v1/customers/{}", evil.id)).await.ok();
        let form = json!({"name": "=HYPERLINK(1)", "email": "eve@buyer.test", "company": "A, B \"C\"", "phone": "",
            "country": "", "notes": "", "external_id": "", "allow_activation_management": false,
            "allow_multiple_users": false, "version": customer["version"]});
        shop.staff.patch(&format!("/api/v1/customers/{}", evil.id), form).await.done();
        let started = shop.start(&mut evil, &shop.monthly.clone()).await;
        shop.pay(&started, WebhookFate::Prompt);
        shop.settle().await;
        let payment = only(&mut shop, "type%20%3D%20payment").await;
        shop.staff.post(&of(&payment), refund(250, "keep")).await.done();
        shop.settle().await;
        let answer = shop.staff.get("/api/v1/transactions/export").await;
        let text = answer.text;
        let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert!(lines[0].starts_with("date,number,type,source,customer,customer_name"), "{text}");
        assert!(lines[1].contains(",Payment,Stripe,") && lines[1].contains(",9.00,0.00,9.00,EUR,"), "{text}");
        assert!(lines[1].contains("'=HYPERLINK(1),\"A, B \"\"C\"\"\","), "{text}");
        assert!(lines[2].contains(",Refund,Staff,") && lines[2].contains(",-2.50,0.00,-2.50,EUR,"), "{text}");
        let today = shop.app.state.clock.now() / 86_400_000 * 86_400_000;
        let today = latchkey_shared::time::Timestamp::from_millis(today).utc_date().to_string();
        assert!(lines[1].starts_with(&today), "{text}");
    }
}
