//! Connecting Stripe, checking what is connected, and what goes on between Stripe and Latchkey.

mod account;
mod catalogue;
mod connect;
mod connect_steps;
mod endpoint;
mod endpoints;
mod event;
mod events;
mod map;
mod page;
mod permissions;
mod sections;
mod sweeps;
mod webhook;
mod which;

pub use connect::StripeConnectPage;
pub use endpoints::EndpointsPage;
pub use event::EventPage;
pub use events::EventsPage;
pub use page::StripeCheckPage;
pub use sweeps::SweepsPage;
pub use which::choices as account_choices;
