//! An optional thing to do.

use leptos::prelude::*;

/// What happens on a press, if anything: made from a closure, a `Callback`, or an optional one of either.
#[derive(Clone, Copy, Default)]
pub struct Press(Option<Callback<()>>);

impl Press {
    pub fn run(self) {
        if let Some(callback) = self.0 {
            callback.run(());
        }
    }

    /// The callback, for views that are drawn only if there is one.
    pub const fn get(self) -> Option<Callback<()>> {
        self.0
    }
}

impl<F: Fn() + Send + Sync + 'static> From<F> for Press {
    fn from(press: F) -> Self {
        Self(Some(Callback::from(press)))
    }
}

impl From<Callback<()>> for Press {
    fn from(press: Callback<()>) -> Self {
        Self(Some(press))
    }
}

impl From<Option<Callback<()>>> for Press {
    fn from(press: Option<Callback<()>>) -> Self {
        Self(press)
    }
}
