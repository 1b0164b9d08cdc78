//! The group `key`: changes of a key.

use crate::licensing::wire::{
    method::methods,
    params::{Flag, Id, KeyText, MaybeId, Needed, Text},
    run::change as run,
};

methods! { "key";
    /// Moves the expiry of a key on.
    ExtendLicense, scope ["ExtendLicense"], runs run::extend {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        days: Needed<0, 36_500> = "NoOfDays", "Days, from the expiry or from now where that is over.";
    } answers []

    /// Switches a feature on.
    AddFeature, scope ["AddFeature"], runs run::add_feature {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        feature: Needed<1, 8> = "Feature", "1 to 8.";
    } answers []

    /// Switches a feature off.
    RemoveFeature, scope ["RemoveFeature"], runs run::remove_feature {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        feature: Needed<1, 8> = "Feature", "1 to 8.";
    } answers []

    /// Blocks a key.
    BlockKey, scope ["BlockKey"], runs run::block {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
    } answers []

    /// Lifts the block of a key.
    UnblockKey, scope ["UnblockKey"], runs run::unblock {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
    } answers []

    /// Sets the machine limit of a key.
    MachineLockLimit, scope ["MachineLockLimit"], runs run::machine_limit {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        machines: Needed<0, 1_000_000> = "NumberOfMachines", "Machine limit; 0: none. Nobody is put out.";
    } answers []

    /// Sets the notes of a key.
    ChangeNotes, scope ["ChangeNotes"], runs run::notes {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        notes: Text<10_000> = "Notes", "500 characters.";
    } answers []

    /// Gives a key to a customer, or to nobody.
    ChangeCustomer, scope ["ChangeCustomer"], runs run::customer {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        customer: MaybeId = "CustomerId", "Customer; 0: nobody.";
    } answers []

    /// Says who sold a key.
    ChangeReseller, scope ["ChangeReseller"], runs run::reseller {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        reseller: MaybeId = "ResellerId", "Reseller; 0: nobody.";
    } answers []

    /// Says whether the days of a key count from the activation.
    TrialActivation, scope ["TrialActivation"], runs run::trial_activation {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        enabled: Flag = "Enabled", "Whether they do.";
    } answers []
}
