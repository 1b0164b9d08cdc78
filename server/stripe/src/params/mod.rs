//! What calls send. Fields are Stripe's parameters of the same name; `None` and empty collections are
//! not sent.

mod catalog;
mod checkout;
mod customer;
mod endpoint;
mod invoice;
mod portal;
mod subscription;

pub use catalog::{CreatePrice, CreateProduct, RecurringParams, UpdatePrice, UpdateProduct};
pub use checkout::{
    AutomaticTax, CreateCheckoutSession, CustomerUpdate, DiscountParams, LineItemParams, SubscriptionData,
    Switch, TrialEnd, TrialSettings,
};
pub use customer::CustomerParams;
pub use endpoint::{CreateWebhookEndpoint, MeterEventParams, UpdateWebhookEndpoint};
pub use invoice::{CreateRefund, PayInvoice, PreviewDetails, PreviewInvoice};
pub use portal::{CreatePortalSession, PortalConfigurationParams};
pub use subscription::{
    CancelSubscription, ItemParams, PauseCollectionParams, PauseSubscription, ResumeSubscription,
    UpdateSubscription, UpdateSubscriptionItem,
};

use serde::{Serialize, Serializer};

/// A field that can be set or emptied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<T> {
    /// Sets it.
    Set(T),
    /// Empties it.
    Clear,
}

impl<T: Serialize> Serialize for Change<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(value) => value.serialize(serializer),
            Self::Clear => serializer.serialize_str(""),
        }
    }
}
