//! Messages in the vendor's own words.

use latchkey_shared::api::message_templates::{MessagePreview, MessageTemplate, MessageTemplates};
use latchkey_store::entity::{audit, communication};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;

use super::{Shop, in_both_shops};

const PATH: &str = "/api/v1/message-templates/key_issued";

async fn of_kind(shop: &Shop, kind: &str) -> communication::Model {
    communication::Entity::find()
        .filter(communication::Column::Kind.eq(kind))
        .order_by_desc(communication::Column::Id)
        .one(shop.app.state.store.read())
        .await
        .unwrap()
        .unwrap()
}

in_both_shops! {
    async fn the_vendors_words_are_used_and_can_be_taken_back(mut shop: Shop) {
        let all: MessageTemplates = shop.staff.get("/api/v1/message-templates").await.ok();
        assert!(all.templates.len() > 10 && all.templates.iter().all(|template| template.changed.is_none()));
        let words = json!({"subject": "{customer}, your key", "text": "Here <b>:\n\n{key}\n\nYours, {vendor}"});
        let made: MessagePreview = shop.staff.post(&format!("{PATH}/preview"), words.clone()).await.ok();
        assert_eq!(made.subject, "Ada Lovelace, your key");
        let still: MessageTemplate = shop.staff.get(PATH).await.ok();
        assert_eq!(still.changed, None, "a preview keeps nothing");
        let changed: MessageTemplate = shop.staff.put(PATH, words.clone()).await.ok();
        assert_eq!(changed.changed_by.as_deref(), Some("admin"));
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let sent = of_kind(&shop, "key_issued").await;
        assert_eq!(sent.subject, "Ann, your key");
        assert_eq!(sent.text, format!("Here <b>:\n\n{}\n\nYours, Latchkey\n", shop.keys().await[0].key_text));
        assert!(sent.html.unwrap().contains("Here &lt;b&gt;:</p>"));

        shop.staff.post(&format!("{PATH}/test"), words).await.done();
        shop.settle().await;
        let test = shop.newest_message().await;
        assert_eq!((test.recipient.as_str(), test.customer_id), ("admin@vendor.test", None));
        assert!(test.text.contains("ABCDE-FGHIJ-KLMNO-PQRST"), "{}", test.text);
        for _ in 0..2 {
            let back: MessageTemplate = shop.staff.delete(PATH).await.ok();
            assert_eq!((back.subject.as_str(), back.changed), ("Your licence key for {product}", None));
        }
        let entries = audit::Entity::find()
            .filter(audit::Column::Action.is_in(["template_changed", "template_reset"]))
            .order_by_asc(audit::Column::Id);
        let entries = entries.all(shop.app.state.store.read()).await.unwrap();
        assert_eq!(entries.len(), 2, "what changes nothing is no entry");
        assert_eq!(entries[1].before.as_ref().unwrap()["subject"], "{customer}, your key");
    }

    async fn what_cannot_be_sent_is_refused_beside_its_field(mut shop: Shop) {
        let wrong = json!({"subject": "Key", "text": "Until {date}: {key}"});
        let said = shop.staff.put(PATH, wrong.clone()).await.field("text");
        assert!(said.contains("{date}") && said.contains("{product}"), "{said}");
        for action in ["preview", "test"] {
            shop.staff.post(&format!("{PATH}/{action}"), wrong.clone()).await.field("text");
        }
        shop.staff.put(PATH, json!({"subject": "{prodct}", "text": "{key}"})).await.field("subject");
        let said = shop.staff.put(PATH, json!({"subject": "Key", "text": "Thanks."})).await.field("text");
        assert!(said.contains("{key}"), "{said}");
        shop.staff.put(PATH, json!({"subject": "A\nB", "text": "{key}"})).await.field("subject");
        shop.staff.put(PATH, json!({"subject": "A", "text": format!("{{key}}{}", "x".repeat(5_000))})).await.field("text");
        assert_eq!(shop.staff.get("/api/v1/message-templates/other").await.error(404), "not_found");
    }

    async fn letters_that_let_people_in_have_the_vendors_words_too_and_staff_their_own(mut shop: Shop) {
        let words = |text: &str| json!({"subject": "Hi", "text": text});
        for kind in ["association", "password_reset"] {
            shop.staff.put(&format!("/api/v1/message-templates/{kind}"), words("Go here:\n\n{link}")).await.done();
        }
        let ann = shop.buyer("Ann").await;
        shop.staff.post(&format!("/api/v1/customers/{}/association/enable", ann.id), json!({})).await.done();
        shop.staff.post(&format!("/api/v1/customers/{}/association/send", ann.id), json!({})).await.done();
        let sent = of_kind(&shop, "association").await;
        assert!(sent.subject == "Hi" && sent.text.contains("/Associate?id="), "{}", sent.text);
        shop.app.anon().post("/api/v1/staff/password-reset", json!({"email": "admin@vendor.test"})).await.done();
        shop.settle().await;
        assert!(of_kind(&shop, "password_reset").await.subject.starts_with("Set a new password"), "for staff");
    }
}
