//! What a product is in a subscription.

use crate::words::word_enum;

word_enum! {
    /// What a product is in a subscription: each has one base and any number of extras.
    #[derive(Default)]
    pub enum ProductKind {
        #[default]
        Base = "base", "Base product";
        Extra = "extra", "Extra";
    }
}
