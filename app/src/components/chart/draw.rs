//! The SVG of a chart: grid, labels, lines or bars, and the mark of the value being read.

use leptos::prelude::*;

use super::{
    ChartData, ChartKind,
    geometry::{Axis, Plot, band, label_stride, line_path, short, to_f64, x_of_point},
};

const HEIGHT: f64 = 220.0;
/// Between a tick's label and the grid.
const GUTTER: f64 = 8.0;
/// About the width of a digit.
const DIGIT: f64 = 7.2;
const RIGHT: f64 = 12.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 28.0;
const LABEL_ROOM: f64 = 64.0;
const STEPS: f64 = 4.0;

/// How many series have a colour of their own; further ones share.
const COLOURS: usize = 4;

/// A chart laid out for a width. Knows where each point is.
pub(super) struct Layout<'a> {
    data: &'a ChartData,
    kind: ChartKind,
    plot: Plot,
    axis: Axis,
    ticks: Vec<String>,
    width: f64,
}

impl<'a> Layout<'a> {
    /// `width` in CSS pixels; the drawing uses the same unit, so that text keeps its size on every screen.
    pub fn new(data: &'a ChartData, kind: ChartKind, width: f64, format: Callback<(f64,), String>) -> Self {
        let width = width.max(240.0);
        let each = data.series.iter().flat_map(|series| series.values.iter().copied());
        let axis = match kind {
            ChartKind::Stack => Axis::over(stack(data).into_iter().flatten().flatten(), STEPS),
            ChartKind::Line | ChartKind::Bar => Axis::over(each, STEPS),
        };
        let ticks: Vec<String> = axis.ticks.iter().map(|tick| format.run((*tick,))).collect();
        let longest = ticks.iter().map(|tick| tick.chars().count()).max().unwrap_or_default();
        let left = to_f64(longest) * DIGIT + GUTTER;
        let plot = Plot { left, top: TOP, width: width - left - RIGHT, height: HEIGHT - TOP - BOTTOM };
        Self { data, kind, plot, axis, ticks, width }
    }

    fn count(&self) -> usize {
        self.data.labels.len()
    }

    fn centre(&self, index: usize) -> f64 {
        match self.kind {
            ChartKind::Line => x_of_point(index, self.count(), self.plot),
            ChartKind::Bar | ChartKind::Stack => {
                let (left, width) = band(index, self.count(), self.plot);
                left + width / 2.0
            }
        }
    }

    /// The index of the point nearest to the horizontal coordinate `x`.
    pub fn nearest(&self, x: f64) -> Option<usize> {
        let away = |index: &usize| (self.centre(*index) - x).abs();
        (0..self.count()).min_by(|one, other| away(one).total_cmp(&away(other)))
    }

    pub fn view_box(&self) -> String {
        ["0 0 ", &short(self.width), " ", &short(HEIGHT)].concat()
    }

    pub fn grid(&self) -> AnyView {
        let (left, right) = (short(self.plot.left), short(self.plot.left + self.plot.width));
        let line = |(tick, label): (&f64, &String)| {
            let y = short(self.axis.y(*tick, self.plot));
            let zero = tick.abs() < f64::EPSILON;
            view! {
                <line class="chart-grid" class:zero=zero x1=left.clone() x2=right.clone() y1=y.clone() y2=y.clone() />
                <text class="chart-tick" x=short(self.plot.left - GUTTER) y=y dy="0.32em" text-anchor="end">
                    {label.clone()}
                </text>
            }
        };
        self.axis.ticks.iter().zip(&self.ticks).map(line).collect_view().into_any()
    }

    pub fn labels(&self) -> AnyView {
        let stride = label_stride(self.count(), self.plot, LABEL_ROOM);
        let last = self.count().saturating_sub(1);
        let y = short(HEIGHT - 8.0);
        let draw = |(index, label): (usize, &String)| {
            let anchor = match (self.kind, index) {
                (ChartKind::Line, 0) if last > 0 => "start",
                (ChartKind::Line, index) if index == last && last > 0 => "end",
                _ => "middle",
            };
            view! {
                <text class="chart-label" x=short(self.centre(index)) y=y.clone() text-anchor=anchor>
                    {label.clone()}
                </text>
            }
        };
        self.data.labels.iter().enumerate().step_by(stride).map(draw).collect_view().into_any()
    }

    pub fn marks(&self) -> AnyView {
        match self.kind {
            ChartKind::Line => self.lines(),
            ChartKind::Bar => self.bars(),
            ChartKind::Stack => self.stacks(),
        }
    }

