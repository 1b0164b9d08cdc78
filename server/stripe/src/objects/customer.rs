use super::Metadata;
use crate::{
    Listed, Raw,
    tolerant::{identified, tolerant_object},
};
use serde_json::Value;

tolerant_object! {
    /// Stripe's customer. `skm_customer_id` in its metadata is the customer's id here.
    Customer {
        /// `cus_…`
        id: String,
        /// Set on what is left of a deleted customer; everything else is then missing.
        deleted: bool,
        /// E-mail address for receipts.
        email: Option<String>,
        /// Name on invoices.
        name: Option<String>,
        /// Phone number.
        phone: Option<String>,
        /// Postal address, as Stripe keeps it.
        address: Value,
        /// The currency the customer is bound to, once charged.
        currency: Option<String>,
        /// Minor units; negative is credit.
        balance: i64,
        /// Whether the latest invoice failed.
        delinquent: Option<bool>,
        /// Seconds since 1970.
        created: i64,
        /// False in a sandbox.
        livemode: bool,
        /// The metadata contract's place.
        metadata: Metadata,
    }
}

tolerant_object! {
    /// What Stripe answers when something was deleted.
    Deleted {
        /// The id it had.
        id: String,
        /// True.
        deleted: bool,
    }
}

identified!(Customer, Deleted);

impl Listed for Raw<Customer> {
    const PATH: &'static str = "/v1/customers";
}
