//! `latchkey import licences FILES…`.

use std::{
    io::{BufWriter, Write as _},
    path::PathBuf,
};

use clap::Args;

use crate::{
    audit::Origin,
    cli::{CliResult, open, progress::Progress},
    config::DatabaseArgs,
    move_in::{
        Report,
        put::Outcome,
        read::Kind,
        run::{self, Looked, Source},
        token::{self, Became, Known, USUAL_SCOPES},
    },
    state::AppState,
};

#[derive(Args)]
pub struct MoveInArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// JSON or CSV files.
    #[arg(required_unless_present = "token")]
    files: Vec<PathBuf>,
    /// Say what would happen and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// A file that holds an access token of the other service, as programs carry it or as ID:SECRET; programs that
    /// carry it go on working.
    #[arg(long, value_name = "FILE")]
    token: Option<PathBuf>,
    /// What that token is called here.
    #[arg(long, default_value = "Moved in", requires = "token")]
    token_name: String,
    /// What that token may do: names of methods, `*` is everything. May be given several times; `Activate`, `Deactivate`
    /// and `GetKey` unless said.
    #[arg(long = "token-scope", value_name = "SCOPE", requires = "token")]
    token_scopes: Vec<String>,
    /// The only product that the token works for.
    #[arg(long, value_name = "PRODUCT", requires = "token")]
    token_product: Option<i64>,
}

pub async fn import(args: MoveInArgs) -> CliResult {
    let known = known(&args)?;
    let app = open(&args.database).await?;
    let refused = if args.files.is_empty() { 0 } else { move_in(&app, &args).await? };
    if let Some(known) = known {
        let id = known.id;
        let became = token::put(&app, &Origin::system("import"), known, args.dry_run).await;
        let became = became.map_err(|error| format!("the token was not moved in: {error}"))?;
        println!("token {id}: {}", of_token(became, args.dry_run));
    }
    if args.dry_run {
        eprintln!("This was a dry run: nothing was changed.");
    }
    match refused {
        0 => Ok(()),
        1 => Err("1 row is refused; see above".to_owned()),
        many => Err(format!("{many} rows are refused; see above")),
    }
}

fn known(args: &MoveInArgs) -> Result<Option<Known>, String> {
    let Some(path) = &args.token else { return Ok(None) };
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {shown}: {error}"))?;
    let (id, secret) = token::parse(&text)
        .ok_or_else(|| format!("{shown} holds no token: write what programs carry, or ID:SECRET"))?;
    let scopes = if args.token_scopes.is_empty() {
        USUAL_SCOPES.map(str::to_owned).to_vec()
    } else {
        args.token_scopes.clone()
    };
    Ok(Some(Known { id, secret, name: args.token_name.clone(), scopes, product_lock: args.token_product }))
}

fn of_token(became: Became, dry_run: bool) -> &'static str {
    match (became, dry_run) {
        (Became::New, false) => "moved in",
        (Became::New, true) => "would be moved in",
        (Became::Changed, false) => "changed",
        (Became::Changed, true) => "would be changed",
        (Became::Same, _) => "the same",
    }
}

/// Answers how many rows are refused.
async fn move_in(app: &AppState, args: &MoveInArgs) -> Result<u64, String> {
    let named = |path: &PathBuf| (path.display().to_string(), Source::Path(path.clone()));
    let files = run::survey(app, args.files.iter().map(named).collect()).await;
    let files = files.map_err(|error| format!("{error}; nothing was changed"))?;
    let rows = files.iter().map(|file| file.found.all()).sum();
    let progress = Progress::of(rows, "rows");
    let mut out = BufWriter::new(std::io::stdout());
    let mut lost = None;
    let report = run::run(app, &Origin::system("import"), &files, args.dry_run, &mut |looked, done| {
        for words in in_words(looked) {
            lost = lost.take().or(writeln!(out, "{words}").err());
        }
        if done % 100 == 0 || done == rows {
            progress.at(done);
        }
    })
    .await;
    progress.end();
    let report = report.map_err(|error| {
        format!("{error}; what was moved in until then stays, and running this again goes on from there")
    })?;
    lost = lost.or(write!(out, "{}", table(&report)).err()).or(out.flush().err());
    if let Some(error) = lost {
        eprintln!("latchkey: the report could not be written: {error}");
    }
    Ok(report.refused())
}

/// What has to be said of a row, a line each.
fn in_words(looked: &Looked<'_>) -> Vec<String> {
    let Looked { file, row, kind, name, put, remarks } = looked;
    let name = if name.is_empty() { String::new() } else { format!(" ({name})") };
    let place = format!("{file}: {} {row}{name}", kind.singular());
    let refused = match &put.outcome {
        Outcome::Refused(words) => Some(format!("{place} refused: {words}")),
        _ => None,
    };
    let remarks = remarks.iter().map(|remark| format!("{place}: {remark}"));
    refused.into_iter().chain(remarks).collect()
}

fn table(report: &Report) -> String {
    let line = |cells: [&str; 5]| {
        let [what, numbers @ ..] = cells;
        let numbers = numbers.map(|number| format!("{number:>9}")).concat();
        format!("{what:<13}{numbers}\n")
    };
    let row = |kind: Kind| {
        let tally = report.of(kind);
        let numbers = [tally.new, tally.same, tally.changed, tally.refused].map(|number| number.to_string());
        line([kind.plural(), &numbers[0], &numbers[1], &numbers[2], &numbers[3]])
    };
    let rows: String = Kind::ALL.into_iter().map(row).collect();
    line(["", "new", "same", "changed", "refused"]) + &rows
}
