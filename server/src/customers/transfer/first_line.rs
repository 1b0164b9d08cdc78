//! What a file of customers says in its first line: what separates its cells, and which columns it has.

use std::io::{BufRead, BufReader, Read};

use super::{columns::Column, import::ImportError};

/// Spreadsheets of many countries put semicolons between the cells: whichever the first line has is taken.
///
/// Answers with it by how much it counts a row's line too low: to the reader a line that ends with two characters
/// is over after the first, and the second belongs to the row after it.
pub fn reader<R: Read>(file: R) -> std::io::Result<(csv::Reader<BufReader<R>>, u64)> {
    let mut file = BufReader::new(file);
    let begin = file.fill_buf()?;
    let first = begin.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let delimiter = if first.contains(&b';') && !first.contains(&b',') { b';' } else { b',' };
    let line_feeds = u64::from(first.ends_with(b"\r"));
    Ok((csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(file), line_feeds))
}

pub fn columns(first: &csv::ByteRecord) -> Result<Vec<Column>, ImportError> {
    let mut columns = Vec::new();
    for name in first {
        let name = String::from_utf8_lossy(name);
        let name = name.trim_start_matches('\u{feff}');
        let column = Column::parse(name).ok_or_else(|| ImportError::UnknownColumn(name.to_owned()))?;
        if columns.contains(&column) {
            return Err(ImportError::DoubleColumn(column.name()));
        }
        columns.push(column);
    }
    if columns.contains(&Column::Name) { Ok(columns) } else { Err(ImportError::NoName) }
}
