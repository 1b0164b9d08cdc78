//! A key in the wrong hands: a new one takes its place everywhere, the old one is refused.

use latchkey::{
    billing::reconcile::{self, Sweep},
    identity::tokens::NewToken,
};
use latchkey_shared::api::{
    keys::LicenceKey,
    portal::{Licences, OwnLicence},
    web_api::Machines,
};
use latchkey_store::entity::{communication, data_object, licence_key};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};

use super::{Shop, in_both_shops, world::Buyer};
use crate::web_api::{Program, licence, machines, program};

/// What a program says to activate a key.
fn asked<'a>(product: &'a str, key: &'a str, machine: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("ProductId", product),
        ("Key", key),
        ("MachineCode", machine),
        ("Sign", "true"),
        ("SignMethod", "1"),
        ("ModelVersion", "3"),
    ]
}

async fn any_program(shop: &Shop) -> Program {
    program(&shop.app, NewToken { scopes: vec!["*".to_owned()], ..NewToken::default() }).await
}

async fn own(buyer: &mut Buyer) -> Vec<OwnLicence> {
    buyer.portal.get("/api/v1/portal/licences").await.ok::<Licences>().licences
}

async fn reissue(buyer: &mut Buyer, key: &licence_key::Model) -> crate::util::Answer {
    buyer.portal.post(&format!("/api/v1/portal/licences/{}/reissue", key.id), json!({})).await
}

async fn rules(shop: &mut Shop, rules: Value) {
    shop.staff.put("/api/v1/settings/own-licences", rules).await.done();
}

