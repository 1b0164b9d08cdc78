//! The group `reseller`.

use crate::licensing::wire::{
    method::methods,
    params::{Id, MaybeText, Text},
    run::reseller as run,
};

methods! { "reseller";
    /// Adds a reseller.
    AddReseller, scope ["AddReseller"], runs run::add {
        name: Text<100> = "Name", "Name.";
        url: Text<200> = "Url", "Web page.";
        email: Text<100> = "Email", "E-mail address.";
        phone: Text<50> = "Phone", "Telephone number.";
        description: Text<1_000> = "Description", "In words.";
    } answers ["resellerId"]

    /// Changes a reseller; what is not said stays.
    EditReseller, scope ["EditReseller"], runs run::edit {
        reseller: Id = "ResellerId", "Reseller.";
        name: MaybeText<100> = "Name", "Name.";
        url: MaybeText<200> = "Url", "Web page.";
        email: MaybeText<100> = "Email", "E-mail address.";
        phone: MaybeText<50> = "Phone", "Telephone number.";
        description: MaybeText<1_000> = "Description", "In words.";
    } answers []

    /// Removes a reseller; keys go on naming it.
    RemoveReseller, scope ["RemoveReseller"], runs run::remove {
        reseller: Id = "ResellerId", "Reseller.";
    } answers []

    /// Lists the resellers.
    GetResellers, scope ["GetResellers"], runs run::list {} answers ["resellers"]

    /// Lists the customers who have keys that a reseller sold.
    GetResellerCustomers, scope ["GetResellerCustomers"], runs run::customers {
        reseller: Id = "ResellerId", "Reseller.";
    } answers ["customers"]
}
