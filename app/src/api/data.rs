//! Data objects.

use latchkey_shared::{
    api::data::{AddDataObject, DataObject, DataObjects, DataQuery, EditDataObject},
    ids::DataObjectId,
};

use super::{Call, url::with_query};

const PATH: &str = "/api/v1/data";

pub fn list(query: &DataQuery) -> Call<DataObjects> {
    let ref_type = query.ref_type.to_string();
    let ref_id = query.ref_id.map(|id| id.to_string()).unwrap_or_default();
    Call::get(with_query(
        PATH,
        &[("ref_type", &ref_type), ("ref_id", &ref_id), ("contains", &query.contains)],
    ))
}

pub fn add(form: &AddDataObject) -> Call<DataObject> {
    Call::post(PATH, form)
}

pub fn edit(id: DataObjectId, form: &EditDataObject) -> Call<DataObject> {
    Call::patch(at(id), form)
}

pub fn remove(id: DataObjectId) -> Call<()> {
    Call::delete(at(id))
}

fn at(id: DataObjectId) -> String {
    [PATH, "/", &id.to_string()].concat()
}
