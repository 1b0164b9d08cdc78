//! The vendor's colour, made readable: what the portal draws with, in both themes.
//!
//! The contrast is computed, never trusted: words in the colour are darkened or lightened until they can be read, and
//! words on the colour are black or white, whichever reads better.

/// Contrast that text needs against its background (WCAG 2, AA).
pub const READABLE: f32 = 4.5;

/// Paper and ink: what the colour stands on in the light and in the dark theme.
const PAPER: Rgb = Rgb([255, 254, 251]);
const INK: Rgb = Rgb([40, 35, 30]);
const WHITE: Rgb = Rgb([255, 255, 255]);
const BLACK: Rgb = Rgb([0, 0, 0]);

/// A colour of eight bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb([u8; 3]);

impl Rgb {
    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let channel = |index: usize| u8::from_str_radix(&digits[index..index + 2], 16).ok();
        Some(Self([channel(0)?, channel(2)?, channel(4)?]))
    }

    /// `#rrggbb`.
    pub fn text(self) -> String {
        let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
        self.0.iter().fold(String::from("#"), |mut text, channel| {
            text.push(digit(channel >> 4));
            text.push(digit(channel & 15));
            text
        })
    }

    /// `percent` of `other`, the rest of this.
    fn mixed(self, other: Self, percent: u32) -> Self {
        let mix = |index: usize| {
            let (own, other) = (u32::from(self.0[index]), u32::from(other.0[index]));
            // At most 255, since both are and the weights are a hundred together.
            u8::try_from((own * (100 - percent) + other * percent + 50) / 100).unwrap_or(u8::MAX)
        };
        Self([mix(0), mix(1), mix(2)])
    }

    fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let value = f32::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0[0]) + 0.7152 * linear(self.0[1]) + 0.0722 * linear(self.0[2])
    }

    /// The contrast of two colours, 1 to 21.
    pub fn contrast(self, other: Self) -> f32 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour, moved towards `end` until it can be read on both grounds.
    fn readable(self, end: Self, grounds: [Self; 2]) -> Self {
        let reads = |colour: &Self| grounds.iter().all(|ground| colour.contrast(*ground) >= READABLE);
        (0..=100).step_by(4).map(|percent| self.mixed(end, percent)).find(reads).unwrap_or(end)
    }
}

/// What is drawn with one vendor's colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brand {
    /// The ground of buttons: the colour itself.
    pub accent: Rgb,
    pub hover: Rgb,
    /// Words on the ground.
    pub on_accent: Rgb,
    /// Links and other words in the colour, in the light and in the dark theme.
    pub text: [Rgb; 2],
    /// A ground with a touch of the colour, light and dark.
    pub soft: [Rgb; 2],
}

impl Brand {
    pub fn of(accent: Rgb) -> Self {
        let on_accent = if accent.contrast(WHITE) >= accent.contrast(BLACK) { WHITE } else { BLACK };
        let away = if on_accent == WHITE { BLACK } else { WHITE };
        let soft = [PAPER.mixed(accent, 12), INK.mixed(accent, 20)];
        let text = [accent.readable(BLACK, [PAPER, soft[0]]), accent.readable(WHITE, [INK, soft[1]])];
        Self { accent, hover: accent.mixed(away, 14), on_accent, text, soft }
    }

    /// The custom properties that the page app's style sheet reads, with their values.
    pub fn properties(&self) -> [(&'static str, String); 5] {
        let themed = |pair: [Rgb; 2]| ["light-dark(", &pair[0].text(), ", ", &pair[1].text(), ")"].concat();
        [
            ("--brand", self.accent.text()),
            ("--brand-hover", self.hover.text()),
            ("--brand-text", themed(self.text)),
            ("--brand-soft", themed(self.soft)),
            ("--on-brand", self.on_accent.text()),
        ]
    }

    /// [`Self::properties`] as a style sheet for the whole page.
    pub fn style_sheet(&self) -> String {
        let mut text = String::from(":root{");
        for (name, value) in self.properties() {
            text.push_str(name);
            text.push(':');
            text.push_str(&value);
            text.push(';');
        }
        text.push('}');
        text
    }

    /// How well the bare colour would read as text, on paper and on ink.
    pub fn bare_contrast(&self) -> [f32; 2] {
        [self.accent.contrast(PAPER), self.accent.contrast(INK)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = Rgb> {
        let steps = [0, 51, 102, 128, 153, 204, 255];
        steps.into_iter().flat_map(move |red| {
            steps
                .into_iter()
                .flat_map(move |green| steps.into_iter().map(move |blue| Rgb([red, green, blue])))
        })
    }

    #[test]
    fn every_colour_gives_readable_words() {
        for colour in all() {
            let brand = Brand::of(colour);
            assert!(brand.on_accent.contrast(brand.accent) >= READABLE, "{colour:?}");
            assert!(brand.on_accent.contrast(brand.hover) >= READABLE, "{colour:?}");
            for (theme, ground) in [PAPER, INK].into_iter().enumerate() {
                assert!(brand.text[theme].contrast(ground) >= READABLE, "{colour:?}");
                assert!(brand.text[theme].contrast(brand.soft[theme]) >= READABLE, "{colour:?}");
            }
        }
    }

    #[test]
    fn a_colour_that_reads_well_stays() {
        let navy = Rgb::parse("#1d3b8b").unwrap();
        assert_eq!(Brand::of(navy).text[0], navy);
        assert_ne!(Brand::of(navy).text[1], navy);
    }

    #[test]
    fn the_style_sheet_sets_every_property() {
        let sheet = Brand::of(Rgb::parse("#2563eb").unwrap()).style_sheet();
        assert!(sheet.starts_with(":root{--brand:#2563eb;--brand-hover:#"), "{sheet}");
        assert_eq!(sheet.matches("light-dark(#").count(), 2, "{sheet}");
    }

    #[test]
    fn text_form() {
        assert_eq!(Rgb::parse("#2563EB").unwrap().text(), "#2563eb");
        for wrong in ["", "2563eb", "#2563e", "#2563eb0", "#25ä3e", "#+563eb", "#25+3eb"] {
            assert_eq!(Rgb::parse(wrong), None, "{wrong}");
        }
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 0.01);
    }
}
