//! How events look in the histories of customers and licence keys.

use crate::components::{Glyph, Tone};

/// Picture and colour by the kind's words: kinds of a newer server get the plain dot.
pub fn look(kind: &str) -> (Glyph, Tone) {
    let has = |word| kind.contains(word);
    let glyph = match () {
        () if has("machine") => Glyph::Screen,
        () if has("key") => Glyph::Key,
        () if has("subscription") || has("checkout") || has("plan") => Glyph::Subscription,
        () if has("invoice") || has("payment") || has("refund") || has("dispute") => Glyph::Card,
        () if has("terms") => Glyph::Document,
        () if has("association") || has("link") || has("sign_up") => Glyph::Link,
        () if has("message") || has("mail") || has("communication") => Glyph::Mail,
        () if has("user") || has("sign_in") || has("password") => Glyph::Person,
        () if has("edited") || has("changed") || has("renamed") => Glyph::Edit,
        () => Glyph::Info,
    };
    let tone = match () {
        () if has("failed") || has("disabled") || has("blocked") && !has("unblocked") || has("dispute") => {
            Tone::Bad
        }
        () if has("cancel") || has("revoked") || has("past_due") || has("expired") => Tone::Notice,
        () if has("issued") || has("paid") || has("accepted") || has("enabled") || has("created") => {
            Tone::Good
        }
        () => Tone::Neutral,
    };
    (glyph, tone)
}

#[cfg(test)]
mod tests {
    use super::look;
    use crate::components::{Glyph, Tone};

    #[test]
    fn kinds_get_a_picture_and_a_colour() {
        assert_eq!(look("key_issued"), (Glyph::Key, Tone::Good));
        assert_eq!(look("key_blocked"), (Glyph::Key, Tone::Bad));
        assert_eq!(look("key_unblocked"), (Glyph::Key, Tone::Neutral));
        assert_eq!(look("terms_accepted"), (Glyph::Document, Tone::Good));
        assert_eq!(look("subscription_cancelled"), (Glyph::Subscription, Tone::Notice));
        assert_eq!(look("something_new"), (Glyph::Info, Tone::Neutral));
    }
}
