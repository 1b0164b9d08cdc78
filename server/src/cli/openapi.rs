//! `latchkey openapi`.

use crate::router;

pub fn run() {
    println!("{:#}", router::whole_document());
}
