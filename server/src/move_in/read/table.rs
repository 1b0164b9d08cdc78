//! Keys and customers as CSV, whatever wrote it: columns are known by their names, and unknown ones are passed over.

use std::io::{BufRead as _, BufReader, Read};

use super::{
    Found, Kind, Raw, Sink, Unreadable,
    node::{Budget, Node},
};
use crate::customers::transfer::unguarded;

/// Field, and what its column may be called: lower case, without blanks, dashes and underscores.
const KEY_COLUMNS: &[(&str, &[&str])] = &[
    ("productId", &["productid", "product"]),
    ("id", &["id", "keyid"]),
    ("key", &["key", "licensekey", "licencekey", "serialkey"]),
    ("globalId", &["globalid"]),
    ("created", &["created"]),
    ("expires", &["expires"]),
    ("period", &["period", "perioddays"]),
    ("f1", &["f1"]),
    ("f2", &["f2"]),
    ("f3", &["f3"]),
    ("f4", &["f4"]),
    ("f5", &["f5"]),
    ("f6", &["f6"]),
    ("f7", &["f7"]),
    ("f8", &["f8"]),
    ("notes", &["notes"]),
    ("block", &["block", "blocked"]),
    ("customerId", &["customerid", "customer"]),
    ("trialActivation", &["trialactivation"]),
    ("maxNoOfMachines", &["maxnoofmachines", "maxmachines"]),
    ("allowedMachines", &["allowedmachines"]),
    ("activatedMachines", &["activatedmachines", "machines"]),
];

const CUSTOMER_COLUMNS: &[(&str, &[&str])] = &[
    ("id", &["id", "customerid"]),
    ("name", &["name", "customername"]),
    ("email", &["email", "customeremail"]),
    ("companyName", &["companyname", "company"]),
    ("created", &["created"]),
    ("notes", &["notes"]),
    ("secret", &["secret"]),
];

/// Hands every row to `sink`, until it wants no more. A row's place is the line where it begins.
///
/// # Errors
/// Where the first line names neither keys nor customers, or the file is no CSV.
pub fn read(file: impl Read, sink: &mut Sink<'_>) -> Result<Found, Unreadable> {
    let (mut reader, line_feeds) = reader(file)?;
    let (kind, columns) = columns(reader.byte_headers().map_err(csv)?)?;
    let mut found = Found::default();
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(csv)? {
        found.count(kind);
        let line = record.position().map_or(0, csv::Position::line) + line_feeds;
        let budget = Budget::default();
        let node = node(&columns, &record, &budget);
        if !sink(Raw { kind, row: line, node, weight: budget.weight() }) {
            break;
        }
    }
    Ok(found)
}

fn csv(error: csv::Error) -> Unreadable {
    Unreadable::Csv(error.to_string())
}

/// Spreadsheets of many countries put semicolons between the cells. Answers with it by how much the reader counts
/// lines too low: one that ends with two characters is over after the first.
fn reader<R: Read>(file: R) -> std::io::Result<(csv::Reader<BufReader<R>>, u64)> {
    let mut file = BufReader::with_capacity(64 * 1024, file);
    let begin = file.fill_buf()?;
    let first = begin.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let delimiter = if first.contains(&b';') && !first.contains(&b',') { b';' } else { b',' };
    let line_feeds = u64::from(first.ends_with(b"\r"));
    Ok((csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(file), line_feeds))
}

/// What the file holds, and the field of each column.
fn columns(first: &csv::ByteRecord) -> Result<(Kind, Vec<Option<&'static str>>), Unreadable> {
    let names: Vec<String> = first
        .iter()
        .map(|name| {
            let name = String::from_utf8_lossy(name);
            name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
        })
        .collect();
    let fields = |table: &'static [(&'static str, &'static [&'static str])]| -> Vec<Option<&'static str>> {
        let field = |name: &String| {
            table.iter().find(|(_, called)| called.contains(&name.as_str())).map(|(field, _)| *field)
        };
        names.iter().map(field).collect()
    };
    let (keys, customers) = (fields(KEY_COLUMNS), fields(CUSTOMER_COLUMNS));
    let has = |fields: &[Option<&str>], all: &[&str]| all.iter().all(|name| fields.contains(&Some(name)));
    if has(&keys, &["key"]) {
        if has(&keys, &["productId", "id"]) {
            return Ok((Kind::Key, keys));
        }
        return Err(Unreadable::Columns("keys need the columns productId, id and key"));
    }
    if has(&customers, &["id", "name"]) || has(&customers, &["id", "email"]) {
        return Ok((Kind::Customer, customers));
    }
    Err(Unreadable::Columns(
        "the first line must name the columns: productId, id and key for keys; id, name and email for customers",
    ))
}

fn node(columns: &[Option<&'static str>], record: &csv::ByteRecord, budget: &Budget) -> Node {
    let mut fields: Vec<(String, Node)> = Vec::new();
    if record.len() != columns.len() {
        return Node::Nothing;
    }
    for (column, cell) in columns.iter().zip(record) {
        let Some(name) = *column else { continue };
        if !budget.spend(cell.len()) {
            return Node::TooMuch;
        }
        let Ok(cell) = std::str::from_utf8(cell) else { return Node::OddNumber };
        let cell = unguarded(cell);
        let value = match name {
            _ if cell.is_empty() => Node::Nothing,
            "activatedMachines" => {
                let codes = cell.split(['\n', ',', ';']).map(str::trim).filter(|code| !code.is_empty());
                let machine =
                    |code: &str| Node::Object(vec![("mid".to_owned(), Node::Text(code.to_owned()))]);
                Node::List(codes.map(machine).collect())
            }
            _ => Node::Text(cell.to_owned()),
        };
        fields.push((name.to_owned(), value));
    }
    Node::Object(fields)
}
