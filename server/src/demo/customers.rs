//! The made-up customers: one for each way in which a customer can stand. Their subscriptions are made up at
//! the Stripe stand-in and come in from there, as a vendor's would.

use latchkey_shared::ids::{CustomerId, ProductId};
use latchkey_store::{
    customers as store,
    entity::customer as customer_row,
    sync_jobs::{self, Target},
};
use latchkey_stripe::params::CancelSubscription;
use latchkey_stripe_fake::{FakeStripe, SeedCustomer, SeedStatus, SeedSubscription};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, sea_query::Expr};

use super::{catalogue::Prices, people::CUSTOMER_PASSWORD, trouble};
use crate::{
    audit::Origin,
    billing::{self, accounts::Connected},
    clock::DAY,
    communications::{self, letters},
    customers::{self, NewCustomer},
    error::AppResult,
    identity::users,
    licensing::issue::{self, NewKey},
    state::AppState,
};

/// A price of [`Prices`].
type Price = fn(&Prices) -> &str;

#[derive(Clone, Copy)]
pub struct Contract {
    price: Price,
    quantity: i64,
    status: SeedStatus,
    /// Days since it began.
    days: i64,
    /// Cancelled since.
    over: bool,
}

pub const fn contract(price: Price, status: SeedStatus, days: i64) -> Contract {
    Contract { price, quantity: 1, status, days, over: false }
}

/// How far a customer has come with the portal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Portal {
    /// Signs in with the demo's password.
    SignsIn,
    /// Has a link that was not opened yet.
    Invited,
    /// Was never asked in.
    None,
    /// Signs in no more: staff switched it off.
    SwitchedOff,
}

pub struct Made {
    pub name: &'static str,
    pub email: &'static str,
    pub company: &'static str,
    pub country: &'static str,
    /// Days since the customer was added.
    pub days: i64,
    pub portal: Portal,
    pub contracts: &'static [Contract],
}

const CUSTOMERS: &[Made] = &[
    Made {
        name: "Ada Lindqvist",
        email: "ada@lindqvist-sound.example",
        company: "Lindqvist Sound AB",
        country: "SE",
        days: 410,
        portal: Portal::SignsIn,
        contracts: &[
            contract(|prices| &prices.studio_monthly, SeedStatus::Active, 400),
            contract(|prices| &prices.synth_yearly, SeedStatus::Active, 200),
        ],
    },
    Made {
        name: "Hugo Marchetti",
        email: "hugo@marchetti.example",
        company: "",
        country: "IT",
        days: 380,
        portal: Portal::None,
        contracts: &[Contract {
            price: |prices| &prices.synth_monthly,
            quantity: 1,
            status: SeedStatus::Active,
            days: 375,
            over: true,
        }],
    },
    Made {
        name: "Greta Sommer",
        email: "greta@hoerspielhaus.example",
        company: "Hörspielhaus GmbH",
        country: "DE",
        days: 350,
        portal: Portal::SignsIn,
        contracts: &[contract(|prices| &prices.studio_yearly, SeedStatus::Active, 340)],
    },
    Made {
        name: "Deng Wei",
        email: "wei@blue-room.example",
        company: "Blue Room Studios",
        country: "SG",
        days: 300,
        portal: Portal::SignsIn,
        contracts: &[contract(|prices| &prices.editor_monthly, SeedStatus::PastDue, 275)],
    },
    Made {
        name: "Farid Haddad",
        email: "farid@cedarwave.example",
        company: "Cedarwave",
        country: "LB",
        days: 260,
        portal: Portal::SignsIn,
        contracts: &[contract(|prices| &prices.editor_monthly, SeedStatus::Ending, 250)],
    },
    Made {
        name: "Petra Kowalska",
        email: "petra@radio-fala.example",
        company: "Radio Fala",
        country: "PL",
        days: 240,
        portal: Portal::None,
        contracts: &[contract(|prices| &prices.editor_monthly, SeedStatus::Paused, 230)],
    },
    Made {
        name: "Jonas Eide",
        email: "jonas@eide.example",
        company: "",
        country: "NO",
        days: 205,
        portal: Portal::SwitchedOff,
        contracts: &[],
    },
    Made {
        name: "Nadia Petrenko",
        email: "nadia@petrenko.example",
        company: "",
        country: "UA",
        days: 180,
        portal: Portal::None,
        contracts: &[contract(|prices| &prices.synth_monthly, SeedStatus::Unpaid, 170)],
    },
    Made {
        name: "Imani Njoroge",
        email: "imani@savanna-post.example",
        company: "Savanna Post",
        country: "KE",
        days: 150,
        portal: Portal::SignsIn,
        contracts: &[Contract {
            price: |prices| &prices.studio_monthly,
            quantity: 2,
            status: SeedStatus::Active,
            days: 140,
            over: false,
        }],
    },
    Made {
        name: "Marek Dvořák",
        email: "marek@dvorak.example",
        company: "",
        country: "CZ",
        days: 90,
        portal: Portal::None,
        contracts: &[contract(|prices| &prices.unconnected, SeedStatus::Active, 80)],
    },
    Made {
        name: "Lena Hofer",
        email: "lena@hofer-film.example",
        company: "Hofer Film",
        country: "AT",
        days: 60,
        portal: Portal::None,
        contracts: &[],
    },
    Made {
        name: "Chiara Romano",
        email: "chiara@studio-romano.example",
        company: "Studio Romano",
        country: "IT",
        days: 5,
        portal: Portal::SignsIn,
        contracts: &[contract(|prices| &prices.editor_monthly, SeedStatus::Trialing, 4)],
    },
    Made {
        name: "Kofi Mensah",
        email: "kofi@highlife.example",
        company: "Highlife Records",
        country: "GH",
        days: 2,
        portal: Portal::Invited,
        contracts: &[],
    },
    Made {
        name: "Ben Okafor",
        email: "ben@okafor.example",
        company: "",
        country: "GB",
        days: 1,
        portal: Portal::SignsIn,
        contracts: &[],
    },
];

