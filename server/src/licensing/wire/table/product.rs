//! The group `product`.

use crate::licensing::wire::{
    method::methods,
    params::{Id, Text, Whole},
    run::product as run,
};

methods! { "product";
    /// Lists the products.
    GetProducts, scope ["GetProducts"], runs run::get_products {} answers ["products"]

    /// Lists the keys of a product, 99 per page.
    GetKeys, scope ["GetKeys"], runs run::get_keys {
        product: Id = "ProductId", "Product.";
        page: Whole<1, 10_000_000, 1> = "Page", "From 1.";
        order: Text<100> = "OrderBy", "A field, with ascending or descending after it; ID ascending unless said.";
        search: Text<2_000> = "SearchQuery", "The filter language, or the usual LINQ spellings.";
    } answers ["licenseKeys", "returned", "total", "pageCount"]
}
