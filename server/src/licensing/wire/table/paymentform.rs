//! The group `paymentform`.

use crate::licensing::wire::{
    method::methods,
    params::{Id, Text, Whole},
    run::paymentform as run,
};

methods! { "paymentform";
    /// Opens a page at Stripe where a customer pays for a plan; it works once.
    CreateSession, scope ["CreateSession"], runs run::create_session {
        plan: Id = "PaymentFormId", "The plan.";
        customer: Id = "CustomField", "The customer who buys.";
        price: Text<20> = "Price", "The plan's price, to be certain; a plan costs what Stripe says.";
        currency: Text<3> = "Currency", "The plan's currency, to be certain.";
        heading: Text<200> = "Heading", "Taken and not used: the page is Stripe's.";
        product_name: Text<200> = "ProductName", "Taken and not used: the page is Stripe's.";
        metadata: Text<1_000> = "Metadata", "Kept with the subscription.";
        expires: Whole<0, 253_402_300_799> = "Expires", "When the page stops working, in seconds since 1970; half an hour to a day from now, which is what 0 means.";
    } answers ["sessionId", "url"]
}
