use crate::tolerant::{identified, tolerant_object};
use serde_json::Value;

tolerant_object! {
    /// The account a key belongs to.
    Account {
        /// `acct_…`
        id: String,
        /// Two-letter country.
        country: Option<String>,
        /// Currency used when none is named.
        default_currency: Option<String>,
        /// The owner's e-mail address, where the key may see it.
        email: Option<String>,
        /// Whether it can take payments.
        charges_enabled: bool,
        /// Dashboard settings; the display name is at `dashboard.display_name`.
        settings: Value,
    }
}

identified!(Account);

impl Account {
    /// The name shown in Stripe's dashboard.
    pub fn display_name(&self) -> Option<&str> {
        self.settings["dashboard"]["display_name"].as_str()
    }
}
