//! The demo: a made-up vendor with made-up customers, and a Stripe stand-in beside it.
//!
//! Nothing in the rest of the server knows about it beyond [`crate::config::Config::demo`]: Stripe is connected,
//! read and converged with by the code that does it for real vendors.

mod catalogue;
pub mod chance;
pub mod company;
pub mod crowd;
mod customers;
mod offline;
mod people;
mod place;
mod time;
mod trouble;
mod usage;
mod webshops;

use std::net::SocketAddr;

use latchkey_shared::{api::stripe::ConnectStripe, ids::ProductId};
use latchkey_stripe_fake::FakeStripe;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    audit::Origin,
    billing::{accounts, connecting, endpoints},
    config::{Config, DatabaseArgs, ServeArgs},
    error::{AppError, AppResult},
    server,
    state::AppState,
};

pub use place::Place;

/// The key of the stand-in's account. Any test key would do.
pub const STRIPE_KEY: &str = "sk_test_demo_4f2a7c19e0";

/// A demo that is ready to be served.
pub struct Demo {
    pub app: AppState,
    pub fake: FakeStripe,
    pub sign_ins: people::SignIns,
    pub products: Vec<(ProductId, String)>,
    pub api_token: String,
    pub public_key_xml: String,
    place: Place,
    stand_in: JoinHandle<std::io::Result<()>>,
}

impl Demo {
    /// What programs that start a demo read.
    pub fn ready(&self) -> Value {
        let person = |email: &str, password: &str| json!({"email": email, "password": password});
        let staff = |member: &people::Member| json!({"email": member.email, "password": member.password, "role": member.role.as_str()});
        json!({
            "url": self.app.config.public_url,
            "stripe_url": self.fake.origin(),
            "stripe_key": STRIPE_KEY,
            "stripe_control_token": self.fake.control_token(),
            "public_key_xml": self.public_key_xml,
            "api_token": self.api_token,
            "staff": self.sign_ins.staff.iter().map(staff).collect::<Vec<_>>(),
            "customers": self.sign_ins.customers.iter().map(|it| person(it.email, it.password)).collect::<Vec<_>>(),
            "products": self.products.iter().map(|(id, name)| json!({"id": id, "name": name})).collect::<Vec<_>>(),
        })
    }

    /// Once nothing is served any more: waits for the stand-in and keeps what it knows.
    pub async fn stopped(self) {
        if let Ok(Err(error)) = self.stand_in.await {
            tracing::warn!(%error, "the Stripe stand-in stopped");
        }
        self.place.keep(&self.fake);
    }
}

/// Opens the demo at `place`, or makes it up, with the Stripe stand-in running.
pub async fn prepare(
    place: &Place,
    bound: SocketAddr,
    stripe_listener: TcpListener,
    stop: CancellationToken,
) -> AppResult<Demo> {
    place.open().await?;
    let stripe = stripe_listener.local_addr().map_err(AppError::internal)?;
    let fake = time::new_stand_in();
    let known = place.recall(&fake)?;
    fake.set_origin(&format!("http://localhost:{}", stripe.port()));
    let app = open(&place.database_args(), bound, stripe, time::clock_of(&fake)).await?;
    let stopping = stop.clone();
    let serving = fake.clone();
    let stand_in = tokio::spawn(latchkey_stripe_fake::serve(stripe_listener, serving, async move {
        stopping.cancelled().await;
    }));
    let origin = Origin::system("system");
    let products = if known {
        let connected = accounts::connected(&app, None).await?;
        endpoints::provision(&app, &origin, &connected).await?;
        catalogue::existing(&app).await?
    } else {
        make_up(&app, &fake, &origin).await?
    };
    place.keep(&fake);
    place.keep_often(fake.clone(), stop);
    Ok(Demo {
        public_key_xml: catalogue::public_key_xml(&app).await?,
        api_token: people::token(&app).await?,
        sign_ins: people::sign_ins(),
        products,
        place: place.clone(),
        app,
        fake,
        stand_in,
    })
}

async fn open(
    database: &DatabaseArgs,
    bound: SocketAddr,
    stripe: SocketAddr,
    clock: crate::clock::Clock,
) -> AppResult<AppState> {
    let mut args = ServeArgs::for_command(database.clone());
    args.stripe_api_base = format!("http://{stripe}");
    let config = Config::new(&args, bound, true).map_err(AppError::internal)?;
    server::open(database, config, clock).await
}

async fn make_up(app: &AppState, fake: &FakeStripe, origin: &Origin) -> AppResult<Vec<(ProductId, String)>> {
    company::make(app, origin).await?;
    let products = catalogue::make(app, origin).await?;
    people::make_staff(app, origin).await?;
    let form = ConnectStripe { secret_key: STRIPE_KEY.to_owned(), ..ConnectStripe::default() };
    let connected = connecting::connect(app, origin, connecting::Place::First, &form).await?;
    let prices = catalogue::offer_at_stripe(fake, &connected, &products).await?;
    endpoints::provision(app, origin, &connected).await?;
    customers::make(app, fake, &connected, &products, &prices).await?;
    usage::make(app, origin, &products).await?;
    offline::make(app, origin, &products).await?;
    webshops::make(app, origin, &products).await?;
    Ok(products)
}
