//! Data objects.

pub const TITLE: &str = "Data objects";
pub const INTRO: &str = "Names with a text and a whole number, attached to you as the vendor, to a product or to a licence key. Programs read them through the licence API.";
pub const TABS_LABEL: &str = "What the objects are attached to";
pub const VENDOR: &str = "Vendor";
pub const PRODUCT: &str = "Products";
pub const KEY: &str = "Licence keys";
pub const SEARCH: &str = "Search by name";
pub const ADD: &str = "Add data object";
pub const ADD_TITLE: &str = "Add a data object";
pub const EDIT: &str = "Edit";
pub const REMOVE: &str = "Remove";
pub const NAME: &str = "Name";
pub const STRING: &str = "Text value";
pub const INT: &str = "Number value";
pub const ATTACHED: &str = "Attached to";
pub const UPDATED: &str = "Changed";
pub const ACTIONS: &str = "Actions";
pub const RESERVED: &str = "Reserved";
pub const PRODUCT_FIELD: &str = "Product";
pub const PRODUCT_CHOOSE: &str = "Choose a product";
pub const PRODUCT_MISSING: &str = "Choose the product that the object is attached to.";
pub const KEY_FIELD: &str = "Global id of the licence key";
pub const KEY_HELP: &str = "It stands on the key's page, and as skm_key_globalid in Stripe.";
pub const KEY_MISSING: &str = "Enter the global id of a licence key.";
pub const NAME_MISSING: &str = "Enter a name.";
pub const ONLY_ONE_PRODUCT: &str = "Only the objects of one product are shown.";
pub const ONLY_ONE_KEY: &str = "Only the objects of one licence key are shown.";
pub const SHOW_ALL: &str = "Show all";

pub const EMPTY_VENDOR: &str = "No data objects at vendor level";
pub const EMPTY_PRODUCT: &str = "No data objects on products";
pub const EMPTY_KEY: &str = "No data objects on licence keys";
pub const EMPTY_BODY: &str = "Add one to keep a setting or a counter that your programs can read.";

pub const RESERVED_TITLE: &str = "Reserved names";
pub const RESERVED_BODY: &str = "Names that begin with cryptolens_ steer Latchkey itself. Changing them at vendor level needs the permission to change settings.";
pub const TERMS_MEANING: &str = "The text value is the https address of your terms of use. Customers accept them before they can use the portal, and are asked again when the address changes.";
pub const TERMS_SET: &str = "Set terms of use";
pub const TERMS_VERSION: &str = "Their version label is set under Settings, Terms.";
pub const TERMS_STRING: &str = "Address of your terms of use";
pub const RESERVED_FORBIDDEN: &str = "This name is reserved. Ask an owner or admin to set it.";

pub fn added(name: &str) -> String {
    [name, " was added."].concat()
}

pub fn saved(name: &str) -> String {
    [name, " was saved."].concat()
}

pub fn removed(name: &str) -> String {
    [name, " was removed."].concat()
}

pub fn edit_title(name: &str) -> String {
    ["Edit ", name].concat()
}

pub fn remove_question(name: &str) -> String {
    ["Remove ", name, "?"].concat()
}

pub const REMOVE_TEXT: &str = "Its text and number are lost, and programs that read it no longer find it.";
pub const REMOVE_TERMS_TEXT: &str =
    "New customers are no longer asked to accept terms of use. What was accepted so far stays on record.";
pub const REMOVE_CONFIRM: &str = "Remove data object";

pub fn product_number(id: i64) -> String {
    ["Product ", &id.to_string()].concat()
}

pub fn key_number(id: i64) -> String {
    ["Licence key ", &id.to_string()].concat()
}
