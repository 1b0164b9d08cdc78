//! The group `customer`.

use crate::licensing::wire::{
    method::methods,
    params::{Exact, Flag, Id, MaybeFlag, MaybeId, MaybeText, MaybeWhole, Text, Whole},
    run::customer as run,
};

methods! { "customer";
    /// Adds a customer.
    AddCustomer, scope ["AddCustomer"], runs run::add {
        name: Text<100> = "Name", "Name.";
        email: Text<100> = "Email", "E-mail address.";
        company: Text<100> = "CompanyName", "Company.";
        notes: Text<1_000> = "Notes", "For those who work for the vendor.";
        association: Flag = "EnableCustomerAssociation", "Whether to make an association link.";
        management: Flag = "AllowActivationManagement", "Whether they may remove machines in the portal.";
        multiple: Flag = "AllowMultipleUserAssociation", "Whether several users may act for them.";
    } answers ["customerId", "portalLink", "secret"]

    /// Changes a customer; what is not said stays.
    EditCustomer, scope ["EditCustomer"], runs run::edit {
        customer: Id = "CustomerId", "Customer.";
        name: MaybeText<100> = "Name", "Name.";
        email: MaybeText<100> = "Email", "E-mail address.";
        company: MaybeText<100> = "CompanyName", "Company.";
        notes: MaybeText<1_000> = "Notes", "For those who work for the vendor.";
        association: MaybeFlag = "EnableCustomerAssociation", "Whether there is an association link.";
        management: MaybeFlag = "AllowActivationManagement", "Whether they may remove machines in the portal.";
        multiple: MaybeFlag = "AllowMultipleUserAssociation", "Whether several users may act for them.";
        max_devices: MaybeWhole<-1, 1_000_000> = "MaxNoOfDevices", "Machines that may use their licences, all taken together; 0: any number. Nobody is put out.";
        secret: Flag = "Secret", "Whether to make a new secret.";
    } answers ["secret"]

    /// Removes a customer that nothing but keys depends on; the keys are nobody's then.
    RemoveCustomer, scope ["RemoveCustomer"], runs run::remove {
        customer: Id = "CustomerId", "Customer.";
    } answers []

    /// Lists customers.
    GetCustomers, scope ["GetCustomers"], runs run::list {
        search: Text<200> = "Search", "Part of name, company or e-mail address.";
        with_id: Flag = "IncludeIdInSearch", "Whether the search may be a number.";
        customer: MaybeId = "CustomerId", "Only this one.";
        limit: Whole<0, 10_000> = "Limit", "At most so many; 0: 10,000.";
        newest_first: Flag = "SortByCreatedDescending", "Whether the newest come first.";
    } answers ["customers"]

    /// Lists the licences of a customer.
    GetCustomerLicenses, scope ["GetCustomerLicenses"], runs run::licences {
        customer: Id = "CustomerId", "Customer.";
        detailed: Flag = "Detailed", "Whether to add machines and data objects.";
        metadata: Flag = "Metadata", "Whether to count them.";
    } answers ["licenseKeys", "metadata"]

    /// Lists the licences of whoever has a secret.
    GetCustomerLicensesBySecret, scope ["GetCustomerLicensesBySecret", "GetCustomerLicenses"], runs run::licences_by_secret {
        secret: Exact<200> = "Secret", "The customer's secret.";
        detailed: Flag = "Detailed", "Whether to add machines and data objects.";
        metadata: Flag = "Metadata", "Whether to count them.";
    } answers ["licenseKeys", "metadata"]
}
