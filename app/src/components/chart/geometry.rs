//! Where things go in a chart. Numbers in, coordinates out.

/// The inner area of a chart, in the units of its view box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plot {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// The values of a vertical axis: round steps that cover the data.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    pub ticks: Vec<f64>,
    low: f64,
    high: f64,
}

impl Axis {
    /// An axis over `values` that contains zero, with about `wanted` steps of 1, 2 or 5 times a power of ten.
    pub fn over(values: impl Iterator<Item = f64>, wanted: f64) -> Self {
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let high = if high - low <= 0.0 { low + 1.0 } else { high };
        let step = round_step((high - low) / wanted);
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let mut ticks = Vec::new();
        let mut tick = first;
        while tick <= last {
            ticks.push(tick * step);
            tick += 1.0;
        }
        Self { ticks, low: first * step, high: last * step }
    }

    /// The vertical coordinate of `value`.
    pub fn y(&self, value: f64, plot: Plot) -> f64 {
        plot.top + plot.height * (self.high - value) / (self.high - self.low)
    }
}

fn round_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let factor = match rough / power {
        part if part <= 1.0 => 1.0,
        part if part <= 2.0 => 2.0,
        part if part <= 5.0 => 5.0,
        _ => 10.0,
    };
    // A handful of things is counted one by one, never by halves.
    if rough > 0.2 && rough < 1.0 { 1.0 } else { factor * power }
}

/// The horizontal coordinate of point `index` of `count`, the first at the left edge and the last at the right.
pub(super) fn x_of_point(index: usize, count: usize, plot: Plot) -> f64 {
    if count < 2 {
        plot.left + plot.width / 2.0
    } else {
        plot.left + plot.width * to_f64(index) / to_f64(count - 1)
    }
}

/// Left edge and width of the band of bar group `index` of `count`.
pub(super) fn band(index: usize, count: usize, plot: Plot) -> (f64, f64) {
    let width = plot.width / to_f64(count.max(1));
    (plot.left + width * to_f64(index), width)
}

/// Every how many labels one is drawn so that each has `room` units.
pub(super) fn label_stride(count: usize, plot: Plot, room: f64) -> usize {
    let fitting = (plot.width / room).floor().max(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small positive whole number"
    )]
    let stride = (to_f64(count) / fitting).ceil().max(1.0) as usize;
    stride
}

#[expect(clippy::cast_precision_loss, reason = "charts have far fewer points than 2^52")]
pub(super) fn to_f64(number: usize) -> f64 {
    number as f64
}

/// A coordinate with one decimal: enough for the eye, short in the document.
pub(super) fn short(value: f64) -> String {
    ((value * 10.0).round() / 10.0).to_string()
}

/// `M x y L x y …` through the points.
pub(super) fn line_path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut path = String::new();
    for (x, y) in points {
        path.push_str(if path.is_empty() { "M" } else { "L" });
        path.push_str(&short(x));
        path.push(' ');
        path.push_str(&short(y));
    }
    path
}

/// The line through `values` and the area under it, in a box of `width` × `height`; `None` for fewer than two values.
pub(crate) fn sparkline_path(values: &[f64], width: f64, height: f64) -> Option<(String, String)> {
    if values.len() < 2 {
        return None;
    }
    let plot = Plot { left: 0.0, top: 2.0, width, height: height - 4.0 };
    let (low, high) =
        values.iter().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
    let spread = if high > low { high - low } else { 1.0 };
    let point = |(index, value): (usize, &f64)| {
        (x_of_point(index, values.len(), plot), plot.top + plot.height * (high - value) / spread)
    };
    let line = line_path(values.iter().enumerate().map(point));
    let area = [&line, "L", &short(width), " ", &short(height), "L0 ", &short(height), "Z"].concat();
    Some((line, area))
}

#[cfg(test)]
mod tests {
    use super::{Axis, Plot, band, label_stride, sparkline_path, x_of_point};

    const PLOT: Plot = Plot { left: 40.0, top: 10.0, width: 600.0, height: 200.0 };

    #[test]
    fn ticks_are_round_and_cover_the_data() {
        let axis = Axis::over([3.0, 47.0, 12.0].into_iter(), 4.0);
        assert_eq!(axis.ticks, [0.0, 20.0, 40.0, 60.0]);
        assert!((axis.y(0.0, PLOT) - 210.0).abs() < 1e-9);
        assert!((axis.y(60.0, PLOT) - 10.0).abs() < 1e-9);
    }

    #[test]
    fn an_axis_over_nothing_or_zeros_still_has_a_height() {
        for values in [vec![], vec![0.0, 0.0], vec![f64::NAN]] {
            let axis = Axis::over(values.into_iter(), 4.0);
            assert!(axis.ticks.len() >= 2);
            assert!(axis.y(0.0, PLOT).is_finite());
        }
    }

    #[test]
    fn small_counts_step_by_whole_numbers() {
        assert_eq!(Axis::over([2.0].into_iter(), 4.0).ticks, [0.0, 1.0, 2.0]);
    }

    #[test]
    fn negative_values_extend_the_axis_below_zero() {
        let axis = Axis::over([-8.0, 15.0].into_iter(), 4.0);
        assert_eq!(axis.ticks, [-10.0, 0.0, 10.0, 20.0]);
    }

    #[test]
    fn points_reach_both_edges_and_bands_fill_the_plot() {
        assert!((x_of_point(0, 5, PLOT) - 40.0).abs() < 1e-9);
        assert!((x_of_point(4, 5, PLOT) - 640.0).abs() < 1e-9);
        let (left, width) = band(11, 12, PLOT);
        assert!((left + width - 640.0).abs() < 1e-9);
    }

    #[test]
    fn labels_thin_out_where_room_is_short() {
        assert_eq!(label_stride(12, PLOT, 50.0), 1);
        assert_eq!(label_stride(30, PLOT, 50.0), 3);
    }

    #[test]
    fn a_flat_sparkline_is_a_line() {
        assert!(sparkline_path(&[1.0], 100.0, 28.0).is_none());
        let (line, _) = sparkline_path(&[5.0, 5.0], 100.0, 28.0).unwrap();
        assert_eq!(line, "M0 2L100 2");
    }
}
