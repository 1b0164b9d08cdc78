//! The vendor whose customers buy: database, Stripe stand-in, products, and people who are signed in.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use latchkey::{
    audit::Origin,
    billing::{
        connecting::{self, Place},
        endpoints,
    },
    catalog::{products, stripe_sync},
    clock::Clock,
    config::{Config, DatabaseArgs, ServeArgs},
    customers::{self, NewCustomer},
    demo::chance::Chance,
    http::address::Client,
    identity::{
        sessions::{self, Kind},
        users,
    },
    server,
    state::AppState,
};
use latchkey_shared::api::{catalog::AddProduct, stripe::ConnectStripe};
use latchkey_store::entity::{job, plan};
use latchkey_stripe_fake::{FakeClock, FakeStripe};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, Database, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::sink::Sink;

const KEY: &str = "sk_test_crash_0123456789";

pub struct Shop {
    pub fake: FakeStripe,
    /// The same database as the servers', for making it up and for looking at it afterwards.
    pub app: AppState,
    pub database: DatabaseArgs,
    pub stripe: String,
    pub smtp: String,
    /// Where each server listens, whenever it lives.
    pub addresses: Vec<SocketAddr>,
    /// A copy, so that a build meanwhile does no harm.
    pub binary: PathBuf,
    plans: Vec<i64>,
    _folder: TempDir,
}

/// Somebody who is going to buy.
pub struct Person {
    pub customer: i64,
    pub cookie: String,
    pub plan: i64,
    pub chance: Chance,
}

impl Shop {
    pub async fn open(postgres: bool, sink: &Sink, servers: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fake = FakeStripe::new(FakeClock::real());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stripe = format!("http://{}", listener.local_addr().unwrap());
        let serving = fake.clone();
        tokio::spawn(async move {
            latchkey_stripe_fake::serve(listener, serving, std::future::pending()).await.unwrap();
        });
        let mut addresses = Vec::new();
        for _ in 0..servers {
            // Found free, let go, and taken again by each life of the server.
            addresses.push(TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap());
        }
        let database = DatabaseArgs {
            database: if postgres {
                fresh_postgres().await
            } else {
                format!("sqlite://{}", folder.path().join("crash.db").display())
            },
            secret_key_file: folder.path().join("crash.key"),
        };
        let mut args = ServeArgs::for_command(database.clone());
        args.public_url = Some(format!("http://{}", addresses[0]));
        args.stripe_api_base.clone_from(&stripe);
        let config = Config::new(&args, addresses[0], false).unwrap();
        let app = server::open(&database, config, Clock::default()).await.unwrap();
        let smtp = sink.url.clone();
        let binary = folder.path().join("latchkey");
        std::fs::copy(env!("CARGO_BIN_EXE_latchkey"), &binary).unwrap();
        let mut shop =
            Self { fake, app, database, stripe, smtp, addresses, binary, plans: Vec::new(), _folder: folder };
        shop.sell().await;
        shop
    }

    /// Two products in three plans, offered.
    async fn sell(&mut self) {
        let (app, origin) = (&self.app, Origin::system("system"));
        let prices = [("Editor", 900, "month"), ("Editor", 9_000, "year"), ("Viewer", 300, "month")];
        let mut at_stripe = Vec::<(&str, String)>::new();
        for (name, amount, interval) in prices {
            if !at_stripe.iter().any(|(known, _)| *known == name) {
                let transaction = app.store.begin().await.unwrap();
                let form = AddProduct { name: name.to_owned(), ..AddProduct::default() };
                let product = products::insert(&transaction, app.clock.now(), &origin, &form).await.unwrap();
                transaction.commit().await.unwrap();
                let id = product.id.to_string();
                at_stripe.push((name, self.fake.seed_product(name, &[("skm_product_id", &id)])));
            }
            let product = &at_stripe.iter().find(|(known, _)| *known == name).unwrap().1;
            self.fake.seed_price(
                product,
                "eur",
                amount,
                interval,
                &[("skm", r#"{"F1":true,"MaxNoOfMachines":2}"#)],
            );
        }
        let form = ConnectStripe { secret_key: KEY.to_owned(), ..ConnectStripe::default() };
        let connected = connecting::connect(app, &origin, Place::First, &form).await.unwrap();
        stripe_sync::sync_now(app, &connected).await.unwrap();
        endpoints::provision(app, &origin, &connected).await.unwrap();
        let plans =
            plan::Entity::find().filter(plan::Column::Offered.eq(true)).all(app.store.read()).await.unwrap();
        self.plans = plans.into_iter().map(|plan| plan.id).collect();
        assert_eq!(self.plans.len(), 3);
    }

    /// Customers, each signed in and with a plan in mind.
    pub async fn people(&self, count: usize, chance: &mut Chance) -> Vec<Person> {
        let (app, origin) = (&self.app, Origin::system("system"));
        let hash = app.passwords.hash("a quiet river at dawn").await.unwrap();
        let mut people = Vec::new();
        for index in 0..count {
            let email = format!("buyer{index}@crash.test");
            let new = NewCustomer {
                name: format!("Buyer {index}"),
                email: email.clone(),
                source: "staff",
                ..NewCustomer::default()
            };
            let customer = customers::add(app, &origin, new).await.unwrap();
            let now = app.clock.now();
            let transaction = app.store.begin().await.unwrap();
            let user = users::add(&transaction, now, &email, "A buyer", hash.clone(), true).await.unwrap();
            users::attach(&transaction, now, user.id, customer.id).await.unwrap();
            let client = Client { ip: "127.0.0.1".to_owned(), user_agent: "crash".to_owned() };
            let token = sessions::begin(&transaction, now, Kind::Portal, user.id, Some(customer.id), &client)
                .await
                .unwrap();
            transaction.commit().await.unwrap();
            people.push(Person {
                customer: customer.id,
                cookie: format!("latchkey_portal={token}"),
                plan: self.plans[usize::try_from(chance.below(3)).unwrap()],
                chance: Chance::new(chance.next()),
            });
        }
        people
    }

    /// Returns when every job of the outbox is done.
    pub async fn outbox_is_empty(&self) {
        let unfinished = || job::Entity::find().filter(job::Column::Status.eq("ready"));
        while unfinished().count(self.app.store.read()).await.unwrap() > 0 {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

async fn fresh_postgres() -> String {
    let server = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL names a PostgreSQL server");
    let name = format!("latchkey_crash_{}", hex::encode(latchkey::random::bytes::<8>()));
    let admin = Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}
