//! Home, licences and plans.

pub const TITLE: &str = "Home";
pub const LICENCES_TITLE: &str = "Licences";
pub const PLANS_TITLE: &str = "Plans";

pub fn greeting(name: &str) -> String {
    if name.is_empty() { "Hello".to_owned() } else { ["Hello ", name].concat() }
}

pub const CHOOSE_A_PLAN: &str = "Choose a plan to get your licence key.";
pub const MORE_PLANS: &str = "See all plans";
pub const CHECK_CARD: &str = "Check your card";
pub const HOW_TO_PAY: &str = "Pay the open invoice on this page, or give another card under “Change card and address”: Stripe then tries again by itself.";

pub fn pay_until(until: Option<&str>) -> String {
    match until {
        Some(until) => {
            ["The last payment failed. Pay by ", until, ", or your licence stops working."].concat()
        }
        None => "The last payment failed. Pay, or your licence stops working.".to_owned(),
    }
}

pub const MANAGE: &str = "Manage";
pub const DAYS_LEFT: &str = "days";
pub const DAY_LEFT: &str = "day";
pub const KEY_ON_ITS_WAY: &str = "Your licence key is being made. It appears here by itself.";

pub const NO_LICENCES: &str = "No licence yet";
pub const NO_LICENCES_BODY: &str = "Your licence keys appear here as soon as you have a plan.";
pub const SEE_PLANS: &str = "See the plans";

pub const ALLOWS: &str = "What it allows";
pub const ALLOWS_NOTHING_NAMED: &str = "Use of the product";
pub const EXPIRES: &str = "Works until";
pub const NEVER_EXPIRES: &str = "Without end";
pub const NEXT_PAYMENT: &str = "Next payment";
pub const BLOCKED: &str =
    "This key is blocked and does not work at present. Write to us if you think that this is a mistake.";
pub const EXPIRED: &str = "This key has expired. A new plan gives you a working one.";

pub const SUBSCRIBED: &str = "You have this";
pub const YOURS: &str = "Your plan";
pub const SUBSCRIBED_MANAGE: &str = "Manage your plan";
pub const NO_PLANS: &str = "There are no plans to choose from";
pub const NO_PLANS_BODY: &str = "Come back later, or write to us and tell what you need.";
pub const UNAVAILABLE: &str = "Nothing can be bought at the moment";
pub const CANCELLED_TITLE: &str = "You went back before paying";
pub const CANCELLED_BODY: &str = "Nothing was charged. Choose a plan whenever you like.";
pub const PAY_HINT: &str = "You pay on a page of Stripe and come back here.";
pub const INCLUDES: &str = "Includes";

/// The word on a plan's one button.
pub const fn subscribe(trial: bool) -> &'static str {
    if trial { "Start the trial" } else { "Subscribe" }
}

/// What follows that word for those who do not see on which card the button stands.
pub fn subscribe_to(plan: &str, trial: bool) -> String {
    [if trial { " of " } else { " to " }, plan].concat()
}

pub fn trial_days(days: i64) -> String {
    if days == 1 { "1 day free, then".to_owned() } else { [&days.to_string(), " days free, then"].concat() }
}

/// A subscription's state in words. Dates and prices come as the browser writes them.
pub mod state {
    pub fn renews(date: &str, price: Option<&str>) -> String {
        match price {
            Some(price) => ["renews ", date, " for ", price].concat(),
            None => ["renews ", date].concat(),
        }
    }

    pub fn trial(until: &str, price: Option<&str>) -> String {
        match price {
            Some(price) => ["free until ", until, ", then ", price].concat(),
            None => ["free until ", until].concat(),
        }
    }

    pub fn ends(date: &str) -> String {
        ["works until ", date, " and then ends"].concat()
    }

    pub fn paid_until(date: &str) -> String {
        ["paid until ", date].concat()
    }

    pub fn ended(date: &str) -> String {
        ["ended ", date].concat()
    }

    pub const ACTIVE: &str = "active";
    pub const TRIAL: &str = "free trial";
    pub const ENDED: &str = "ended";
    pub fn past_due(until: Option<&str>) -> String {
        match until {
            Some(until) => ["the last payment failed; everything works until ", until].concat(),
            None => "the last payment failed; everything still works for now".to_owned(),
        }
    }

    pub const GRACE: &str = "no longer paid for; it stops working in a few days";
    pub const PAYMENT_COMING: &str = "the first payment is on its way; everything works meanwhile";
    pub const PAUSED: &str = "paused";
    pub const NOT_STARTED: &str = "waiting for the first payment";
}

/// "€49 a month", "€49 every 3 months". `unit` is `day`, `week`, `month` or `year`.
pub fn price_per(price: &str, count: i64, unit: &str) -> String {
    if count == 1 {
        [price, " a ", unit].concat()
    } else {
        [price, " every ", &count.to_string(), " ", unit, "s"].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_read_as_people_say_them() {
        assert_eq!(price_per("€49", 1, "month"), "€49 a month");
        assert_eq!(price_per("€49", 3, "month"), "€49 every 3 months");
        assert_eq!(trial_days(1), "1 day free, then");
        assert_eq!(trial_days(14), "14 days free, then");
        assert_eq!(state::renews("3 March", Some("€49")), "renews 3 March for €49");
        assert_eq!(state::trial("3 March", None), "free until 3 March");
    }
}
