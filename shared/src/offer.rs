//! Why a Stripe price is not offered to customers, and how to mend it. `engine::offer` decides.

use serde::{Deserialize, Serialize};

use crate::words::word_enum;

word_enum! {
    /// A reason why something in the vendor's Stripe catalogue is not offered.
    pub enum ReasonCode {
        ProductInactive = "product_inactive", "The product is archived in Stripe.";
        ProductIdMissing = "product_id_missing", "The Stripe product does not say which product of Latchkey it is.";
        ProductIdNotANumber = "product_id_not_a_number", "The product's skm_product_id is not a number.";
        ProductUnknown = "product_unknown", "No product of Latchkey has this number.";
        ProductArchived = "product_archived", "The product is archived in Latchkey.";
        NoPrices = "no_prices", "The product has no price that can be offered.";
        PriceInactive = "price_inactive", "The price is archived in Stripe.";
        PriceNotRecurring = "price_not_recurring", "The price is a one-time price; subscriptions need a recurring one.";
        PriceMetered = "price_metered", "The price is billed by metered use, which cannot be offered.";
        PriceTiered = "price_tiered", "The price has tiers, which cannot be offered.";
        PriceTransformed = "price_transformed", "The price divides its quantity into packages, which cannot be offered.";
        PriceCustomAmount = "price_custom_amount", "The customer would choose the amount of this price.";
        AmountMissing = "amount_missing", "The price has no amount.";
        AmountNotWhole = "amount_not_whole", "The amount is a fraction of the currency's smallest unit.";
        AmountNegative = "amount_negative", "The amount is negative.";
        CurrencyUnknown = "currency_unknown", "The currency is not three letters.";
        CurrencyMismatch = "currency_mismatch", "The price is in another currency than this webshop's.";
        IntervalUnknown = "interval_unknown", "The billing interval is none that Latchkey knows.";
        KeyParamsMissing = "key_params_missing", "The price does not say what licence key it buys.";
        KeyParamsTooLong = "key_params_too_long", "The price's skm is longer than 500 characters.";
        KeyParamsNotJson = "key_params_not_json", "The price's skm is not a JSON object.";
        KeyParamsBadField = "key_params_bad_field", "A field of the price's skm has a value that cannot be used.";
        TemplateUnknown = "template_unknown", "The price's skm names a licence template that does not exist.";
    }
}

impl ReasonCode {
    /// What to do, and where.
    pub const fn mend(self) -> &'static str {
        match self {
            Self::ProductInactive => "Open the product in Stripe and choose “Unarchive”.",
            Self::ProductIdMissing => {
                "Add the metadata skm_product_id to the product in Stripe, or connect it here with one click."
            }
            Self::ProductIdNotANumber | Self::ProductUnknown => {
                "Set skm_product_id on the product in Stripe to the id shown on its page in Latchkey."
            }
            Self::ProductArchived => "Bring the product back in Latchkey, or archive it in Stripe too.",
            Self::NoPrices => "Add a recurring price to the product in Stripe, or mend one of those listed.",
            Self::PriceInactive => "Open the price in Stripe and choose “Unarchive”, or make a new one.",
            Self::PriceNotRecurring => "Make a recurring price for the product in Stripe.",
            Self::PriceMetered | Self::PriceTiered | Self::PriceTransformed | Self::PriceCustomAmount => {
                "Make a recurring price with a fixed amount per unit in Stripe."
            }
            Self::AmountMissing | Self::AmountNotWhole | Self::AmountNegative => {
                "Make a new price with a whole amount of zero or more in Stripe."
            }
            Self::CurrencyUnknown | Self::CurrencyMismatch => {
                "Make a price in the webshop's currency, or change the webshop's currency."
            }
            Self::IntervalUnknown => "Use a billing interval of days, weeks, months or years.",
            Self::KeyParamsMissing => {
                "Add the metadata skm to the price in Stripe, for example {\"F1\":true,\"MaxNoOfMachines\":1}."
            }
            Self::KeyParamsTooLong => {
                "Make a licence template in Latchkey and set skm to {\"TemplateId\":1}."
            }
            Self::KeyParamsNotJson => {
                "Write skm as JSON with straight quotes, for example {\"F1\":true,\"MaxNoOfMachines\":1}."
            }
            Self::KeyParamsBadField => "Correct the field named here in the price's skm in Stripe.",
            Self::TemplateUnknown => "Set TemplateId to the id of a licence template of the product.",
        }
    }
}

/// One reason why a product or price is not offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotOffered {
    pub code: ReasonCode,
    /// The value or field in question, if naming it helps: `MaxNoOfMachines: “many” is not a whole number`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl NotOffered {
    pub const fn new(code: ReasonCode) -> Self {
        Self { code, detail: None }
    }

    pub fn with(code: ReasonCode, detail: impl Into<String>) -> Self {
        Self { code, detail: Some(detail.into()) }
    }

    /// What is wrong, in one sentence, with the detail.
    pub fn sentence(&self) -> String {
        match &self.detail {
            Some(detail) => format!("{} ({detail})", self.code.label()),
            None => self.code.label().to_owned(),
        }
    }

    /// What to do about it.
    pub const fn mend(&self) -> &'static str {
        self.code.mend()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_says_what_is_wrong_and_what_to_do() {
        for &code in ReasonCode::ALL {
            assert!(code.label().ends_with('.'), "{code}: {}", code.label());
            assert!(code.mend().ends_with('.'), "{code}: {}", code.mend());
            assert_ne!(code.label(), code.mend());
        }
    }

    #[test]
    fn json_shape() {
        let plain = serde_json::to_string(&NotOffered::new(ReasonCode::PriceTiered)).unwrap();
        assert_eq!(plain, r#"{"code":"price_tiered"}"#);
        let detailed = NotOffered::with(ReasonCode::ProductUnknown, "77");
        assert_eq!(serde_json::to_string(&detailed).unwrap(), r#"{"code":"product_unknown","detail":"77"}"#);
        assert_eq!(detailed.sentence(), "No product of Latchkey has this number. (77)");
    }
}
