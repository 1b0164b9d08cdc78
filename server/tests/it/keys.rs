//! Licence keys as staff see and change them.

use latchkey_engine::status::{self, Dates};
use latchkey_shared::{
    api::{
        catalog::Product,
        common::List,
        customers::Customer,
        keys::{KeyRow, LicenceKey},
    },
    ids::{CustomerId, ProductId},
    permission::Role,
    status::{BlockSource, KeyStatus},
    time::Timestamp,
};
use latchkey_store::{
    Access, customers,
    entity::{licence_key, subscription},
    keys, subscription_keys, subscriptions,
};
use sea_orm::ActiveValue::{NotSet, Set};
use serde_json::{Value, json};

use crate::{
    on_both_databases,
    util::{Caller, TestApp},
};

const DAY: i64 = 86_400_000;

/// A form for a key without owner; 0 days: it never expires.
pub fn by_hand(days: i64) -> Value {
    json!({
        "customer": null, "period_days": days, "features": vec![false; 8], "max_machines": 0,
        "trial_activation": false, "notes": "",
    })
}

fn form_of(key: &LicenceKey) -> Value {
    json!({
        "customer": key.row.customer, "expires": key.row.expires, "features": key.features,
        "max_machines": key.row.max_machines, "notes": key.notes, "version": key.version,
    })
}

fn with(mut form: Value, field: &str, value: impl Into<Value>) -> Value {
    form[field] = value.into();
    form
}

pub async fn product(staff: &mut Caller, name: &str) -> ProductId {
    staff.post("/api/v1/products", json!({"name": name})).await.ok::<Product>().id
}

pub async fn customer(staff: &mut Caller, name: &str) -> CustomerId {
    staff.post("/api/v1/customers", json!({"name": name, "email": ""})).await.ok::<Customer>().id
}

pub async fn key(staff: &mut Caller, product: ProductId, form: Value) -> LicenceKey {
    let answer = staff.post(&format!("/api/v1/products/{product}/keys"), form).await;
    assert_eq!(answer.status.as_u16(), 201, "{}", answer.text);
    let key: LicenceKey = answer.ok();
    assert_eq!(answer.headers["location"], format!("/api/v1/keys/{}", key.row.global_id).as_str());
    key
}

fn path(key: &LicenceKey) -> String {
    format!("/api/v1/keys/{}", key.row.global_id)
}

fn encoded(filter: &str) -> String {
    let hex = |byte: u8| format!("%{byte:02X}");
    filter.bytes().map(hex).collect()
}

async fn found(staff: &mut Caller, list: &str, filter: &str) -> Vec<i64> {
    let page: List<KeyRow> = staff.get(&format!("{list}?limit=100&filter={}", encoded(filter))).await.ok();
    page.items.iter().map(|row| row.global_id.0).collect()
}

