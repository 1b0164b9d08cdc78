use std::{net::SocketAddr, sync::Arc};

use axum::Router;
use latchkey::{
    audit::Origin,
    clock::Clock,
    config::{Config, DatabaseArgs, ServeArgs},
    identity::{
        staff::{self, NewMember},
        tokens, users,
    },
    router, server,
    state::AppState,
};
use latchkey_shared::{ids::CustomerId, permission::Role};
use sea_orm::{ConnectionTrait as _, Database};
use tempfile::TempDir;

use super::Caller;

/// The password of everybody whom the harness makes.
pub const PASSWORD: &str = "a quiet river at dawn";

/// A Latchkey with a database of its own.
pub struct TestApp {
    pub state: AppState,
    pub router: Router,
    /// Where its data is, for commands beside it.
    pub database: DatabaseArgs,
    folder: Arc<TempDir>,
}

impl TestApp {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        Self::open(folder, url, Clock::default(), |_| {}).await
    }

    /// Nothing where no PostgreSQL is there to test with.
    pub async fn postgres() -> Option<Self> {
        let url = postgres_url().await?;
        Some(Self::open(tempfile::tempdir().unwrap(), url, Clock::default(), |_| {}).await)
    }

    /// On either database, in a time and with settings of the test's own.
    pub async fn in_time(postgres: bool, clock: Clock, change: impl FnOnce(&mut ServeArgs)) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let url = if postgres {
            postgres_url().await?
        } else {
            format!("sqlite://{}", folder.path().join("test.db").display())
        };
        Some(Self::open(folder, url, clock, change).await)
    }

    async fn open(folder: TempDir, url: String, clock: Clock, change: impl FnOnce(&mut ServeArgs)) -> Self {
        let database = DatabaseArgs { database: url, secret_key_file: folder.path().join("latchkey.key") };
        Self::start(Arc::new(folder), database, clock, change).await
    }

    async fn start(
        folder: Arc<TempDir>,
        database: DatabaseArgs,
        clock: Clock,
        change: impl FnOnce(&mut ServeArgs),
    ) -> Self {
        // What a test that fails wants to know: an answer with 500 does not say why.
        let _ = tracing_subscriber::fmt().with_env_filter("latchkey=error").with_test_writer().try_init();
        let mut args = ServeArgs::for_command(database.clone());
        args.public_url = Some("http://portal.test".to_owned());
        change(&mut args);
        let config = Config::new(&args, SocketAddr::from(([127, 0, 0, 1], 1)), false).unwrap();
        let state = server::open(&database, config, clock).await.unwrap();
        Self { router: router::build(state.clone()), state, database, folder }
    }

    /// Another start on the same database, as after a restart, with settings of the test's own.
    pub async fn restarted(&self, change: impl FnOnce(&mut ServeArgs)) -> Self {
        let clock = self.state.clock.clone();
        Self::start(self.folder.clone(), self.database.clone(), clock, change).await
    }

    /// Somebody who is not signed in.
    pub fn anon(&self) -> Caller {
        Caller::new(self.router.clone())
    }

    /// A signed-in staff member with that role.
    pub async fn staff(&self, role: Role) -> Caller {
        let email = format!("{}@vendor.test", role.as_str());
        if staff::by_email(self.state.store.read(), &email).await.unwrap().is_none() {
            let hash = self.state.passwords.hash(PASSWORD).await.unwrap();
            let transaction = self.state.store.begin().await.unwrap();
            let new = NewMember { email: &email, name: role.as_str(), role, password_hash: Some(hash) };
            staff::add(&transaction, self.state.clock.now(), &Origin::system("system"), new).await.unwrap();
            transaction.commit().await.unwrap();
        }
        let mut caller = self.anon();
        caller.sign_in("/api/v1/staff/sign-in", &email, PASSWORD).await;
        caller
    }

    /// A signed-in portal user who acts for `customer`.
    pub async fn portal(&self, customer: CustomerId) -> Caller {
        let email = format!("user{}@customer.test", hex::encode(latchkey::random::bytes::<4>()));
        let hash = self.state.passwords.hash(PASSWORD).await.unwrap();
        let now = self.state.clock.now();
        let transaction = self.state.store.begin().await.unwrap();
        let user = users::add(&transaction, now, &email, "A user", hash, true).await.unwrap();
        users::attach(&transaction, now, user.id, customer.0).await.unwrap();
        transaction.commit().await.unwrap();
        let mut caller = self.anon();
        caller.sign_in("/api/v1/portal/sign-in", &email, PASSWORD).await;
        caller
    }

    /// A program with an access token.
    pub async fn token(&self, scopes: &[&str]) -> Caller {
        let transaction = self.state.store.begin().await.unwrap();
        let token = tokens::create(&transaction, self.state.clock.now(), "test", scopes).await.unwrap();
        transaction.commit().await.unwrap();
        self.anon().with_header("authorization", &format!("Bearer {token}"))
    }
}

/// A new database on the server that `TEST_POSTGRES_URL` names.
pub async fn postgres_url() -> Option<String> {
    let server = std::env::var("TEST_POSTGRES_URL").ok()?;
    let name = format!("latchkey_{}", hex::encode(latchkey::random::bytes::<8>()));
    let admin = Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    Some(format!("{base}/{name}"))
}
