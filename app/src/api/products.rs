//! Products, and the keys of one product.

use latchkey_shared::{
    api::{
        catalog::{AddProduct, EditProduct, Product, ProductRow},
        common::{List, ListQuery},
        keys::{AddKey, KeyRow, LicenceKey},
    },
    ids::ProductId,
};

use super::{Call, url::with_list};

const PATH: &str = "/api/v1/products";

pub fn list(query: &ListQuery) -> Call<List<ProductRow>> {
    Call::get(with_list(PATH, query))
}

pub fn add(form: &AddProduct) -> Call<Product> {
    Call::post(PATH, form)
}

pub fn get(id: ProductId) -> Call<Product> {
    Call::get(at(id, ""))
}

pub fn edit(id: ProductId, form: &EditProduct) -> Call<Product> {
    Call::patch(at(id, ""), form)
}

pub fn keys(id: ProductId, query: &ListQuery) -> Call<List<KeyRow>> {
    Call::get(with_list(&at(id, "/keys"), query))
}

/// Makes a key by hand.
pub fn add_key(id: ProductId, form: &AddKey) -> Call<LicenceKey> {
    Call::post(at(id, "/keys"), form)
}

fn at(id: ProductId, rest: &str) -> String {
    [PATH, "/", &id.to_string(), rest].concat()
}
