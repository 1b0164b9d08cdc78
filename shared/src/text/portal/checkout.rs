//! After paying: three steps that tick, then the key.

pub const TITLE: &str = "Your order";
pub const TITLE_READY: &str = "Your licence key is ready";
pub const TITLE_READY_MANY: &str = "Your licence keys are ready";
pub const STEP_PAID: &str = "Payment received";
pub const STEP_MADE: &str = "Licence made";
pub const STEP_READY: &str = "Ready";
pub const NOTE_PAYING: &str = "Waiting for word from Stripe.";
pub const NOTE_MAKING: &str = "A moment.";
pub const STEPS: &str = "Progress of your order";
pub const NOT_PAID: &str =
    "This order is not paid yet. If you have just paid, the page goes on by itself in a moment.";
pub const WAIT: &str = "This usually takes a second. The page goes on by itself.";
pub const LONG_PAYING: &str = "Some ways of paying take longer, a bank transfer up to a few days. You may close this page: as soon as the payment arrives, your key is made and stands on your home page.";
pub const LONG_MAKING: &str = "Your payment has arrived; making the key takes longer than it should. You need not do anything and you may close this page. The key will stand on your home page.";
pub const GO_HOME: &str = "Go to your home page";
pub const RECEIPT: &str = "Receipt";
pub const HOW_TITLE: &str = "How to enter the key";
pub const HOW_1: &str = "Copy the key with the button beside it.";
pub const HOW_3: &str = "Paste the key and confirm. It works at once.";

pub const FAILED_TITLE: &str = "The payment did not go through";
pub const FAILED: &str = "Nothing was charged and no licence was made. Try again, perhaps with another card.";
pub const ABANDONED_TITLE: &str = "This order was not finished";
pub const ABANDONED: &str = "Nothing was charged. You can start again whenever you like.";
pub const MISSING: &str = "There is no such order";
pub const MISSING_BODY: &str = "The address may be mistyped, or the order belongs to another customer.";
pub const BACK_TO_PLANS: &str = "Back to the plans";

/// What was ordered.
pub fn ordered(plan: &str) -> String {
    ["Thank you for ordering ", plan, "."].concat()
}

/// Where the key goes.
pub fn how_2(product: &str) -> String {
    ["Open ", product, " and choose “Enter licence key”, or wait until it asks for one."].concat()
}
