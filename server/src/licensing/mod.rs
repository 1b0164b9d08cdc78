//! Licence keys: making, showing, changing and blocking them, saying in words what they allow, and the key
//! pairs that sign them.

pub mod activation;
pub mod bulk;
pub mod change;
pub mod create;
pub mod edit;
pub mod history;
pub mod issue;
pub mod licence;
pub mod machines;
mod order;
pub mod own;
pub mod pairs;
pub mod plan_params;
pub mod product_rules;
pub mod reissue;
pub mod remembered;
pub mod schedule;
pub mod settings;
pub mod signer;
pub mod signing;
pub mod templates;
pub mod usage_log;
pub mod view;
pub mod wire;
pub mod words;
