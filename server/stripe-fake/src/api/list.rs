//! Lists and search results: filters, order, pages.

use super::Call;
use crate::{
    error::ApiError,
    params::Params,
    world::{Query, World, says},
};
use serde_json::{Value, json};

/// One page of `objects`, which come newest first.
pub(super) fn page<'a>(
    objects: impl Iterator<Item = &'a Value>,
    params: &Params,
    url: &str,
) -> Result<Value, ApiError> {
    let limit = limit(params)?;
    let objects: Vec<&Value> = objects.collect();
    let position = |name: &str| -> Result<Option<usize>, ApiError> {
        let Some(id) = params.text(name) else { return Ok(None) };
        let found = objects.iter().position(|object| object["id"] == id);
        found.map(Some).ok_or_else(|| ApiError::no_such("object", id, name))
    };
    let (from, to, more) = match (position("starting_after")?, position("ending_before")?) {
        (Some(_), Some(_)) => {
            let message = "You may only specify one of these parameters: ending_before, starting_after.";
            return Err(ApiError::invalid(message).code("parameters_exclusive"));
        }
        (_, Some(before)) => (before.saturating_sub(limit), before, before > limit),
        (after, None) => {
            let from = after.map_or(0, |after| after + 1);
            let to = (from + limit).min(objects.len());
            (from, to, to < objects.len())
        }
    };
    Ok(json!({"object": "list", "data": objects[from..to], "has_more": more, "url": url}))
}

/// What search finds, a minute behind.
pub(super) fn search(world: &World, call: &Call, kind: &str, url: &str) -> Result<Value, ApiError> {
    let query = Query::parse(call.params.required("query")?)?;
    let limit = limit(&call.params)?;
    let skip: usize = match call.params.text("page") {
        None => 0,
        Some(page) => page.parse().map_err(|_| ApiError::invalid("Invalid page.").param("page"))?,
    };
    let mut hits = world.store.indexed(kind, world.now()).filter(|object| query.matches(object)).skip(skip);
    let data: Vec<&Value> = hits.by_ref().take(limit).collect();
    let more = hits.next().is_some();
    let next = more.then(|| (skip + limit).to_string());
    Ok(json!({"object": "search_result", "data": data, "has_more": more, "next_page": next, "url": url}))
}

/// Whether an object's `created` lies in the range asked for.
pub(super) fn created(params: &Params) -> Result<impl Fn(&Value) -> bool + use<>, ApiError> {
    let exact = params.integer("created").ok().flatten();
    let [gte, gt, lte, lt] =
        ["gte", "gt", "lte", "lt"].map(|name| params.integer(&format!("created.{name}")));
    let (gte, gt, lte, lt) = (gte?, gt?, lte?, lt?);
    Ok(move |object: &Value| {
        let created = object["created"].as_i64().unwrap_or_default();
        exact.is_none_or(|at| created == at)
            && gte.is_none_or(|bound| created >= bound)
            && gt.is_none_or(|bound| created > bound)
            && lte.is_none_or(|bound| created <= bound)
            && lt.is_none_or(|bound| created < bound)
    })
}

/// Whether each field that was asked for has the value asked for.
pub(super) fn equal(params: &Params, names: &'static [&'static str]) -> impl Fn(&Value) -> bool + use<> {
    let wanted: Vec<(&str, String)> =
        names.iter().filter_map(|name| Some((*name, params.text(name)?.to_owned()))).collect();
    move |object: &Value| wanted.iter().all(|(name, wanted)| says(&object[*name], wanted))
}

fn limit(params: &Params) -> Result<usize, ApiError> {
    let limit = params.integer("limit")?.unwrap_or(10);
    if (1..=100).contains(&limit) {
        return Ok(usize::try_from(limit).unwrap_or(10));
    }
    let message = if limit < 1 {
        "This value must be greater than or equal to 1."
    } else {
        "This value must be less than or equal to 100."
    };
    Err(ApiError::invalid(message).code("parameter_invalid_integer").param("limit"))
}
