//! Licence keys with their machines and data objects.

use std::collections::HashMap;

use latchkey_shared::api::data::RefType;
use latchkey_store::{
    entity::{activation, audit, data_object, licence_key},
    keys,
    moving_in::{self as store, Counted},
};
use sea_orm::ConnectionTrait;

use super::{
    Context, Kind, Outcome, Put, Row, content, customers, key_row, last, machines, objects, products,
};
use crate::{
    error::{AppError, AppResult},
    move_in::rows::{Customer, Key, Words},
};

/// What is in the database about the keys of a batch.
struct Known {
    keys: Vec<licence_key::Model>,
    contents: HashMap<i64, String>,
    machines: HashMap<i64, Vec<activation::Model>>,
    objects: objects::Here,
    /// Whether a product takes keys.
    products: HashMap<i64, bool>,
    /// Whether a customer is here.
    owners: HashMap<i64, bool>,
}

impl Known {
    fn by_id(&self, id: i64) -> Option<&licence_key::Model> {
        self.keys.iter().find(|key| key.id == id)
    }

    fn by_text(&self, row: &Key) -> Option<&licence_key::Model> {
        let lookup = row.lookup();
        self.keys.iter().find(|key| key.product_id == row.product && key.key_lookup == lookup)
    }

    fn by_number(&self, row: &Key) -> Option<&licence_key::Model> {
        self.keys.iter().find(|key| key.product_id == row.product && key.number == row.number)
    }
}

/// What has to happen for a row.
struct Plan {
    /// With what its file does not speak of as it was before.
    row: Key,
    outcome: Outcome,
    /// The row here, as it will be; nothing where it is new or stays.
    changed: Option<licence_key::Model>,
    /// Its global id, if it is known yet.
    id: Option<i64>,
    machines: machines::Plan,
    objects: objects::Plan,
}

/// Rows that are written together.
#[derive(Default)]
struct Writes {
    keys: Vec<licence_key::ActiveModel>,
    machines: Vec<activation::ActiveModel>,
    objects: Vec<data_object::ActiveModel>,
    history: Vec<audit::ActiveModel>,
    contents: Vec<(i64, String)>,
}

/// Puts in keys. Answers what became of each, and of the customers that only keys name.
pub async fn put<C: ConnectionTrait>(
    connection: &C,
    context: &mut Context,
    rows: &[(Key, Option<Customer>)],
) -> AppResult<(Vec<Put>, Vec<(i64, Outcome)>)> {
    let named: Vec<i64> = rows.iter().filter_map(|(key, _)| key.customer).collect();
    let described: Vec<Customer> = rows.iter().filter_map(|(_, owner)| owner.clone()).collect();
    let (met, owners) = customers::owners(connection, context, &named, &described).await?;
    let known = load(connection, context, rows, owners).await?;
    let (mut puts, mut plans) = (Vec::new(), Vec::new());
    for (key, _) in rows {
        let content = content(key)?;
        if let Some(id) = key.global_id
            && let Some(outcome) = context.seen.again(context.seen.keys.get(&id), &content)
        {
            puts.push(outcome.into());
            continue;
        }
        let put = match decide(context, key, &known) {
            Err(words) => Outcome::Refused(words).into(),
            Ok(plan) => {
                claim(context, key, &plan);
                let objects = plan.objects.tally(&mut context.seen, &key.objects);
                let put = Put { outcome: plan.outcome.clone(), objects };
                plans.push(plan);
                put
            }
        };
        if let Some(id) = key.global_id {
            let seen = Row { content: context.seen.hash(content.as_str()), kept: put.outcome.is_kept() };
            context.seen.keys.insert(id, seen);
        }
        puts.push(put);
    }
    if !context.dry_run {
        write(connection, context, &known.contents, plans).await?;
    }
    Ok((puts, met))
}

