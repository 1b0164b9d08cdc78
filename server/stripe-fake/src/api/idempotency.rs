//! Idempotency keys: the first answer is kept for a day and repeated, also when it was a failure.

use crate::{
    error::ApiError,
    world::{KeptAnswer, World},
};
use serde_json::Value;

/// How long answers are kept, in seconds.
const KEPT_FOR: i64 = 86_400;

/// A request that may carry a key.
pub(super) trait Identified {
    /// The key within the caller's account; `None` without one.
    fn name(&self) -> Option<String>;
    /// The key as the caller sent it.
    fn shown(&self) -> &str;
    /// What has to be the same each time.
    fn fingerprint(&self) -> String;
}

/// An answer that can be kept and repeated.
pub(super) trait Kept {
    fn keep(&self) -> (u16, Value);
    fn replay(kept: (u16, Value)) -> Self;
    fn refuse(error: &ApiError) -> Self;
}

/// The answer when the key was used before. Otherwise the key is taken until [`finish`].
pub(super) fn begin<A: Kept>(world: &mut World, request: &impl Identified) -> Option<A> {
    let name = request.name()?;
    let now = world.now();
    world.kept_answers.retain(|_, kept| kept.kept_at + KEPT_FOR > now);
    let Some(kept) = world.kept_answers.get(&name) else {
        let taken = KeptAnswer { request: request.fingerprint(), answer: None, kept_at: now };
        world.kept_answers.insert(name, taken);
        return None;
    };
    if kept.request != request.fingerprint() {
        return Some(A::refuse(&ApiError::idempotency_mismatch(request.shown())));
    }
    Some(match &kept.answer {
        Some(answer) => A::replay(answer.clone()),
        None => A::refuse(&ApiError::idempotency_in_use(request.shown())),
    })
}

/// Keeps the answer of a call that took effect; frees the key of one that did not.
pub(super) fn finish<A: Kept>(world: &mut World, request: &impl Identified, answer: Option<&A>) {
    let Some(name) = request.name() else { return };
    match answer {
        Some(answer) => {
            if let Some(kept) = world.kept_answers.get_mut(&name) {
                kept.answer = Some(answer.keep());
            }
        }
        None => {
            world.kept_answers.remove(&name);
        }
    }
}
