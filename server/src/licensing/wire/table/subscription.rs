//! The group `subscription`. Its other method, `StripeUrl`, is where Stripe delivers events.

use crate::licensing::wire::{
    method::methods,
    params::{Id, KeyText, Needed},
    run::subscription as run,
};

methods! { "subscription";
    /// Records use of a key that a metered subscription pays for.
    RecordUsage, scope ["RecordUsage"], runs run::record_usage {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        amount: Needed<1, 1_000_000_000> = "Amount", "How much.";
    } answers []
}