/// A subscription of that customer, paid for until then, that pays for the key.
pub async fn pay_for(app: &TestApp, customer: CustomerId, key: &LicenceKey, paid_through: i64) -> i64 {
    let now = app.state.clock.now();
    let transaction = app.state.store.begin().await.unwrap();
    let row = subscription::ActiveModel {
        id: NotSet,
        customer_id: Set(customer.0),
        account_id: Set(None),
        stripe_id: Set(Some(format!("sub_{}", key.row.global_id))),
        status: Set("active".to_owned()),
        stripe_status: Set(Some("active".to_owned())),
        paid_through: Set(Some(paid_through)),
        trial_ends_at: Set(None),
        needs_card: Set(false),
        cancels_at: Set(None),
        ended_at: Set(None),
        key_pending_since: Set(None),
        pause: Set(None),
        metadata: Set(json!({})),
        fetched_at: Set(Some(now)),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let row = subscriptions::insert(&transaction, row).await.unwrap();
    subscription_keys::tie(&transaction, row.id, key.row.product.0, key.row.global_id.0, now).await.unwrap();
    transaction.commit().await.unwrap();
    row.id
}

on_both_databases! {
    async fn a_key_made_by_hand_is_the_customers_at_once(app: TestApp) {
        let mut support = app.staff(Role::Support).await;
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Studio").await;
        let bob = customer(&mut support, "Bob").await;
        let form = json!({
            "customer": bob, "period_days": 30, "features": [true, false, true, false, false, false, false, false],
            "max_machines": 3, "trial_activation": true, "notes": " for the fair ",
        });
        let made = key(&mut support, product, form).await;
        assert_eq!((made.row.id, made.row.customer_name.as_deref()), (1, Some("Bob")));
        assert_eq!((made.row.status, made.row.from_stripe), (KeyStatus::Active, false));
        assert_eq!((made.features[2], made.features[3], made.row.max_machines), (true, false, 3));
        assert_eq!((made.notes.as_str(), made.period_days, made.trial_activation), ("for the fair", 30, true));
        let lives = made.row.expires.unwrap().millis_since(made.row.created);
        assert_eq!(lives, 30 * DAY, "calendar days of a vendor in UTC");
        assert_eq!(support.get(&path(&made)).await.ok::<LicenceKey>(), made);

        let seen: Customer = support.get(&format!("/api/v1/customers/{bob}")).await.ok();
        assert_eq!(seen.keys, [made.row]);
        assert_eq!(seen.timeline[0].kind, "key_created");
    }

    async fn an_existing_key_is_associated_and_taken_away(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Studio").await;
        let (ann, bob) = (customer(&mut admin, "Ann").await, customer(&mut admin, "Bob").await);
        let made = key(&mut admin, product, by_hand(0)).await;
        assert_eq!((made.row.customer, made.row.expires), (None, None));
        let of_ann: LicenceKey = admin.patch(&path(&made), with(form_of(&made), "customer", ann.0)).await.ok();
        assert_eq!(of_ann.row.customer, Some(ann));
        let of_bob: LicenceKey = admin.patch(&path(&made), with(form_of(&of_ann), "customer", bob.0)).await.ok();
        assert_eq!(of_bob.row.customer_name.as_deref(), Some("Bob"));
        let history = |customer: Customer| customer.timeline.into_iter().map(|entry| entry.kind).collect::<Vec<_>>();
        let ann_seen: Customer = admin.get(&format!("/api/v1/customers/{ann}")).await.ok();
        assert_eq!(ann_seen.keys, []);
        assert_eq!(history(ann_seen), ["key_taken_away", "key_associated", "customer_created"]);
        let bob_seen: Customer = admin.get(&format!("/api/v1/customers/{bob}")).await.ok();
        assert_eq!(bob_seen.keys.len(), 1);
        assert_eq!(history(bob_seen), ["key_associated", "customer_created"]);
        let nobodys: LicenceKey = admin.patch(&path(&made), with(form_of(&of_bob), "customer", Value::Null)).await.ok();
        assert_eq!((nobodys.row.customer, nobodys.version), (None, 4));
        admin.patch(&path(&made), with(form_of(&nobodys), "customer", 999)).await.field("customer");
    }

    async fn who_saves_an_old_version_is_told(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Studio").await;
        let made = key(&mut admin, product, by_hand(10)).await;
        let mut form = with(form_of(&made), "notes", "seen");
        form["features"] = json!([false, true, false, false, false, false, false, true]);
        form["max_machines"] = json!(9);
        let saved: LicenceKey = admin.patch(&path(&made), form.clone()).await.ok();
        assert_eq!((saved.notes.as_str(), saved.features[7], saved.row.max_machines), ("seen", true, 9));
        assert_eq!(saved.row.expires, made.row.expires);
        assert_eq!(admin.patch(&path(&made), form).await.error(409), "changed_meanwhile");
        let past = Timestamp::from_millis(app.state.clock.now() - DAY);
        let ended: LicenceKey = admin.patch(&path(&made), with(form_of(&saved), "expires", past.to_string())).await.ok();
        assert_eq!(ended.row.status, KeyStatus::Expired);
        let for_ever: LicenceKey = admin.patch(&path(&made), with(form_of(&ended), "expires", Value::Null)).await.ok();
        assert_eq!((for_ever.row.status, for_ever.row.expires), (KeyStatus::Active, None));
    }

    async fn staff_block_and_unblock(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Studio").await;
        let bob = customer(&mut admin, "Bob").await;
        let made = key(&mut admin, product, with(by_hand(0), "customer", bob.0)).await;
        let block = format!("{}/block", path(&made));
        let blocked: LicenceKey = admin.post(&block, json!({"blocked": true, "reason": "shared online"})).await.ok();
        assert_eq!((blocked.row.status, blocked.block_source.as_deref()), (KeyStatus::Blocked, Some("staff")));
        let again: LicenceKey = admin.post(&block, json!({"blocked": true})).await.ok();
        assert_eq!(again.version, blocked.version, "nothing changed");
        let lifted: LicenceKey = admin.post(&block, json!({"blocked": false})).await.ok();
        assert_eq!((lifted.row.status, lifted.block_source), (KeyStatus::Active, None));
        let seen: Customer = admin.get(&format!("/api/v1/customers/{bob}")).await.ok();
        let kinds: Vec<_> = seen.timeline.iter().map(|entry| entry.kind.as_str()).collect();
        assert_eq!(kinds[..2], ["key_unblocked", "key_blocked"]);

        let mut row = keys::find(app.state.store.read(), Access::All, made.row.global_id).await.unwrap().unwrap();
        row.blocked = true;
        row.block_source = Some(BlockSource::Billing.as_str().to_owned());
        keys::save(app.state.store.writer(), row, 1).await.unwrap().unwrap();
        let taken_over: LicenceKey = admin.post(&block, json!({"blocked": true})).await.ok();
        assert_eq!(taken_over.block_source.as_deref(), Some("staff"), "billing no longer lifts it");
        admin.post("/api/v1/keys/999/block", json!({"blocked": true})).await.error(404);
        admin.post(&block, json!({"blocked": true, "reason": "x".repeat(1_001)})).await.field("reason");
    }

    async fn id_is_the_number_on_the_product(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let (one, two) = (product(&mut admin, "One").await, product(&mut admin, "Two").await);
        let bob = customer(&mut admin, "Bob").await;
        let first = key(&mut admin, one, by_hand(0)).await;
        let mut of_two = Vec::new();
        for _ in 0..3 {
            of_two.push(key(&mut admin, two, with(by_hand(30), "customer", bob.0)).await);
        }
        assert_eq!(of_two.iter().map(|key| key.row.id).collect::<Vec<_>>(), [1, 2, 3]);
        let (list_one, list_two) = (format!("/api/v1/products/{one}/keys"), format!("/api/v1/products/{two}/keys"));
        let third = of_two[2].row.global_id.0;
        assert_eq!(found(&mut admin, &list_two, "Id=3").await, [third]);
        assert_eq!(found(&mut admin, &list_two, "id = 3").await, [third]);
        assert_eq!(found(&mut admin, &list_one, "Id=3").await, [0; 0]);
        assert_eq!(found(&mut admin, &list_one, "Id=1").await, [first.row.global_id.0]);
        // A bare number: the exact number first, however many others match.
        assert_eq!(found(&mut admin, &list_two, "2").await[0], of_two[1].row.global_id.0);
        assert_eq!(found(&mut admin, "/api/v1/keys", &third.to_string()).await[0], third);
        assert_eq!(found(&mut admin, "/api/v1/keys", &format!("skm_key_globalid = {third}")).await, [third]);
    }

    async fn the_filters_of_the_models_find_keys(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Studio").await;
        let bob = customer(&mut admin, "Bob").await;
        let zoe = customer(&mut admin, "Zoe").await;
        let mut of_bob = with(with(by_hand(30), "customer", bob.0), "notes", "Trade fair");
        of_bob["features"] = json!([true, false, false, false, false, false, false, true]);
        let of_bob = key(&mut admin, product, of_bob).await;
        let of_zoe = key(&mut admin, product, with(with(by_hand(90), "customer", zoe.0), "max_machines", 5)).await;
        let nobodys = key(&mut admin, product, by_hand(0)).await;
        admin.post(&format!("{}/block", path(&nobodys)), json!({"blocked": true})).await.done();
        let list = format!("/api/v1/products/{product}/keys");
        let (b, z, n) = (of_bob.row.global_id.0, of_zoe.row.global_id.0, nobodys.row.global_id.0);
        let part = &of_bob.row.key[6..11];
        for (filter, expected) in [
            (format!("key.contains(\"{part}\")"), vec![b]),
            (format!("key contains {}", part.to_lowercase()), vec![b]),
            (of_bob.row.key.clone(), vec![b]),
            (of_bob.row.key.to_lowercase().replace('-', ""), vec![b]),
            ("customer.name=\"Bob\"".to_owned(), vec![b]),
            ("customer.name contains o and not customer.name = Bob".to_owned(), vec![z]),
            ("customer.name is empty".to_owned(), vec![n]),
            ("not customer.name = Bob".to_owned(), vec![n, z]),
            (format!("customer.id = {zoe}"), vec![z]),
            (format!("customer.id != {zoe}"), vec![n, b]),
            ("customer.id is empty".to_owned(), vec![n]),
            ("zoe".to_owned(), vec![z]),
            ("blocked = true".to_owned(), vec![n]),
            ("f1 = yes and f8 = yes".to_owned(), vec![b]),
            ("f2 = true".to_owned(), vec![]),
            ("notes contains fair".to_owned(), vec![b]),
            ("notes is empty".to_owned(), vec![n, z]),
            ("expires < today+31d".to_owned(), vec![b]),
            ("expires is empty".to_owned(), vec![n]),
            ("not expires < today+31d".to_owned(), vec![n, z]),
            ("created >= today".to_owned(), vec![n, z, b]),
            ("created < today-1d".to_owned(), vec![]),
            ("max_machines > 3".to_owned(), vec![z]),
            (format!("product = {product} and id in (1, 3)"), vec![n, b]),
            ("status in (active, blocked)".to_owned(), vec![n, z, b]),
            ("not 999999".to_owned(), vec![n, z, b]),
        ] {
            assert_eq!(found(&mut admin, &list, &filter).await, expected, "{filter}");
        }
        let wrong = admin.get(&format!("{list}?filter={}", encoded("f9 = true"))).await;
        assert!(wrong.field("filter").contains("f9"), "{}", wrong.text);
    }

    async fn a_status_is_filtered_as_it_is_shown(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Studio").await;
        let bob = customer(&mut admin, "Bob").await;
        let now = app.state.clock.now();
        let around = [None, Some(now - 5 * DAY), Some(now + 5 * DAY)];
        let mut expected: Vec<(i64, KeyStatus)> = Vec::new();
        for expires in around {
            for extended in around {
                for paid in around {
                    for blocked in [false, true] {
                        let made = key(&mut admin, product, with(by_hand(0), "customer", bob.0)).await;
                        if let Some(paid) = paid {
                            pay_for(&app, bob, &made, paid).await;
                        }
                        let id = made.row.global_id;
                        let row = keys::find(app.state.store.read(), Access::All, id).await.unwrap().unwrap();
                        let changed = licence_key::Model {
                            expires_at: expires,
                            extended_until: extended,
                            blocked,
                            block_source: blocked.then(|| "staff".to_owned()),
                            ..row
                        };
                        keys::save(app.state.store.writer(), changed, now).await.unwrap().unwrap();
                        let at = |millis: Option<i64>| millis.map(Timestamp::from_millis);
                        let dates = Dates {
                            starts_at: at(Some(now)),
                            paid_through: at(paid.or(expires)),
                            expires: at(expires),
                            extended_until: at(extended),
                        };
                        let block = blocked.then_some(BlockSource::Staff);
                        expected.push((id.0, status::key(block, &dates, Timestamp::from_millis(now))));
                    }
                }
            }
        }
        let all: List<KeyRow> = admin.get("/api/v1/keys?sort=id&limit=100").await.ok();
        let shown: Vec<_> = all.items.iter().map(|row| (row.global_id.0, row.status)).collect();
        assert_eq!(shown, expected);
        for &wanted in KeyStatus::ALL {
            let mut ids = found(&mut admin, "/api/v1/keys", &format!("status = {wanted}")).await;
            ids.sort_unstable();
            let of_status: Vec<i64> =
                expected.iter().filter(|(_, status)| *status == wanted).map(|(id, _)| *id).collect();
            assert!(!of_status.is_empty(), "{wanted} is tested");
            assert_eq!(ids, of_status, "{wanted}");
        }
    }

    async fn what_a_subscription_pays_for_is_not_cut_short(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Studio").await;
        let (ann, bob) = (customer(&mut admin, "Ann").await, customer(&mut admin, "Bob").await);
        let made = key(&mut admin, product, with(by_hand(35), "customer", bob.0)).await;
        let now = app.state.clock.now();
        let subscription = pay_for(&app, bob, &made, now + 30 * DAY).await;
        let shown: LicenceKey = admin.get(&path(&made)).await.ok();
        assert_eq!((shown.row.from_stripe, shown.subscription.map(|id| id.0)), (true, Some(subscription)));

        let until = |days: i64| Timestamp::from_millis(now + days * DAY).to_string();
        admin.patch(&path(&made), with(form_of(&shown), "customer", ann.0)).await.field("customer");
        admin.patch(&path(&made), with(form_of(&shown), "customer", Value::Null)).await.field("customer");
        admin.patch(&path(&made), with(form_of(&shown), "expires", Value::Null)).await.field("expires");
        admin.patch(&path(&made), with(form_of(&shown), "expires", until(29))).await.field("expires");
        let unchanged: LicenceKey = admin.get(&path(&made)).await.ok();
        assert_eq!(unchanged, shown, "nothing was half written");

        let noted: LicenceKey = admin.patch(&path(&made), with(form_of(&shown), "notes", "VIP")).await.ok();
        let row = keys::find(app.state.store.read(), Access::All, made.row.global_id).await.unwrap().unwrap();
        assert_eq!(row.extended_until, None, "a note extends nothing");
        admin.patch(&path(&made), with(form_of(&noted), "expires", until(60))).await.done();
        let row = keys::find(app.state.store.read(), Access::All, made.row.global_id).await.unwrap().unwrap();
        assert_eq!(row.extended_until, Some(now + 60 * DAY), "survives the next sync");
        assert_eq!(row.expires_at, row.extended_until);
    }

    async fn pages_follow_the_number_and_come_back(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Studio").await;
        for _ in 0..5 {
            key(&mut admin, product, by_hand(0)).await;
        }
        let list = format!("/api/v1/products/{product}/keys?limit=2");
        let numbers = |page: &List<KeyRow>| page.items.iter().map(|row| row.id).collect::<Vec<_>>();
        let first: List<KeyRow> = admin.get(&list).await.ok();
        assert_eq!((numbers(&first), first.meta.total), (vec![5, 4], 5));
        let cursor = encoded(first.meta.next.as_deref().unwrap());
        let second: List<KeyRow> = admin.get(&format!("{list}&cursor={cursor}")).await.ok();
        assert_eq!(numbers(&second), [3, 2]);
        let back = encoded(second.meta.previous.as_deref().unwrap());
        let first_again: List<KeyRow> = admin.get(&format!("{list}&cursor={back}")).await.ok();
        assert_eq!(numbers(&first_again), [5, 4]);
        for sort in ["id", "-id", "created", "-created", "expires", "-expires"] {
            admin.get(&format!("{list}&sort={sort}")).await.done();
        }
    }

    async fn bad_input_makes_no_key(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Studio").await;
        let list = format!("/api/v1/products/{product}/keys");
        admin.post(&list, with(by_hand(-1), "notes", "")).await.field("period_days");
        admin.post(&list, by_hand(36_501)).await.field("period_days");
        admin.post(&list, with(by_hand(1), "features", json!([true]))).await.field("features");
        admin.post(&list, with(by_hand(1), "max_machines", -1)).await.field("max_machines");
        admin.post(&list, with(by_hand(1), "notes", "x".repeat(501))).await.field("notes");
        admin.post(&list, with(by_hand(1), "customer", 999)).await.field("customer");
        admin.post(&list, with(by_hand(0), "trial_activation", true)).await.field("trial_activation");
        admin.post(&list, with(by_hand(1), "colour", "red")).await.error(422);
        admin.post("/api/v1/products/999/keys", by_hand(1)).await.error(404);
        let none: List<KeyRow> = admin.get(&list).await.ok();
        assert_eq!(none.meta.total, 0);
        let made = key(&mut admin, product, by_hand(1)).await;
        assert_eq!(made.row.id, 1, "no number was lost");
        admin.patch("/api/v1/keys/999", form_of(&made)).await.error(404);
    }

    async fn keys_are_read_and_written_by_permission(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Studio").await;
        let made = key(&mut admin, product, by_hand(0)).await;
        let mut viewer = app.staff(Role::Viewer).await;
        viewer.get("/api/v1/keys").await.done();
        viewer.get(&path(&made)).await.done();
        viewer.post(&format!("/api/v1/products/{product}/keys"), by_hand(0)).await.error(403);
        viewer.patch(&path(&made), form_of(&made)).await.error(403);
        viewer.post(&format!("{}/block", path(&made)), json!({"blocked": true})).await.error(403);
        let bob = customer(&mut admin, "Bob").await;
        let mut portal = app.portal(bob).await;
        for answer in [portal.get("/api/v1/keys").await, portal.get(&path(&made)).await] {
            answer.error(401);
        }
        let seen = customers::counts(app.state.store.read(), &[bob.0]).await.unwrap();
        assert!(seen.is_empty());
    }
}
