//! Inline icons: one outline family on a 20 × 20 grid, drawn in the current text colour.

use leptos::prelude::*;

/// The pictures there are. Each is a single stroked path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    ArrowDown,
    ArrowUp,
    Attention,
    Box,
    Card,
    Cart,
    Chart,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Clock,
    Code,
    Copy,
    Cross,
    Dashboard,
    Database,
    Device,
    Document,
    Download,
    Edit,
    External,
    Eye,
    EyeOff,
    Filter,
    Home,
    Info,
    Key,
    Link,
    Lock,
    Mail,
    Menu,
    Moon,
    More,
    Offline,
    People,
    Person,
    Plus,
    Refresh,
    Report,
    Screen,
    Search,
    Send,
    Settings,
    SignOut,
    Speech,
    Staff,
    Subscription,
    Sun,
    Table,
    Trash,
    Undo,
    Upload,
}

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            Self::ArrowDown => "M10 4v12M5 11l5 5 5-5",
            Self::ArrowUp => "M10 16V4M5 9l5-5 5 5",
            Self::Attention => "M10 3l7.5 13.5h-15zM10 8v4M10 14.2h.01",
            Self::Box => "M10 2.5L17 6v8l-7 3.5L3 14V6zM3 6l7 3.5L17 6M10 9.5v8",
            Self::Card => "M2.5 4.5h15v11h-15zM2.5 8.2h15M5.5 12.5h3",
            Self::Cart => "M2.5 3.5h2l2 9H15l2-6.5H5.2M7.6 16.4h.01M13.9 16.4h.01",
            Self::Chart => "M3 3v14h14M6 13l3.5-4 3 2.5L17 6",
            Self::Check => "M4 10.5l4.2 4.2 8.3-9.2",
            Self::ChevronDown => "M5 7.5l5 5 5-5",
            Self::ChevronLeft => "M12.5 5l-5 5 5 5",
            Self::ChevronRight => "M7.5 5l5 5-5 5",
            Self::Clock => "M10 17.5a7.5 7.5 0 100-15 7.5 7.5 0 000 15zM10 5.5V10l3 2",
            Self::Code => "M6.5 5.5L2.5 10l4 4.5M13.5 5.5l4 4.5-4 4.5M11.5 3.5l-3 13",
            Self::Copy => "M7 6.5h9.5v11H7zM4 13.5v-11h9.5",
            Self::Cross => "M5 5l10 10M15 5L5 15",
            Self::Dashboard => "M3 3h6v8H3zM12 3h5v4.5h-5zM12 10.5h5V17h-5zM3 14h6v3H3z",
            Self::Database => {
                "M10 7.5c3.6 0 6.5-1.1 6.5-2.5S13.6 2.5 10 2.5 3.5 3.6 3.5 5 6.4 7.5 10 7.5zM3.5 5v10c0 1.4 2.9 \
                 2.5 6.5 2.5s6.5-1.1 6.5-2.5V5M3.5 10c0 1.4 2.9 2.5 6.5 2.5s6.5-1.1 6.5-2.5"
            }
            Self::Device => "M6 2.5h8v15H6zM9 14.8h2",
            Self::Document => "M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15M7.5 10h5M7.5 13.5h5",
            Self::Download => "M10 3.5V13M6 9.5l4 4 4-4M3.5 13v4h13v-4",
            Self::Edit => "M4 16l.8-3.5 8.6-8.6 2.7 2.7-8.6 8.6zM11.6 5.7l2.7 2.7",
            Self::External => "M8 4H4v12h12v-4M11.5 3.5h5v5M16.5 3.5l-7 7",
            Self::Eye => {
                "M2 10s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.5S2 10 2 10zM10 12.4a2.4 2.4 0 100-4.8 2.4 2.4 0 000 4.8z"
            }
            Self::EyeOff => {
                "M6 5.4A8 8 0 0110 4.5c5 0 8 5.5 8 5.5a14 14 0 01-2.6 3.2M4.3 6.9A14 14 0 002 10s3 5.5 8 \
                             5.5a8 8 0 003.4-.8M8.3 8.3a2.4 2.4 0 003.4 3.4M3 3l14 14"
            }
            Self::Filter => "M3 4.5h14l-5.2 6v4l-3.6 2v-6z",
            Self::Home => "M3 9.5l7-6 7 6V17h-5v-5H8v5H3z",
            Self::Info => "M10 17.5a7.5 7.5 0 100-15 7.5 7.5 0 000 15zM10 9.3v4.4M10 6.4h.01",
            Self::Key => {
                "M12.5 3a4.5 4.5 0 11-3.3 7.6l-1.7 1.7v2H5.3v2.2H2.8v-2.9l5.6-5.6A4.5 4.5 0 0112.5 3zM13.4 6.6h.01"
            }
            Self::Link => {
                "M8.4 11.6a3 3 0 004.2 0l3-3a3 3 0 00-4.2-4.2l-1 1M11.6 8.4a3 3 0 00-4.2 0l-3 3a3 3 0 004.2 4.2l1-1"
            }
            Self::Lock => "M4.5 9h11v8h-11zM7 9V6.2a3 3 0 016 0V9",
            Self::Mail => "M2.5 4.5h15v11h-15zM2.8 5l7.2 6 7.2-6",
            Self::Menu => "M3 5.5h14M3 10h14M3 14.5h14",
            Self::Moon => "M16.6 12.2A7 7 0 017.8 3.4a7 7 0 108.8 8.8z",
            Self::More => {
                "M4.1 10a.4.4 0 10.8 0 .4.4 0 10-.8 0zM9.6 10a.4.4 0 10.8 0 .4.4 0 10-.8 0zM15.1 10a.4.4 0 10.8 0 .4.4 0 10-.8 0z"
            }
            Self::Offline => {
                "M2.5 8.2a11 11 0 013.8-2.6M9.7 4.6a11 11 0 017.8 3.6M5.3 11.6a7 7 0 013-2M12.6 9.9a7 7 0 \
                              012.1 1.7M10 15.3h.01M3.5 2.5l13 15"
            }
            Self::People => {
                "M7.5 9.5a3 3 0 100-6 3 3 0 000 6zM2 16.5c0-2.8 2.4-4.6 5.5-4.6s5.5 1.8 5.5 4.6M13.4 3.9a2.9 \
                             2.9 0 010 5.3M15.2 12.2c1.7.7 2.8 2.2 2.8 4.3"
            }
            Self::Person => {
                "M10 9.5a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4zM3.5 17c.4-3.1 3-4.9 6.5-4.9s6.1 1.8 6.5 4.9"
            }
            Self::Plus => "M10 4v12M4 10h12",
            Self::Refresh => "M15.6 6A7 7 0 1017 10M16.3 2.8v3.8h-3.8",
            Self::Report => "M3 17h14M5.5 14V9.5M10 14V4.5M14.5 14V7",
            Self::Screen => "M3 4h14v9.5H3zM7 17h6M10 13.5V17",
            Self::Search => "M9 15A6 6 0 109 3a6 6 0 000 12zM13.4 13.4l4.1 4.1",
            Self::Send => "M17.5 2.5L2.5 8.8l6 2.7 2.7 6zM8.5 11.5l4-4",
            Self::Settings => {
                "M3 6h7M14 6h3M12 4a2 2 0 100 4 2 2 0 000-4zM3 14h3M10 14h7M8 12a2 2 0 100 4 2 2 0 000-4z"
            }
            Self::SignOut => "M12 4H4v12h8M8.5 10h9M14.5 7l3 3-3 3",
            Self::Speech => "M3 4h14v10H9l-3.5 3v-3H3z",
            Self::Staff => {
                "M4 3h12v14H4zM10 10a2 2 0 100-4 2 2 0 000 4zM6.8 14.2c.3-1.4 1.5-2 3.2-2s2.9.6 3.2 2"
            }
            Self::Subscription => "M16.4 8A7 7 0 004 6.4M3.6 12A7 7 0 0016 13.6M4 3v3.5h3.5M16 17v-3.5h-3.5",
            Self::Sun => {
                "M10 13.2a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4zM10 2v1.6M10 16.4V18M2 10h1.6M16.4 10H18M4.3 4.3l1.2 \
                 1.2M14.5 14.5l1.2 1.2M15.7 4.3l-1.2 1.2M5.5 14.5l-1.2 1.2"
            }
            Self::Table => "M3 4h14v12H3zM3 8h14M3 12h14M8.5 4v12",
            Self::Trash => "M4 5.5h12M8 5.5v-2h4v2M5.5 5.5l.7 11.5h7.6l.7-11.5M8.5 9v4.5M11.5 9v4.5",
            Self::Undo => "M7 4L3.5 7.5 7 11M3.5 7.5h8a4.75 4.75 0 010 9.5H8",
            Self::Upload => "M10 13V3.5M6 7.5l4-4 4 4M3.5 13v4h13v-4",
        }
    }
}

/// Draws `glyph`. Hidden from assistive technology: the words beside it, or the control's label, say what it means.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d=glyph.path() />
        </svg>
    }
}

/// Latchkey's own mark: the bow of a key with its shaft.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path
                fill-rule="evenodd"
                d="M11.5 2a9.5 9.5 0 018.3 14.1l9.6 9.6a2 2 0 01.6 1.4V30h-5v-3h-3v-3h-3l-2.9-4.2A9.5 9.5 0 1111.5 2zm0 \
                5a4.5 4.5 0 100 9 4.5 4.5 0 000-9z"
            />
        </svg>
    }
}
