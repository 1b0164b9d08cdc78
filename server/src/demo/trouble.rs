//! What waits for a person under “Needs attention”: things that vendors live through and that nothing heals by
//! itself.

use latchkey_shared::attention::AttentionCode;
use latchkey_store::{
    entity::attention,
    sync_jobs::{self, Target},
};
use latchkey_stripe_fake::{FakeStripe, SeedCustomer, SeedStatus, SeedSubscription};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};

use super::{
    catalogue::Prices,
    customers::{Made, Portal, contract},
};
use crate::{
    billing::{self, accounts::Connected},
    clock::{DAY, HOUR},
    error::{AppError, AppResult},
    state::AppState,
};

/// Customers for whom something went wrong.
pub const CUSTOMERS: &[Made] = &[
    Made {
        name: "Tomás Ferreira",
        email: "tomas@ferreira.example",
        company: "",
        country: "PT",
        days: 34,
        portal: Portal::None,
        contracts: &[contract(|prices| &prices.synth_monthly, SeedStatus::Active, 33)],
    },
    Made {
        name: "Maya Lindholm",
        email: "maya@nordlys-radio.example",
        company: "Nordlys Radio",
        country: "FI",
        days: 9,
        portal: Portal::None,
        // Bought in two open windows.
        contracts: &[
            contract(|prices| &prices.editor_monthly, SeedStatus::Active, 8),
            contract(|prices| &prices.editor_monthly, SeedStatus::Active, 8),
        ],
    },
    Made {
        name: "Astrid Nygaard",
        email: "astrid@fjordklang.example",
        company: "Fjordklang AS",
        country: "NO",
        days: 1,
        portal: Portal::None,
        // The metadata of this price is broken.
        contracts: &[contract(|prices| &prices.synth_orchestra, SeedStatus::Active, 0)],
    },
];

/// Whose payment the bank is asked to take back.
const DISPUTED_BY: &str = "tomas@ferreira.example";

/// How long each has been waiting: as if it had been found when it happened.
const SINCE: &[(AttentionCode, i64)] = &[
    (AttentionCode::ForeignSubscription, 6 * DAY),
    (AttentionCode::DuplicateSubscription, 3 * DAY),
    (AttentionCode::DisputeOpened, 20 * HOUR),
    (AttentionCode::UnknownCustomer, 7 * HOUR),
    (AttentionCode::BadPriceMetadata, HOUR),
];

/// Somebody who bought through a payment link of the vendor's own, and a payment that is disputed.
pub async fn make(
    app: &AppState,
    fake: &FakeStripe,
    connected: &Connected,
    prices: &Prices,
) -> AppResult<()> {
    let now = app.clock.now();
    let account = connected.account.id;
    let transaction = app.store.begin().await?;
    sync_jobs::request(&transaction, &Target::subscription(account, &stranger(fake, now, prices)), now)
        .await?;
    let disputed = dispute(fake)?;
    sync_jobs::request(&transaction, &Target::dispute(account, &disputed), now).await?;
    transaction.commit().await?;
    billing::run_due(app).await?;
    let transaction = app.store.begin().await?;
    for (code, ago) in SINCE {
        attention::Entity::update_many()
            .col_expr(attention::Column::FirstSeenAt, Expr::value(now - ago))
            .filter(attention::Column::Code.eq(code.as_str()))
            .exec(&transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// A customer whom only Stripe knows; the subscription's id.
fn stranger(fake: &FakeStripe, now: i64, prices: &Prices) -> String {
    let created = Some((now - 7 * HOUR) / 1_000);
    let customer = fake.seed_customer(&SeedCustomer {
        name: "Elif Aydın",
        email: "elif@bosphorus-beats.example",
        created,
        ..SeedCustomer::default()
    });
    fake.seed_subscription(&SeedSubscription {
        customer: &customer,
        items: &[(&prices.studio_monthly, 1)],
        created,
        ..SeedSubscription::default()
    })
}

/// Opens a dispute about a payment and answers its id.
fn dispute(fake: &FakeStripe) -> AppResult<String> {
    let missing = || AppError::internal("the demo's disputed payment is missing");
    let is_theirs = |customer: &&serde_json::Value| customer["email"] == DISPUTED_BY;
    let customers = fake.objects("customer");
    let customer = customers.iter().find(is_theirs).ok_or_else(missing)?;
    let charges = fake.objects("charge");
    let charge = charges.iter().find(|charge| charge["customer"] == customer["id"]).ok_or_else(missing)?;
    let charge = charge["id"].as_str().ok_or_else(missing)?;
    fake.open_dispute(charge, "product_not_received").map_err(|refused| AppError::internal(refused.0))
}
