//! Stripe's objects, as far as Latchkey reads them. One file per resource.

mod account;
mod catalog;
mod checkout;
mod customer;
mod event;
mod invoice;
mod payment;
mod portal;
mod subscription;
mod webhook_endpoint;

pub use account::Account;
pub use catalog::{Price, Product, Recurring};
pub use checkout::{CheckoutSession, CheckoutStatus, LineItem, PaymentStatus};
pub use customer::{Customer, Deleted};
pub use event::{Event, EventRequest};
pub use invoice::{
    Invoice, InvoiceLine, InvoicePayment, InvoiceStatus, LinePeriod, PaymentReference, SubscriptionParent,
};
pub use payment::{
    BillingMeter, Card, Charge, CustomerMapping, Dispute, DisputeStatus, MeterEvent, PaymentIntent,
    PaymentMethod, Refund, ValueSettings,
};
pub use portal::{PortalConfiguration, PortalSession};
pub use subscription::{
    CancellationDetails, PauseCollection, Subscription, SubscriptionItem, SubscriptionStatus,
};
pub use webhook_endpoint::WebhookEndpoint;

/// Metadata: at most 50 keys of 40 characters, values of 500.
pub type Metadata = std::collections::BTreeMap<String, String>;
