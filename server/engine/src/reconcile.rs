//! What to do about a Stripe subscription and its key: the repair table as one decision.
//!
//! | key issued here | `skm_temp_var` | `skm_key_id` | then |
//! | --- | --- | --- | --- |
//! | no | yes | no | issue; if customer or catalogue are wrong, a person decides |
//! | yes | yes | no or the same | write back |
//! | yes | no | no | write back |
//! | yes | no | the same | nothing |
//! | yes | any | another | a person decides, nothing is overwritten |
//! | no | any | yes | adopt the key if it is this customer's, else a person decides |
//! | no | no | no | issue if it is all ours, else a person decides |
//!
//! Where a key is missing and staff made one by hand for the customer meanwhile, that key is adopted. What Stripe
//! says instead of the issued key is written over only where a person decided against just that.
//!
//! Nothing is issued for a subscription that does not earn a key. One that was paid for and ended before its
//! key was issued is shown to a person. Both ids are always written, and a placeholder never stays beside them.

use latchkey_shared::attention::AttentionCode;

/// A key by its two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyIds {
    /// Per product: `skm_key_id`.
    pub id: i64,
    /// Per installation: `skm_key_globalid`.
    pub global_id: i64,
}

/// The key that the metadata of a subscription name, as far as it can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedKey {
    /// There is none by that number, or it is no number.
    Missing,
    /// It is this customer's, of the right product, and no other subscription's.
    Fitting(KeyIds),
    /// It is somebody else's, or tied to another subscription.
    Another,
}

/// What the items of a subscription buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Catalogue {
    /// Every item says what key it buys.
    Licensed,
    /// The product is ours, but the price's `skm` is missing or broken.
    BadPrice,
    /// An item's product is none of ours.
    NotOurs,
}

/// The metadata of a Stripe subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Metadata<'a> {
    /// `skm_temp_var` is there and not empty.
    pub placeholder: bool,
    pub key_id: Option<&'a str>,
    pub global_id: Option<&'a str>,
}

/// All that the decision depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation<'a> {
    /// Staff said that it is not ours.
    pub ignored: bool,
    /// [`crate::entitlement::Entitlement::issue_key`].
    pub earns_key: bool,
    /// Cancelled, or expired before it began.
    pub ended: bool,
    /// Money was taken.
    pub charged: bool,
    /// The key tied to this subscription here.
    pub issued: Option<KeyIds>,
    pub metadata: Metadata<'a>,
    /// A person decided for the issued key, against what the metadata say.
    pub overruled: bool,
    /// Looked up by the caller when the metadata name a key and none is issued.
    pub named: NamedKey,
    /// A key that staff made by hand for this customer and product since the subscription began, and that belongs
    /// to no subscription.
    pub made_by_hand: Option<KeyIds>,
    /// The Stripe customer is a customer here.
    pub customer_known: bool,
    pub catalogue: Catalogue,
    /// The customer has another live subscription for the same product.
    pub duplicate: bool,
}

/// What to do, and what a person has to look at besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pub action: Action,
    pub attention: Option<AttentionCode>,
}

impl Decision {
    /// Whether everything is as it should be.
    pub fn is_settled(&self) -> bool {
        self.action == Action::Nothing
            && matches!(self.attention, None | Some(AttentionCode::DuplicateSubscription))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Nothing,
    /// Create the key, tie it and enqueue the write-back, in one transaction.
    Issue,
    /// Set both ids in Stripe and take the placeholder away.
    WriteBack(KeyIds),
    /// Tie this existing key, then write back.
    Adopt(KeyIds),
}

/// Decides by the table above.
pub fn decide(situation: &Situation<'_>) -> Decision {
    if situation.ignored {
        return Decision { action: Action::Nothing, attention: None };
    }
    let decision = match situation.issued {
        Some(issued) => for_issued_key(issued, situation),
        None if situation.metadata.names_a_key() => for_named_key(situation.named),
        None if situation.earns_key => for_missing_key(situation),
        None => for_nothing_earned(situation),
    };
    let duplicate =
        (situation.duplicate && situation.earns_key).then_some(AttentionCode::DuplicateSubscription);
    Decision { attention: decision.attention.or(duplicate), ..decision }
}

fn for_issued_key(issued: KeyIds, situation: &Situation<'_>) -> Decision {
    let metadata = &situation.metadata;
    let differs = |written: Option<&str>, ours: i64| written.is_some_and(|text| !is_number(text, ours));
    if differs(metadata.key_id, issued.id) || differs(metadata.global_id, issued.global_id) {
        return if situation.overruled {
            act(Action::WriteBack(issued))
        } else {
            attention(AttentionCode::KeyConflict)
        };
    }
    let complete = metadata.key_id.is_some() && metadata.global_id.is_some() && !metadata.placeholder;
    act(if complete { Action::Nothing } else { Action::WriteBack(issued) })
}

fn for_named_key(named: NamedKey) -> Decision {
    match named {
        NamedKey::Fitting(key) => act(Action::Adopt(key)),
        NamedKey::Missing => attention(AttentionCode::DanglingKeyId),
        NamedKey::Another => attention(AttentionCode::KeyOfAnotherCustomer),
    }
}

fn for_missing_key(situation: &Situation<'_>) -> Decision {
    if let Some(key) = situation.made_by_hand.filter(|_| situation.customer_known) {
        return act(Action::Adopt(key));
    }
    let made_by_us = situation.metadata.placeholder;
    match (situation.catalogue, situation.customer_known) {
        (Catalogue::Licensed, true) => act(Action::Issue),
        (Catalogue::BadPrice, true) => attention(AttentionCode::BadPriceMetadata),
        (Catalogue::NotOurs, _) if made_by_us => attention(AttentionCode::UnknownProduct),
        (Catalogue::Licensed | Catalogue::BadPrice, false) => attention(AttentionCode::UnknownCustomer),
        (Catalogue::NotOurs, _) => attention(AttentionCode::ForeignSubscription),
    }
}

fn for_nothing_earned(situation: &Situation<'_>) -> Decision {
    let ours = situation.metadata.placeholder || situation.catalogue != Catalogue::NotOurs;
    if situation.ended && situation.charged && ours {
        attention(AttentionCode::PaidWithoutKeyThenEnded)
    } else {
        act(Action::Nothing)
    }
}

impl Metadata<'_> {
    fn names_a_key(&self) -> bool {
        self.key_id.is_some() || self.global_id.is_some()
    }
}

