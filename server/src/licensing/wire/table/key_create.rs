//! The group `key`: new keys.

use crate::licensing::wire::{
    method::methods,
    params::{Exact, Flag, Id, MaybeId, MaybeText, Text, Whole},
    run::create as run,
};

methods! { "key";
    /// Makes keys, for a customer or a new one if need be.
    CreateKey, scope ["CreateKey"], runs run::create_key {
        product: Id = "ProductId", "Product.";
        period: Whole<0, 36_500> = "Period", "Days until they expire; 0: never.";
        f1: Flag = "F1", "Feature 1.";
        f2: Flag = "F2", "Feature 2.";
        f3: Flag = "F3", "Feature 3.";
        f4: Flag = "F4", "Feature 4.";
        f5: Flag = "F5", "Feature 5.";
        f6: Flag = "F6", "Feature 6.";
        f7: Flag = "F7", "Feature 7.";
        f8: Flag = "F8", "Feature 8.";
        notes: Text<10_000> = "Notes", "For those who work for the vendor; 500 characters.";
        block: Flag = "Block", "Whether they are blocked from the start.";
        customer: MaybeId = "CustomerId", "Whose they are.";
        new_customer: Flag = "NewCustomer", "Whether to make a customer for them; needs the scope AddCustomer too.";
        by_email: Flag = "AddOrUseExistingCustomer", "The same, unless there is a customer with this e-mail address.";
        trial_activation: Flag = "TrialActivation", "Whether the days count from the activation.";
        max_machines: Whole<0, 1_000_000> = "MaxNoOfMachines", "Machine limit; 0: none.";
        allowed_machines: Text<10_000> = "AllowedMachines", "The only machines that may activate, one per line.";
        reseller: MaybeId = "ResellerId", "Who sold them.";
        count: Whole<1, 1_000, 1> = "NoOfKeys", "How many.";
        name: Text<100> = "Name", "Of a new customer.";
        email: Text<100> = "Email", "Of a new customer.";
        company: Text<100> = "CompanyName", "Of a new customer.";
        association: Flag = "EnableCustomerAssociation", "Of a new customer: whether to make an association link.";
        management: Flag = "AllowActivationManagement", "Of a new customer: whether they may remove machines.";
        multiple: Flag = "AllowMultipleUserAssociation", "Of a new customer: whether several users may act for them.";
    } answers ["key", "createdKeys", "customerId"]

    /// Answers the trial key of a machine, made the first time.
    CreateTrialKey, scope ["CreateTrialKey"], runs run::create_trial_key {
        product: Id = "ProductId", "Product.";
        machine: Exact<128> = "MachineCode", "The machine.";
        friendly_name: MaybeText<250> = "FriendlyName", "A name for people.";
    } answers ["key"]

    /// Makes a key as a licence template says.
    CreateKeyFromTemplate, scope ["CreateKeyFromTemplate"], runs run::create_key_from_template {
        template: Id = "LicenseTemplateId", "Licence template.";
    } answers ["key", "rawResponse"]
}