/// The customer who was given a key by hand.
const WITH_KEY_BY_HAND: &str = "lena@hofer-film.example";

/// Addresses of those who sign in. The first has everything; the last has bought nothing yet.
pub fn who_signs_in() -> impl Iterator<Item = &'static str> {
    CUSTOMERS.iter().filter(|made| made.portal == Portal::SignsIn).map(|made| made.email)
}

pub async fn make(
    app: &AppState,
    fake: &FakeStripe,
    connected: &Connected,
    products: &[(ProductId, String)],
    prices: &Prices,
) -> AppResult<()> {
    let now = app.clock.now();
    let hash = app.passwords.hash(CUSTOMER_PASSWORD).await?;
    let mut over = Vec::new();
    let transaction = app.store.begin().await?;
    for made in CUSTOMERS.iter().chain(trouble::CUSTOMERS) {
        let row = add(&transaction, now, made, &hash).await?;
        let bought = buy(fake, connected, row.id, now, made, prices);
        for (target, contract) in bought.into_iter().zip(made.contracts) {
            sync_jobs::request(&transaction, &target, now).await?;
            if contract.over {
                over.push(target);
            }
        }
        if made.email == WITH_KEY_BY_HAND {
            by_hand(app, &transaction, &row, products[0].0).await?;
        }
    }
    sync_jobs::request(&transaction, &Target::catalog(connected.account.id), 0).await?;
    transaction.commit().await?;
    billing::run_due(app).await?;
    end(app, connected, now, &over).await?;
    trouble::make(app, fake, connected, prices).await
}

/// Cancels what is over. It ran before, so that there is a key that no longer works.
async fn end(app: &AppState, connected: &Connected, now: i64, over: &[Target]) -> AppResult<()> {
    for target in over {
        connected.client.cancel_subscription(&target.stripe_id, &CancelSubscription::default()).await?;
    }
    let transaction = app.store.begin().await?;
    for target in over {
        sync_jobs::request(&transaction, target, now).await?;
    }
    transaction.commit().await?;
    billing::run_due(app).await?;
    Ok(())
}

async fn add<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    made: &Made,
    hash: &str,
) -> AppResult<customer_row::Model> {
    let began = now - made.days * DAY;
    let new = NewCustomer {
        name: made.name.to_owned(),
        email: made.email.to_owned(),
        company: made.company.to_owned(),
        country: made.country.to_owned(),
        enable_association: made.portal != Portal::None,
        allow_activation_management: true,
        source: "staff",
        ..NewCustomer::default()
    };
    let row = customers::insert(connection, began, &Origin::system("system"), new).await?;
    if matches!(made.portal, Portal::SignsIn | Portal::SwitchedOff) {
        let user = users::add(connection, began, made.email, made.name, hash.to_owned(), true).await?;
        users::attach(connection, began, user.id, row.id).await?;
        customer_row::Entity::update_many()
            .col_expr(customer_row::Column::AssociationUsedAt, Expr::value(began))
            .col_expr(customer_row::Column::AssociationUsedBy, Expr::value(user.id))
            .col_expr(customer_row::Column::Disabled, Expr::value(made.portal == Portal::SwitchedOff))
            .filter(customer_row::Column::Id.eq(row.id))
            .exec(connection)
            .await?;
        store::refresh_headline(connection, row.id).await?;
    }
    Ok(row)
}

/// Makes up what a customer has at Stripe, and says what is to be fetched from there.
fn buy(
    fake: &FakeStripe,
    connected: &Connected,
    customer: i64,
    now: i64,
    made: &Made,
    prices: &Prices,
) -> Vec<Target> {
    if made.contracts.is_empty() {
        return Vec::new();
    }
    let days_ago = |days: i64| (now - days * DAY) / 1_000;
    let stripe_customer = fake.seed_customer(&SeedCustomer {
        name: made.name,
        email: made.email,
        created: Some(days_ago(made.days)),
        metadata: &[("skm_customer_id", &customer.to_string())],
    });
    let subscribe = |contract: &Contract| {
        fake.seed_subscription(&SeedSubscription {
            customer: &stripe_customer,
            items: &[((contract.price)(prices), contract.quantity)],
            status: contract.status,
            created: Some(days_ago(contract.days)),
            metadata: &[],
        })
    };
    let targets = made.contracts.iter().map(subscribe);
    targets.map(|id| Target::subscription(connected.account.id, &id)).collect()
}

/// A key that was not sold through Stripe, and a letter about it.
async fn by_hand<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    row: &customer_row::Model,
    product: ProductId,
) -> AppResult<()> {
    let now = app.clock.now();
    let mut features = [false; 8];
    features[..4].fill(true);
    let new = NewKey {
        customer: Some(CustomerId(row.id)),
        expires_at: Some(now + 305 * DAY),
        period_days: 365,
        features,
        max_machines: 5,
        notes: "Paid by bank transfer, invoice 2026-114".to_owned(),
        ..NewKey::plain(product, "staff")
    };
    issue::create_key(connection, now - 60 * DAY, &Origin::system("system"), new).await?;
    let letter = letters::by_staff(
        "Your licence for Aurora Editor",
        "Hello Lena,\n\nthank you for your payment. Your licence key is ready in the portal.\n\nNorthwind Audio",
    );
    communications::send(app, connection, Some(CustomerId(row.id)), &row.email, letter).await?;
    Ok(())
}
