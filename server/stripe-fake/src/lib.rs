//! A stateful stand-in for Stripe, for the demo and for tests.
//!
//! [`FakeStripe`] is the handle; [`serve`] puts it on a port of its own, where it answers the ordinary
//! Stripe clients below `/v1`, shows a pay page, a billing portal and invoices, sends signed webhooks and
//! lets time pass. What it keeps is kept in memory.
//!
//! It refuses what Stripe refuses: unknown paths, unknown parameters, keys that are not test keys. Times
//! in its objects are seconds since 1970, amounts are minor units.
//!
//! ```no_run
//! use latchkey_stripe_fake::{FakeClock, FakeStripe, serve};
//!
//! # async fn example() -> std::io::Result<()> {
//! let fake = FakeStripe::new(FakeClock::real());
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! let price = fake.seed_price(&fake.seed_product("Editor", &[("skm_product_id", "1")]), "eur", 900, "month", &[]);
//! serve(listener, fake, std::future::pending()).await
//! # }
//! ```
//!
//! # Steering it
//!
//! In Rust through [`FakeStripe`]: [`advance`](FakeStripe::advance) lets time pass and everything happen
//! that falls due, [`chaos`](FakeStripe::chaos) turns the knobs of [`Chaos`],
//! [`complete_checkout`](FakeStripe::complete_checkout) pays, the `seed_*` methods make up a past. From
//! other processes through `/_ctl/*` with the [`control_token`](FakeStripe::control_token) as bearer
//! token; `control/mod.rs` lists the calls.

// Stripe's larger objects are written as one literal each.
#![recursion_limit = "512"]

mod api;
mod beside;
mod billing;
mod chaos;
mod clock;
mod control;
mod error;
mod form;
mod handle;
mod ids;
mod metadata;
mod objects;
mod pages;
mod params;
mod seed;
mod serve;
mod webhooks;
mod world;

pub use billing::checkout::WebhookFate;
pub use chaos::{ApiFault, Chaos, FaultKind, WebhookChaos};
pub use clock::FakeClock;
pub use handle::{FakeStripe, Refused};
pub use seed::{SeedCustomer, SeedStatus, SeedSubscription};
pub use serve::{router, run, serve};
pub use world::AfterDunning;
