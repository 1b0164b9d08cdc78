//! Customers, their association links and messages to them.

use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        communications::{Communication, SendMessage},
        customers::{AddCustomer, Customer, CustomerRow, EditCustomer, SetAccount},
        links::AssociationLink,
    },
    ids::CustomerId,
};

use super::{Call, url::with_list};

const PATH: &str = "/api/v1/customers";

pub fn list(query: &ListQuery) -> Call<List<CustomerRow>> {
    Call::get(with_list(PATH, query))
}

pub fn add(form: &AddCustomer) -> Call<Customer> {
    Call::post(PATH, form)
}

pub fn get(id: CustomerId) -> Call<Customer> {
    Call::get(at(id, ""))
}

pub fn edit(id: CustomerId, form: &EditCustomer) -> Call<Customer> {
    Call::patch(at(id, ""), form)
}

/// Disables or enables access to the portal.
pub fn set_account(id: CustomerId, form: &SetAccount) -> Call<Customer> {
    Call::post(at(id, "/account"), form)
}

pub fn enable_association(id: CustomerId) -> Call<AssociationLink> {
    Call::press(at(id, "/association/enable"))
}

/// Makes a new link; the old one stops working.
pub fn renew_association(id: CustomerId) -> Call<AssociationLink> {
    Call::press(at(id, "/association/renew"))
}

pub fn revoke_association(id: CustomerId) -> Call<AssociationLink> {
    Call::press(at(id, "/association/revoke"))
}

/// Mails the link to the customer's address.
pub fn send_association(id: CustomerId) -> Call<AssociationLink> {
    Call::press(at(id, "/association/send"))
}

pub fn send_message(id: CustomerId, form: &SendMessage) -> Call<Communication> {
    Call::post(at(id, "/messages"), form)
}

fn at(id: CustomerId, rest: &str) -> String {
    [PATH, "/", &id.to_string(), rest].concat()
}
