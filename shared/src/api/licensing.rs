//! What staff set about a product's licences: its signing key pair, its rules, its licence templates.

use serde::{Deserialize, Serialize};

use crate::ids::ProductId;

/// What a product says about its licences beside the features' names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProductLicensing {
    /// The key pair that signs this product's licences.
    #[garde(skip)]
    pub signing_key: i64,
    /// An hourly run blocks keys that have expired.
    #[garde(skip)]
    pub blocks_expired: bool,
    /// Which of F1 to F8 limit a key in time: only keys with one of them are blocked so. None of them: every key is.
    #[garde(length(max = 8))]
    #[serde(default)]
    pub limiting_features: Vec<bool>,
    /// Extending a key also unblocks it (`cryptolens_unblockextendedlicenses`).
    #[garde(skip)]
    pub extending_unblocks: bool,
    /// The days of a trial begin with the first machine only, and not anew with each
    /// (`cryptolens_trialactivation`).
    #[garde(skip)]
    pub trial_begins_once: bool,
    /// Days before the expiry on which customers are reminded, separated by commas
    /// (`cryptolens_expirationnotice`); absent: never.
    #[garde(length(chars, max = 200))]
    pub reminder_days: Option<String>,
    /// JSON: the tree of named features that keys may have (`cryptolens_featuretemplate`); empty: none.
    #[garde(length(chars, max = 10_000))]
    pub feature_template: String,
}

/// What a key that is made from a template is like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TemplateKey {
    /// Days; 0: the key never expires.
    #[garde(range(min = 0, max = 36_500))]
    pub period_days: i64,
    /// F1 to F8.
    #[garde(length(min = 8, max = 8))]
    pub features: Vec<bool>,
    /// 0: not locked to machines.
    #[garde(range(min = 0, max = 1_000_000))]
    pub max_machines: i64,
    /// The days count from the first activation.
    #[garde(skip)]
    pub trial_activation: bool,
    #[garde(length(chars, max = 500))]
    pub notes: String,
    /// Machine codes, one per line; empty: any machine.
    #[garde(length(chars, max = 10_000))]
    pub allowed_machines: String,
}

/// Parameters for new keys under a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LicenceTemplate {
    pub id: i64,
    pub product: ProductId,
    pub name: String,
    /// JSON of `CreateKey` parameters.
    pub params: String,
    /// What they say.
    pub key: TemplateKey,
    pub version: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LicenceTemplates {
    pub templates: Vec<LicenceTemplate>,
}

/// Either `key` or `params` says what the keys are like; `key` wins.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddTemplate {
    #[garde(length(chars, min = 1, max = 100))]
    pub name: String,
    #[garde(dive)]
    #[serde(default)]
    pub key: Option<TemplateKey>,
    /// JSON of `CreateKey` parameters.
    #[garde(length(chars, max = 12_000))]
    #[serde(default)]
    pub params: String,
}

/// Either `key` or `params` says what the keys are like; `key` wins.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditTemplate {
    #[garde(length(chars, min = 1, max = 100))]
    pub name: String,
    #[garde(dive)]
    #[serde(default)]
    pub key: Option<TemplateKey>,
    /// JSON of `CreateKey` parameters.
    #[garde(length(chars, max = 12_000))]
    #[serde(default)]
    pub params: String,
    #[garde(skip)]
    pub version: i64,
}