in_both_shops! {
    async fn a_customers_new_key_has_everything_of_the_old_one(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let old = shop.keys().await.remove(0);
        let product = shop.product.to_string();
        let mut program = any_program(&shop).await;
        program.does("key/Activate", &asked(&product, &old.key_text, "studio")).await;
        let counter = [("ProductId", product.as_str()), ("Key", &old.key_text), ("MachineCode", "studio"), ("Name", "runs"), ("IntValue", "7")];
        program.does("data/AddDataObjectToMachineCode", &counter).await;

        let new: OwnLicence = reissue(&mut ann, &old).await.ok();
        shop.settle().await;
        assert_eq!((new.replaces.as_deref(), new.locked_machines), (Some(old.key_text.as_str()), 1));
        assert_eq!((new.machines[0].name.as_str(), new.can_reissue), ("studio", false));
        let keys = shop.keys().await;
        let [over, now] = keys.as_slice() else { panic!("{keys:#?}") };
        assert_eq!((over.blocked, over.block_source.as_deref()), (true, Some("re_issue")));
        assert_ne!(now.key_text, old.key_text);
        assert_eq!((now.expires_at, now.f3, now.max_machines, now.customer_id), (old.expires_at, old.f3, old.max_machines, old.customer_id));
        assert_eq!((now.blocked, now.source.as_str()), (false, "stripe"));
        let told = shop.stripe_subscription()["metadata"].clone();
        assert_eq!((told["skm_key_id"].clone(), told["skm_key_globalid"].clone()), (json!(now.number.to_string()), json!(now.id.to_string())));
        let objects = data_object::Entity::find().all(shop.app.state.store.read()).await.unwrap();
        assert!(objects.len() == 2 && objects.iter().all(|object| object.ref_id == now.id), "{objects:#?}");

        // The old one is refused in the words that clients know, and says why beside them.
        let refused = program.call("key/Activate", &asked(&product, &old.key_text, "studio")).await;
        assert_eq!(refused.json()["message"], "The key is blocked and cannot be accessed.");
        assert_eq!(refused.json()["reason"], "This key was replaced by a new one.");
        let answer = program.does("key/Activate", &asked(&product, &now.key_text, "studio")).await;
        assert_eq!((machines(&answer), licence(&answer)["GlobalId"].as_i64()), (vec!["studio".to_owned()], Some(now.id)));
        let shown = own(&mut ann).await;
        assert_eq!(shown.iter().map(|own| own.licence.key.as_str()).collect::<Vec<_>>(), [now.key_text.as_str()]);
        let mails = communication::Entity::find().filter(communication::Column::Kind.eq("key_reissued"));
        let mails = mails.all(shop.app.state.store.read()).await.unwrap();
        assert!(mails.len() == 1 && mails[0].text.contains(&now.key_text) && !mails[0].text.contains(&old.key_text));

        let block = format!("/api/v1/keys/{}/block", old.id);
        assert_eq!(shop.staff.post(&block, json!({"blocked": false})).await.error(409), "replaced");

        // The subscription goes on with the new key, whatever looks at it.
        reconcile::run_now(&shop.app.state, Sweep::Full).await.unwrap();
        shop.settle().await;
        shop.wait_days(31).await;
        let keys = shop.keys().await;
        assert!(keys[1].expires_at > old.expires_at, "the next month is paid for");
        assert_eq!((keys.len(), keys[0].expires_at, keys[0].blocked), (2, old.expires_at, true));
        assert_eq!(shop.attention().await, []);
    }

    async fn a_customer_may_as_often_as_the_vendor_says(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let first = shop.keys().await.remove(0);
        reissue(&mut ann, &first).await.done();
        assert_eq!(reissue(&mut ann, &first).await.error(409), "replaced");
        let second = shop.keys().await.remove(1);
        assert!(!own(&mut ann).await[0].can_reissue);
        assert_eq!(reissue(&mut ann, &second).await.error(409), "reissued_today");
        let block = format!("/api/v1/keys/{}/block", second.id);
        shop.staff.post(&block, json!({"blocked": true, "reason": "Shared"})).await.done();
        assert_eq!(reissue(&mut ann, &second).await.error(409), "key_blocked");
        shop.staff.post(&block, json!({"blocked": false})).await.done();
        rules(&mut shop, json!({"remove_machines": false, "reissues_per_day": 0, "reissue_moves_machines": true})).await;
        assert_eq!(reissue(&mut ann, &second).await.error(409), "not_offered");
        rules(&mut shop, json!({"remove_machines": false, "reissues_per_day": 1, "reissue_moves_machines": true})).await;
        assert_eq!(shop.keys().await.len(), 2);
        shop.wait_days(1).await;
        assert!(own(&mut ann).await[0].can_reissue);
        reissue(&mut ann, &second).await.done();
    }

    async fn of_many_at_once_one_succeeds(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let key = shop.keys().await.remove(0);
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (mut portal, path) = (ann.portal.clone(), format!("/api/v1/portal/licences/{}/reissue", key.id));
            tasks.spawn(async move { portal.post(&path, json!({})).await.status.as_u16() });
        }
        let mut answers = tasks.join_all().await;
        answers.sort_unstable();
        assert_eq!(answers, [200, 409, 409, 409, 409, 409, 409, 409]);
        assert_eq!(shop.keys().await.len(), 2);
    }

    async fn staff_reissue_what_they_blocked_and_leave_the_machines(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let old = shop.keys().await.remove(0);
        let product = shop.product.to_string();
        let mut program = any_program(&shop).await;
        program.does("key/Activate", &asked(&product, &old.key_text, "thief")).await;
        let path = format!("/api/v1/keys/{}", old.id);
        shop.staff.post(&format!("{path}/block"), json!({"blocked": true, "reason": "Leaked"})).await.done();
        let form = json!({"reason": "Seen on a forum", "machines": false});
        let new: LicenceKey = shop.staff.post(&format!("{path}/reissue"), form.clone()).await.ok();
        shop.settle().await;
        assert_eq!((new.replaces.map(|id| id.0), new.block_source.as_deref()), (Some(old.id), None));
        assert!(new.stripe_subscription_url.is_some());
        let shown: LicenceKey = shop.staff.get(&path).await.ok();
        assert_eq!((shown.replaced_by, shown.block_source.as_deref()), (Some(new.row.global_id), Some("re_issue")));
        let left: Machines = shop.staff.get(&format!("/api/v1/keys/{}/machines", new.row.global_id)).await.ok();
        assert_eq!(left.machines, []);
        assert_eq!(shop.staff.post(&format!("{path}/reissue"), form).await.error(409), "replaced");
        assert_eq!(shop.stripe_subscription()["metadata"]["skm_key_globalid"], json!(new.row.global_id.to_string()));
        assert_eq!(own(&mut ann).await[0].licence.id, new.row.global_id);
    }

    async fn customers_take_machines_off_where_they_may(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let key = shop.keys().await.remove(0);
        let product = shop.product.to_string();
        let mut program = any_program(&shop).await;
        for machine in ["laptop", "studio"] {
            program.does("key/Activate", &asked(&product, &key.key_text, machine)).await;
        }
        let refused = program.fails("key/Activate", &asked(&product, &key.key_text, "third")).await;
        assert_eq!(refused.1, "Cannot activate the new device as the limit has been reached.");
        let shown = own(&mut ann).await.remove(0);
        assert_eq!((shown.locked_machines, shown.can_remove_machines), (2, false));
        let laptop = shown.machines.iter().find(|machine| machine.name == "laptop").unwrap();
        let path = format!("/api/v1/portal/licences/{}/machines/{}", key.id, laptop.id);
        assert_eq!(ann.portal.delete(&path).await.error(409), "not_offered");
        rules(&mut shop, json!({"remove_machines": true, "reissues_per_day": 0, "reissue_moves_machines": true})).await;
        assert!(own(&mut ann).await[0].can_remove_machines);
        ann.portal.delete(&path).await.done();
        assert_eq!(ann.portal.delete(&path).await.error(404), "not_found");
        program.does("key/Activate", &asked(&product, &key.key_text, "third")).await;

        let file = ann.portal.get(&format!("/api/v1/portal/licences/{}/file", key.id)).await;
        assert!(file.headers["content-disposition"].to_str().unwrap().contains(".skm"));
        assert_eq!(machines(&file.json()), ["studio", "third"]);
    }
}
