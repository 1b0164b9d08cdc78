//! The page for moving in from another licensing service.

pub const TITLE: &str = "Move in";
pub const INTRO: &str = "Take products, keys, machines, customers and data objects along from your other licensing service. Ids and key texts stay as they are.";
pub const READ_ONLY: &str = "You can look at this page. Moving in needs the permission to change settings.";

pub const STEP_FILES: &str = "Choose files";
pub const FILES_BODY: &str = "Save that service’s own answers as files: GetProducts, every page of GetKeys for each product, GetCustomers, and ListDataObjects with ShowAll. Keys and customers may be CSV tables too.";
pub const FILES: &str = "Files";
pub const FILES_HELP: &str = "JSON or CSV, as many as there are, at most 16 MB each. For larger accounts use the command: latchkey import licences";
pub const FILES_ACCEPT: &str = ".json,.csv,.txt,application/json,text/csv";
pub const UPLOADING: &str = "Uploading";
pub const NO_FILES: &str = "No files yet.";
pub const REMOVE_ALL: &str = "Remove all";
pub const FILE: &str = "File";
pub const HOLDS: &str = "Holds";
pub const ACTIONS: &str = "Actions";
pub const TOO_LARGE: &str = "It is larger than 16 MB. Split it, or use the command line.";

pub const STEP_DRY: &str = "Look at what would come of it";
pub const DRY_BODY: &str = "A dry run reads every row and decides as the import will, and changes nothing.";
pub const DRY_RUN: &str = "Make a dry run";
pub const DRY_AGAIN: &str = "Make it again";
pub const READING: &str = "Rows read";
pub const DRY_FINE: &str = "Everything can be moved in.";

pub const STEP_IMPORT: &str = "Move everything in";
pub const IMPORT_BODY: &str = "Rows that are refused are left out; all others are moved in. Doing it again with the same files changes nothing, so do it early, and once more with fresh files on the day you switch over.";
pub const IMPORT: &str = "Move in";
pub const IMPORTING: &str = "Rows moved in";
pub const IMPORT_WAITS: &str = "Make a dry run of these files first.";
pub const IMPORT_DONE: &str = "Everything was moved in.";
pub const IMPORT_PARTLY: &str = "Moved in, but for the rows below.";
pub const LAST_IMPORT: &str = "Last import";
pub const BROKEN_OFF: &str = "It was broken off. Begin again: it goes on where it was.";

pub const KIND: &str = "What";
pub const NEW: &str = "New";
pub const SAME: &str = "The same";
pub const CHANGED: &str = "Changed";
pub const REFUSED: &str = "Refused";
pub const REFUSALS: &str = "Refused rows";
pub const REMARKS: &str = "Moved in, but not as it was";
pub const WHERE: &str = "Where";
pub const ROW: &str = "Row";
pub const REASON: &str = "Why";
pub const OUTCOME: &str = "What came of it";

pub const STEP_TOKEN: &str = "Keep your programs’ access token";
pub const TOKEN_BODY: &str = "Programs at your customers carry an access token. Take it over with its id and secret, and they need no other one.";
pub const TOKEN: &str = "Access token";
pub const TOKEN_HELP: &str = "As your programs carry it, or as ID:SECRET.";
pub const TOKEN_NAME: &str = "Name";
pub const TOKEN_NAME_START: &str = "Programs in the field";
pub const TOKEN_MAY: &str = "It may";
pub const TOKEN_USUAL: &str = "Activate, Deactivate, GetKey";
pub const TOKEN_USUAL_NOTE: &str = "What most programs do";
pub const TOKEN_OTHER: &str = "These methods";
pub const TOKEN_OTHER_NOTE: &str = "As it may there";
pub const TOKEN_METHODS: &str = "Methods";
pub const TOKEN_METHODS_HELP: &str = "Names with commas between them, such as Activate, CreateTrialKey.";
pub const TOKEN_TAKE: &str = "Take it over";
pub const TOKEN_SAME: &str = "That token is here already.";

pub const STEP_INVITE: &str = "Invite customers";
pub const INVITE_BODY: &str = "Your customers had their passwords elsewhere. Whoever has an e-mail address and no account here gets a message with a personal link to choose a password. Nobody gets two, and messages go out two a second.";
pub const INVITE_NOBODY: &str = "Nobody is waiting for an invitation.";
pub const INVITE_NO_MAIL: &str = "Set up a mail server first.";
pub const MAIL_SETTINGS: &str = "Mail settings";
pub const WAITING: &str = "Waiting for an invitation";
pub const INVITED: &str = "Invited, not here yet";
pub const WITHOUT_ADDRESS: &str = "Without an e-mail address";
pub const INVITE_CONFIRM_BODY: &str =
    "The messages are written now and go out one after another. You find them under Communications.";
pub const INVITE_UNDER_WAY: &str = "Messages written";

pub const STEP_PROGRAMS: &str = "Change your programs";
pub const PROGRAMS_BODY: &str = "Every program needs this Latchkey’s address and its public key. Then it goes on with the keys and the token that it has.";
pub const SERVER: &str = "Address of this Latchkey";
pub const PUBLIC_KEY: &str = "Public key";
pub const LANGUAGE: &str = "Your programs are written in";
pub const CODE: &str = "What to change";
pub const BUILT_IN: &str = "Address built in";
pub const BUILT_IN_NOTE: &str =
    "This SDK has the other service’s address built in, so that setting it is not enough.";
pub const WEB_API_NOTE: &str = "A vendor whose programs use Java sets refusals of the licence Web API to “Always 200”: this SDK loses the message of anything else.";

