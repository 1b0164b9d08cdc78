//! Products.

use std::collections::HashMap;

use latchkey_shared::{api::data::RefType, ids::ProductId};
use latchkey_store::{
    entity::product,
    moving_in::{self as store, Counted},
    products,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;

use super::{Context, Kind, Outcome, Put, Row, content, last, objects, take_over};
use crate::{
    catalog::products::GRACE_DAYS,
    error::{AppError, AppResult},
    licensing::signing,
    move_in::rows::Product,
};

/// Puts in products with their data objects.
pub async fn put<C: ConnectionTrait>(
    connection: &C,
    context: &mut Context,
    rows: &[Product],
) -> AppResult<Vec<Put>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let object_ids: Vec<i64> = rows.iter().flat_map(|row| &row.objects).filter_map(|it| it.id).collect();
    let known = products::by_id(connection, ids.iter().copied()).await?;
    let contents = store::contents(connection, Kind::Product.word(), &ids).await?;
    let here = objects::Here::load(connection, &object_ids, RefType::Product.number(), &ids).await?;
    let mut puts = Vec::new();
    for row in rows {
        let content = content(row)?;
        if let Some(outcome) = context.seen.again(context.seen.products.get(&row.id), &content) {
            puts.push(outcome.into());
            continue;
        }
        let place = (RefType::Product.number(), row.id, "");
        let found = (known.get(&row.id), last(&contents, row.id));
        let put = match decide(context, row, found, (&here, &here.of(place))) {
            Err(words) => Outcome::Refused(words).into(),
            Ok((outcome, changed, plan)) => {
                plan.claim(&mut context.seen, place);
                let objects = plan.tally(&mut context.seen, &row.objects);
                if !context.dry_run {
                    write(connection, context, row, &outcome, changed, plan).await?;
                }
                if !context.dry_run && contents.get(&row.id) != Some(&content) {
                    let contents = vec![(row.id, content.clone())];
                    store::remember(connection, Kind::Product.word(), contents, context.now).await?;
                }
                Put { outcome, objects }
            }
        };
        let seen = Row { content: context.seen.hash(content.as_str()), kept: put.outcome.is_kept() };
        context.seen.products.insert(row.id, seen);
        puts.push(put);
    }
    Ok(puts)
}

type Decided = (Outcome, Option<product::Model>, objects::Plan);

fn decide(
    context: &Context,
    row: &Product,
    (known, last): (Option<&product::Model>, Option<Product>),
    (here, own): (&objects::Here, &[&latchkey_store::entity::data_object::Model]),
) -> Result<Decided, String> {
    let last = last.as_ref().filter(|_| known.is_some());
    if last == Some(row) {
        return Ok((Outcome::Same, None, objects::Plan::default()));
    }
    let place = (RefType::Product.number(), row.id, "");
    let before = last.map(|last| last.objects.as_slice());
    let plan = here.plan(&context.seen, place, own, &row.objects, before)?;
    let Some(known) = known else { return Ok((Outcome::New, None, plan)) };
    if last.is_none() && !known.name.eq_ignore_ascii_case(&row.name) {
        return Err(format!("product {} is “{}” here", row.id, known.name));
    }
    let mut changed = known.clone();
    take_over!(changed, row, last; name = name, description = description);
    if last.is_none_or(|last| last.blocks() != row.blocks()) {
        changed.blocks_expired = row.blocks();
    }
    if last.is_none_or(|last| last.limiting() != row.limiting()) {
        changed.limiting_features = row.limiting();
    }
    if last.is_none_or(|last| last.features != row.features) {
        changed.feature_names = json!(row.features);
    }
    if let Some(created) = row.created.filter(|_| last.is_none_or(|last| last.created != row.created)) {
        changed.created_at = created;
    }
    let changed = Some(changed).filter(|changed| changed != known);
    let outcome = if changed.is_none() && plan.is_empty() { Outcome::Same } else { Outcome::Changed };
    Ok((outcome, changed, plan))
}

async fn write<C: ConnectionTrait>(
    connection: &C,
    context: &Context,
    row: &Product,
    outcome: &Outcome,
    changed: Option<product::Model>,
    plan: objects::Plan,
) -> AppResult<()> {
    if *outcome == Outcome::Same {
        return Ok(());
    }
    if *outcome == Outcome::New {
        store::count_past(connection, Counted::Products, row.id).await?;
        insert(connection, context.now, row).await?;
    }
    if let Some(changed) = changed {
        products::save(connection, changed, context.now).await?.ok_or_else(AppError::stale)?;
    }
    if let Some(id) = plan.largest_id() {
        store::count_past(connection, Counted::Objects, id).await?;
    }
    let mut new = Vec::new();
    let place = (RefType::Product.number(), row.id, "");
    objects::carry_out(connection, context.now, place, plan, &mut new).await?;
    objects::insert(connection, new).await?;
    Ok(store::record(connection, vec![context.entry(Kind::Product, row.id, None, outcome)]).await?)
}

async fn insert<C: ConnectionTrait>(connection: &C, now: i64, row: &Product) -> AppResult<()> {
    let model = product::ActiveModel {
        id: Set(row.id),
        name: Set(row.name.clone()),
        description: Set(row.description.clone()),
        kind: Set("base".to_owned()),
        active: Set(true),
        grace_days: Set(GRACE_DAYS),
        feature_names: Set(json!(row.features)),
        signing_key_id: Set(signing::default_pair(connection).await?.id),
        blocks_expired: Set(row.blocks()),
        limiting_features: Set(row.limiting()),
        next_key_id: Set(1),
        version: Set(1),
        created_at: Set(row.created.unwrap_or(now)),
        updated_at: Set(now),
    };
    products::insert(connection, model).await?;
    Ok(())
}

/// Which of those products were moved in, by this import or before: only they take keys.
pub async fn moved<C: ConnectionTrait>(
    connection: &C,
    context: &Context,
    ids: &[i64],
) -> AppResult<HashMap<i64, bool>> {
    let contents = store::contents(connection, Kind::Product.word(), ids).await?;
    let mut moved = HashMap::new();
    for id in ids {
        let kept = match context.seen.products.get(id) {
            Some(row) => row.kept,
            None => contents.contains_key(id) && products::find(connection, ProductId(*id)).await?.is_some(),
        };
        moved.insert(*id, kept);
    }
    Ok(moved)
}
