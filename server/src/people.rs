//! The people working for the vendor: who they are, inviting them, changing what they may do.
//!
//! There is always an owner who can sign in, and nobody takes rights away from themselves.

use latchkey_shared::{
    api::staff::{EditStaff, InviteStaff, StaffInvited, StaffList, StaffMember, StaffState},
    ids::StaffId,
    permission::Role,
    time::Timestamp,
    validation::normal_email,
};
use latchkey_store::entity::staff;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{
    audit::{self, Entry, Origin},
    communications::{self, letters},
    error::{AppError, AppResult},
    identity::{
        codes::{self, Purpose},
        sessions::{self, Kind},
        staff::{self as store, NewMember},
    },
    state::AppState,
    vendor,
};

/// Everybody, in the order they came.
pub async fn list(app: &AppState) -> AppResult<StaffList> {
    let rows = store::all(app.store.read()).await?;
    Ok(StaffList { staff: rows.into_iter().map(describe).collect::<AppResult<_>>()? })
}

/// Invites somebody; a field error where the address is on the staff already.
pub async fn invite(app: &AppState, origin: &Origin, form: InviteStaff) -> AppResult<StaffInvited> {
    let email = normal_email(&form.email);
    let transaction = app.store.begin().await?;
    let new = NewMember { email: &email, name: &form.name, role: form.role, password_hash: None };
    let member = store::add(&transaction, app.clock.now(), origin, new).await?;
    let url = send_invitation(app, &transaction, &member).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(StaffInvited { member: describe(member)?, url })
}

/// A new link for somebody who has not chosen a password yet.
pub async fn invite_again(app: &AppState, origin: &Origin, id: StaffId) -> AppResult<StaffInvited> {
    let transaction = app.store.begin().await?;
    let member = find(&transaction, id).await?;
    if member.password_hash.is_some() || member.disabled {
        return Err(AppError::conflict(
            "not_invited",
            "Only somebody who is invited and has not chosen a password yet can be invited again.",
        ));
    }
    let url = send_invitation(app, &transaction, &member).await?;
    let text = format!("{} was invited again.", member.name);
    audit::record(&transaction, app.clock.now(), origin, entry(&member, "staff_invited_again", text)).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(StaffInvited { member: describe(member)?, url })
}

/// Changes name, role and whether somebody may sign in. Whoever is disabled is signed out everywhere.
pub async fn edit(app: &AppState, origin: &Origin, id: StaffId, form: EditStaff) -> AppResult<StaffMember> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let owners = store::lock_owners(&transaction).await?;
    let member = find(&transaction, id).await?;
    let role = role(&member)?;
    if is_oneself(origin, id) {
        refuse_own_loss(role, &form)?;
    }
    let last_owner = owners.iter().all(|owner| owner.id == id.0 || !can_sign_in(owner));
    if role == Role::Owner && can_sign_in(&member) && last_owner {
        refuse_without_owner(&form)?;
    }
    let before = described(&member);
    let member = store::save(&transaction, id.0, form.name.trim(), form.role, form.disabled)
        .await?
        .ok_or_else(|| AppError::not_found("member of staff"))?;
    if member.disabled {
        sessions::end_others(&transaction, Kind::Staff, id.0, None).await?;
        codes::withdraw(&transaction, Purpose::StaffInvitation, Some(id.0)).await?;
        codes::withdraw(&transaction, Purpose::StaffReset, Some(id.0)).await?;
    }
    let after = described(&member);
    if before != after {
        let text = format!("{}'s entry on the staff was changed.", member.name);
        let entry =
            Entry { before: Some(before), after: Some(after), ..entry(&member, "staff_edited", text) };
        audit::record(&transaction, now, origin, entry).await?;
    }
    transaction.commit().await?;
    describe(member)
}

fn refuse_own_loss(role: Role, form: &EditStaff) -> AppResult<()> {
    if form.role != role {
        return Err(AppError::field("role", "You cannot change your own role. Ask another owner."));
    }
    if form.disabled {
        return Err(AppError::field("disabled", "You cannot disable yourself. Ask another owner."));
    }
    Ok(())
}

fn refuse_without_owner(form: &EditStaff) -> AppResult<()> {
    let needed = "There must be at least one active owner. Make somebody else an owner first.";
    if form.role != Role::Owner {
        return Err(AppError::field("role", needed));
    }
    if form.disabled {
        return Err(AppError::field("disabled", needed));
    }
    Ok(())
}

/// Makes the link, puts it into the outbox, answers it.
async fn send_invitation<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    member: &staff::Model,
) -> AppResult<String> {
    let now = app.clock.now();
    let code =
        codes::issue_link(connection, now, Purpose::StaffInvitation, Some(member.id), json!({})).await?;
    let url = app.config.url(&format!("/Staff/Welcome#{code}"));
    let letter = letters::staff_invitation(&vendor::load(connection).await?.name, &url);
    communications::send(app, connection, None, &member.email, letter).await?;
    Ok(url)
}

async fn find<C: ConnectionTrait>(connection: &C, id: StaffId) -> AppResult<staff::Model> {
    store::find(connection, id.0).await?.ok_or_else(|| AppError::not_found("member of staff"))
}

fn is_oneself(origin: &Origin, id: StaffId) -> bool {
    origin.source == "staff" && origin.id == Some(id.0)
}

fn can_sign_in(member: &staff::Model) -> bool {
    !member.disabled && member.password_hash.is_some()
}

fn role(member: &staff::Model) -> AppResult<Role> {
    Role::parse(&member.role).ok_or_else(|| AppError::internal("a staff member has an unknown role"))
}

fn described(member: &staff::Model) -> Value {
    json!({"name": member.name, "role": member.role, "disabled": member.disabled})
}

fn entry(member: &staff::Model, action: &'static str, text: String) -> Entry {
    Entry { action, subject_kind: "staff", subject_id: member.id, text, ..Entry::default() }
}

fn describe(member: staff::Model) -> AppResult<StaffMember> {
    let state = if member.disabled {
        StaffState::Disabled
    } else if member.password_hash.is_none() {
        StaffState::Invited
    } else {
        StaffState::Active
    };
    Ok(StaffMember {
        id: StaffId(member.id),
        role: role(&member)?,
        state,
        created: Timestamp::from_millis(member.created_at),
        last_seen: member.last_seen_at.map(Timestamp::from_millis),
        name: member.name,
        email: member.email,
    })
}
