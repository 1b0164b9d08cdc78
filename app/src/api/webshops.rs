//! Webshops, and which one a customer is bound to.

use latchkey_shared::{
    api::{
        customers::Customer,
        webshops::{SetCustomerWebshop, SetWebshop, Webshop, Webshops},
    },
    ids::{CustomerId, WebshopId},
};

use super::Call;

const PATH: &str = "/api/v1/webshops";

pub fn list() -> Call<Webshops> {
    Call::get(PATH)
}

pub fn get(id: WebshopId) -> Call<Webshop> {
    Call::get([PATH, "/", &id.to_string()].concat())
}

pub fn add(form: &SetWebshop) -> Call<Webshop> {
    Call::post(PATH, form)
}

pub fn set(id: WebshopId, form: &SetWebshop) -> Call<Webshop> {
    Call::put([PATH, "/", &id.to_string()].concat(), form)
}

/// Binds a customer to a webshop.
pub fn bind(customer: CustomerId, form: &SetCustomerWebshop) -> Call<Customer> {
    Call::put(["/api/v1/customers/", &customer.to_string(), "/webshop"].concat(), form)
}
