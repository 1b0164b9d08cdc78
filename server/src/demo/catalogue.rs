//! What the made-up vendor sells: products here, and products with prices at the Stripe stand-in, two of them
//! with the mistakes that vendors make.

use latchkey_shared::ids::ProductId;
use latchkey_store::{entity::product, products as store};
use latchkey_stripe::params::UpdatePrice;
use latchkey_stripe_fake::FakeStripe;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait as _, QueryOrder as _,
};
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    billing::accounts::Connected,
    clock::DAY,
    error::AppResult,
    licensing::signing,
    state::AppState,
};

struct Made {
    name: &'static str,
    kind: &'static str,
    description: &'static str,
    features: [&'static str; 8],
}

const PRODUCTS: [Made; 3] = [
    Made {
        name: "Aurora Editor",
        kind: "base",
        description: "Records, cuts and repairs sound on as many tracks as it takes.",
        features: ["Multitrack editing", "Noise repair", "Video track", "Batch export", "", "", "", ""],
    },
    Made {
        name: "Tidal Synth",
        kind: "base",
        description: "A wavetable instrument, stand-alone and as a plug-in.",
        features: ["Wavetables", "Expression per note", "Sample import", "", "", "", "", ""],
    },
    Made {
        name: "Voice Pack",
        kind: "extra",
        description: "Twelve more voices for whatever plays them.",
        features: ["", "", "", "", "", "", "", ""],
    },
];

/// The prices that the made-up customers pay, as `price_…`.
pub struct Prices {
    pub editor_monthly: String,
    pub studio_monthly: String,
    pub studio_yearly: String,
    pub synth_monthly: String,
    pub synth_yearly: String,
    /// One whose metadata is broken.
    pub synth_orchestra: String,
    /// Of a product that Stripe has and Latchkey does not know.
    pub unconnected: String,
}

pub async fn make(app: &AppState, origin: &Origin) -> AppResult<Vec<(ProductId, String)>> {
    let began = app.clock.now() - 500 * DAY;
    let transaction = app.store.begin().await?;
    let pair = signing::default_pair(&transaction).await?;
    let mut products = Vec::new();
    for made in PRODUCTS {
        let row = product::ActiveModel {
            id: NotSet,
            name: Set(made.name.to_owned()),
            description: Set(made.description.to_owned()),
            kind: Set(made.kind.to_owned()),
            active: Set(true),
            grace_days: Set(7),
            feature_names: Set(json!(made.features)),
            signing_key_id: Set(pair.id),
            blocks_expired: Set(false),
            limiting_features: Set(0),
            next_key_id: Set(1),
            version: Set(1),
            created_at: Set(began),
            updated_at: Set(began),
        };
        let row = store::insert(&transaction, row).await?;
        let entry = Entry {
            action: "product_created",
            subject_kind: "product",
            subject_id: row.id,
            text: format!("Product {} was added.", row.name),
            ..Entry::default()
        };
        audit::record(&transaction, began, origin, entry).await?;
        products.push((ProductId(row.id), row.name));
    }
    transaction.commit().await?;
    Ok(products)
}

/// The products of a demo that was made before.
pub async fn existing(app: &AppState) -> AppResult<Vec<(ProductId, String)>> {
    let rows = product::Entity::find().order_by_asc(product::Column::Id).all(app.store.read()).await?;
    Ok(rows.into_iter().map(|row| (ProductId(row.id), row.name)).collect())
}

pub async fn public_key_xml(app: &AppState) -> AppResult<String> {
    Ok(signing::default_pair(app.store.read()).await?.public_xml)
}

/// Makes the catalogue at the stand-in, as vendors do by hand in Stripe's dashboard.
pub async fn offer_at_stripe(
    fake: &FakeStripe,
    connected: &Connected,
    products: &[(ProductId, String)],
) -> AppResult<Prices> {
    let stripe_product = |index: usize| {
        let (id, name) = &products[index];
        fake.seed_product(name, &[("skm_product_id", &id.to_string())])
    };
    let (editor, synth, voices) = (stripe_product(0), stripe_product(1), stripe_product(2));
    let packs = fake.seed_product("Sound packs", &[]);
    let price = |product: &str, amount: i64, interval: &str, skm: &str| {
        fake.seed_price(product, "eur", amount, interval, &[("skm", skm)])
    };
    // Bought beside one of the others only, and in its rhythm.
    let voices_monthly = price(&voices, 500, "month", "{}");
    let voices_yearly = price(&voices, 5_000, "year", "{}");
    // What the webshop in dollars sells.
    let in_dollars = fake.seed_price(
        &synth,
        "usd",
        1_000,
        "month",
        &[("skm", r#"{"F1":true,"F2":true,"MaxNoOfMachines":2}"#)],
    );
    let prices = Prices {
        editor_monthly: price(&editor, 1_900, "month", r#"{"F1":true,"MaxNoOfMachines":1}"#),
        studio_monthly: price(
            &editor,
            3_900,
            "month",
            r#"{"F1":true,"F2":true,"F3":true,"MaxNoOfMachines":3}"#,
        ),
        studio_yearly: price(
            &editor,
            39_000,
            "year",
            r#"{"F1":true,"F2":true,"F3":true,"F4":true,"MaxNoOfMachines":3}"#,
        ),
        synth_monthly: price(&synth, 900, "month", r#"{"F1":true,"F2":true,"MaxNoOfMachines":2}"#),
        synth_yearly: price(&synth, 9_000, "year", r#"{"F1":true,"F2":true,"F3":true,"MaxNoOfMachines":2}"#),
        synth_orchestra: price(&synth, 24_000, "year", r#"{"F1":true, "MaxNoOfMachines":many"#),
        unconnected: price(&packs, 500, "month", r#"{"F1":true}"#),
    };
    for (price, name) in [
        (&prices.editor_monthly, "Solo"),
        (&prices.studio_monthly, "Studio"),
        (&prices.studio_yearly, "Studio, yearly"),
        (&prices.synth_monthly, "Monthly"),
        (&prices.synth_yearly, "Yearly"),
        (&prices.synth_orchestra, "Orchestra"),
        (&in_dollars, "Monthly, in dollars"),
        (&voices_monthly, "Monthly"),
        (&voices_yearly, "Yearly"),
    ] {
        let change = UpdatePrice { nickname: Some(name.to_owned()), ..UpdatePrice::default() };
        connected.client.update_price(price, &change, None).await?;
    }
    Ok(prices)
}
