//! Hiding fields of a licence: `FieldsToReturn` of a call, or the feature lock of a token, which goes before it.
//!
//! A number whose bits stand for the fields in the order in which a licence has them: 2 hides the number of the key,
//! 8 when it was made, 16 until when it works, and so on. What the caller said (product and key) and when it was signed
//! are never hidden. What is hidden is there as zero, as false or as nothing, since clients fail on a missing field.

use crate::{identity::tokens::Token, licensing::licence::Licence};

/// Scopes for which the feature lock means something else: days of a trial, the largest step of a counter.
const OTHER_MEANING: [&str; 3] = ["CreateTrialKey", "IncrementIntValue", "DecrementIntValue"];

/// Which fields are hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mask(i64);

impl Mask {
    /// What a token hides whatever it calls, else what the call asks to be hidden.
    pub fn of(token: &Token, asked: i64) -> Self {
        let lock = token.feature_lock.filter(|_| !OTHER_MEANING.iter().any(|scope| token.holds(scope)));
        Self(lock.filter(|lock| *lock > 0).unwrap_or(asked))
    }

    fn hides(self, field: Field) -> bool {
        self.0 & (1 << field as i64) != 0
    }

    /// Hides fields. Of hidden machines only the caller's own is left.
    pub fn apply(self, licence: &mut Licence, own: Option<i64>) {
        if self.0 == 0 {
            return;
        }
        let key = &mut licence.key;
        let numbers = [
            (Field::Number, &mut key.number),
            (Field::Created, &mut key.created_at),
            (Field::Period, &mut key.period_days),
            (Field::GlobalId, &mut key.id),
            (Field::MaxMachines, &mut key.max_machines),
        ];
        for (field, number) in numbers {
            if self.hides(field) {
                *number = 0;
            }
        }
        if self.hides(Field::Expires) {
            key.expires_at = Some(0);
        }
        let flags = [
            (Field::F1, &mut key.f1),
            (Field::F2, &mut key.f2),
            (Field::F3, &mut key.f3),
            (Field::F4, &mut key.f4),
            (Field::F5, &mut key.f5),
            (Field::F6, &mut key.f6),
            (Field::F7, &mut key.f7),
            (Field::F8, &mut key.f8),
            (Field::Block, &mut key.blocked),
            (Field::TrialActivation, &mut key.trial_activation),
        ];
        for (field, flag) in flags {
            *flag &= !self.hides(field);
        }
        for (field, text) in
            [(Field::Notes, &mut key.notes), (Field::AllowedMachines, &mut key.allowed_machines)]
        {
            if self.hides(field) {
                text.clear();
            }
        }
        if self.hides(Field::Customer) {
            licence.customer = None;
        }
        if self.hides(Field::Machines) {
            licence.machines.retain(|machine| Some(machine.id) == own);
        }
        if self.hides(Field::DataObjects) {
            licence.objects.clear();
        }
        if self.hides(Field::Reseller) {
            licence.reseller = None;
        }
    }
}

/// The fields that can be hidden, by the number of their bit.
#[derive(Clone, Copy, Debug)]
enum Field {
    Number = 1,
    Created = 3,
    Expires = 4,
    Period = 5,
    F1 = 6,
    F2 = 7,
    F3 = 8,
    F4 = 9,
    F5 = 10,
    F6 = 11,
    F7 = 12,
    F8 = 13,
    Notes = 14,
    Block = 15,
    GlobalId = 16,
    Customer = 17,
    Machines = 18,
    TrialActivation = 19,
    MaxMachines = 20,
    AllowedMachines = 21,
    DataObjects = 22,
    Reseller = 24,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(scopes: &[&str], feature_lock: Option<i64>) -> Token {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        Token { id: 1, scopes, feature_lock, ..Token::default() }
    }

    #[test]
    fn a_tokens_lock_goes_before_what_a_call_asks() {
        assert_eq!(Mask::of(&token(&["Activate"], None), 8), Mask(8));
        assert_eq!(Mask::of(&token(&["Activate"], Some(0)), 8), Mask(8));
        assert_eq!(Mask::of(&token(&["Activate"], Some(4)), 8), Mask(4));
        let counting = token(&["Activate", "IncrementIntValue"], Some(1));
        assert_eq!(Mask::of(&counting, 0), Mask(0), "there it is the largest step");
    }
}
