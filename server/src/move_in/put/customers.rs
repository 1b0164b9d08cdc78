//! Customers.

use std::collections::HashMap;

use latchkey_engine::status::headline;
use latchkey_shared::status::AccountStatus;
use latchkey_store::{
    customers,
    entity::customer,
    moving_in::{self as store, Counted},
    webshops,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{Context, Kind, Outcome, Row, content, last, take_over};
use crate::{
    error::{AppError, AppResult},
    move_in::rows::{Customer, Words},
};

/// What is written of a batch, and what is remembered of it.
#[derive(Default)]
struct Writes {
    insert: Vec<customer::ActiveModel>,
    update: Vec<customer::Model>,
    history: Vec<latchkey_store::entity::audit::ActiveModel>,
    contents: Vec<(i64, String)>,
}

/// Puts in customers.
pub async fn put<C: ConnectionTrait>(
    connection: &C,
    context: &mut Context,
    rows: &[Customer],
) -> AppResult<Vec<Outcome>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let hashes: Vec<Vec<u8>> = rows.iter().filter_map(|row| row.secret_hash.clone()).collect();
    let known = customers::by_ids(connection, ids.iter().copied()).await?;
    let contents = store::contents(connection, Kind::Customer.word(), &ids).await?;
    let secrets = store::secrets(connection, &hashes).await?;
    let (mut outcomes, mut writes) = (Vec::new(), Writes::default());
    for row in rows {
        let content = content(row)?;
        if let Some(outcome) = context.seen.again(context.seen.customers.get(&row.id), &content) {
            outcomes.push(outcome);
            continue;
        }
        let before: Option<Customer> = last(&contents, row.id).filter(|_| known.contains_key(&row.id));
        let decided = match secret_taken(context, row, &secrets) {
            Some(words) => Err(words),
            None => decide(row, known.get(&row.id), before.as_ref()),
        };
        let outcome = match decided {
            Err(words) => Outcome::Refused(words),
            Ok((outcome, changed)) => {
                if outcome == Outcome::New {
                    writes.insert.push(fresh(context.now, row));
                }
                writes.update.extend(changed);
                if outcome != Outcome::Same {
                    writes.history.push(context.entry(Kind::Customer, row.id, Some(row.id), &outcome));
                }
                if contents.get(&row.id) != Some(&content) || outcome == Outcome::New {
                    writes.contents.push((row.id, content.clone()));
                }
                outcome
            }
        };
        if let (Some(hash), true) = (&row.secret_hash, outcome.is_kept()) {
            context.seen.secrets.insert(hash.clone(), row.id);
        }
        let seen = Row { content: context.seen.hash(content.as_str()), kept: outcome.is_kept() };
        context.seen.customers.insert(row.id, seen);
        outcomes.push(outcome);
    }
    if !context.dry_run {
        write(connection, context.now, writes).await?;
    }
    Ok(outcomes)
}

fn secret_taken(context: &Context, row: &Customer, secrets: &HashMap<Vec<u8>, i64>) -> Option<Words> {
    let hash = row.secret_hash.as_ref()?;
    let other = context.seen.secrets.get(hash).or(secrets.get(hash)).filter(|id| **id != row.id)?;
    Some(format!("customer {other} has the same secret"))
}

fn decide(
    row: &Customer,
    known: Option<&customer::Model>,
    last: Option<&Customer>,
) -> Result<(Outcome, Option<customer::Model>), Words> {
    let Some(known) = known else { return Ok((Outcome::New, None)) };
    if last == Some(row) {
        return Ok((Outcome::Same, None));
    }
    if last.is_none() && !is_same(row, known) {
        return Err(format!("customer {} is “{}” here", row.id, known.name));
    }
    let mut changed = known.clone();
    take_over!(changed, row, last; name = name);
    if let Some(email) = row.email.as_ref().filter(|_| last.is_none_or(|last| last.email != row.email)) {
        changed.email.clone_from(email);
    }
    if let Some(company) =
        row.company.as_ref().filter(|_| last.is_none_or(|last| last.company != row.company))
    {
        changed.company.clone_from(company);
    }
    if let Some(created) = row.created.filter(|_| last.is_none_or(|last| last.created != row.created)) {
        changed.created_at = created;
    }
    if let Some(notes) = row.notes.as_ref().filter(|_| last.is_none_or(|last| last.notes != row.notes)) {
        changed.notes.clone_from(notes);
    }
    if last.is_none_or(|last| last.secret_hash != row.secret_hash) && row.secret_hash.is_some() {
        changed.secret_hash.clone_from(&row.secret_hash);
    }
    if let Some(may) = row.allow_activation_management
        && last.is_none_or(|last| last.allow_activation_management != Some(may))
    {
        changed.allow_activation_management = may;
    }
    if let Some(may) = row.allow_multiple_users
        && last.is_none_or(|last| last.allow_multiple_users != Some(may))
    {
        changed.allow_multiple_users = may;
    }
    if changed == *known {
        return Ok((Outcome::Same, None));
    }
    customers::fold(&mut changed);
    Ok((Outcome::Changed, Some(changed)))
}

