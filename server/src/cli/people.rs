//! `latchkey staff add`, `latchkey token create`.

use clap::{Args, Subcommand, ValueEnum};
use latchkey_shared::{api::staff::InviteStaff, permission::Role, validation::normal_email};

use crate::{
    audit::Origin,
    cli::{CliResult, open},
    config::DatabaseArgs,
    error::{AppError, check},
    identity::{
        codes::{self, Purpose},
        staff::{self, NewMember},
        tokens,
    },
};

#[derive(Subcommand)]
pub enum StaffCommand {
    /// Add a member and print the link with which they choose a password.
    Add(AddStaff),
}

#[derive(Args)]
pub struct AddStaff {
    #[command(flatten)]
    database: DatabaseArgs,
    #[arg(long)]
    email: String,
    #[arg(long)]
    name: String,
    #[arg(long, value_enum, default_value_t = RoleArg::Admin)]
    role: RoleArg,
    /// Where this Latchkey is reached; the link is built from it.
    #[arg(long, env = "LATCHKEY_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    public_url: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleArg {
    Owner,
    Admin,
    Support,
    Viewer,
}

impl From<RoleArg> for Role {
    fn from(role: RoleArg) -> Self {
        match role {
            RoleArg::Owner => Self::Owner,
            RoleArg::Admin => Self::Admin,
            RoleArg::Support => Self::Support,
            RoleArg::Viewer => Self::Viewer,
        }
    }
}

#[derive(Subcommand)]
pub enum TokenCommand {
    /// Make an access token and print it; it is never shown again.
    Create(CreateToken),
}

#[derive(Args)]
pub struct CreateToken {
    #[command(flatten)]
    database: DatabaseArgs,
    #[arg(long)]
    name: String,
    /// What it may do; `*` is everything. May be given several times.
    #[arg(long = "scope", required = true)]
    scopes: Vec<String>,
    /// Print `{"token": …}`.
    #[arg(long)]
    json: bool,
}

pub async fn staff(command: StaffCommand) -> CliResult {
    let StaffCommand::Add(args) = command;
    let form = InviteStaff { name: args.name, email: args.email, role: args.role.into() };
    check(&form).map_err(|error| error.to_string())?;
    let email = normal_email(&form.email);
    let app = open(&args.database).await?;
    let work = async {
        let now = app.clock.now();
        let transaction = app.store.begin().await?;
        let new = NewMember { email: &email, name: &form.name, role: form.role, password_hash: None };
        let member = staff::add(&transaction, now, &Origin::system("system"), new).await?;
        let payload = serde_json::json!({});
        let code =
            codes::issue_link(&transaction, now, Purpose::StaffInvitation, Some(member.id), payload).await?;
        transaction.commit().await?;
        Ok::<_, AppError>(code)
    };
    let code = work.await.map_err(|error| error.to_string())?;
    println!("{email} was added; choose a password here (works once, for 7 days):");
    println!("{}/Staff/Welcome#{code}", args.public_url.trim_end_matches('/'));
    Ok(())
}

pub async fn token(command: TokenCommand) -> CliResult {
    let TokenCommand::Create(args) = command;
    let app = open(&args.database).await?;
    let scopes: Vec<&str> = args.scopes.iter().map(String::as_str).collect();
    let work = async {
        let transaction = app.store.begin().await?;
        let token = tokens::create(&transaction, app.clock.now(), &args.name, &scopes).await?;
        transaction.commit().await?;
        Ok::<_, AppError>(token)
    };
    let token = work.await.map_err(|error| error.to_string())?;
    if args.json {
        println!("{}", serde_json::json!({"token": token}));
    } else {
        println!("{token}");
    }
    Ok(())
}