    fn lines(&self) -> AnyView {
        let draw = |(number, series): (usize, &super::Series)| {
            let point = |(index, value): (usize, &f64)| (self.centre(index), self.axis.y(*value, self.plot));
            let path = line_path(series.values.iter().enumerate().map(point));
            view! { <path class=["chart-line ", series_class(number)].concat() d=path /> }
        };
        self.data.series.iter().enumerate().map(draw).collect_view().into_any()
    }

    fn bars(&self) -> AnyView {
        let groups = to_f64(self.data.series.len().max(1));
        let zero = self.axis.y(0.0, self.plot);
        let draw = |(number, series): (usize, &super::Series)| {
            let bar = |(index, value): (usize, &f64)| {
                let (left, width) = band(index, self.count(), self.plot);
                let thickness = (width * 0.72 / groups).min(28.0);
                let x = left + width / 2.0 + (to_f64(number) - groups / 2.0) * thickness;
                let y = self.axis.y(*value, self.plot);
                view! {
                    <rect
                        class=["chart-bar ", series_class(number)].concat()
                        x=short(x + 0.5)
                        y=short(y.min(zero))
                        width=short((thickness - 1.0).max(1.0))
                        height=short((y - zero).abs())
                        rx="1.5"
                    />
                }
            };
            series.values.iter().enumerate().map(bar).collect_view()
        };
        self.data.series.iter().enumerate().map(draw).collect_view().into_any()
    }

    fn stacks(&self) -> AnyView {
        let draw = |(index, parts): (usize, Vec<[f64; 2]>)| {
            let (left, width) = band(index, self.count(), self.plot);
            let thickness = (width * 0.72).min(44.0);
            let part = |(number, [from, to]): (usize, [f64; 2])| {
                let (from, to) = (self.axis.y(from, self.plot), self.axis.y(to, self.plot));
                view! {
                    <rect
                        class=["chart-bar stacked ", series_class(number)].concat()
                        x=short(left + (width - thickness) / 2.0)
                        y=short(from.min(to))
                        width=short(thickness)
                        height=short((from - to).abs())
                    />
                }
            };
            let seen =
                parts.into_iter().enumerate().filter(|(_, [from, to])| (from - to).abs() > f64::EPSILON);
            seen.map(part).collect_view()
        };
        stack(self.data).into_iter().enumerate().map(draw).collect_view().into_any()
    }

    /// The mark of the value that is being read.
    pub fn cursor(&self, index: usize) -> AnyView {
        let x = short(self.centre(index));
        let dot = |(number, series): (usize, &super::Series)| {
            let y = short(self.axis.y(*series.values.get(index)?, self.plot));
            let line = self.kind == ChartKind::Line;
            line.then(|| view! { <circle class=["chart-dot ", series_class(number)].concat() cx=x.clone() cy=y r="4" /> })
        };
        let dots = self.data.series.iter().enumerate().map(dot).collect_view();
        let bottom = short(self.plot.top + self.plot.height);
        view! {
            <line class="chart-cursor" x1=x.clone() x2=x.clone() y1=short(TOP) y2=bottom />
            {dots}
        }
        .into_any()
    }
}

/// From where to where each part of each label goes: what is above zero upwards, the rest downwards.
fn stack(data: &ChartData) -> Vec<Vec<[f64; 2]>> {
    let of_label = |index: usize| {
        let (mut high, mut low) = (0.0_f64, 0.0_f64);
        let part = |series: &super::Series| {
            let value = series.values.get(index).copied().unwrap_or_default();
            let end = if value < 0.0 { &mut low } else { &mut high };
            let from = *end;
            *end += value;
            [from, *end]
        };
        data.series.iter().map(part).collect()
    };
    (0..data.labels.len()).map(of_label).collect()
}

/// The class that gives series `number` its colour and dash.
pub(super) fn series_class(number: usize) -> &'static str {
    ["series-1", "series-2", "series-3", "series-4"][number % COLOURS]
}

#[cfg(test)]
mod tests {
    use super::{super::Series, ChartData, stack};

    #[test]
    fn parts_stand_upon_each_other_and_hang_below_zero() {
        let series = |values: &[f64]| Series { name: String::new(), values: values.to_vec() };
        let data = ChartData {
            labels: vec!["a".to_owned(), "b".to_owned()],
            series: vec![series(&[2.0, -1.0]), series(&[3.0, 4.0]), series(&[-5.0])],
        };
        let parts = stack(&data);
        assert_eq!(parts[0], [[0.0, 2.0], [2.0, 5.0], [0.0, -5.0]]);
        assert_eq!(parts[1], [[0.0, -1.0], [0.0, 4.0], [4.0, 4.0]]);
    }
}
