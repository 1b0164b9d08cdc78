//! Customers as a CSV file: out, in, and what is refused on the way.

use latchkey::customers::transfer::{
    export,
    import::{self, ImportError, Looked, Options, Outcome, Tally},
};
use latchkey_shared::{
    api::customers::{Customer, TimelineEntry},
    ids::CustomerId,
    permission::Role,
};
use latchkey_store::entity::customer;
use sea_orm::{EntityTrait as _, QueryOrder as _};
use serde_json::json;

use crate::{
    on_both_databases,
    util::{TestApp, rows},
};

const KEEP: Options = Options { dry_run: false, skip_refused: false };
const DRY: Options = Options { dry_run: true, skip_refused: false };
const SKIP: Options = Options { dry_run: false, skip_refused: true };

async fn take(app: &TestApp, file: &str, options: Options) -> (Tally, Vec<(u64, Outcome)>) {
    let mut lines = Vec::new();
    let report = |looked: &Looked| lines.push((looked.line, looked.outcome.clone()));
    let tally = import::import(&app.state, file.as_bytes(), options, report).await.unwrap();
    (tally, lines)
}

async fn exported(app: &TestApp) -> String {
    let mut file = Vec::new();
    export::export(&app.state, &mut file, |_| {}).await.unwrap();
    String::from_utf8(file).unwrap()
}

async fn customers(app: &TestApp) -> Vec<customer::Model> {
    let all = customer::Entity::find().order_by_asc(customer::Column::Id);
    all.all(app.state.store.read()).await.unwrap()
}

fn refused(lines: &[(u64, Outcome)]) -> Vec<(u64, &str)> {
    let mut refused = Vec::new();
    for (line, outcome) in lines {
        if let Outcome::Refused(words) = outcome {
            refused.push((*line, words.as_str()));
        }
    }
    refused
}

const TWO: &str = "\
external_id,name,email,company,phone,country,notes,allow_activation_management,allow_multiple_users,disabled
A-1,Ann, Ann@Acme.test ,Acme,'+46 8,se,\"two
lines\",yes,no,no
,Bob,bob@beta.test,,,,,no,1,true
";

