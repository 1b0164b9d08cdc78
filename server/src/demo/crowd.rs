//! Any number of made-up customers with contracts, keys and history, for measuring and for trying things out
//! at size. The same seed on the same day gives the same rows.

use latchkey_engine::{key_text, status};
use latchkey_shared::status::{AccountStatus, SubscriptionStatus};
use latchkey_store::{
    Store, customers as store,
    entity::{
        audit, customer, licence_key, plan, product, subscription, subscription_item, subscription_key,
    },
    products, tables, transactions,
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::{NotSet, Set},
    EntityTrait as _, IntoActiveModel as _,
};
use serde_json::json;

use super::chance::Chance;
use crate::{
    billing::history::lifecycle, clock::DAY, communications::reminder_rules, error::AppResult,
    licensing::signing, state::AppState,
};

/// Customers that are written in one transaction.
const AT_ONCE: i64 = 2_000;
/// Rows that go into one statement: SQLite allows 32,766 values.
const ROWS: usize = 500;
const GRACE_DAYS: i64 = 7;
/// The time over which customers came.
const DAYS: i64 = 1_200;

const FIRST_NAMES: [&str; 32] = [
    "Ada", "Amir", "Anouk", "Bao", "Beatriz", "Carlos", "Chloe", "Daniel", "Eilidh", "Emre", "Fatima",
    "Finn", "Grace", "Hana", "Ivan", "Jelena", "Kwame", "Lars", "Leila", "Mateo", "Mei", "Nils", "Olga",
    "Pablo", "Priya", "Rosa", "Samuel", "Tariq", "Uma", "Vera", "Yusuf", "Zofia",
];
const LAST_NAMES: [&str; 32] = [
    "Andersson",
    "Bauer",
    "Chen",
    "Costa",
    "Diallo",
    "Dubois",
    "Eriksen",
    "Fischer",
    "Garcia",
    "Haddad",
    "Ivanova",
    "Jansen",
    "Kaya",
    "Kim",
    "Kowalski",
    "Larsen",
    "Lopez",
    "Martin",
    "Mensah",
    "Moreau",
    "Nguyen",
    "Novak",
    "Okafor",
    "Patel",
    "Petrov",
    "Rossi",
    "Sato",
    "Silva",
    "Singh",
    "Tanaka",
    "Virtanen",
    "Weber",
];
const FIELDS: [&str; 8] = ["Audio", "Films", "Games", "Media", "Music", "Post", "Records", "Studios"];
const COUNTRIES: [&str; 12] = ["AT", "BR", "CA", "DE", "ES", "FR", "GB", "IN", "IT", "JP", "SE", "US"];

/// Products and the monthly prices of their two plans in minor units.
const SOLD: [(&str, [i64; 2]); 3] =
    [("Aurora Editor", [1_900, 3_900]), ("Tidal Synth", [900, 1_500]), ("Harbour Mixer", [2_900, 5_900])];

/// What is sold, once it is in the database.
struct Offer {
    product: product::Model,
    plans: Vec<plan::Model>,
}

/// Rows that wait to be written.
#[derive(Default)]
struct Batch {
    customers: Vec<customer::Model>,
    subscriptions: Vec<subscription::Model>,
    items: Vec<subscription_item::Model>,
    keys: Vec<licence_key::Model>,
    ties: Vec<subscription_key::Model>,
    history: Vec<audit::Model>,
}

/// Ids given out so far.
#[derive(Default)]
struct Ids {
    customer: i64,
    subscription: i64,
    item: i64,
    key: i64,
    audit: i64,
}

/// Makes up `count` customers in an empty database, whom nobody is to remind of anything. `progress` is told how many are written.
pub async fn make(app: &AppState, count: i64, seed: u64, mut progress: impl FnMut(i64)) -> AppResult<()> {
    let midnight = app.clock.now() / DAY * DAY;
    let mut offers = sell(app, midnight - DAYS * DAY).await?;
    let transaction = app.store.begin().await?;
    reminder_rules::silence(&transaction, midnight - DAYS * DAY).await?;
    transaction.commit().await?;
    let mut maker = Maker { chance: Chance::new(seed), ids: Ids::default(), midnight };
    let mut written = 0;
    while written < count {
        let until = Ord::min(written + AT_ONCE, count);
        let mut batch = Batch::default();
        // The older a customer, the lower the number.
        for index in written..until {
            let age = DAYS - DAYS * index / count;
            maker.customer(&mut batch, age, &mut offers);
        }
        write(&app.store, batch, &offers, midnight).await?;
        written = until;
        progress(written);
    }
    Ok(())
}

