//! The invitation's link, shown once.

use latchkey_shared::{api::staff::StaffInvited, text::people as text};
use leptos::prelude::*;

use crate::{
    components::{Button, ButtonRow, CopyField, Dialog, Look},
    pages::staff::show::open_while,
};

/// Open while `invited` holds an answer; closing forgets the link.
#[component]
pub fn LinkDialog(invited: RwSignal<Option<StaffInvited>>) -> impl IntoView {
    let open = open_while(invited);
    view! {
        <Dialog open title=text::LINK_TITLE>
            {invited
                .get_untracked()
                .map(|invited| {
                    view! {
                        <p>{text::invited(&invited.member.name)} " " {text::LINK_MAILED}</p>
                        <CopyField label=text::LINK_LABEL value=invited.url help=text::LINK_ONCE />
                    }
                })}
            <ButtonRow end=true>
                <Button look=Look::Primary on_press=move || open.set(false)>
                    {text::DONE}
                </Button>
            </ButtonRow>
        </Dialog>
    }
    .into_any()
}
