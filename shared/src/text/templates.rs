//! Licence templates.

pub const TITLE: &str = "Licence templates";
pub const NEW: &str = "New template";
pub const NAME: &str = "Name";
pub const NAME_HELP: &str = "For staff, for example “Trial, two weeks”.";
pub const NAME_MISSING: &str = "Enter a name.";
pub const A_KEY_IS: &str = "A key made from it";
pub const PREVIEW: &str = "A key made from this template";
pub const ID: &str = "Id";
pub const ID_TITLE: &str = "What LicenseTemplateId of CreateKeyFromTemplate names";
pub const ACTIONS: &str = "Actions";
pub const MAKE: &str = "Make keys";
pub const EDIT: &str = "Edit";
pub const REMOVE: &str = "Remove";
pub const REMOVE_CONFIRM: &str = "Remove template";
pub const REMOVE_TEXT: &str = "Keys that were made from it stay as they are. Programs that name it in CreateKeyFromTemplate are refused.";
pub const EMPTY_TITLE: &str = "No licence templates yet";
pub const EMPTY_BODY: &str = "A template says once what a key is like: for how long, on how many machines, with which features. Staff and programs then make keys from it.";
pub const CHANGED_MEANWHILE: &str =
    "Somebody else changed this template meanwhile, so nothing was saved. Close this and open it again.";

pub fn edit_title(name: &str) -> String {
    ["Edit ", name].concat()
}

pub fn saved(name: &str) -> String {
    ["“", name, "” was saved."].concat()
}

pub fn removed(name: &str) -> String {
    ["“", name, "” was removed."].concat()
}

pub fn remove_question(name: &str) -> String {
    ["Remove “", name, "”?"].concat()
}

/// How long a key is valid.
pub fn period(days: i64, trial: bool) -> String {
    let unit = if days == 1 { " day" } else { " days" };
    match (days, trial) {
        (0, _) => "Never expires".to_owned(),
        (_, true) => [&days.to_string(), unit, " from the first activation"].concat(),
        (_, false) => [&days.to_string(), unit].concat(),
    }
}

/// On how many machines it works.
pub fn machines(most: i64) -> String {
    match most {
        0 => "Any number of machines".to_owned(),
        1 => "1 machine".to_owned(),
        more => [&more.to_string(), " machines"].concat(),
    }
}

pub fn allowed(count: usize) -> String {
    let unit = if count == 1 { " named machine" } else { " named machines" };
    ["Only on ", &count.to_string(), unit].concat()
}
