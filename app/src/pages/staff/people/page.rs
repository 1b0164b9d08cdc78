//! The list, and what can be done to each.

use latchkey_shared::{
    api::staff::{StaffInvited, StaffMember, StaffState},
    permission::Permission,
    text::people as text,
};
use leptos::prelude::*;

use super::{change::ChangeDialog, disable, invite::InviteDialog, link::LinkDialog, words};
use crate::{
    api::{Load, load, staff, use_sender},
    components::{
        Button, Column, DataTable, EmptyState, Glyph, Look, Menu, MenuItem, PageHeader, Row, use_toasts,
    },
    pages::staff::show::{self, may},
    session::use_session,
};

/// What the rows' menus ask for.
#[derive(Clone, Copy)]
struct Asks {
    change: Callback<(StaffMember,)>,
    disable: Callback<(StaffMember,)>,
    enable: Callback<(StaffMember,)>,
    invite_again: Callback<(StaffMember,)>,
    /// Whose page this is: nobody changes the own role.
    own: i64,
    manage: bool,
}

#[component]
pub fn StaffPage() -> impl IntoView {
    let people = load(staff::list);
    let inviting = RwSignal::new(false);
    let invited = RwSignal::new(None::<StaffInvited>);
    let changing = RwSignal::new(None::<StaffMember>);
    let disabling = RwSignal::new(None::<StaffMember>);
    let sender = use_sender();
    let toasts = use_toasts();
    let show_link = Callback::from(move |answer: StaffInvited| {
        people.again();
        invited.set(Some(answer));
    });
    let saved = Callback::from(move |member: StaffMember| put(people, member));
    let asks = Asks {
        change: Callback::from(move |member: StaffMember| changing.set(Some(member))),
        disable: Callback::from(move |member: StaffMember| disabling.set(Some(member))),
        enable: Callback::from(move |member: StaffMember| {
            let form = disable::with(&member, false);
            sender.press(staff::edit(member.id, &form), move |member| {
                toasts.good(text::enabled(&member.name));
                saved.run((member,));
            });
        }),
        invite_again: Callback::from(move |member: StaffMember| {
            sender.press(staff::invite_again(member.id), move |answer| show_link.run((answer,)));
        }),
        own: untrack(|| use_session().staff()).map(|own| own.id.0).unwrap_or_default(),
        manage: may(Permission::StaffManage),
    };
    let rows = Signal::derive(move || {
        people.with(|list| list.map(|list| list.staff.iter().map(|member| row(member, asks)).collect()))
    });
    let invite = move || {
        asks.manage
            .then(|| {
                view! {
                    <Button look=Look::Primary icon=Glyph::Plus on_press=move || inviting.set(true)>
                        {text::INVITE}
                    </Button>
                }
            })
            .into_any()
    };
    let mut columns = vec![
        Column::new(text::NAME),
        Column::new(text::EMAIL),
        Column::new(text::ROLE).fact(),
        Column::new(text::STATE).fact(),
        Column::new(text::LAST_SEEN),
    ];
    if asks.manage {
        columns.push(Column::new(text::ACTIONS).right().fact());
    }
    view! {
        <PageHeader title=text::TITLE actions=ViewFn::from(invite)>
            <span>{text::INTRO}</span>
        </PageHeader>
        <DataTable
            label=text::TITLE
            columns
            rows
            reloading=people.reloading()
            problem=people.problem()
            on_retry=move || people.again()
            empty=ViewFn::from(|| view! { <EmptyState title=text::EMPTY_TITLE glyph=Glyph::Staff /> }.into_any())
            skeleton_rows=4
        />
        <InviteDialog open=inviting on_done=show_link />
        <LinkDialog invited />
        <ChangeDialog changing own=asks.own on_done=saved />
        <disable::DisableDialog disabling on_done=saved />
    }
    .into_any()
}

/// Puts a changed person in place.
fn put(people: Load<latchkey_shared::api::staff::StaffList>, member: StaffMember) {
    people.update(|list| {
        if let Some(own) = list.staff.iter_mut().find(|own| own.id == member.id) {
            *own = member;
        }
    });
}

fn row(member: &StaffMember, asks: Asks) -> Row {
    let (role, state, last_seen) = (member.role, member.state, member.last_seen);
    let (name, own) = (member.name.clone(), member.id.0 == asks.own);
    let row = Row::new(member.id)
        .cell(move || {
            let you = own.then(|| view! { " " <span class="muted">"(" {text::YOU} ")"</span> });
            view! { <span class="cell-text">{name.clone()} {you}</span> }.into_any()
        })
        .text(member.email.clone())
        .text(words::role(role))
        .cell(move || words::state(state))
        .cell(move || match last_seen {
            Some(at) => show::when(at),
            None => show::quiet(text::NEVER),
        });
    if !asks.manage {
        return row;
    }
    let member = member.clone();
    row.cell(move || actions(member.clone(), asks))
}

fn actions(member: StaffMember, asks: Asks) -> AnyView {
    let label = text::actions_for(&member.name);
    let member = StoredValue::new(member);
    let run = move |ask: Callback<(StaffMember,)>| move || ask.run((member.get_value(),));
    let items = move || {
        let (state, own) = member.with_value(|member| (member.state, member.id.0 == asks.own));
        let again = (state == StaffState::Invited).then(|| {
            view! { <MenuItem icon=Glyph::Link on_press=run(asks.invite_again)>{text::INVITE_AGAIN}</MenuItem> }
        });
        let end = match state {
            StaffState::Disabled => {
                view! { <MenuItem icon=Glyph::Undo on_press=run(asks.enable)>{text::ENABLE}</MenuItem> }
                    .into_any()
            }
            _ if own => ().into_any(),
            _ => view! {
                <MenuItem icon=Glyph::Lock danger=true on_press=run(asks.disable)>
                    {text::DISABLE}
                </MenuItem>
            }
            .into_any(),
        };
        view! {
            <MenuItem icon=Glyph::Edit on_press=run(asks.change)>
                {text::CHANGE}
            </MenuItem>
            {again}
            {end}
        }
    };
    view! { <Menu label>{items()}</Menu> }.into_any()
}