on_both_databases! {
    async fn the_webshop_goes_by_its_name_and_an_unknown_one_is_refused(app: TestApp) {
        let mut staff = app.staff(Role::Admin).await;
        let form = json!({"name": "America", "currency": "USD", "account": null, "all_products": true,
            "products": [], "active": true});
        let america = staff.post("/api/v1/webshops", form).await.json()["id"].as_i64().unwrap();
        let file = "name,email,Webshop\nAnn,ann@a.test,America\nBob,bob@b.test,\nCid,cid@c.test,Asia\n";
        let (tally, lines) = take(&app, file, DRY).await;
        assert_eq!(tally, Tally { added: 2, refused: 1, ..Tally::default() });
        assert_eq!(refused(&lines), [(4, "webshop: there is none called “Asia”")]);
        let (tally, _) = take(&app, file, SKIP).await;
        assert_eq!((tally.added, tally.kept), (2, true));
        let made = customers(&app).await;
        assert_eq!(made.iter().map(|row| row.webshop_id).collect::<Vec<_>>(), [america, 1]);

        // An empty cell leaves it as it is; another name binds elsewhere and is told of.
        let (tally, _) = take(&app, "name,email,webshop\nAnn,ann@a.test,\n", KEEP).await;
        assert_eq!(tally.unchanged, 1);
        let (_, lines) = take(&app, "name,email,webshop\nAnn,ann@a.test,Main webshop\n", KEEP).await;
        assert_eq!(lines, [(2, Outcome::Changed(CustomerId(made[0].id), vec!["webshop"]))]);
        assert!(exported(&app).await.lines().next().unwrap().ends_with(",disabled,webshop"));
        assert!(exported(&app).await.contains(",no,Main webshop"));
    }

    async fn what_nobody_has_is_added_and_nothing_the_second_time(app: TestApp) {
        let (tally, lines) = take(&app, TWO, KEEP).await;
        assert_eq!(tally, Tally { added: 2, kept: true, ..Tally::default() });
        assert_eq!(lines, [(2, Outcome::Added), (4, Outcome::Added)]);
        let made = customers(&app).await;
        let ann = &made[0];
        assert_eq!((ann.email.as_str(), ann.phone.as_str(), ann.country.as_str()), ("ann@acme.test", "+46 8", "SE"));
        assert_eq!((ann.notes.as_str(), ann.external_id.as_str(), ann.source.as_str()), ("two\nlines", "A-1", "import"));
        assert!(ann.allow_activation_management && !ann.allow_multiple_users && !ann.disabled);
        assert!(made[1].disabled && made[1].allow_multiple_users);
        assert_eq!(made[1].headline, "disabled");

        let before = rows(&app.state.store).await;
        let (tally, lines) = take(&app, TWO, KEEP).await;
        assert_eq!(tally, Tally { unchanged: 2, kept: true, ..Tally::default() });
        assert_eq!(lines, [(2, Outcome::Unchanged), (4, Outcome::Unchanged)]);
        rows(&app.state.store).await.are_as_before(&before);
    }

    async fn an_export_comes_back_without_a_change(app: TestApp) {
        take(&app, TWO, KEEP).await;
        take(&app, "name,email,notes\n=1+1,,-\n\"O'Neil, \"\"Pat\"\"\",,'n roll\n", KEEP).await;
        // Two who share an address, as when somebody signs up who is a customer already.
        let shared = customers(&app).await[0].clone();
        customer::Entity::insert(customer::ActiveModel {
            id: sea_orm::ActiveValue::NotSet, external_id: sea_orm::ActiveValue::Set(String::new()), ..shared.into()
        }).exec(app.state.store.writer()).await.unwrap();
        let file = exported(&app).await;
        assert!(file.contains("'=1+1") && file.contains("'+46 8"), "no spreadsheet takes a name for a formula: {file}");
        let before = rows(&app.state.store).await;
        let (tally, lines) = take(&app, &file, KEEP).await;
        assert_eq!(tally, Tally { unchanged: 5, kept: true, ..Tally::default() }, "{lines:?}");
        rows(&app.state.store).await.are_as_before(&before);
        assert_eq!(exported(&app).await, file);
    }

    async fn what_differs_is_changed_in_the_columns_of_the_file_alone(app: TestApp) {
        take(&app, TWO, KEEP).await;
        let file = "Email;Company; NAME\r\nann@acme.test;Acme Ltd;Ann\r\nbob@beta.test;;Robert\r\n";
        let (tally, lines) = take(&app, file, KEEP).await;
        assert_eq!((tally.changed, tally.kept), (2, true));
        let ids: Vec<CustomerId> = customers(&app).await.iter().map(|row| CustomerId(row.id)).collect();
        assert_eq!(lines, [
            (2, Outcome::Changed(ids[0], vec!["company"])),
            (3, Outcome::Changed(ids[1], vec!["name"])),
        ]);
        let mut staff = app.staff(Role::Support).await;
        let ann: Customer = staff.get(&format!("/api/v1/customers/{}", ids[0])).await.ok();
        assert_eq!((ann.company.as_str(), ann.notes.as_str(), ann.external_id.as_str()), ("Acme Ltd", "two\nlines", "A-1"));
        let newest: &TimelineEntry = &ann.timeline[0];
        assert_eq!((newest.kind.as_str(), newest.actor.source.as_str()), ("customer_edited", "import"));
        // The external id says who it is, so the address may change.
        let (tally, _) = take(&app, "external_id,name,email,disabled\nA-1,Ann,new@acme.test,yes\n", KEEP).await;
        assert_eq!(tally.changed, 1);
        let ann = &customers(&app).await[0];
        assert_eq!((ann.email.as_str(), ann.headline.as_str()), ("new@acme.test", "disabled"));
    }

    async fn a_dry_run_says_the_same_and_writes_nothing(app: TestApp) {
        take(&app, TWO, KEEP).await;
        let file = "external_id,name,email\nA-1,Anna,ann@acme.test\n,Cid,cid@c.test\n";
        let before = rows(&app.state.store).await;
        let (dry, said) = take(&app, file, DRY).await;
        rows(&app.state.store).await.are_as_before(&before);
        let (kept, done) = take(&app, file, KEEP).await;
        assert_eq!((said, Tally { kept: true, ..dry }), (done, kept));
        assert_eq!((kept.added, kept.changed), (1, 1));
    }

    async fn refused_rows_are_told_with_their_line_and_keep_the_others_out(app: TestApp) {
        take(&app, TWO, KEEP).await;
        let mut staff = app.staff(Role::Support).await;
        staff.post("/api/v1/customers", json!({"name": "Nameless", "email": ""})).await.done();
        let nameless = customers(&app).await[2].id;
        let file = format!("\
id,external_id,name,email,disabled
,,Good,good@new.test,
,,,x@new.test,
,,Bad address,not-an-address,
,,Perhaps,p@new.test,perhaps
,A-1,Ann,ann@acme.test,
,A-1,Ann again,other@acme.test,
,C-3,Somebody else,ann@acme.test,
,,{long},,
{nameless},,Another name,,
seven,,Seven,,
only,three,cells
", long = "x".repeat(101));
        let before = rows(&app.state.store).await;
        let (tally, lines) = take(&app, &file, KEEP).await;
        rows(&app.state.store).await.are_as_before(&before);
        assert!(!tally.kept);
        assert_eq!((tally.added, tally.unchanged, tally.refused), (1, 1, 9), "{lines:?}");
        let told = refused(&lines);
        let expected = [
            (3, "name: Fill in this field."),
            (4, "email: Enter an e-mail address"),
            (5, "disabled: write yes or no"),
            (7, "the customer of line 6 again"),
            (8, "email: Customer"),
            (9, "name: Use at most 100 characters."),
            (10, "is called “Nameless” here"),
            (11, "id: this is no number"),
            (12, "there are 3 cells, the first line has 5"),
        ];
        for (line, words) in expected {
            assert!(told.iter().any(|(at, told)| *at == line && told.contains(words)), "{line} {words}: {told:?}");
        }
        let (tally, _) = take(&app, &file, SKIP).await;
        assert!(tally.kept);
        assert_eq!(customers(&app).await.len(), 4);
    }

    async fn whom_a_row_means_must_be_clear(app: TestApp) {
        take(&app, "name,email\nAnn,a@b.test\n", KEEP).await;
        let first = customers(&app).await[0].clone();
        customer::Entity::insert(customer::ActiveModel { id: sea_orm::ActiveValue::NotSet, ..first.clone().into() })
            .exec(app.state.store.writer()).await.unwrap();
        let (_, lines) = take(&app, "name,email\nAnna,a@b.test\n", KEEP).await;
        assert!(refused(&lines)[0].1.contains("have this e-mail address; write the id"), "{lines:?}");
        let (tally, lines) = take(&app, &format!("id,name,email\n{},Anna,a@b.test\n", first.id), KEEP).await;
        assert_eq!((tally.changed, tally.kept), (1, true), "{lines:?}");
        let names: Vec<String> = customers(&app).await.into_iter().map(|row| row.name).collect();
        assert_eq!(names, ["Anna", "Ann"]);
    }

    async fn a_file_that_is_none_is_refused_as_a_whole(app: TestApp) {
        let before = rows(&app.state.store).await;
        for (file, words) in [
            ("", "must name the columns"),
            ("email\na@b.test\n", "“name” among them"),
            ("name,password\nAnn,x\n", "has a column \"password\""),
            ("name,email,Name\nAnn,,Ann\n", "the column name twice"),
        ] {
            let error: ImportError = import::import(&app.state, file.as_bytes(), KEEP, |_| {}).await.unwrap_err();
            assert!(error.to_string().contains(words), "{file}: {error}");
        }
        let (tally, lines) = {
            let mut lines = Vec::new();
            let file: &[u8] = b"name,company\nAnn,M\xfcller\n";
            let tally = import::import(&app.state, file, KEEP, |looked| lines.push(looked.outcome.clone())).await.unwrap();
            (tally, lines)
        };
        assert_eq!((tally.refused, tally.kept), (1, false));
        assert_eq!(lines, [Outcome::Refused("save the file as UTF-8".to_owned())]);
        rows(&app.state.store).await.are_as_before(&before);
        let (tally, _) = take(&app, "\u{feff}name,company\nAnn,Müller\n", KEEP).await;
        assert_eq!(tally.added, 1, "what spreadsheets put in front of the first line is no part of it");
    }
}
