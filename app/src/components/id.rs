//! Element ids that are unique within the page.

use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A fresh id such as `field-17`.
pub fn unique_id(prefix: &str) -> String {
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_string();
    [prefix, "-", &number].concat()
}
