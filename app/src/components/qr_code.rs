//! QR codes as one SVG path.

use leptos::prelude::*;
use qrcode::{Color, QrCode as Code};

/// The blank border that scanners need, in modules.
const QUIET_ZONE: usize = 4;

/// `text` as a QR code, dark on white in either theme, since not every scanner reads it inverted. Text that is too long
/// for any code draws nothing.
#[component]
pub fn QrCode(
    #[prop(into)] text: Signal<String>,
    /// What scanning it does, for those who cannot see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    move || {
        let (path, side) = text.with(|text| modules(text))?;
        let view_box = ["0 0 ", &side.to_string(), " ", &side.to_string()].concat();
        Some(view! {
            <svg class="qr-code" viewBox=view_box role="img" aria-label=label.clone() shape-rendering="crispEdges">
                <rect class="qr-paper" width=side height=side />
                <path class="qr-ink" d=path />
            </svg>
        })
    }
}

/// A path with one horizontal bar per run of dark modules, and the side of the whole square in modules.
fn modules(text: &str) -> Option<(String, usize)> {
    let code = Code::new(text).ok()?;
    let width = code.width();
    let colours = code.into_colors();
    let mut path = String::new();
    for (y, line) in colours.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = line[x..].iter().take_while(|colour| **colour == Color::Dark).count();
            if run > 0 {
                let (x, y, run) =
                    ((x + QUIET_ZONE).to_string(), (y + QUIET_ZONE).to_string(), run.to_string());
                path.push_str(&["M", &x, " ", &y, "h", &run, "v1h-", &run, "z"].concat());
            }
            x += run.max(1);
        }
    }
    Some((path, width + 2 * QUIET_ZONE))
}

#[cfg(test)]
mod tests {
    use super::modules;

    #[test]
    fn the_finder_pattern_starts_after_the_quiet_zone() {
        let (path, side) =
            modules("https://example.com/Portal/@example.com/Associate?vid=1&auth=abc").unwrap();
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        assert_eq!((side - 8 - 17) % 4, 0);
    }

    #[test]
    fn text_too_long_for_a_code_is_refused() {
        assert!(modules(&"x".repeat(3000)).is_none());
    }
}
