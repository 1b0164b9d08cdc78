//! Products, and the keys of one product.

use latchkey_shared::{
    api::{
        catalog::{AddProduct, EditProduct, Product, ProductRow},
        common::{List, ListQuery},
        key_bulk::{AddKeys, KeysMade},
        keys::{AddKey, KeyRow, LicenceKey},
        licensing::{AddTemplate, EditTemplate, LicenceTemplate, LicenceTemplates, ProductLicensing},
        publish::{Publication, PublishProduct},
    },
    ids::ProductId,
};

use super::{
    Call,
    stripe::{Which, of},
    url::with_list,
};

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

/// Makes several keys by hand, all alike.
pub fn add_keys(id: ProductId, form: &AddKeys) -> Call<KeysMade> {
    Call::post(at(id, "/keys/bulk"), form)
}

pub fn templates(id: ProductId) -> Call<LicenceTemplates> {
    Call::get(at(id, "/templates"))
}

pub fn add_template(id: ProductId, form: &AddTemplate) -> Call<LicenceTemplate> {
    Call::post(at(id, "/templates"), form)
}

pub fn edit_template(id: i64, form: &EditTemplate) -> Call<LicenceTemplate> {
    Call::patch(template_at(id), form)
}

pub fn remove_template(id: i64) -> Call<()> {
    Call::delete(template_at(id))
}

/// What the product says about its licences.
pub fn licensing(id: ProductId) -> Call<ProductLicensing> {
    Call::get(at(id, "/licensing"))
}

pub fn set_licensing(id: ProductId, form: &ProductLicensing) -> Call<ProductLicensing> {
    Call::put(at(id, "/licensing"), form)
}

/// What publishing the product to Stripe would do.
pub fn publication(id: ProductId, which: Which) -> Call<Publication> {
    Call::get(of(&at(id, "/publication"), which))
}

/// Publishes the product and plans of it to Stripe.
pub fn publish(id: ProductId, which: Which, form: &PublishProduct) -> Call<Publication> {
    Call::post(of(&at(id, "/publication"), which), form)
}

fn template_at(id: i64) -> String {
    ["/api/v1/templates/", &id.to_string()].concat()
}

fn at(id: ProductId, rest: &str) -> String {
    [PATH, "/", &id.to_string(), rest].concat()
}
