//! A thin client of Stripe's API.
//!
//! It knows the calls that Latchkey makes and no others, speaks the pinned version [`API_VERSION`] and
//! reads answers with tolerant types: a field that Stripe adds, drops or reshapes never makes an answer
//! unreadable. Times in Stripe's objects are seconds since 1970; amounts are minor units beside a
//! lower-case ISO currency.
//!
//! # Making a client
//!
//! ```no_run
//! use latchkey_stripe::{ListQuery, StripeClient, StripeOptions};
//!
//! # async fn example() -> Result<(), latchkey_stripe::StripeError> {
//! let client = StripeClient::new(StripeOptions::new("https://api.stripe.com", "sk_test_…"))?;
//! let account = client.account().await?;
//! let newest = client.list_subscriptions(&ListQuery::new().filter("status", "all").limit(100)).await?;
//! # Ok(()) }
//! ```
//!
//! [`StripeClient`] is cheap to clone; clones share connections and the token bucket (20 requests a
//! second unless told otherwise). The secret key is never printed.
//!
//! # Calls
//!
//! Every call is a method of [`StripeClient`], named `verb_resource`, in one file per resource below
//! `calls/`. Calls that create take an idempotency key: the caller derives it from what is being made
//! (`acct:cust:42`), and every retry of the call sends the same one. Calls that set something are
//! naturally idempotent and take `Option<&str>`; with `None` one random key serves all tries.
//! Stripe repeats a stored answer, even a 500, for 24 hours under the same key: when
//! [`StripeError::is_retryable`] still holds after the client gave up, look the object up before
//! trying again with another key.
//!
//! | resource | calls |
//! | --- | --- |
//! | account | `account` |
//! | customers | `create_`, `customer`, `update_`, `delete_`, `list_customers`, `search_customers`, `list_payment_methods` |
//! | products, prices | `create_`, `product`/`price`, `update_`, `list_products`/`list_prices` |
//! | checkout | `create_checkout_session`, `checkout_session`, `list_checkout_sessions`, `checkout_line_items`, `expire_checkout_session` |
//! | portal | `create_portal_session`, `list_portal_configurations`, `create_portal_configuration` |
//! | subscriptions | `subscription`, `list_`, `search_`, `update_`, `cancel_`, `pause_`, `resume_subscription`, `update_subscription_item` |
//! | invoices | `invoice`, `list_invoices`, `preview_invoice`, `pay_invoice`, `list_invoice_payments` |
//! | payments | `charge`, `payment_intent`, `create_refund`, `list_refunds`, `dispute` |
//! | events | `event`, `list_events` |
//! | webhook endpoints | `create_`, `webhook_endpoint`, `list_`, `update_`, `delete_webhook_endpoint` |
//! | meters | `billing_meter`, `create_meter_event` |
//!
//! Lists answer one [`Page`]; [`StripeClient::pages`] walks all of them. Objects that callers store
//! come as [`Raw<T>`], which keeps the JSON as Stripe sent it beside the typed view.
//!
//! # Webhooks
//!
//! [`webhook::verify`] checks a signed payload against all configured secrets and yields an [`Event`];
//! [`webhook::sign`] makes the header for tests and for the stand-in.

mod bucket;
mod calls;
mod client;
mod error;
pub mod form;
mod objects;
mod paging;
pub mod params;
mod raw;
mod retry;
pub mod subscription;
mod tolerant;
pub mod webhook;

pub use client::{API_VERSION, StripeClient, StripeOptions};
pub use error::{StripeError, StripeErrorKind};
pub use objects::*;
pub use paging::{ListQuery, Listed, Page, Pages};
pub use raw::{Expandable, Identified, Raw};
