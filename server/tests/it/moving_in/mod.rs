//! Moving in from another licensing service: what is taken over, what is refused, and what stays.

mod again;
mod command;
mod hostile;
mod page;
mod refused;
mod round_trip;
mod telling;

use std::path::Path;

use latchkey::{
    audit::Origin,
    move_in::{
        Report, Tally,
        put::Outcome,
        read::Kind,
        run::{self, MoveInError, Source},
    },
};
use sea_orm::DbBackend;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::util::TestApp;

/// Another installation on the same kind of database.
pub async fn another(app: &TestApp) -> TestApp {
    if app.state.store.backend() == DbBackend::Postgres {
        TestApp::postgres().await.unwrap()
    } else {
        TestApp::sqlite().await
    }
}

/// Files in a folder of their own.
pub struct Files(TempDir);

impl Files {
    pub fn of(files: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        Self(folder)
    }

    fn sources(&self) -> Vec<(String, Source)> {
        let mut names: Vec<_> =
            std::fs::read_dir(self.0.path()).unwrap().map(|it| it.unwrap().path()).collect();
        names.sort();
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        names.into_iter().map(|path| (name(&path), Source::Path(path))).collect()
    }

    pub async fn try_take(&self, app: &TestApp, dry_run: bool) -> Result<(Report, Vec<String>), MoveInError> {
        let files = run::survey(&app.state, self.sources()).await?;
        let mut refused = Vec::new();
        let mut told = |looked: &run::Looked<'_>, _| {
            if let Outcome::Refused(words) = &looked.put.outcome {
                refused.push(format!("{} {} {}: {words}", looked.file, looked.row, looked.name));
            }
        };
        let origin = Origin::system("import");
        let report = run::run(&app.state, &origin, &files, dry_run, &mut told).await?;
        Ok((report, refused))
    }

    /// What a dry run remarks.
    pub async fn remarks(&self, app: &TestApp) -> Vec<String> {
        let files = run::survey(&app.state, self.sources()).await.unwrap();
        let mut remarks = Vec::new();
        let mut told = |looked: &run::Looked<'_>, _| {
            remarks.extend(looked.remarks.iter().map(|remark| format!("{}: {remark}", looked.name)));
        };
        run::run(&app.state, &Origin::system("import"), &files, true, &mut told).await.unwrap();
        remarks
    }

    /// What a dry run says, which is what the import after it does.
    pub async fn take(&self, app: &TestApp) -> (Report, Vec<String>) {
        let before = crate::util::rows(&app.state.store).await;
        let dry = self.try_take(app, true).await.unwrap();
        crate::util::rows(&app.state.store).await.are_as_before(&before);
        let done = self.try_take(app, false).await.unwrap();
        assert_eq!(dry, done, "the dry run said something else");
        done
    }
}

/// New, same, changed, refused.
pub fn tally(report: &Report, kind: Kind) -> [u64; 4] {
    let Tally { new, same, changed, refused } = report.of(kind);
    [new, same, changed, refused]
}

pub fn products() -> Value {
    json!({"products": [{
        "id": 3_349, "name": "Aurora", "creationDate": "2014-01-02T00:00:00", "description": "Old",
        "password": "", "isPublic": true, "keyAlgorithm": 1,
        "featureDefinitions": {
            "f1": {"name": "Time", "type": 1}, "f2": {"name": "", "type": 2},
            "allLicensesTimeLimited": false, "blockExpiredLicenses": true
        },
        "dataObjects": [{"id": 900, "name": "cryptolens_trialactivation", "stringValue": "first_activation", "intValue": 0}],
    }], "result": 0, "message": null})
}

pub fn key() -> Value {
    json!({
        "productId": 3_349, "id": 155, "key": "IVGQG-SEEXW-PLMRN-BAYRR", "created": "2019-08-14T14:31:30",
        "expires": "2103-09-24T12:31:34", "period": 30_721,
        "f1": false, "f2": true, "f3": false, "f4": true, "f5": true, "f6": false, "f7": false, "f8": false,
        "notes": "big customer", "block": false, "globalId": 54_435,
        "customer": {"id": 6_439, "name": "Bob", "email": "Bob@Beta.test", "companyName": null, "created": "2019-08-14T14:31:30"},
        "activatedMachines": [
            {"mid": "a", "ip": "158.174.10.218", "time": "2019-08-14T17:25:54", "friendlyName": "Desk", "floatingExpires": null},
            {"mid": "floating:b", "ip": "", "time": "2019-08-14T17:25:54", "friendlyName": null, "floatingExpires": "2019-08-14T17:27:34"},
        ],
        "trialActivation": true, "maxNoOfMachines": 3, "allowedMachines": null,
        "dataObjects": [{"id": 4_017, "name": "usage", "stringValue": "x", "intValue": 997_283}],
    })
}

pub fn keys(keys: &[Value]) -> Value {
    json!({"licenseKeys": keys, "returned": keys.len(), "total": keys.len(), "pageCount": 1, "result": 0, "message": ""})
}

/// The files of an account with one product and one key.
pub fn one(key: Value) -> Files {
    Files::of(&[("products.json", products().to_string()), ("keys.json", keys(&[key]).to_string())])
}
