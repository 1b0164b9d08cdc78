//! Every icon there is.

use leptos::prelude::*;

use crate::components::{Card, Glyph, Icon, Mark};

const GLYPHS: [Glyph; 53] = [
    Glyph::ArrowDown,
    Glyph::ArrowUp,
    Glyph::Attention,
    Glyph::Box,
    Glyph::Card,
    Glyph::Cart,
    Glyph::Chart,
    Glyph::Check,
    Glyph::ChevronDown,
    Glyph::ChevronLeft,
    Glyph::ChevronRight,
    Glyph::Clock,
    Glyph::Code,
    Glyph::Copy,
    Glyph::Cross,
    Glyph::Dashboard,
    Glyph::Database,
    Glyph::Device,
    Glyph::Document,
    Glyph::Download,
    Glyph::Edit,
    Glyph::External,
    Glyph::Eye,
    Glyph::EyeOff,
    Glyph::Filter,
    Glyph::Home,
    Glyph::Info,
    Glyph::Key,
    Glyph::Link,
    Glyph::Lock,
    Glyph::Mail,
    Glyph::Menu,
    Glyph::Moon,
    Glyph::More,
    Glyph::Offline,
    Glyph::People,
    Glyph::Person,
    Glyph::Plus,
    Glyph::Refresh,
    Glyph::Report,
    Glyph::Screen,
    Glyph::Search,
    Glyph::Send,
    Glyph::Settings,
    Glyph::SignOut,
    Glyph::Speech,
    Glyph::Staff,
    Glyph::Subscription,
    Glyph::Sun,
    Glyph::Table,
    Glyph::Trash,
    Glyph::Undo,
    Glyph::Upload,
];

#[component]
pub fn Icons() -> impl IntoView {
    view! {
        <Card title="Icons">
            <div class="button-row">
                <Mark />
                {GLYPHS.map(|glyph| view! { <Icon glyph /> }).into_iter().collect_view()}
            </div>
        </Card>
    }
}
