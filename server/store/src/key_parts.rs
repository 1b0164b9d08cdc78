//! What licence keys have several of: machines and data objects, and how many of them meet a filter.

use latchkey_engine::filter::{FieldTest, Predicate, Range, SearchTerm};
use latchkey_shared::{api::data::RefType, filter::FieldSpec};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait as _,
    sea_query::{Expr, Func, SelectStatement, SimpleExpr},
};

use crate::{
    conditions::{self, Columns},
    entity::{activation, data_object, licence_key},
};

/// The machines that a key is locked to.
pub const MACHINES: &[FieldSpec] = &[
    FieldSpec::text("mid", "Machine code").also(&["machine_code"]),
    FieldSpec::text("ip", "IP address"),
    FieldSpec::text("friendly_name", "Name").also(&["friendlyname"]).optional(),
    FieldSpec::date("time", "Activated"),
];

/// The data objects of a key.
pub const OBJECTS: &[FieldSpec] = &[
    FieldSpec::number("id", "Id"),
    FieldSpec::text("name", "Name"),
    FieldSpec::text("string_value", "Text").also(&["stringvalue"]).optional(),
    FieldSpec::number("int_value", "Number").also(&["intvalue"]),
];

/// The lists by the names that filters have for them.
pub const MACHINES_LIST: &str = "activatedmachines";
pub const OBJECTS_LIST: &str = "dataobjects";

/// How many machines a key is locked to.
pub fn machines() -> SimpleExpr {
    number_of(of_machines(Condition::all()), activation::Column::KeyId)
}

/// How many data objects a key has.
pub fn objects() -> SimpleExpr {
    number_of(of_objects(Condition::all()), data_object::Column::RefId)
}

/// Keys of which so many entries of a list meet a predicate.
pub fn counted(list: &str, of: &Predicate, range: Range) -> Condition {
    match list {
        MACHINES_LIST => {
            let machines = of_machines(conditions::condition(of, &MachineColumns));
            having(machines, activation::Column::KeyId, range)
        }
        OBJECTS_LIST => {
            let objects = of_objects(conditions::condition(of, &ObjectColumns));
            having(objects, data_object::Column::RefId, range)
        }
        _ => conditions::never(),
    }
}

fn of_machines(condition: Condition) -> sea_orm::Select<activation::Entity> {
    activation::Entity::find().select_only().filter(activation::Column::Floating.eq(false)).filter(condition)
}

fn of_objects(condition: Condition) -> sea_orm::Select<data_object::Entity> {
    let of_keys = data_object::Column::RefType.eq(RefType::Key.number());
    data_object::Entity::find().select_only().filter(of_keys).filter(condition)
}

fn key() -> SimpleExpr {
    Expr::col((licence_key::Entity, licence_key::Column::Id))
}

/// Whether there are any is looked up at once, anything else is counted key by key.
fn having<E: EntityTrait>(entries: sea_orm::Select<E>, of_key: E::Column, range: Range) -> Condition {
    let keys = |entries: sea_orm::Select<E>| -> SelectStatement { entries.column(of_key).into_query() };
    match range {
        Range { at_least: Some(1), below: None } => Condition::all().add(key().in_subquery(keys(entries))),
        Range { at_least: None | Some(0), below: Some(1) } => {
            Condition::all().add(key().not_in_subquery(keys(entries)))
        }
        range => conditions::number(number_of(entries, of_key), &FieldTest::Range(range)),
    }
}

fn number_of<E: EntityTrait>(entries: sea_orm::Select<E>, of_key: E::Column) -> SimpleExpr {
    let counted = entries
        .column_as(SimpleExpr::from(Func::count(Expr::val(1))), "entries")
        .filter(Expr::col((E::default(), of_key)).eq(key()));
    SimpleExpr::SubQuery(None, Box::new(counted.into_query().into()))
}

struct MachineColumns;

impl Columns for MachineColumns {
    fn test(&self, field: &str, test: &FieldTest) -> Condition {
        use activation::Column as C;
        let column = |column: C| Expr::col((activation::Entity, column));
        match field {
            "mid" => conditions::text(column(C::MachineCode), test),
            "ip" => conditions::text(column(C::Ip), test),
            "friendly_name" => conditions::text(column(C::FriendlyName), test),
            "time" => conditions::number(column(C::FirstSeenAt), test),
            _ => conditions::never(),
        }
    }

    /// Nothing is searched among machines: a filter of them is refused where it has a bare word.
    fn search(&self, _: &SearchTerm) -> Condition {
        conditions::never()
    }
}

struct ObjectColumns;

impl Columns for ObjectColumns {
    fn test(&self, field: &str, test: &FieldTest) -> Condition {
        use data_object::Column as C;
        let column = |column: C| Expr::col((data_object::Entity, column));
        match field {
            "id" => conditions::number(column(C::Id), test),
            "name" => conditions::text(column(C::Name), test),
            "string_value" => conditions::text(column(C::StringValue), test),
            "int_value" => conditions::number(column(C::IntValue), test),
            _ => conditions::never(),
        }
    }

    /// See the other one.
    fn search(&self, _: &SearchTerm) -> Condition {
        conditions::never()
    }
}
