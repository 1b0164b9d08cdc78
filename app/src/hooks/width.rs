//! How wide an element is drawn.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{HtmlElement, ResizeObserver};

use super::use_effect;

/// The width in CSS pixels of a `<div>`, followed as it changes; 0 until it is drawn.
pub fn use_width(element: NodeRef<html::Div>) -> ReadSignal<f64> {
    let (width, set_width) = signal(0.0);
    let held = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn Fn()>)>);
    use_effect(move || {
        let Some(element) = element.get() else { return };
        let element: HtmlElement = element.unchecked_into();
        let watched = element.clone();
        let measure = move || {
            let now = f64::from(watched.client_width());
            if (now - width.get_untracked()).abs() > 0.5 {
                set_width.set(now);
            }
        };
        measure();
        let measure = Closure::<dyn Fn()>::new(measure);
        if let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) {
            observer.observe(&element);
            held.set_value(Some((observer, measure)));
        }
    });
    on_cleanup(move || {
        held.try_with_value(|held| {
            if let Some((observer, _)) = held {
                observer.disconnect();
            }
        });
    });
    width
}
