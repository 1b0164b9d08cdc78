//! Publishing a product to Stripe.

use crate::api::publish::PublishAction;

pub const TITLE: &str = "Sell through Stripe";
pub const ABOUT: &str = "Makes this product and its offered plans above at Stripe, with the metadata by which purchases find their keys. What is there already is completed, never made twice.";
pub const OPEN: &str = "Publish to Stripe";
pub const DIALOG: &str = "Publish to Stripe";
pub const INTO: &str = "Into the account";
pub const WHICH: &str = "Plans to publish";
pub const NO_PLANS: &str =
    "This product has no plans of its own here. Add one above, and its price can be published too.";
pub const NOTHING: &str = "Everything is at Stripe. There is nothing to publish.";
pub const METADATA: &str = "Metadata";
pub const PRODUCT: &str = "Product";
pub const PUBLISH: &str = "Publish";
pub const DONE: &str = "The product is published, and what it costs is offered.";

/// What becomes of an object, in a word.
pub const fn action(action: PublishAction) -> &'static str {
    match action {
        PublishAction::Create => "New",
        PublishAction::FillIn => "Completed",
        PublishAction::There => "There",
        PublishAction::Cannot => "Not possible",
    }
}
