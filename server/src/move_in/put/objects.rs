//! Data objects: those of one thing, and lists of them.

use std::collections::{HashMap, HashSet};

use latchkey_shared::api::data::{RefType, TERMS_URL};
use latchkey_store::{
    data::OF_MACHINE,
    entity::data_object,
    moving_in::{self as store, Counted},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use super::{Context, Kind, Outcome, Put, Seen, Tally, content, last};
use crate::{
    data::{self, reserved},
    error::AppResult,
    move_in::rows::{Attached, Object, Words},
};

/// What an object is attached to: type, id, machine code.
pub type Place<'p> = (i64, i64, &'p str);

/// What has to happen to the objects of one thing.
#[derive(Debug, Default)]
pub struct Plan {
    insert: Vec<Object>,
    update: Vec<data_object::Model>,
    delete: Vec<i64>,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.insert.is_empty() && self.update.is_empty() && self.delete.is_empty()
    }

    /// Keeps the ids from whoever comes later, and what is said of them.
    pub fn claim(&self, seen: &mut Seen, place: Place<'_>) {
        let of = seen.hash(place);
        for object in &self.insert {
            if let Some(id) = object.id {
                let says = seen.hash(object);
                seen.objects.insert(id, (of, says));
            }
        }
        for row in &self.update {
            let (name, text) = (row.name.clone(), row.string_value.clone());
            let says = seen.hash(Object { id: Some(row.id), name, text, number: row.int_value });
            seen.objects.insert(row.id, (of, says));
        }
    }

    /// What it comes to, where the file names these.
    pub fn tally(&self, seen: &mut Seen, named: &[Object]) -> Tally {
        seen.counted.extend(named.iter().filter_map(|object| object.id));
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let touched = self.insert.len() + self.update.len();
        Tally {
            new: count(self.insert.len()),
            changed: count(self.update.len() + self.delete.len()),
            same: count(named.len().saturating_sub(touched)),
            refused: 0,
        }
    }

    pub fn largest_id(&self) -> Option<i64> {
        self.insert.iter().filter_map(|object| object.id).max()
    }
}

/// The objects that a batch is about.
pub struct Here {
    by_id: HashMap<i64, data_object::Model>,
}

impl Here {
    pub async fn load<C: ConnectionTrait>(
        connection: &C,
        ids: &[i64],
        ref_type: i64,
        ref_ids: &[i64],
    ) -> AppResult<Self> {
        let rows = store::objects(connection, ids, ref_type, ref_ids).await?;
        Ok(Self { by_id: rows.into_iter().map(|row| (row.id, row)).collect() })
    }

    /// The objects of one thing.
    pub fn of(&self, place: Place<'_>) -> Vec<&data_object::Model> {
        let own = |row: &&data_object::Model| (row.ref_type, row.ref_id, row.machine_code.as_str()) == place;
        let mut rows: Vec<_> = self.by_id.values().filter(own).collect();
        rows.sort_by_key(|row| row.id);
        rows
    }

    /// What has to happen so that a thing has `new`, of which it had `last` before; `own` are those that it has.
    pub fn plan(
        &self,
        seen: &Seen,
        place: Place<'_>,
        own: &[&data_object::Model],
        new: &[Object],
        last: Option<&[Object]>,
    ) -> Result<Plan, Words> {
        let find = |object: &Object| match object.id {
            Some(id) => own.iter().find(|row| row.id == id),
            None => own.iter().find(|row| row.name == object.name),
        };
        let mut plan = Plan::default();
        let mut ids = HashSet::new();
        for object in new {
            if let Some(id) = object.id {
                self.refuse_taken(seen, place, id)?;
                if !ids.insert(id) {
                    return Err(format!("data object {id} is named twice"));
                }
            }
            if last.is_some_and(|last| last.contains(object)) {
                continue;
            }
            match find(object) {
                None => plan.insert.push(object.clone()),
                Some(row) => {
                    let mut changed = (*row).clone();
                    changed.name.clone_from(&object.name);
                    changed.string_value.clone_from(&object.text);
                    changed.int_value = object.number;
                    if changed != **row {
                        plan.update.push(changed);
                    }
                }
            }
        }
        for gone in last.unwrap_or_default() {
            let stays = |object: &&Object| match gone.id {
                Some(id) => object.id == Some(id),
                None => object.name == gone.name,
            };
            if !new.iter().any(|object| stays(&object))
                && let Some(row) = find(gone)
            {
                plan.delete.push(row.id);
            }
        }
        Ok(plan)
    }

    fn refuse_taken(&self, seen: &Seen, place: Place<'_>, id: i64) -> Result<(), Words> {
        let elsewhere = self
            .by_id
            .get(&id)
            .is_some_and(|row| (row.ref_type, row.ref_id, row.machine_code.as_str()) != place);
        if elsewhere || seen.objects.get(&id).is_some_and(|(of, _)| *of != seen.hash(place)) {
            return Err(format!("data object {id} is attached to something else"));
        }
        Ok(())
    }
}

