//! Loaded data without its type: signals, comparing and keeping are compiled once for all that is ever loaded.

use std::{any::Any, marker::PhantomData, rc::Rc};

use leptos::prelude::*;

/// A place for one value of any type.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    value: StoredValue<Option<Rc<dyn Any>>, LocalStorage>,
    /// Whether the value is what is shown, and not merely what was shown before.
    there: RwSignal<bool>,
    changed: Trigger,
}

impl Kept {
    pub fn new() -> Self {
        Self { value: StoredValue::new_local(None), there: RwSignal::new(false), changed: Trigger::new() }
    }

    pub fn put(self, value: Rc<dyn Any>) {
        self.value.set_value(Some(value));
        self.there.set(true);
        self.changed.notify();
    }

    /// Takes the value out of sight. What still draws it may finish with it.
    pub fn forget(self) {
        self.there.set(false);
        self.changed.notify();
    }

    /// Tracked.
    pub fn is_there(self) -> bool {
        self.there.get()
    }

    /// The value, tracked, while it is there.
    pub fn current(self) -> Option<Rc<dyn Any>> {
        self.changed.track();
        if self.there.get_untracked() { self.latest() } else { None }
    }

    fn latest(self) -> Option<Rc<dyn Any>> {
        self.value.get_value()
    }
}

/// What was loaded, for the page that draws it: there from the first drawing on, and tracked where it is read. A
/// copyable handle.
pub struct Shown<T> {
    kept: Kept,
    of: PhantomData<fn() -> T>,
}

impl<T> Copy for Shown<T> {}

impl<T> Clone for Shown<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Shown<T> {
    pub(super) fn of(kept: Kept) -> Self {
        Self { kept, of: PhantomData }
    }

    /// Reads the value in place, tracked.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.kept.changed.track();
        self.with_untracked(read)
    }

    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let latest = self.kept.latest();
        match latest.as_deref().and_then(<dyn Any>::downcast_ref) {
            Some(value) => read(value),
            None => unreachable!("shown only after it was put, and never taken out again"),
        }
    }

    /// The value, tracked.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }
}
