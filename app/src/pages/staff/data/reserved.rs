//! Names that steer Latchkey itself.

use latchkey_shared::{
    api::data::{DataObject, RESERVED_PREFIX, RefType, TERMS_URL},
    permission::Permission,
    text::data as text,
};
use leptos::prelude::*;

use crate::{
    components::{Button, ButtonRow, Card},
    pages::staff::show::may,
};

/// Whether setting this name at this level needs the permission to change settings.
pub fn needs_settings(ref_type: RefType, name: &str) -> bool {
    let start = name.trim().get(..RESERVED_PREFIX.len());
    ref_type == RefType::Vendor && start.is_some_and(|start| start.eq_ignore_ascii_case(RESERVED_PREFIX))
}

/// Whether the signed-in person may set an object of this name.
pub fn may_set(ref_type: RefType, name: &str) -> bool {
    may(Permission::DataWrite) && (!needs_settings(ref_type, name) || may(Permission::SettingsWrite))
}

/// What reserved names are, and the way to set the terms.
pub fn card(terms: Signal<Option<DataObject>>, set: Callback<(Option<DataObject>,)>) -> AnyView {
    let button = may_set(RefType::Vendor, TERMS_URL).then(|| {
        view! {
            <ButtonRow>
                <Button small=true on_press=move || set.run((terms.get_untracked(),))>
                    {text::TERMS_SET}
                </Button>
            </ButtonRow>
        }
    });
    let version = may(Permission::SettingsRead)
        .then(|| view! { <p><a href="/Settings/terms">{text::TERMS_VERSION}</a></p> });
    view! {
        <Card title=text::RESERVED_TITLE>
            <p>{text::RESERVED_BODY}</p>
            <p class="muted">
                <code>{TERMS_URL}</code>
                " · "
                {text::TERMS_MEANING}
            </p>
            {version}
            {button}
        </Card>
    }
    .into_any()
}