/// Carries a plan out; `rows` collects what is new.
pub async fn carry_out<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    place: Place<'_>,
    plan: Plan,
    rows: &mut Vec<data_object::ActiveModel>,
) -> AppResult<()> {
    for id in plan.delete {
        latchkey_store::data::delete(connection, id.into()).await?;
    }
    for mut row in plan.update {
        row.updated_at = now;
        latchkey_store::data::save(connection, row).await?;
    }
    let (ref_type, ref_id, machine) = place;
    for object in plan.insert {
        rows.push(data_object::ActiveModel {
            id: object.id.map_or(NotSet, Set),
            ref_type: Set(ref_type),
            ref_id: Set(ref_id),
            machine_code: Set(machine.to_owned()),
            name: Set(object.name),
            string_value: Set(object.text),
            int_value: Set(object.number),
            created_at: Set(now),
            updated_at: Set(now),
        });
    }
    Ok(())
}

/// Puts in what was collected: rows that bring their ids and rows that get one are two kinds of statement.
pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    rows: Vec<data_object::ActiveModel>,
) -> AppResult<()> {
    let (with_id, without): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.id.is_set());
    store::insert_all(connection, with_id).await?;
    store::insert_all(connection, without).await?;
    Ok(())
}

/// Puts in data objects of a list, each attached to what it names.
pub async fn put<C: ConnectionTrait>(
    connection: &C,
    context: &mut Context,
    rows: &[Attached],
) -> AppResult<Vec<Put>> {
    let mut puts = Vec::new();
    for row in rows {
        let outcome = put_one(connection, context, row).await?;
        let counted = row.object.id.is_some_and(|id| context.seen.counted.contains(&id));
        let again = counted && outcome == Outcome::Same;
        let objects = if again { Tally::default() } else { Tally::of(&outcome) };
        puts.push(Put { outcome, objects });
    }
    Ok(puts)
}

async fn put_one<C: ConnectionTrait>(
    connection: &C,
    context: &mut Context,
    row: &Attached,
) -> AppResult<Outcome> {
    let place = (row.ref_type, row.ref_id, row.machine.as_str());
    if row.ref_type != RefType::Vendor.number() {
        let there = store::referenced(connection, row.ref_type, &[row.ref_id]).await?;
        let moved = if row.ref_type == RefType::Product.number() {
            there.contains(&row.ref_id) || context.seen.products.get(&row.ref_id).is_some_and(|it| it.kept)
        } else {
            there.contains(&row.ref_id) || context.seen.keys.get(&row.ref_id).is_some_and(|it| it.kept)
        };
        if !moved {
            return Ok(Outcome::Refused("what it is attached to is not here".to_owned()));
        }
    } else if row.object.name == TERMS_URL
        && let Some(problem) =
            reserved::problem(RefType::Vendor, TERMS_URL, &row.object.text, row.object.number)
    {
        return Ok(Outcome::Refused(problem));
    }
    let ids: Vec<i64> = row.object.id.into_iter().collect();
    let here = Here::load(connection, &ids, row.ref_type, &[row.ref_id]).await?;
    let own = here.of(place);
    // Vendor-level names steer Latchkey, so each is there once.
    let mut object = row.object.clone();
    if row.ref_type == RefType::Vendor.number()
        && let Some(same) = own.iter().find(|it| it.name == object.name)
    {
        object.id = Some(same.id);
    }
    let content = content(&row)?;
    let contents = store::contents(connection, Kind::Object.word(), &ids).await?;
    let before: Option<Attached> = row.object.id.and_then(|id| last(&contents, id));
    if before.as_ref().is_some_and(|before| before == row) {
        return Ok(Outcome::Same);
    }
    let plan = match here.plan(&context.seen, place, &own, std::slice::from_ref(&object), None) {
        Ok(plan) => plan,
        Err(words) => return Ok(Outcome::Refused(words)),
    };
    // In a dry run what came with a product or key earlier is not in the database.
    let earlier = object.id.and_then(|id| context.seen.objects.get(&id));
    let outcome = if let Some((_, says)) = earlier {
        if *says == context.seen.hash(&object) { Outcome::Same } else { Outcome::Changed }
    } else if !plan.insert.is_empty() {
        Outcome::New
    } else if plan.is_empty() {
        Outcome::Same
    } else {
        Outcome::Changed
    };
    plan.claim(&mut context.seen, place);
    if context.dry_run {
        return Ok(outcome);
    }
    if outcome != Outcome::Same {
        write(connection, context, row, plan, &outcome).await?;
    }
    if let Some(id) = row.object.id {
        store::remember(connection, Kind::Object.word(), vec![(id, content)], context.now).await?;
    }
    Ok(outcome)
}

async fn write<C: ConnectionTrait>(
    connection: &C,
    context: &Context,
    row: &Attached,
    plan: Plan,
    outcome: &Outcome,
) -> AppResult<()> {
    if let Some(id) = plan.largest_id() {
        store::count_past(connection, Counted::Objects, id).await?;
    }
    let mut new = Vec::new();
    let place = (row.ref_type, row.ref_id, row.machine.as_str());
    carry_out(connection, context.now, place, plan, &mut new).await?;
    insert(connection, new).await?;
    if row.ref_type == RefType::Vendor.number() {
        data::after_vendor_change(connection, context.now, &row.object.name).await?;
    }
    let id = row.object.id.unwrap_or_default();
    store::record(connection, vec![context.entry(Kind::Object, id, None, outcome)]).await?;
    debug_assert!(row.ref_type != OF_MACHINE || !row.machine.is_empty());
    Ok(())
}
