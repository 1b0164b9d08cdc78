//! The group `auth`.

use crate::licensing::wire::{
    method::methods,
    params::{Id, KeyText},
    run::auth as run,
};

methods! { "auth";
    /// Exchanges a token for any key (key lock -1) for one that works for a single key.
    KeyLock, scope [], runs run::key_lock {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
    } answers ["keyId", "token"]
}
