//! What happens to licence keys by itself, once an hour and in one process at a time: keys that are over are
//! blocked where their product says so, counters begin anew, customers are reminded.

use std::collections::{BTreeMap, HashSet};

use latchkey_engine::{
    counter_reset,
    expiry_notice::{self, Zero},
    period::{self, Tz},
};
use latchkey_shared::{
    ids::CustomerId,
    message_template::{Placeholder, TemplateKind},
    status::BlockSource,
    time::Timestamp,
};
use latchkey_store::{
    Access, activations, customers, data,
    entity::{customer, data_object, licence_key, product, vendor as vendor_row},
    key_schedule as store, keys, locks, products,
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    clock::{DAY, HOUR, MINUTE},
    communications::{self, reminder_rules, templates, values::Values},
    error::{AppError, AppResult},
    licensing::product_rules::{REMINDER_COPY, REMINDERS, is_off},
    links,
    state::AppState,
    vendor,
};

/// Held while an hourly run is at work, and until shortly before the next.
const LOCK: &str = "licence_keys_hourly";
/// How long a floating seat is remembered after its lease.
const SEATS_KEPT: i64 = 90 * DAY;
/// Keys that are looked at in one transaction.
const AT_ONCE: u64 = 500;
/// The product's data objects that steer this.
const RESETS: &str = "cryptolens_dobjreset";

/// Does what is due, unless another process did it within the hour.
pub async fn run(app: &AppState) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let taken = locks::take(&transaction, LOCK, &app.process, now, now + HOUR - 5 * MINUTE).await?;
    transaction.commit().await?;
    if !taken {
        return Ok(());
    }
    run_now(app).await
}

/// Does what is due.
pub async fn run_now(app: &AppState) -> AppResult<()> {
    block_expired(app).await?;
    reset_counters(app).await?;
    remind(app).await?;
    forget_seats(app).await
}

/// Removes floating seats that nobody renewed for long. Until then they tell a machine that came back from a
/// new one.
async fn forget_seats(app: &AppState) -> AppResult<()> {
    loop {
        let transaction = app.store.begin().await?;
        let gone = activations::sweep(&transaction, app.clock.now() - SEATS_KEPT).await?;
        transaction.commit().await?;
        if gone == 0 {
            return Ok(());
        }
    }
}

/// Blocks keys that are over. What Stripe bills is billing's to block, and a trial whose days begin with its
/// activation is not over while machines may still activate it.
async fn block_expired(app: &AppState) -> AppResult<()> {
    let (now, mut after) = (app.clock.now(), 0);
    loop {
        let transaction = app.store.begin().await?;
        let batch = store::expired(&transaction, now, after, AT_ONCE).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        after = last.id;
        for key in batch {
            let extended = key.extended_until.is_some_and(|until| until > now);
            let machines = activations::count_locked(&transaction, key.id).await?;
            if !extended && !still_begins(&key, machines) {
                let key = block(&transaction, now, key).await?;
                tell_of_block(app, &transaction, &key).await?;
            }
        }
        transaction.commit().await?;
        app.jobs_bell.notify_waiters();
    }
}

fn still_begins(key: &licence_key::Model, machines: i64) -> bool {
    key.trial_activation && latchkey_engine::seats::another_machine(machines, key.max_machines)
}

async fn block<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    mut key: licence_key::Model,
) -> AppResult<licence_key::Model> {
    key.blocked = true;
    key.block_source = Some(BlockSource::Scheduler.as_str().to_owned());
    let key = keys::save(connection, key, now).await?.ok_or_else(AppError::stale)?;
    let entry = Entry {
        action: "key_blocked",
        subject_kind: "key",
        subject_id: key.id,
        customer_id: key.customer_id,
        text: format!("Licence key {} was blocked after its expiry.", key.number),
        after: Some(json!({"blocked": true, "block_source": key.block_source})),
        ..Entry::default()
    };
    audit::record(connection, now, &Origin::system("scheduler"), entry).await?;
    Ok(key)
}

/// Tells the customer of a block, in the transaction that blocks, where the product's reminders say 0.
async fn tell_of_block<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    key: &licence_key::Model,
) -> AppResult<()> {
    let (Some(expires), Some(customer)) = (key.expires_at, key.customer_id) else { return Ok(()) };
    let Some(object) = data::of_product(connection, key.product_id, REMINDERS).await? else { return Ok(()) };
    let days = expiry_notice::days(&object.string_value);
    let now = app.clock.now();
    let time = Timestamp::from_millis;
    let about = expiry_notice::on_block(time(expires), &days, key.notice_sent_for, time(now));
    let owner = customers::find(connection, Access::All, CustomerId(customer)).await?;
    let owner = owner.filter(|owner| !owner.email.is_empty() && !owner.disabled);
    if let (Some(about), Some(owner)) = (about, owner) {
        send_reminder(app, connection, key, &owner, (about, now)).await?;
    }
    Ok(())
}

