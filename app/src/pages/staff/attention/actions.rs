//! The buttons of an entry: what can end it, as far as the person may.

use latchkey_shared::{
    api::attention::AttentionRow, attention::AttentionAction, permission::Permission, text::attention as text,
};
use leptos::prelude::*;

use crate::{
    components::{Button, Menu, MenuItem},
    pages::staff::show::may,
};

/// What is about to be decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    pub row: AttentionRow,
    pub action: AttentionAction,
}

/// The likeliest `direct` actions as buttons, the others in a menu; nothing for an entry that has ended, or for somebody
/// who may do none.
pub fn buttons(row: &AttentionRow, asking: RwSignal<Option<Asking>>, direct: usize) -> AnyView {
    let mut allowed = allowed(row);
    if allowed.is_empty() {
        return ().into_any();
    }
    let others = allowed.split_off(direct.min(allowed.len()));
    let code = row.code;
    let ask = |action: AttentionAction| {
        let asked = Asking { row: row.clone(), action };
        (action, Callback::from(move || asking.set(Some(asked.clone()))))
    };
    let button = |(action, on_press): (AttentionAction, Callback<()>)| {
        view! {
            <Button small=true on_press=move || on_press.run(())>
                {text::button(code, action)}
            </Button>
        }
    };
    let item = move |(action, on_press): (AttentionAction, Callback<()>)| {
        let danger = matches!(action, AttentionAction::RefundAndCancel | AttentionAction::BlockKey);
        view! {
            <MenuItem danger on_press>
                {text::button(code, action)}
            </MenuItem>
        }
    };
    let first = allowed.into_iter().map(ask).map(button).collect_view();
    let others: Vec<_> = others.into_iter().map(ask).collect();
    let menu = (!others.is_empty()).then(|| {
        view! { <Menu label=text::MORE>{others.iter().copied().map(item).collect_view()}</Menu> }
    });
    view! { <div class="entry-actions">{first} {menu}</div> }.into_any()
}

fn allowed(row: &AttentionRow) -> Vec<AttentionAction> {
    if row.resolved.is_some() {
        return Vec::new();
    }
    let allowed = |action: &AttentionAction| {
        let finds = match action {
            AttentionAction::LinkKey => may(Permission::KeysRead),
            AttentionAction::LinkCustomer => may(Permission::CustomersRead),
            _ => true,
        };
        finds && may(action.needs())
    };
    row.code.actions().iter().copied().filter(allowed).collect()
}