async fn load<C: ConnectionTrait>(
    connection: &C,
    context: &Context,
    rows: &[(Key, Option<Customer>)],
    owners: HashMap<i64, bool>,
) -> AppResult<Known> {
    let keys = || rows.iter().map(|(key, _)| key);
    let mut product_ids: Vec<i64> = keys().map(|key| key.product).collect();
    product_ids.sort_unstable();
    product_ids.dedup();
    if !context.dry_run {
        store::hold_products(connection, &product_ids).await?;
    }
    let ids: Vec<i64> = keys().filter_map(|key| key.global_id).collect();
    let numbers: Vec<i64> = keys().map(|key| key.number).collect();
    let texts: Vec<String> = keys().map(Key::lookup).collect();
    let object_ids: Vec<i64> = keys().flat_map(|key| &key.objects).filter_map(|it| it.id).collect();
    let found = store::keys(connection, &ids, &product_ids, &numbers, &texts).await?;
    let found_ids: Vec<i64> = found.iter().map(|key| key.id).collect();
    let mut machines: HashMap<i64, Vec<activation::Model>> = HashMap::new();
    for row in store::machines(connection, &found_ids).await? {
        machines.entry(row.key_id).or_default().push(row);
    }
    Ok(Known {
        contents: store::contents(connection, Kind::Key.word(), &found_ids).await?,
        machines,
        objects: objects::Here::load(connection, &object_ids, RefType::Key.number(), &found_ids).await?,
        products: products::moved(connection, context, &product_ids).await?,
        owners,
        keys: found,
    })
}

fn decide(context: &Context, row: &Key, known: &Known) -> Result<Plan, Words> {
    if known.products.get(&row.product) != Some(&true) {
        return Err(format!("product {} was not moved in; move the list of products in too", row.product));
    }
    if let Some(owner) = row.customer
        && known.owners.get(&owner) != Some(&true)
    {
        return Err(format!("customer {owner} was not moved in; move the list of customers in too"));
    }
    let here = match row.global_id {
        Some(id) => known.by_id(id),
        None => known.by_text(row),
    };
    let Some(key) = here else { return new(context, row, known) };
    let machines: Vec<&activation::Model> = known.machines.get(&key.id).into_iter().flatten().collect();
    let objects = known.objects.of((RefType::Key.number(), key.id, ""));
    let before: Option<Key> = last(&known.contents, key.id);
    let row = row.completed(before.as_ref().unwrap_or(&Key::here(key, &machines, &objects)));
    if before.as_ref() == Some(&row) {
        return Ok(Plan {
            outcome: Outcome::Same,
            changed: None,
            id: Some(key.id),
            machines: machines::Plan::default(),
            objects: objects::Plan::default(),
            row,
        });
    }
    again(context, row, key, before.as_ref(), (&machines, &objects, &known.objects))
}

fn new(context: &Context, row: &Key, known: &Known) -> Result<Plan, Words> {
    if let Some(other) = known.by_text(row) {
        return Err(format!("product {} has this key already, with the global id {}", row.product, other.id));
    }
    if let Some(other) = known.by_number(row) {
        return Err(format!(
            "key {} of product {} is another one here, with the global id {}",
            row.number, row.product, other.id
        ));
    }
    if context.seen.numbers.contains(&(row.product, row.number)) {
        return Err(format!("these files have key {} of product {} before", row.number, row.product));
    }
    if context.seen.texts.contains(&(row.product, context.seen.hash(row.lookup()))) {
        return Err(format!("these files have this key of product {} before", row.product));
    }
    let place = (RefType::Key.number(), row.global_id.unwrap_or_default(), "");
    Ok(Plan {
        row: row.clone(),
        outcome: Outcome::New,
        changed: None,
        id: row.global_id,
        machines: machines::Plan::of(context.now, &[], &row.machines, None),
        objects: known.objects.plan(&context.seen, place, &[], &row.objects, None)?,
    })
}

