//! How the made-up keys are used: machines, floating seats, calls of programs, counters; and templates that new
//! keys are made from.

use latchkey_shared::{
    api::licensing::{AddTemplate, TemplateKey},
    ids::ProductId,
};
use latchkey_store::{
    activations, api_log as calls, data as objects,
    entity::{activation, api_log, data_object, licence_key},
    tokens,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait, EntityTrait as _, QueryOrder as _,
};

use super::people;
use crate::{
    audit::Origin,
    clock::{DAY, HOUR, MINUTE},
    error::AppResult,
    licensing::templates,
    state::AppState,
};

/// Name, system and address of machines.
const MACHINES: [(&str, &str, &str); 6] = [
    ("Edit suite 1", "Windows 11", "203.0.113.20"),
    ("Mixing desk", "macOS 15.2", "203.0.113.21"),
    ("Laptop", "Ubuntu 24.04", "198.51.100.7"),
    ("Stage rack", "Windows 10", "198.51.100.61"),
    ("", "macOS 14.7", "192.0.2.144"),
    ("Archive", "Debian 13", "192.0.2.9"),
];
/// Data objects of keys.
const OF_KEY: i64 = 2;

pub async fn make(app: &AppState, origin: &Origin, products: &[(ProductId, String)]) -> AppResult<()> {
    people::token(app).await?;
    make_templates(app, origin, products[0].0).await?;
    let keys =
        licence_key::Entity::find().order_by_asc(licence_key::Column::Id).all(app.store.read()).await?;
    let token = tokens::all(app.store.read()).await?.first().map(|token| token.id);
    let now = app.clock.now();
    let last = keys.len().saturating_sub(1);
    let mut log = Vec::new();
    let transaction = app.store.begin().await?;
    for (index, key) in keys.iter().enumerate() {
        let most = usize::try_from(key.max_machines).unwrap_or_default().min(3);
        for place in 0..most.max(1) {
            log.push(machine(&transaction, now, key, index + place, token).await?);
        }
        // The first and the last are used by a team that shares seats too.
        if index == 0 || index == last {
            for (place, minutes) in [(4, 95), (5, 3)] {
                seat(&transaction, now, key, place, minutes).await?;
            }
            log.extend(refused(now, key, token));
            counters(&transaction, now, key).await?;
        }
    }
    // As they would have come.
    log.sort_by_key(|call| call.at);
    calls::insert(&transaction, log).await?;
    transaction.commit().await?;
    Ok(())
}

fn code_of(key: &licence_key::Model, place: usize) -> String {
    format!("{:08X}-{:04X}-4D1F", key.id.wrapping_mul(2_654_435_761) & 0xFFFF_FFFF, place * 4_099 + 17)
}

/// A machine that the key is locked to, and the calls that say so.
async fn machine<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    key: &licence_key::Model,
    place: usize,
    token: Option<i64>,
) -> AppResult<api_log::Model> {
    let (name, system, ip) = MACHINES[place % MACHINES.len()];
    let hours = i64::try_from(place).unwrap_or_default() % 9;
    let first_seen = Ord::max(key.created_at + hours * HOUR, now - 320 * DAY).min(now - HOUR);
    let row = activation::ActiveModel {
        id: NotSet,
        key_id: Set(key.id),
        machine_code: Set(code_of(key, place)),
        floating: Set(false),
        overdraft: Set(false),
        friendly_name: Set(name.to_owned()),
        ip: Set(ip.to_owned()),
        os_info: Set(system.to_owned()),
        first_seen_at: Set(first_seen),
        last_seen_at: Set(Ord::max(first_seen, now - hours * 7 * HOUR - 4 * MINUTE)),
        lease_until: Set(None),
    };
    let row = activations::insert(connection, row).await?;
    Ok(call(key, token, ("key/Activate", row.last_seen_at), &row.machine_code, ip))
}

async fn seat<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    key: &licence_key::Model,
    place: usize,
    minutes: i64,
) -> AppResult<()> {
    let (name, system, ip) = MACHINES[place];
    let row = activation::ActiveModel {
        id: NotSet,
        key_id: Set(key.id),
        machine_code: Set(code_of(key, place + 20)),
        floating: Set(true),
        overdraft: Set(minutes < 10),
        friendly_name: Set(name.to_owned()),
        ip: Set(ip.to_owned()),
        os_info: Set(system.to_owned()),
        first_seen_at: Set(now - 2 * HOUR),
        last_seen_at: Set(now - 5 * MINUTE),
        lease_until: Set(Some(now + minutes * MINUTE)),
    };
    activations::insert(connection, row).await?;
    Ok(())
}

/// A machine too many, which then asked how the key stands.
fn refused(now: i64, key: &licence_key::Model, token: Option<i64>) -> [api_log::Model; 2] {
    let (_, _, ip) = MACHINES[2];
    let machine = code_of(key, 77);
    let asked = call(key, token, ("key/GetKey", now - 26 * HOUR), &machine, ip);
    let failed = api_log::Model {
        succeeded: false,
        message: "Cannot activate the new device as the limit has been reached.".to_owned(),
        ..call(key, token, ("key/Activate", now - 26 * HOUR - 2_000), &machine, ip)
    };
    [failed, asked]
}

fn call(
    key: &licence_key::Model,
    token: Option<i64>,
    (method, at): (&str, i64),
    machine: &str,
    ip: &str,
) -> api_log::Model {
    api_log::Model {
        id: 0,
        at,
        method: method.to_owned(),
        token_id: token,
        product_id: Some(key.product_id),
        key_id: Some(key.id),
        machine_code: machine.to_owned(),
        friendly_name: String::new(),
        ip: ip.to_owned(),
        succeeded: true,
        status: 200,
        message: String::new(),
    }
}

async fn counters<C: ConnectionTrait>(connection: &C, now: i64, key: &licence_key::Model) -> AppResult<()> {
    for (name, text, number) in [("exported_minutes", "", 1_284), ("room", "Studio B", 0)] {
        let row = data_object::ActiveModel {
            id: NotSet,
            ref_type: Set(OF_KEY),
            ref_id: Set(key.id),
            machine_code: Set(String::new()),
            name: Set(name.to_owned()),
            string_value: Set(text.to_owned()),
            int_value: Set(number),
            created_at: Set(now - 40 * DAY),
            updated_at: Set(now - 3 * HOUR),
        };
        objects::insert(connection, row).await?;
    }
    Ok(())
}

async fn make_templates(app: &AppState, origin: &Origin, product: ProductId) -> AppResult<()> {
    let features = |on: usize| (0..8).map(|index| index < on).collect();
    let trial = TemplateKey {
        period_days: 14,
        features: features(2),
        max_machines: 1,
        trial_activation: true,
        ..TemplateKey::default()
    };
    let site = TemplateKey {
        period_days: 365,
        features: features(4),
        max_machines: 25,
        notes: "Site licence: invoice once a year".to_owned(),
        ..TemplateKey::default()
    };
    for (name, key) in [("Trial, two weeks", trial), ("Site licence", site)] {
        let form = AddTemplate { name: name.to_owned(), key: Some(key), ..AddTemplate::default() };
        templates::add(app, origin, product, form).await?;
    }
    Ok(())
}