/// An SDK, and what its programs have to change.
#[derive(Clone, Copy, Debug)]
pub struct Sdk {
    pub key: &'static str,
    pub name: &'static str,
    /// Whether the other service's address is built in.
    pub built_in: bool,
    pub what: &'static str,
    /// Code with `{server}` where the address belongs; empty where there is none to show.
    pub code: &'static str,
    pub note: &'static str,
}

/// The published SDKs.
pub const SDKS: [Sdk; 9] = [
    Sdk {
        key: "dotnet",
        name: ".NET (C#, VB)",
        built_in: false,
        what: "Set LicenseServerUrl on each model that you pass, or as the parameter of the method.",
        code: "LicenseServerUrl = \"{server}\"",
        note: "",
    },
    Sdk {
        key: "python",
        name: "Python",
        built_in: false,
        what: "Set the address once, before the first call. It ends with /api/.",
        code: "from licensing.internal import HelperMethods\nHelperMethods.server_address = \"{server}/api/\"",
        note: "",
    },
    Sdk {
        key: "java",
        name: "Java",
        built_in: false,
        what: "Set the field LicenseServerUrl of each request model.",
        code: "model.LicenseServerUrl = \"{server}\";",
        note: WEB_API_NOTE,
    },
    Sdk {
        key: "node",
        name: "Node.js",
        built_in: false,
        what: "Pass the address as the last parameter, LicenseServerUrl, of every method: without a slash at the end and without /api. Version 1.0.11 or later.",
        code: "Key.Activate(token, publicKey, productId, key, machine, 0, false, 0, 0, \"{server}\")",
        note: "",
    },
    Sdk {
        key: "cpp",
        name: "C and C++",
        built_in: true,
        what: "In C++, give the SDK a request handler of your own that sends to this address. In C, change the address in the SDK’s source that you build.",
        code: "{server}/api/key/Activate",
        note: "",
    },
    Sdk {
        key: "go",
        name: "Go",
        built_in: true,
        what: "Keep a copy of the SDK’s source with this address in place of the other one.",
        code: "{server}/api/key/Activate",
        note: "",
    },
    Sdk {
        key: "php",
        name: "PHP",
        built_in: true,
        what: "Change the address in your copy of Cryptolens.php.",
        code: "{server}/api/key/Activate",
        note: "",
    },
    Sdk {
        key: "rust",
        name: "Rust",
        built_in: true,
        what: "Send the request yourself with any HTTP client, and let the crate read and verify the answer: LicenseKey::from_response_str in cryptolens-yc, LicenseKey::from_str in cryptolens.",
        code: "{server}/api/key/Activate",
        note: "",
    },
    Sdk {
        key: "other",
        name: "Unity, n8n and anything else",
        built_in: false,
        what: "Where the program uses one of the SDKs above, change what is said there. The n8n node has its address built in. Otherwise post the parameters as a form to this address, a method per address.",
        code: "{server}/api/key/Activate",
        note: "",
    },
];

/// `99 keys, 3 customers`.
pub fn holds(products: i64, customers: i64, keys: i64, objects: i64) -> String {
    let words = [
        (products, "product", "products"),
        (customers, "customer", "customers"),
        (keys, "key", "keys"),
        (objects, "data object", "data objects"),
    ];
    let parts: Vec<String> = words
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| {
            [count.to_string().as_str(), " ", if count == 1 { one } else { many }].concat()
        })
        .collect();
    if parts.is_empty() { "Nothing".to_owned() } else { parts.join(", ") }
}

pub fn more_files(count: usize) -> String {
    [count.to_string().as_str(), if count == 1 { " more file" } else { " more files" }].concat()
}

pub fn remove_file(name: &str) -> String {
    ["Remove ", name].concat()
}

pub fn not_uploaded(name: &str, why: &str) -> String {
    [name, ": ", why].concat()
}

pub fn refused_rows(count: i64) -> String {
    if count == 1 {
        "1 row is refused and would be left out.".to_owned()
    } else {
        [&count.to_string(), " rows are refused and would be left out."].concat()
    }
}

pub fn more_refused(count: i64) -> String {
    ["And ", &count.to_string(), " more."].concat()
}

pub fn failed(why: &str) -> String {
    ["It ended early: ", why].concat()
}

pub fn token_taken(id: i64) -> String {
    ["Token ", &id.to_string(), " was taken over."].concat()
}

pub fn invite(count: i64) -> String {
    if count == 1 {
        "Invite 1 customer".to_owned()
    } else {
        ["Invite ", &count.to_string(), " customers"].concat()
    }
}

pub fn invite_question(count: i64) -> String {
    [&invite(count), "?"].concat()
}

pub fn invited(count: i64) -> String {
    if count == 1 {
        "1 invitation is on its way.".to_owned()
    } else {
        [&count.to_string(), " invitations are on their way."].concat()
    }
}

/// `Public key for Aurora and Tidal`.
pub fn public_key_for(products: &[String]) -> String {
    match products {
        [] => PUBLIC_KEY.to_owned(),
        [one] => ["Public key for ", one].concat(),
        many => {
            let (last, rest) = many.split_last().map_or(("", many), |(last, rest)| (last.as_str(), rest));
            ["Public key for ", &rest.join(", "), " and ", last].concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_said_in_words() {
        assert_eq!(holds(1, 0, 99, 0), "1 product, 99 keys");
        assert_eq!(holds(0, 0, 0, 0), "Nothing");
        assert_eq!(invite(1), "Invite 1 customer");
        let names = ["A", "B", "C"].map(str::to_owned);
        assert_eq!(public_key_for(&names), "Public key for A, B and C");
        assert_eq!(public_key_for(&names[..1]), "Public key for A");
    }

    #[test]
    fn every_sdk_says_what_to_change() {
        for sdk in SDKS {
            assert!(!sdk.what.is_empty() && sdk.code.contains("{server}"), "{}", sdk.name);
        }
    }
}
