//! One call: who calls, from where, and what is remembered of it for the log.

use std::sync::{Arc, Mutex, PoisonError};

use latchkey_shared::ids::ProductId;
use latchkey_store::{
    Access,
    entity::{customer, licence_key, product},
    keys::{self, Found},
    products,
};

use super::failure::{ACCESS_DENIED, Failure, NO_KEY, NO_PRODUCT};
use crate::{audit::Origin, identity::tokens::Token, state::AppState};

/// A call whose token is in force and holds the method's scope. Cheap to clone.
#[derive(Clone)]
pub struct Call(Arc<Inner>);

struct Inner {
    app: AppState,
    token: Token,
    ip: String,
    about: Mutex<About>,
}

/// What a call is about, for the log.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub product: Option<i64>,
    pub key: Option<i64>,
    pub machine: String,
    pub friendly_name: String,
}

impl Call {
    pub fn new(app: AppState, token: Token, ip: String) -> Self {
        Self(Arc::new(Inner { app, token, ip, about: Mutex::default() }))
    }

    pub fn app(&self) -> &AppState {
        &self.0.app
    }

    pub fn token(&self) -> &Token {
        &self.0.token
    }

    pub fn ip(&self) -> &str {
        &self.0.ip
    }

    pub fn now(&self) -> i64 {
        self.0.app.clock.now()
    }

    pub fn access(&self) -> Access {
        self.0.token.access()
    }

    pub fn origin(&self) -> Origin {
        let token = &self.0.token;
        Origin { source: "api", id: Some(token.id), name: Some(token.name.clone()), ip: self.0.ip.clone() }
    }

    pub fn about(&self) -> About {
        self.0.about.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, set: impl FnOnce(&mut About)) {
        set(&mut self.0.about.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub fn note_machine(&self, machine: &str, friendly_name: &str) {
        self.note(|about| {
            machine.clone_into(&mut about.machine);
            friendly_name.clone_into(&mut about.friendly_name);
        });
    }

    pub fn note_key(&self, key: &licence_key::Model) {
        self.note(|about| {
            about.product = Some(key.product_id);
            about.key = Some(key.id);
        });
    }

    /// The product, unless the token is locked to another, or to a key.
    pub async fn product(&self, id: i64) -> Result<product::Model, Failure> {
        if !self.access().allows_product(ProductId(id)) {
            return Err(Failure::Denied(ACCESS_DENIED));
        }
        self.existing_product(id).await
    }

    async fn existing_product(&self, id: i64) -> Result<product::Model, Failure> {
        let found = products::find(self.0.app.store.read(), ProductId(id)).await?;
        let found = found.ok_or(Failure::refused(NO_PRODUCT))?;
        self.note(|about| about.product = Some(id));
        Ok(found)
    }

    /// A key of a product by its text, unless the token is locked to another.
    pub async fn key(&self, product: i64, text: &str) -> Result<licence_key::Model, Failure> {
        Ok(self.key_and_customer(product, text).await?.0)
    }

    /// The same with the customer who has it.
    pub async fn key_and_customer(
        &self,
        product: i64,
        text: &str,
    ) -> Result<(licence_key::Model, Option<customer::Model>), Failure> {
        let found = self.key_for_machine(product, text, "").await?;
        Ok((found.key, found.customer))
    }

    /// The same with what is known of a machine.
    pub async fn key_for_machine(&self, product: i64, text: &str, machine: &str) -> Result<Found, Failure> {
        if self.token().lock.product.is_some_and(|own| own.0 != product) {
            return Err(Failure::Denied(ACCESS_DENIED));
        }
        let connection = self.0.app.store.read();
        let found = keys::by_text_for_machine(connection, ProductId(product), text, machine).await?;
        let Some(found) = found else {
            self.existing_product(product).await?;
            return Err(Failure::refused(NO_KEY));
        };
        self.note_key(&found.key);
        if self.access().allows_key(&found.key) { Ok(found) } else { Err(Failure::Denied(ACCESS_DENIED)) }
    }

    /// The scope that a method needs beside its own.
    pub fn require(&self, scope: &str) -> Result<(), Failure> {
        if self.0.token.holds(scope) { Ok(()) } else { Err(Failure::Denied(ACCESS_DENIED)) }
    }
}
