//! `latchkey public-key`.

use clap::{Args, ValueEnum};

use crate::{
    cli::{CliResult, open},
    config::DatabaseArgs,
    licensing::signing,
};

#[derive(Args)]
pub struct PublicKeyArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// `xml` is what the licensing SDKs take.
    #[arg(long, value_enum, default_value_t = Format::Xml)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Xml,
    Pem,
}

pub async fn run(args: PublicKeyArgs) -> CliResult {
    let app = open(&args.database).await?;
    let pair = signing::default_pair(app.store.read()).await.map_err(|error| error.to_string())?;
    match args.format {
        Format::Xml => println!("{}", pair.public_xml),
        Format::Pem => print!("{}", pair.public_pem),
    }
    Ok(())
}