/// Sets counters back whose period is over. The first run after a counter was named only notes when its period
/// ends.
async fn reset_counters(app: &AppState) -> AppResult<()> {
    let now = app.clock.now();
    let zone = zone(app).await?;
    for object in data::of_products(app.store.read(), RESETS).await? {
        let resets = match counter_reset::parse(&object.string_value) {
            Ok(resets) => resets,
            Err(problem) => {
                tracing::warn!(product = object.ref_id, %problem, "{RESETS} cannot be read");
                continue;
            }
        };
        for reset in resets {
            let until = counter_reset::next(reset.frequency, Timestamp::from_millis(now), zone).millis();
            let name = format!("counter_reset:{}:{}", object.ref_id, reset.name);
            let transaction = app.store.begin().await?;
            let known = locks::until(&transaction, &name).await?.is_some();
            if locks::take(&transaction, &name, &app.process, now, until).await? && known {
                let product = object.ref_id;
                store::reset_counters(&transaction, product, &reset.name, reset.default, now).await?;
                audit::record(
                    &transaction,
                    now,
                    &Origin::system("scheduler"),
                    began_anew(&object, &reset.name),
                )
                .await?;
            }
            transaction.commit().await?;
        }
    }
    Ok(())
}

fn began_anew(object: &data_object::Model, name: &str) -> Entry {
    Entry {
        action: "counters_reset",
        subject_kind: "product",
        subject_id: object.ref_id,
        text: format!("The counters {name} of all keys began anew."),
        ..Entry::default()
    }
}

/// Reminds customers of keys that end soon: of products that carry the data object, on its days; of the others on
/// those that the vendor has set.
async fn remind(app: &AppState) -> AppResult<()> {
    let mut told = HashSet::new();
    let products: BTreeMap<i64, product::Model> =
        products::all(app.store.read()).await?.into_iter().map(|product| (product.id, product)).collect();
    for object in data::of_products(app.store.read(), REMINDERS).await? {
        told.insert(object.ref_id);
        let blocks = products.get(&object.ref_id).is_some_and(|product| product.blocks_expired);
        let zero = if blocks { Zero::Block } else { Zero::Expiry };
        let days = expiry_notice::days(&object.string_value);
        remind_of(app, object.ref_id, (&days, zero), 0).await?;
    }
    if let Some((since, days)) = reminder_rules::of_keys(app.store.read()).await? {
        for product in products.keys().filter(|product| !told.contains(*product)) {
            remind_of(app, *product, (&days, Zero::Expiry), since).await?;
        }
    }
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// Reminds of the keys of a product; not of what was due before `since`.
async fn remind_of(app: &AppState, product: i64, when: (&[i64], Zero), since: i64) -> AppResult<()> {
    let now = app.clock.now();
    let Some(most) = when.0.first() else { return Ok(()) };
    let span = (now - DAY, now + most * DAY);
    let mut after = 0;
    loop {
        let batch = store::ending(app.store.read(), product, span, after, AT_ONCE).await?;
        let Some((last, _)) = batch.last() else { return Ok(()) };
        after = last.id;
        for (key, owner) in batch {
            let due = key.expires_at.and_then(|expires| {
                let times = (Timestamp::from_millis(expires), Timestamp::from_millis(now));
                expiry_notice::due(times.0, when, key.notice_sent_for, times.1)
            });
            if let (Some(notice), Some(owner)) = (due.filter(|due| *due >= since), owner) {
                let transaction = app.store.begin().await?;
                send_reminder(app, &transaction, &key, &owner, (notice, notice)).await?;
                transaction.commit().await?;
            }
        }
    }
}

/// Writes a reminder, unless it was written before. `told` is the time from which its distance to the expiry counts.
async fn send_reminder<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    key: &licence_key::Model,
    owner: &customer::Model,
    (notice, told): (i64, i64),
) -> AppResult<()> {
    if !store::reminded(connection, key.id, notice).await? {
        return Ok(());
    }
    let vendor = vendor::load(connection).await?;
    let product = products::find(connection, key.product_id.into()).await?;
    let expires = key.expires_at.unwrap_or(notice);
    let values = Values::default()
        .with(Placeholder::Customer, &owner.name)
        .with(Placeholder::Product, product.map(|product| product.name).unwrap_or_default())
        .with(Placeholder::Key, &key.key_text)
        .with(Placeholder::Date, day(expires, &vendor))
        // Whole days: a key that is blocked within its last hour ended today.
        .with_distance((expires - told) / DAY)
        .with(Placeholder::Link, links::company_page(app, &vendor));
    let letter = templates::letter(connection, TemplateKind::ExpiryNotice, values).await?;
    let customer = Some(CustomerId(owner.id));
    communications::send(app, connection, customer, &owner.email, letter.clone()).await?;
    let copy = data::of_product(connection, key.product_id, REMINDER_COPY).await?;
    if copy.is_some_and(|object| !is_off(&object)) && !vendor.support_email.is_empty() {
        communications::send(app, connection, customer, &vendor.support_email, letter).await?;
    }
    Ok(())
}

/// The day in the vendor's time zone.
fn day(time: i64, vendor: &vendor_row::Model) -> String {
    let zone = period::zone(&vendor.time_zone).unwrap_or(Tz::UTC);
    period::local_date(Timestamp::from_millis(time), zone).to_string()
}

async fn zone(app: &AppState) -> AppResult<Tz> {
    let name = vendor::load(app.store.read()).await?.time_zone;
    Ok(period::zone(&name).unwrap_or(Tz::UTC))
}
