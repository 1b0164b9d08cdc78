//! A share as a ring with a number in it.

use leptos::prelude::*;

use super::Tone;

/// How much of `of` is `left`: days till renewal, devices in use. The number and `unit` stand inside.
#[component]
pub fn Ring(
    #[prop(into)] left: Signal<i64>,
    #[prop(into)] of: Signal<i64>,
    #[prop(into)] unit: Signal<String>,
    #[prop(optional, into)] tone: Signal<Tone>,
) -> impl IntoView {
    let dash = move || [&percent(left.get(), of.get()).to_string(), " 100"].concat();
    view! {
        <span class=move || ["ring ", tone.get().class()].concat()>
            <svg viewBox="0 0 36 36" aria-hidden="true" focusable="false">
                <circle class="ring-track" cx="18" cy="18" r="15.5" pathLength="100" />
                <circle
                    class="ring-fill"
                    cx="18"
                    cy="18"
                    r="15.5"
                    pathLength="100"
                    stroke-dasharray=dash
                    transform="rotate(-90 18 18)"
                />
            </svg>
            <span class="ring-text">
                <b>{left}</b>
                <span>{unit}</span>
            </span>
        </span>
    }
}

/// `part` of `whole` in whole per cent, between 0 and 100.
pub(super) fn percent(part: i64, whole: i64) -> i64 {
    if whole <= 0 { 0 } else { part.clamp(0, whole).saturating_mul(100) / whole }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percent_stays_between_0_and_100() {
        assert_eq!(percent(1, 3), 33);
        assert_eq!(percent(-5, 30), 0);
        assert_eq!(percent(40, 30), 100);
        assert_eq!(percent(1, 0), 0);
    }
}
