//! What every handler and job shares.

use std::{ops::Deref, sync::Arc};

use latchkey_shared::api::web_api::WebApiSettings;
use latchkey_store::Store;
use tokio::sync::Notify;

use crate::{
    api_log::Notes,
    clock::Clock,
    config::Config,
    identity::{passwords::PasswordHasher, throttle::Throttle, tokens},
    licensing::{activation::together::Together, signer::Signer},
    recent::Recent,
    secrets::Sealer,
    stripe_client::StripeClients,
};

/// One Latchkey: the database, its settings and its secrets.
pub struct App {
    pub store: Store,
    pub config: Config,
    pub clock: Clock,
    pub sealer: Sealer,
    pub passwords: PasswordHasher,
    pub stripe: StripeClients,
    pub signer: Signer,
    pub activations: Together,
    /// Tokens that were read a moment ago.
    pub tokens: tokens::Cache,
    /// How the licence Web API behaves, as read a moment ago.
    pub web_api: Recent<WebApiSettings>,
    pub throttle: Throttle,
    /// What calls leave behind, to be written together.
    pub notes: Notes,
    /// Rung after a commit that enqueued jobs, so that they need not wait for the next look.
    pub jobs_bell: Notify,
    /// Names this process in locks and leases.
    pub process: String,
}

/// Cheap to clone; derefs to [`App`].
#[derive(Clone)]
pub struct AppState(Arc<App>);

impl AppState {
    pub fn new(app: App) -> Self {
        Self(Arc::new(app))
    }
}

impl Deref for AppState {
    type Target = App;
    fn deref(&self) -> &App {
        &self.0
    }
}
