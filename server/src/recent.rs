//! Something that was read a moment ago and need not be read with every call.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// A change is honoured by every process within this time.
pub const FOR: Duration = Duration::from_millis(800);

/// The last value, for [`FOR`].
#[derive(Debug)]
pub struct Recent<T>(Mutex<Option<(Instant, T)>>);

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> Recent<T> {
    pub fn get(&self) -> Option<T> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|(at, _)| at.elapsed() < FOR).map(|(_, value)| value.clone())
    }

    pub fn put(&self, value: T) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), value));
    }

    /// After a change in this process.
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_there_for_a_while_and_gone_when_forgotten() {
        let recent = Recent::default();
        assert_eq!(recent.get(), None);
        recent.put(1);
        assert_eq!(recent.get(), Some(1));
        recent.forget();
        assert_eq!(recent.get(), None);
    }
}