/// Whether a customer that was not moved in is nevertheless the one of the file.
fn is_same(row: &Customer, known: &customer::Model) -> bool {
    row.email.as_ref().is_none_or(|email| *email == known.email) && known.name == row.name
}

fn fresh(now: i64, row: &Customer) -> customer::ActiveModel {
    let (email, company) = (row.email.clone().unwrap_or_default(), row.company.clone().unwrap_or_default());
    customer::ActiveModel {
        id: Set(row.id),
        name: Set(row.name.clone()),
        name_folded: Set(customers::folded(&row.name)),
        company_folded: Set(customers::folded(&company)),
        phone: Set(String::new()),
        country: Set(String::new()),
        notes: Set(row.notes.clone().unwrap_or_default()),
        external_id: Set(String::new()),
        search_text: Set(customers::search_text(&row.name, &email, &company, "")),
        email: Set(email),
        company: Set(company),
        disabled: Set(false),
        headline: Set(headline(AccountStatus::Active, &[]).as_str().to_owned()),
        association_enabled: Set(false),
        association_generation: Set(1),
        association_revoked: Set(false),
        association_created_at: Set(None),
        association_sent_at: Set(None),
        association_used_at: Set(None),
        association_used_by: Set(None),
        allow_activation_management: Set(row.allow_activation_management.unwrap_or_default()),
        allow_multiple_users: Set(row.allow_multiple_users.unwrap_or_default()),
        max_machines: Set(0),
        webshop_id: Set(webshops::DEFAULT.0),
        secret_hash: Set(row.secret_hash.clone()),
        source: Set("import".to_owned()),
        version: Set(1),
        created_at: Set(row.created.unwrap_or(now)),
        updated_at: Set(now),
    }
}

async fn write<C: ConnectionTrait>(connection: &C, now: i64, writes: Writes) -> AppResult<()> {
    if let Some(id) = writes.insert.iter().filter_map(|row| row.id.try_as_ref().copied()).max() {
        store::count_past(connection, Counted::Customers, id).await?;
    }
    store::insert_all(connection, writes.insert).await?;
    for row in writes.update {
        customers::save(connection, row, now).await?.ok_or_else(AppError::stale)?;
    }
    store::record(connection, writes.history).await?;
    store::remember(connection, Kind::Customer.word(), writes.contents, now).await?;
    Ok(())
}

/// The owners of keys: who the keys say they are where no list of customers has them. Answers the outcome of those
/// who are looked at for the first time, and which of all are here.
pub async fn owners<C: ConnectionTrait>(
    connection: &C,
    context: &mut Context,
    named: &[i64],
    described: &[Customer],
) -> AppResult<(Vec<(i64, Outcome)>, HashMap<i64, bool>)> {
    let unseen: Vec<i64> =
        named.iter().copied().filter(|id| !context.seen.customers.contains_key(id)).collect();
    let known = customers::by_ids(connection, unseen.iter().copied()).await?;
    let contents = store::contents(connection, Kind::Customer.word(), &unseen).await?;
    let mut missing: Vec<Customer> = Vec::new();
    for id in unseen {
        if known.contains_key(&id) && contents.contains_key(&id) {
            context.seen.customers.insert(id, Row { content: 0, kept: true });
        } else if let Some(owner) = described.iter().find(|owner| owner.id == id)
            && missing.iter().all(|it| it.id != id)
        {
            missing.push(owner.clone());
        }
    }
    let outcomes = put(connection, context, &missing).await?;
    let outcomes = missing.iter().map(|owner| owner.id).zip(outcomes).collect();
    let here = |id: &i64| (*id, context.seen.customers.get(id).is_some_and(|row| row.kept));
    Ok((outcomes, named.iter().map(here).collect()))
}