async fn sell(app: &AppState, began: i64) -> AppResult<Vec<Offer>> {
    let transaction = app.store.begin().await?;
    let pair = signing::default_pair(&transaction).await?;
    let mut offers = Vec::new();
    for (name, amounts) in SOLD {
        let row = product::ActiveModel {
            id: NotSet,
            name: Set(name.to_owned()),
            description: Set(String::new()),
            kind: Set("base".to_owned()),
            active: Set(true),
            grace_days: Set(GRACE_DAYS),
            feature_names: Set(json!(["Basic", "Studio", "", "", "", "", "", ""])),
            signing_key_id: Set(pair.id),
            blocks_expired: Set(false),
            limiting_features: Set(0),
            next_key_id: Set(1),
            version: Set(1),
            created_at: Set(began),
            updated_at: Set(began),
        };
        let product = products::insert(&transaction, row).await?;
        let mut plans = Vec::new();
        for (name, amount) in ["Basic", "Studio"].into_iter().zip(amounts) {
            let row = plan::ActiveModel {
                id: NotSet,
                product_id: Set(product.id),
                account_id: Set(None),
                stripe_price: Set(None),
                name: Set(name.to_owned()),
                currency: Set("EUR".to_owned()),
                amount: Set(amount),
                interval_unit: Set("month".to_owned()),
                interval_count: Set(1),
                trial_days: Set(0),
                key_params: Set(r#"{"F1":true,"MaxNoOfMachines":2}"#.to_owned()),
                offered: Set(false),
                created_at: Set(began),
                updated_at: Set(began),
            };
            plans.push(plan::Entity::insert(row).exec_with_returning(&transaction).await?);
        }
        offers.push(Offer { product, plans });
    }
    transaction.commit().await?;
    Ok(offers)
}

async fn write(app: &Store, batch: Batch, offers: &[Offer], midnight: i64) -> AppResult<()> {
    let transaction = app.begin().await?;
    macro_rules! put {
        ($($entity:ident: $rows:expr),*) => { $(
            for rows in $rows.chunks(ROWS) {
                let rows = rows.iter().cloned().map(|row| row.into_active_model().reset_all());
                $entity::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
            }
        )* };
    }
    put!(
        customer: batch.customers, subscription: batch.subscriptions, subscription_item: batch.items,
        licence_key: batch.keys, subscription_key: batch.ties, audit: batch.history
    );
    for rows in batch.subscriptions.chunks(ROWS) {
        let known = rows.iter().flat_map(lifecycle::known_of);
        transactions::add_all(&transaction, known, midnight).await?;
    }
    for offer in offers {
        products::save_counter(&transaction, &offer.product).await?;
    }
    tables::count_on(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}

struct Maker {
    chance: Chance,
    ids: Ids,
    /// When today began.
    midnight: i64,
}

impl Maker {
    fn customer(&mut self, batch: &mut Batch, age: i64, offers: &mut [Offer]) {
        let (first, last) = (self.chance.one_of(&FIRST_NAMES), self.chance.one_of(&LAST_NAMES));
        let company = if self.chance.percent(60) {
            format!("{} {}", self.chance.one_of(&LAST_NAMES), self.chance.one_of(&FIELDS))
        } else {
            String::new()
        };
        self.ids.customer += 1;
        let id = self.ids.customer;
        let name = format!("{first} {last}");
        let email = format!("{}.{}{id}@example.com", first.to_lowercase(), last.to_lowercase());
        let external_id = if self.chance.percent(30) { format!("C-{id:06}") } else { String::new() };
        let created_at = self.midnight - age * DAY + self.chance.below(DAY);
        let disabled = self.chance.percent(2);
        let mut statuses = Vec::new();
        let history = entry(
            &mut self.ids,
            created_at,
            id,
            ("customer_created", "customer", id),
            "The customer was added.",
        );
        batch.history.push(history);
        let contracts = match self.chance.below(100) {
            0..15 => 0,
            15..90 => 1,
            _ => 2,
        };
        for _ in 0..contracts {
            let offer =
                usize::try_from(self.chance.below(i64::try_from(offers.len()).unwrap_or(1))).unwrap_or(0);
            statuses.push(self.contract(batch, id, created_at, &mut offers[offer]));
        }
        let account = if disabled { AccountStatus::Disabled } else { AccountStatus::Active };
        batch.customers.push(customer::Model {
            id,
            name_folded: store::folded(&name),
            company_folded: store::folded(&company),
            search_text: store::search_text(&name, &email, &company, &external_id),
            name,
            email,
            company,
            phone: String::new(),
            country: self.chance.one_of(&COUNTRIES).to_owned(),
            notes: String::new(),
            external_id,
            disabled,
            headline: status::headline(account, &statuses).as_str().to_owned(),
            association_enabled: false,
            association_generation: 1,
            association_revoked: false,
            association_created_at: None,
            association_sent_at: None,
            association_used_at: None,
            association_used_by: None,
            allow_activation_management: true,
            allow_multiple_users: false,
            secret_hash: None,
            max_machines: 0,
            webshop_id: latchkey_store::webshops::DEFAULT.0,
            source: "import".to_owned(),
            version: 1,
            created_at,
            updated_at: created_at,
        });
    }

    fn contract(
        &mut self,
        batch: &mut Batch,
        customer: i64,
        began: i64,
        offer: &mut Offer,
    ) -> SubscriptionStatus {
        let (status, paid_through, ended_at) = self.standing(began);
        self.ids.subscription += 1;
        self.ids.item += 1;
        let subscription = self.ids.subscription;
        let studio = self.chance.percent(40);
        let plan = &offer.plans[usize::from(studio)];
        batch.subscriptions.push(subscription::Model {
            id: subscription,
            customer_id: customer,
            account_id: None,
            stripe_id: None,
            status: status.as_str().to_owned(),
            stripe_status: None,
            paid_through: Some(paid_through),
            trial_ends_at: None,
            needs_card: false,
            cancels_at: None,
            ended_at,
            key_pending_since: None,
            pause: None,
            metadata: json!({}),
            fetched_at: None,
            created_at: began,
            updated_at: began,
        });
        batch.items.push(subscription_item::Model {
            id: self.ids.item,
            subscription_id: subscription,
            stripe_id: None,
            stripe_price: None,
            plan_id: Some(plan.id),
            product_id: Some(offer.product.id),
            product_name: offer.product.name.clone(),
            plan_name: plan.name.clone(),
            quantity: 1,
            currency: plan.currency.clone(),
            amount: plan.amount,
            interval_unit: Some(plan.interval_unit.clone()),
            interval_count: plan.interval_count,
            period_end: Some(paid_through),
        });
        let key = self.key(batch, customer, began, paid_through, &mut offer.product, studio);
        batch.ties.push(subscription_key::Model {
            subscription_id: subscription,
            product_id: offer.product.id,
            key_id: key,
            written_back_at: Some(began),
            created_at: began,
            overrules: None,
        });
        status
    }

    /// Status, what was paid for, and when it ended. Most contracts run.
    fn standing(&mut self, began: i64) -> (SubscriptionStatus, i64, Option<i64>) {
        let over = Ord::max(self.midnight - self.chance.below(300) * DAY - 8 * DAY, began);
        let running = self.midnight + (1 + self.chance.below(30)) * DAY;
        match self.chance.below(100) {
            0..68 => (SubscriptionStatus::Active, running, None),
            68..72 => (SubscriptionStatus::Trial, running, None),
            72..76 => (SubscriptionStatus::Paused, running, None),
            76..90 => (SubscriptionStatus::Expired, over, Some(over)),
            _ => (SubscriptionStatus::Cancelled, over, Some(over)),
        }
    }

    fn key(
        &mut self,
        batch: &mut Batch,
        customer: i64,
        began: i64,
        paid_through: i64,
        product: &mut product::Model,
        studio: bool,
    ) -> i64 {
        self.ids.key += 1;
        let id = self.ids.key;
        let number = product.next_key_id;
        product.next_key_id += 1;
        let fill = |bytes: &mut [u8]| {
            self.chance.fill(bytes);
            Ok::<(), std::convert::Infallible>(())
        };
        let Ok(key_text) = key_text::generate(fill);
        let blocked = self.chance.percent(1);
        batch.keys.push(licence_key::Model {
            id,
            product_id: product.id,
            number,
            key_text: key_text.to_string(),
            key_lookup: key_text.to_string(),
            customer_id: Some(customer),
            created_at: began,
            expires_at: Some(paid_through + GRACE_DAYS * DAY),
            extended_until: None,
            period_days: 30,
            f1: true,
            f2: studio,
            f3: false,
            f4: false,
            f5: false,
            f6: false,
            f7: false,
            f8: false,
            max_machines: 2,
            allowed_machines: String::new(),
            trial_activation: false,
            first_activated_at: None,
            trial_machine: None,
            reseller_id: None,
            notice_sent_for: None,
            replaces: None,
            blocked,
            block_source: blocked.then(|| "staff".to_owned()),
            notes: String::new(),
            source: "import".to_owned(),
            version: 1,
            updated_at: began,
        });
        let text = format!("Licence key {number} was made.");
        batch.history.push(entry(&mut self.ids, began, customer, ("key_created", "key", id), &text));
        id
    }
}

fn entry(
    ids: &mut Ids,
    at: i64,
    customer: i64,
    (action, kind, id): (&str, &str, i64),
    text: &str,
) -> audit::Model {
    ids.audit += 1;
    audit::Model {
        id: ids.audit,
        at,
        source: "import".to_owned(),
        actor_id: None,
        actor_name: None,
        action: action.to_owned(),
        subject_kind: kind.to_owned(),
        subject_id: id,
        customer_id: Some(customer),
        text: text.to_owned(),
        before: None,
        after: None,
        reason: String::new(),
        ip: String::new(),
    }
}
