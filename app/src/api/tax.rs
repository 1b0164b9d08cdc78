//! Rates of tax on what is billed offline.

use latchkey_shared::{
    api::tax::{SetTaxRate, TaxRates},
    ids::TaxRateId,
};

use super::Call;

const PATH: &str = "/api/v1/tax-rates";

pub fn list() -> Call<TaxRates> {
    Call::get(PATH)
}

pub fn add(form: &SetTaxRate) -> Call<TaxRates> {
    Call::post(PATH, form)
}

pub fn set(id: TaxRateId, form: &SetTaxRate) -> Call<TaxRates> {
    Call::put([PATH, "/", &id.to_string()].concat(), form)
}
