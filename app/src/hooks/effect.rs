//! Reacting to signals.

use leptos::prelude::*;

/// Runs `react` after the first drawing and whenever a signal that it reads changes. In place of `Effect::new` where the
/// result of the last run does not matter: that one is compiled once for each closure, this one once.
pub fn use_effect(react: impl Fn() + 'static) {
    run(Box::new(react));
}

fn run(react: Box<dyn Fn()>) {
    Effect::new(move |_| react());
}
