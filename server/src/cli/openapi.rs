//! `latchkey openapi`.

use crate::{cli::CliResult, router};

pub fn run() -> CliResult {
    let document = router::document().to_pretty_json().map_err(|error| error.to_string())?;
    println!("{document}");
    Ok(())
}
