//! Reminders: each once, whatever happens in between; and messages in the vendor's own words.

use latchkey::{
    billing::reconcile::{self, Sweep},
    communications::reminders,
};
use latchkey_shared::api::messages::{Template, TemplatePreview, Templates};
use latchkey_store::entity::communication;
use latchkey_stripe_fake::{SeedCustomer, SeedStatus, SeedSubscription};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;

use super::{Shop, in_both_shops};

const DAY: i64 = 86_400;

async fn messages(shop: &Shop, kind: &str) -> Vec<communication::Model> {
    communication::Entity::find()
        .filter(communication::Column::Kind.eq(kind))
        .order_by_asc(communication::Column::Id)
        .all(shop.app.state.store.read())
        .await
        .unwrap()
}

/// What is sent now; looking once more sends nothing.
async fn reminded(shop: &Shop) -> usize {
    let sent = reminders::run(&shop.app.state).await.unwrap();
    assert_eq!(reminders::run(&shop.app.state).await.unwrap(), 0, "once");
    sent
}

in_both_shops! {
    async fn a_trial_that_ends_is_told_of_at_each_step_once(mut shop: Shop) {
        let ann = shop.buyer("Ann").await;
        let known = shop.fake.seed_customer(&SeedCustomer {
            name: "Ann", email: "ann@buyer.test", metadata: &[("skm_customer_id", &ann.id.to_string())], ..SeedCustomer::default()
        });
        shop.fake.seed_subscription(&SeedSubscription {
            customer: &known, items: &[(&shop.monthly, 2)], status: SeedStatus::Trialing, ..SeedSubscription::default()
        });
        reconcile::run_now(&shop.app.state, Sweep::Recent).await.unwrap();
        shop.settle().await;
        assert_eq!(reminded(&shop).await, 0, "nobody is reminded of what they just began");
        shop.fake.advance(7 * DAY + 60);
        assert_eq!(reminded(&shop).await, 1);
        let first = messages(&shop, "trial_ending").await.remove(0);
        assert_eq!(first.subject, "Your trial of Editor ends in 7 days");
        assert!(first.text.contains("18.00 EUR") && first.text.contains("/Portal/Billing"), "{}", first.text);
        assert_eq!((first.recipient.as_str(), first.customer_id), ("ann@buyer.test", Some(ann.id.0)));
        shop.fake.advance(4 * DAY);
        assert_eq!(reminded(&shop).await, 1);
        let off = json!({"enabled": false, "days": "7, 3, 0"});
        shop.staff.put("/api/v1/reminders/trial_ending", off).await.done();
        shop.fake.advance(3 * DAY - 7_200);
        assert_eq!(reminded(&shop).await, 0, "switched off");
        assert_eq!(messages(&shop, "trial_ending").await.len(), 2);
    }

    async fn a_year_is_worth_a_reminder_and_a_month_is_not(mut shop: Shop) {
        let (mut ann, mut bob) = (shop.buyer("Ann").await, shop.buyer("Bob").await);
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        shop.sell(&mut bob, &shop.yearly.clone()).await;
        shop.fake.advance(24 * DAY);
        assert_eq!(reminded(&shop).await, 0);
        shop.wait_days(334).await;
        assert_eq!(reminded(&shop).await, 1);
        let told = messages(&shop, "renewal").await.remove(0);
        assert_eq!(told.recipient, "bob@buyer.test");
        assert!(told.text.contains("90.00 EUR"), "{}", told.text);
    }

    async fn a_payment_that_failed_and_an_end_are_told_of(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let id = shop.home(&mut ann).await.subscriptions[0].id;
        ann.portal.post(&format!("/api/v1/portal/subscriptions/{id}/cancel"), json!({})).await.done();
        shop.settle().await;
        shop.fake.advance(27 * DAY + 43_200);
        assert_eq!(reminded(&shop).await, 1);
        assert!(messages(&shop, "expiry").await[0].subject.contains("Editor ends in 3 days"));
        ann.portal.post(&format!("/api/v1/portal/subscriptions/{id}/keep"), json!({})).await.done();

        let customer = shop.stripe_subscription()["customer"].as_str().unwrap().to_owned();
        shop.fake.set_card(&customer, "4000000000000341").unwrap();
        shop.wait_days(6).await;
        assert_eq!(reminded(&shop).await, 1);
        let told = messages(&shop, "payment_failed").await.remove(0);
        assert!(told.text.contains("9.00 EUR"), "{}", told.text);
    }

    async fn the_vendors_words_are_used_and_can_be_taken_back(mut shop: Shop) {
        let all: Templates = shop.staff.get("/api/v1/message-templates").await.ok();
        assert!(all.templates.iter().all(|template| template.changed.is_none()));
        assert!(all.reminders.iter().all(|reminder| reminder.enabled && reminder.days == "7, 3, 0"));
        let path = "/api/v1/message-templates/key_issued";
        let wrong = json!({"subject": "Key", "text": "Until {date}: {key}"});
        let said = shop.staff.put(path, wrong.clone()).await.field("text");
        assert!(said.contains("{date}") && said.contains("{product}"), "{said}");
        shop.staff.post(&format!("{path}/preview"), wrong).await.field("text");
        let words = json!({"subject": "{customer}, your key", "text": "Here:\n\n{key}\n\nYours, {vendor}"});
        let made: TemplatePreview = shop.staff.post(&format!("{path}/preview"), words.clone()).await.ok();
        assert_eq!(made.subject, "Ada Lovelace, your key");
        let changed: Template = shop.staff.put(path, words.clone()).await.ok();
        assert_eq!(changed.changed_by.as_deref(), Some("admin"));
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let sent = messages(&shop, "key_issued").await.remove(0);
        assert_eq!(sent.subject, "Ann, your key");
        assert!(sent.text.contains(&shop.keys().await[0].key_text), "{}", sent.text);

        shop.staff.post(&format!("{path}/test"), words).await.done();
        shop.settle().await;
        let test = shop.newest_message().await;
        assert_eq!((test.recipient.as_str(), test.customer_id), ("admin@vendor.test", None));
        let back: Template = shop.staff.delete(path).await.ok();
        assert_eq!((back.subject.as_str(), back.changed), ("Your licence key for {product}", None));
        assert_eq!(shop.staff.get("/api/v1/message-templates/other").await.error(404), "not_found");
        for days in ["soon", "91", "-1"] {
            shop.staff.put("/api/v1/reminders/renewal", json!({"enabled": true, "days": days})).await.field("days");
        }
        shop.staff.put("/api/v1/reminders/renewal", json!({"enabled": true, "days": ""})).await.field("days");
    }
}
