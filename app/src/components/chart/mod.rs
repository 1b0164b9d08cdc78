//! Charts: plain SVG, a readout for pointer and keyboard, a table behind a switch.

mod draw;
mod geometry;
mod view;

pub(crate) use geometry::sparkline_path;
pub use view::*;
