//! The metadata `skm` of a Stripe price: what licence key it buys.
//!
//! A JSON object of the parameters of the licence Web API's `CreateKey`, for example
//! `{"F3":true,"MaxNoOfMachines":1}`. Names are read in any case, truth and numbers in every spelling that
//! vendors use. What is not known or has no meaning here is kept as a warning and does no harm.

mod features;
mod merge;
mod read;

pub use features::Features;
pub use merge::{merge, over_template};
use serde_json::{Map, Value};

/// Longest `skm`, in characters: what Stripe allows for a metadata value.
pub const MAX_CHARS: usize = 500;
/// Longest text of a licence template, in characters: room for a list of machines.
pub const MAX_TEMPLATE_CHARS: usize = 12_000;
/// Most machines of a key.
pub const MAX_MACHINES: u32 = 1_000_000;
/// Longest period of a key, in days.
pub const MAX_PERIOD_DAYS: u32 = 36_500;
/// Longest note of a key, in characters.
pub const MAX_NOTES_CHARS: usize = 500;

/// What a key is made with. `None` is what the price does not say: the product's or template's value holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyParams {
    /// Another product than the one that `skm_product_id` names.
    pub product_id: Option<i64>,
    pub template_id: Option<i64>,
    pub features: Features,
    /// Days; without meaning for what Stripe bills, where the subscription decides.
    pub period_days: Option<u32>,
    /// 0: not tied to machines.
    pub max_machines: Option<u32>,
    pub trial_activation: Option<bool>,
    pub notes: Option<String>,
    /// Machine codes, one per line; only these may activate.
    pub allowed_machines: Option<String>,
}

/// Key parameters that could be read, and what was odd about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    pub params: KeyParams,
    /// Names of fields that have no effect, with the reason.
    pub warnings: Vec<String>,
}

/// Why `skm` cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyParamsError {
    /// Nothing but white space.
    Missing,
    TooLong,
    /// Not a JSON object; carries what the parser found.
    NotJson(String),
    /// A field with a value that cannot be used: its name, and why.
    BadField {
        field: String,
        problem: String,
    },
}

impl KeyParams {
    /// Reads the text of `skm`.
    pub fn parse(skm: &str) -> Result<Parsed, KeyParamsError> {
        Self::parse_within(skm, MAX_CHARS)
    }

    /// Reads the text of a licence template, which may be longer.
    pub fn parse_template(text: &str) -> Result<Parsed, KeyParamsError> {
        Self::parse_within(text, MAX_TEMPLATE_CHARS)
    }

    fn parse_within(text: &str, most: usize) -> Result<Parsed, KeyParamsError> {
        if text.trim().is_empty() {
            return Err(KeyParamsError::Missing);
        }
        if text.chars().count() > most {
            return Err(KeyParamsError::TooLong);
        }
        match serde_json::from_str(text) {
            Ok(Value::Object(fields)) => read::fields(fields),
            Ok(_) => Err(KeyParamsError::NotJson("it is not an object in { }".to_owned())),
            Err(error) => Err(KeyParamsError::NotJson(error.to_string())),
        }
    }

    /// Writes `skm`, leaving out what is not set. `Err` if that is longer than Stripe allows; then the values
    /// belong into a licence template.
    pub fn to_skm(&self) -> Result<String, KeyParamsError> {
        let mut fields = Map::new();
        let mut set = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                fields.insert(name.to_owned(), value);
            }
        };
        set("ProductId", self.product_id.map(Value::from));
        set("TemplateId", self.template_id.map(Value::from));
        for number in 1..=Features::COUNT {
            set(&format!("F{number}"), self.features.get(number).map(Value::from));
        }
        set("Period", self.period_days.map(Value::from));
        set("MaxNoOfMachines", self.max_machines.map(Value::from));
        set("TrialActivation", self.trial_activation.map(Value::from));
        set("Notes", self.notes.clone().map(Value::from));
        set("AllowedMachines", self.allowed_machines.clone().map(Value::from));
        let text = Value::Object(fields).to_string();
        if text.chars().count() > MAX_CHARS { Err(KeyParamsError::TooLong) } else { Ok(text) }
    }
}

#[cfg(test)]
mod tests;
