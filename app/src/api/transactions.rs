//! The customers' history.

use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        transactions::{RefundPayment, Transaction, TransactionRow, TransactionSums},
    },
    ids::TransactionId,
};

use super::{
    Call,
    url::{with_list, with_query},
};

const PATH: &str = "/api/v1/transactions";

pub fn list(query: &ListQuery) -> Call<List<TransactionRow>> {
    Call::get(with_list(PATH, query))
}

pub fn get(id: TransactionId) -> Call<Transaction> {
    Call::get(at(id, ""))
}

/// By currency, of everything that matches.
pub fn sums(filter: &str) -> Call<TransactionSums> {
    Call::get(with_query(&[PATH, "/sums"].concat(), &[("filter", filter)]))
}

/// Where the file for the bookkeeper is.
pub fn export_href(filter: &str) -> String {
    with_query(&[PATH, "/export"].concat(), &[("filter", filter)])
}

pub fn refund(id: TransactionId, form: &RefundPayment) -> Call<Transaction> {
    Call::post(at(id, "/refund"), form)
}

fn at(id: TransactionId, rest: &str) -> String {
    [PATH, "/", &id.to_string(), rest].concat()
}