fn is_number(text: &str, number: i64) -> bool {
    text.trim().parse() == Ok(number)
}

const fn act(action: Action) -> Decision {
    Decision { action, attention: None }
}

const fn attention(code: AttentionCode) -> Decision {
    Decision { action: Action::Nothing, attention: Some(code) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: KeyIds = KeyIds { id: 7, global_id: 70 };

    /// Live, ours, paid; nothing issued, nothing in the metadata.
    const PLAIN: Situation<'static> = Situation {
        ignored: false,
        earns_key: true,
        ended: false,
        charged: true,
        issued: None,
        metadata: Metadata { placeholder: false, key_id: None, global_id: None },
        overruled: false,
        named: NamedKey::Missing,
        made_by_hand: None,
        customer_known: true,
        catalogue: Catalogue::Licensed,
        duplicate: false,
    };

    fn metadata(
        placeholder: bool,
        key_id: Option<&'static str>,
        global_id: Option<&'static str>,
    ) -> Metadata<'static> {
        Metadata { placeholder, key_id, global_id }
    }

    #[test]
    fn a_key_that_is_issued() {
        let write_back = act(Action::WriteBack(KEY));
        let conflict = attention(AttentionCode::KeyConflict);
        for (metadata, expected) in [
            (metadata(false, Some("7"), Some("70")), act(Action::Nothing)),
            (metadata(false, Some(" 7 "), Some("70")), act(Action::Nothing)),
            (metadata(true, Some("7"), Some("70")), write_back),
            (metadata(true, None, None), write_back),
            (metadata(false, None, None), write_back),
            (metadata(false, Some("7"), None), write_back),
            (metadata(false, None, Some("70")), write_back),
            (metadata(false, Some("8"), Some("70")), conflict),
            (metadata(false, Some("7"), Some("71")), conflict),
            (metadata(true, Some("8"), None), conflict),
            (metadata(false, Some("seven"), None), conflict),
        ] {
            let situation = Situation { issued: Some(KEY), metadata, ..PLAIN };
            assert_eq!(decide(&situation), expected, "{metadata:?}");
            let ended = Situation { earns_key: false, ended: true, ..situation };
            assert_eq!(decide(&ended), expected, "{metadata:?}, also when it has ended");
        }
    }

    #[test]
    fn what_a_person_decided_against_is_written_over() {
        let metadata = metadata(false, Some("8"), Some("80"));
        let situation = Situation { issued: Some(KEY), metadata, overruled: true, ..PLAIN };
        assert_eq!(decide(&situation), act(Action::WriteBack(KEY)));
        let unheard = Situation { issued: None, ..situation };
        assert_eq!(
            decide(&unheard),
            attention(AttentionCode::DanglingKeyId),
            "without a key there is no such word"
        );
    }

    #[test]
    fn a_key_made_by_hand_is_taken_for_the_missing_one() {
        for catalogue in [Catalogue::Licensed, Catalogue::BadPrice, Catalogue::NotOurs] {
            let by_hand = Situation { made_by_hand: Some(KEY), catalogue, ..PLAIN };
            assert_eq!(decide(&by_hand), act(Action::Adopt(KEY)), "{catalogue:?}");
            let nobodys = Situation { customer_known: false, ..by_hand };
            assert_ne!(decide(&nobodys), act(Action::Adopt(KEY)));
            let unpaid = Situation { earns_key: false, ..by_hand };
            assert_eq!(decide(&unpaid), act(Action::Nothing));
            let named = Situation { metadata: metadata(false, Some("9"), None), ..by_hand };
            assert_eq!(
                decide(&named),
                attention(AttentionCode::DanglingKeyId),
                "Stripe's word is not written over"
            );
        }
    }

    #[test]
    fn a_key_that_only_stripe_names() {
        for placeholder in [false, true] {
            for (key_id, global_id) in [(Some("7"), Some("70")), (Some("7"), None), (None, Some("70"))] {
                let named = |named| {
                    decide(&Situation { metadata: metadata(placeholder, key_id, global_id), named, ..PLAIN })
                };
                assert_eq!(named(NamedKey::Fitting(KEY)), act(Action::Adopt(KEY)));
                assert_eq!(named(NamedKey::Missing), attention(AttentionCode::DanglingKeyId));
                assert_eq!(named(NamedKey::Another), attention(AttentionCode::KeyOfAnotherCustomer));
            }
        }
    }

    #[test]
    fn a_key_that_is_missing() {
        use AttentionCode as Code;
        use Catalogue as C;
        for (placeholder, catalogue, customer_known, expected) in [
            (true, C::Licensed, true, act(Action::Issue)),
            (true, C::BadPrice, true, attention(Code::BadPriceMetadata)),
            (true, C::NotOurs, true, attention(Code::UnknownProduct)),
            (true, C::Licensed, false, attention(Code::UnknownCustomer)),
            (true, C::BadPrice, false, attention(Code::UnknownCustomer)),
            (true, C::NotOurs, false, attention(Code::UnknownProduct)),
            (false, C::Licensed, true, act(Action::Issue)),
            (false, C::BadPrice, true, attention(Code::BadPriceMetadata)),
            (false, C::NotOurs, true, attention(Code::ForeignSubscription)),
            (false, C::Licensed, false, attention(Code::UnknownCustomer)),
            (false, C::NotOurs, false, attention(Code::ForeignSubscription)),
        ] {
            let metadata = metadata(placeholder, None, None);
            let situation = Situation { metadata, customer_known, catalogue, ..PLAIN };
            assert_eq!(decide(&situation), expected, "{situation:?}");
        }
    }

    #[test]
    fn nothing_is_issued_for_what_earns_no_key() {
        let waiting = Situation { earns_key: false, metadata: metadata(true, None, None), ..PLAIN };
        assert_eq!(decide(&waiting), act(Action::Nothing), "unpaid or paused may still come back");
        let ended = Situation { ended: true, ..waiting };
        assert_eq!(decide(&ended), attention(AttentionCode::PaidWithoutKeyThenEnded));
        assert_eq!(decide(&Situation { charged: false, ..ended }), act(Action::Nothing));
        let not_ours = Situation { metadata: Metadata::default(), catalogue: Catalogue::NotOurs, ..ended };
        assert_eq!(decide(&not_ours), act(Action::Nothing));
    }

    #[test]
    fn a_second_subscription_gets_its_key_and_is_shown() {
        let twice = Situation { duplicate: true, ..PLAIN };
        let shown = Some(AttentionCode::DuplicateSubscription);
        assert_eq!(decide(&twice), Decision { action: Action::Issue, attention: shown });
        let broken = Situation { catalogue: Catalogue::BadPrice, ..twice };
        assert_eq!(decide(&broken), attention(AttentionCode::BadPriceMetadata));
        assert_eq!(decide(&Situation { earns_key: false, ..twice }), act(Action::Nothing));
    }

    #[test]
    fn what_is_ignored_is_left_alone() {
        let ignored = Situation { ignored: true, metadata: metadata(true, Some("9"), None), ..PLAIN };
        assert_eq!(decide(&ignored), act(Action::Nothing));
        assert_eq!(decide(&Situation { issued: Some(KEY), ..ignored }), act(Action::Nothing));
    }

    /// Every combination: whoever paid and has no key gets one or stands in front of a person.
    #[test]
    fn no_charge_without_a_key() {
        let bools = [false, true];
        let texts = [None, Some("7"), Some("8")];
        for placeholder in bools {
            for key_id in texts {
                for named in [NamedKey::Missing, NamedKey::Fitting(KEY), NamedKey::Another] {
                    for customer_known in bools {
                        for catalogue in [Catalogue::Licensed, Catalogue::BadPrice, Catalogue::NotOurs] {
                            let metadata = metadata(placeholder, key_id, None);
                            let situation = Situation { metadata, named, customer_known, catalogue, ..PLAIN };
                            let decision = decide(&situation);
                            let settled = decision.action != Action::Nothing || decision.attention.is_some();
                            assert!(settled, "{situation:?}");
                        }
                    }
                }
            }
        }
    }
}