/// A key that is here: what changed there since it was last moved in is changed here.
fn again(
    context: &Context,
    row: Key,
    key: &licence_key::Model,
    last: Option<&Key>,
    (own_machines, own_objects, here): (&[&activation::Model], &[&data_object::Model], &objects::Here),
) -> Result<Plan, Words> {
    if (key.product_id, key.number, key.key_lookup.as_str()) != (row.product, row.number, &row.lookup()) {
        return Err(format!(
            "the global id {} is key {} of product {} here, with another text or number",
            key.id, key.number, key.product_id
        ));
    }
    let changed = Some(key_row::changed(&row, key, last)).filter(|changed| changed != key);
    let before = last.map(|it| it.machines.as_slice());
    let machines = machines::Plan::of(context.now, own_machines, &row.machines, before);
    let before = last.map(|last| last.objects.as_slice());
    let place = (RefType::Key.number(), key.id, "");
    let objects = here.plan(&context.seen, place, own_objects, &row.objects, before)?;
    let same = changed.is_none() && machines.is_empty() && objects.is_empty();
    let outcome = if same { Outcome::Same } else { Outcome::Changed };
    Ok(Plan { row, outcome, changed, id: Some(key.id), machines, objects })
}

fn claim(context: &mut Context, row: &Key, plan: &Plan) {
    let text = context.seen.hash(row.lookup());
    context.seen.numbers.insert((row.product, row.number));
    context.seen.texts.insert((row.product, text));
    plan.objects.claim(&mut context.seen, (RefType::Key.number(), plan.id.unwrap_or_default(), ""));
}

async fn write<C: ConnectionTrait>(
    connection: &C,
    context: &Context,
    contents: &HashMap<i64, String>,
    plans: Vec<Plan>,
) -> AppResult<()> {
    let new = || plans.iter().filter(|plan| plan.outcome == Outcome::New);
    if let Some(id) = new().filter_map(|plan| plan.id).max() {
        store::count_past(connection, Counted::Keys, id).await?;
    }
    if let Some(id) = plans.iter().filter_map(|plan| plan.objects.largest_id()).max() {
        store::count_past(connection, Counted::Objects, id).await?;
    }
    let mut numbers: HashMap<i64, i64> = HashMap::new();
    for plan in new() {
        let most = numbers.entry(plan.row.product).or_default();
        *most = Ord::max(*most, plan.row.number);
    }
    let mut writes = Writes::default();
    for plan in plans {
        one(connection, context, contents, plan, &mut writes).await?;
    }
    store::insert_all(connection, writes.keys).await?;
    machines::insert(connection, writes.machines).await?;
    objects::insert(connection, writes.objects).await?;
    for (product, number) in numbers {
        store::number_past(connection, product, number).await?;
    }
    store::record(connection, writes.history).await?;
    store::remember(connection, Kind::Key.word(), writes.contents, context.now).await?;
    Ok(())
}

async fn one<C: ConnectionTrait>(
    connection: &C,
    context: &Context,
    contents: &HashMap<i64, String>,
    plan: Plan,
    writes: &mut Writes,
) -> AppResult<()> {
    let mut row = plan.row;
    let id = match (&plan.outcome, plan.id) {
        (Outcome::New, Some(id)) => {
            writes.keys.push(key_row::fresh(context.now, &row));
            id
        }
        (_, Some(id)) => id,
        (_, None) => keys::insert(connection, key_row::fresh(context.now, &row)).await?.id,
    };
    if let Some(changed) = plan.changed {
        keys::save(connection, changed, context.now).await?.ok_or_else(AppError::stale)?;
    }
    machines::carry_out(connection, context.now, id, plan.machines, &mut writes.machines).await?;
    let place = (RefType::Key.number(), id, "");
    objects::carry_out(connection, context.now, place, plan.objects, &mut writes.objects).await?;
    if plan.outcome != Outcome::Same {
        writes.history.push(context.entry(Kind::Key, id, row.customer, &plan.outcome));
    }
    row.global_id = Some(id);
    let content = content(&row)?;
    if contents.get(&id) != Some(&content) {
        writes.contents.push((id, content));
    }
    Ok(())
}
