use crate::Metadata;
use serde::Serialize;

/// A new visit to the pay page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreateCheckoutSession {
    /// `subscription` or `payment`.
    pub mode: String,
    /// Who pays.
    pub customer: Option<String>,
    /// The caller's own name for it.
    pub client_reference_id: Option<String>,
    /// What is bought.
    pub line_items: Vec<LineItemParams>,
    /// Where to lead after paying; `{CHECKOUT_SESSION_ID}` in it becomes the session's id.
    pub success_url: Option<String>,
    /// Where the back link leads.
    pub cancel_url: Option<String>,
    /// When it closes, seconds since 1970: between 30 minutes and 24 hours from now.
    pub expires_at: Option<i64>,
    /// What the subscription is to have. Its metadata cannot be changed after the session was made.
    pub subscription_data: Option<SubscriptionData>,
    /// `always` or `if_required` (a trial without card).
    pub payment_method_collection: Option<String>,
    /// Whether the pay page takes promotion codes. Not together with `discounts`.
    pub allow_promotion_codes: Option<bool>,
    /// At most one. Not together with `allow_promotion_codes`.
    pub discounts: Vec<DiscountParams>,
    /// Whether Stripe reckons tax.
    pub automatic_tax: Option<AutomaticTax>,
    /// What the pay page may change on the customer.
    pub customer_update: Option<CustomerUpdate>,
    /// Whether the pay page asks for a tax id.
    pub tax_id_collection: Option<Switch>,
    /// Language of the pay page.
    pub locale: Option<String>,
    /// The session's own metadata; it does not reach the subscription.
    pub metadata: Metadata,
}

/// One thing bought.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LineItemParams {
    /// `price_…`
    pub price: String,
    /// How many; `None` for metered prices.
    pub quantity: Option<u64>,
}

/// What the new subscription is to have.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SubscriptionData {
    /// The metadata contract's place, with `skm_temp_var`.
    pub metadata: Metadata,
    /// Free days before the first payment.
    pub trial_period_days: Option<u32>,
    /// What happens at the end of a trial without card.
    pub trial_settings: Option<TrialSettings>,
    /// Text on invoices.
    pub description: Option<String>,
}

/// What happens when a trial ends.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TrialSettings {
    /// See [`TrialEnd`].
    pub end_behavior: TrialEnd,
}

/// What happens when a trial ends without a payment method.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TrialEnd {
    /// `cancel`, `pause` or `create_invoice`.
    pub missing_payment_method: String,
}

/// One discount.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DiscountParams {
    /// A coupon's id.
    pub coupon: Option<String>,
    /// A promotion code's id.
    pub promotion_code: Option<String>,
}

/// Whether Stripe reckons tax.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct AutomaticTax {
    /// Whether it does.
    pub enabled: bool,
}

/// Something that is on or off.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Switch {
    /// Whether it is on.
    pub enabled: bool,
}

/// What the pay page may change on the customer: `auto` or `never`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CustomerUpdate {
    /// Needed for tax on a customer without address.
    pub address: Option<String>,
    /// Needed for a tax id.
    pub name: Option<String>,
}
