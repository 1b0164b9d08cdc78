//! The commands as an operator runs them: what they print, what they leave behind, and how they end.

use std::{collections::BTreeSet, os::unix::fs::PermissionsExt as _};

use latchkey_store::{
    Store,
    entity::{api_token, customer, staff},
};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use serde_json::{Value, json};

use crate::{
    in_both_places,
    util::{PASSWORD, Place, project_file},
};

const CUSTOMERS: &str = "external_id,name,email\nA-1,Ann,ann@acme.test\nB-1,Bob,bob@beta.test\n";

async fn customers(place: &Place) -> u64 {
    let store = Store::connect(&place.database).await.unwrap();
    customer::Entity::find().count(store.read()).await.unwrap()
}

async fn post(url: String, body: Value) -> reqwest::Response {
    reqwest::Client::new().post(url).json(&body).send().await.unwrap()
}

in_both_places! {
    async fn customers_go_out_and_come_in(place: Place) {
        let other = place.another().await;
        std::fs::write(place.path("in.csv"), CUSTOMERS).unwrap();
        let dry = place.run(&["import", "customers", "in.csv", "--dry-run"]);
        assert_eq!(dry.done(), "line 2: “Ann” would be added\nline 3: “Bob” would be added\n");
        assert!(dry.err().contains("2 added, 0 changed, 0 unchanged, 0 refused.\nThis was a dry run: nothing was changed."));
        assert_eq!(customers(&place).await, 0);
        let done = place.run(&["import", "customers", "in.csv"]);
        assert_eq!(done.done(), "line 2: “Ann” added\nline 3: “Bob” added\n");
        assert_eq!(customers(&place).await, 2);

        place.run(&["export", "customers", "out.csv"]).done();
        let mode = std::fs::metadata(place.path("out.csv")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "customers' data are nobody else's");
        let again = place.run(&["import", "customers", "out.csv"]);
        assert_eq!(again.done(), "");
        assert!(again.err().contains("0 added, 0 changed, 2 unchanged, 0 refused."), "{}", again.err());
        let taken = place.run(&["export", "customers", "out.csv"]);
        assert_eq!(taken.code(), Some(1));
        assert!(taken.err().contains("out.csv exists already"));

        // Into another installation, and out of it again: the same but for the numbers.
        std::fs::copy(place.path("out.csv"), other.path("in.csv")).unwrap();
        other.run(&["import", "customers", "in.csv"]).done();
        other.run(&["export", "customers", "out.csv"]).done();
        let file = |place: &Place| -> Vec<String> {
            let text = std::fs::read_to_string(place.path("out.csv")).unwrap();
            text.lines().map(|line| line.split_once(',').unwrap().1.to_owned()).collect()
        };
        assert_eq!(file(&place), file(&other));
    }

    async fn a_refused_row_keeps_all_out_unless_told_otherwise(place: Place) {
        let other = place.another().await;
        let file = format!("{CUSTOMERS},Cid,not an address\n");
        std::fs::write(place.path("in.csv"), &file).unwrap();
        let refused = place.run(&["import", "customers", "in.csv"]);
        assert_eq!(refused.code(), Some(1));
        assert!(refused.out().contains("line 4: “Cid” refused: email: Enter an e-mail address"), "{}", refused.out());
        assert!(refused.err().contains("latchkey: 1 rows of in.csv are refused, so nothing was changed"), "{}", refused.err());
        assert_eq!(customers(&place).await, 0);
        place.run(&["import", "customers", "in.csv", "--skip-refused"]).done();
        assert_eq!(customers(&place).await, 2);

        for (content, words) in [("email\n", "“name” among them"), ("name,colour\n", "a column \"colour\"")] {
            std::fs::write(other.path("in.csv"), content).unwrap();
            let none = other.run(&["import", "customers", "in.csv"]);
            assert_eq!(none.code(), Some(1));
            assert!(none.err().contains(words) && none.err().contains("nothing was changed"), "{}", none.err());
        }
        let missing = other.run(&["import", "customers", "missing.csv"]);
        assert_eq!(missing.code(), Some(1));
        assert!(missing.err().contains("cannot read missing.csv"), "{}", missing.err());
    }

    async fn a_backup_and_its_key_file_are_the_whole_installation(place: Place) {
        let other = place.another().await;
        let serving = place.serve(&[]);
        let code = serving.line_with("make the owner here").split('#').nth(1).unwrap().to_owned();
        let form = json!({"code": code, "name": "Olga", "email": "olga@vendor.test", "password": PASSWORD});
        assert_eq!(post(format!("{}/api/v1/staff/invitation/accept", serving.url), form).await.status(), 200);
        std::fs::write(place.path("in.csv"), CUSTOMERS).unwrap();
        place.run(&["import", "customers", "in.csv"]).done();
        let key = place.run(&["public-key"]).done();
        // While it serves.
        let backup = place.run(&["backup", "all.backup"]);
        backup.done();
        assert!(backup.err().contains("latchkey.key"), "it says that the key file is needed too");
        let mode = std::fs::metadata(place.path("all.backup")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let text = std::fs::read_to_string(place.path("all.backup")).unwrap();
        let sealing = std::fs::read_to_string(place.path("latchkey.key")).unwrap();
        assert!(!text.contains(sealing.trim()));
        serving.stop();

        std::fs::copy(place.path("all.backup"), other.path("all.backup")).unwrap();
        let restored = other.run(&["restore", "all.backup"]);
        restored.done();
        assert!(restored.err().contains("secret key file of the old installation"), "{}", restored.err());
        let twice = other.run(&["restore", "all.backup"]);
        assert_eq!(twice.code(), Some(1));
        assert!(twice.err().contains("this database is not empty"), "{}", twice.err());
        let without = other.run(&["check"]);
        assert!(without.out().contains("put its file back"), "{}", without.out());
        let wrong = other.run(&["serve", "--listen", "127.0.0.1:0"]);
        assert_eq!(wrong.code(), Some(1), "with a key file of its own it does not start");
        assert!(wrong.err().contains("was the secret key file replaced?"), "{}", wrong.err());

        std::fs::copy(place.path("latchkey.key"), other.path("latchkey.key")).unwrap();
        assert_eq!(other.run(&["public-key"]).done(), key);
        let serving = other.serve(&[]);
        let form = json!({"email": "olga@vendor.test", "password": PASSWORD});
        assert_eq!(post(format!("{}/api/v1/staff/sign-in", serving.url), form).await.status(), 200);
        assert_eq!(customers(&other).await, 2);
        serving.stop();
    }

    async fn staff_and_tokens_are_made_without_a_browser(place: Place) {
        let added = place.run(&["staff", "add", "--email", " Sue@Vendor.test", "--name", "Sue", "--role", "owner", "--public-url", "https://portal.test/"]);
        let link = added.done();
        assert!(link.contains("sue@vendor.test was added"), "{link}");
        let code = link.trim().split("https://portal.test/Staff/Welcome#").nth(1).unwrap().to_owned();
        let twice = place.run(&["staff", "add", "--email", "sue@vendor.test", "--name", "Sue"]);
        assert_eq!(twice.code(), Some(1));
        assert!(twice.err().contains("on the staff already"), "{}", twice.err());
        for (email, name) in [("not an address", "A"), ("a@b.test", ""), ("a@b.test", "two\nlines")] {
            let refused = place.run(&["staff", "add", "--email", email, "--name", name]);
            assert_eq!(refused.code(), Some(1), "{email} {name}");
        }
        assert_eq!(place.run(&["staff", "add", "--email", "a@b.test", "--name", "A", "--role", "king"]).code(), Some(2));
        let store = Store::connect(&place.database).await.unwrap();
        assert_eq!(staff::Entity::find().count(store.read()).await.unwrap(), 1);

        let token = place.run(&["token", "create", "--name", "script", "--scope", "customers_read", "--json"]).done();
        let token: Value = serde_json::from_str(&token).unwrap();
        assert_eq!(place.run(&["token", "create", "--name", "script"]).code(), Some(2), "it may nothing");
        assert_eq!(api_token::Entity::find().count(store.read()).await.unwrap(), 1);
        let serving = place.serve(&[]);
        let url = format!("{}/api/v1/customers", serving.url);
        let list = reqwest::Client::new().get(url).bearer_auth(token["token"].as_str().unwrap()).send().await.unwrap();
        assert_eq!(list.status(), 200);
        let form = json!({"code": code, "name": "Sue", "email": "sue@vendor.test", "password": PASSWORD});
        assert_eq!(post(format!("{}/api/v1/staff/invitation/accept", serving.url), form).await.status(), 200);
        serving.stop();
    }
}

#[test]
fn wrong_use_ends_with_two_and_what_fails_with_one() {
    let place = Place::sqlite();
    for wrong in [
        &["nonsense"] as &[&str],
        &[],
        &["serve", "--nonsense"],
        &["serve", "--listen", "somewhere"],
        &["serve", "--public-url", "portal.test"],
        &["serve", "--trusted-proxies", "proxy.test"],
        &["serve", "--smtp-url", "mail.test"],
        &["serve", "--mail-from", "nobody"],
        &["serve", "--stripe-api-base", "http://127.0.0.1:1", "--stripe-secret-key", "sk_live_1"],
        &["check", "--public-url", "https://portal.test/path"],
        &["serve", "--stripe-secret-key-file", "missing"],
        &["import", "customers"],
    ] {
        let ran = place.run(wrong);
        assert_eq!(ran.code(), Some(2), "{wrong:?}: {}", ran.err());
        let told = ran.err().starts_with("error: ") || ran.err().contains("Usage: latchkey");
        assert!(told, "{wrong:?}: {}", ran.err());
    }
    assert_eq!(place.run(&["--version"]).done(), format!("latchkey {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(std::fs::read_dir(place.folder.path()).unwrap().count(), 0, "nothing was begun");

    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let in_words = |args: &[&str], words: &str| {
        let ran = place.run(args);
        assert_eq!(ran.code(), Some(1), "{args:?}: {}", ran.err());
        let said: Vec<String> =
            ran.err().lines().filter(|line| line.starts_with("latchkey: ")).map(str::to_owned).collect();
        assert_eq!(said.len(), 1, "one sentence: {}", ran.err());
        assert!(said[0].contains(words), "{said:?}");
    };
    in_words(&["serve", "--listen", &address], "cannot listen on");
    in_words(&["serve", "--listen", "127.0.0.1:0", "--database", "sqlite:///nowhere/at/all.db"], "database");
    in_words(&["reconcile", "--database", "sqlite://mistyped.db"], "there is no database mistyped.db");
    in_words(
        &["backup", "all.backup", "--database", "sqlite://mistyped.db"],
        "there is no database mistyped.db",
    );
    assert!(!place.path("mistyped.db").exists(), "looking for it did not make it");
    let mode = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(place.path("latchkey.key"), permissions).unwrap();
    };
    std::fs::write(place.path("latchkey.key"), "short").unwrap();
    mode(0o644);
    in_words(&["serve", "--listen", "127.0.0.1:0"], "can be read by others");
    mode(0o600);
    in_words(&["serve", "--listen", "127.0.0.1:0"], "does not hold 32 bytes");
}

/// The cells of the rows of a Markdown table in the README, below that heading.
fn table(heading: &str) -> Vec<Vec<String>> {
    let readme = project_file("README.md");
    let (_, section) = readme.split_once(&format!("\n## {heading}\n")).unwrap();
    let rows =
        section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells =
        rows.map(|row| row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect());
    cells.skip(2).collect()
}

/// What stands between backticks.
fn code(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_readme_names_every_option_of_serve_and_no_other() {
    let help = Place::sqlite().run(&["serve", "--help"]).done();
    let words = |start: &str| -> BTreeSet<String> {
        let all = help.split(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)));
        all.filter(|word| word.starts_with(start)).map(str::to_owned).collect()
    };
    let rows = table("Configuration");
    let column =
        |number: usize| -> BTreeSet<String> { rows.iter().flat_map(|row| code(&row[number])).collect() };
    let flags: BTreeSet<String> =
        words("--").into_iter().filter(|flag| flag != "--help" && flag != "--").collect();
    assert_eq!(column(0), flags);
    assert_eq!(column(1), words("LATCHKEY_"));
    for row in &rows {
        for default in code(&row[2]).iter().filter(|text| !text.starts_with('-')) {
            assert!(help.contains(&format!("[default: {default}]")), "{default} of {}", row[0]);
        }
    }
}

#[test]
fn the_readme_names_every_command_and_no_other() {
    let place = Place::sqlite();
    let subcommands = |args: &[&str]| -> Vec<String> {
        let help = place.run(&[args, &["--help"]].concat()).done();
        let Some((_, below)) = help.split_once("\nCommands:\n") else { return Vec::new() };
        let lines = below.lines().take_while(|line| !line.is_empty());
        let names = lines.filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
        names
            .filter_map(|line| line.split_whitespace().next())
            .filter(|name| *name != "help")
            .map(str::to_owned)
            .collect()
    };
    let mut there = BTreeSet::new();
    for name in subcommands(&[]) {
        let below = subcommands(&[&name]);
        if below.is_empty() {
            there.insert(format!("latchkey {name}"));
        }
        there.extend(below.into_iter().map(|below| format!("latchkey {name} {below}")));
    }
    let named: BTreeSet<String> = table("Commands").iter().flat_map(|row| code(&row[0])).collect();
    assert_eq!(named, there);
}
