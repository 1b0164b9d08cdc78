//! Every word the kit itself says, in one place so that another language can replace it.

pub const BACK: &str = "Back";
pub const BREADCRUMB: &str = "Breadcrumb";
pub const CANCEL: &str = "Cancel";
pub const CHART_AS_CHART: &str = "Chart";
pub const CHART_AS_TABLE: &str = "Table";
pub const CHART_KEYS: &str = "Use the left and right arrow keys to read each value.";
pub const CHOOSE_FILE: &str = "Choose a file";
pub const CHOOSE_FILES: &str = "Choose files";
pub const CLEAR: &str = "Clear";
pub const CLEAR_SELECTION: &str = "Clear selection";
pub const CLEAR_FILTERS: &str = "Clear filters";
pub const CLOSE: &str = "Close";
pub const COLOUR_FORMAT: &str = "Six hexadecimal digits, for example #7d570c.";
pub const COPIED: &str = "Copied";
pub const COPY: &str = "Copy";
pub const COPY_FAILED: &str = "The browser did not allow copying. Select the text and copy it yourself.";
pub const DISMISS: &str = "Dismiss";
pub const FAILED_TITLE: &str = "This could not be loaded";
pub const FILTERS: &str = "Filters";
pub const FORBIDDEN_BODY: &str =
    "Your role does not include this page. Ask an owner or admin if you need it.";
pub const FORBIDDEN_TITLE: &str = "You do not have access to this";
pub const HIDE_PASSWORD: &str = "Hide password";
pub const LOADING: &str = "Loading";
pub const MAIN_NAVIGATION: &str = "Main";
pub const MENU: &str = "Menu";
pub const NARROW: &str = "Collapse";
pub const NEXT: &str = "Next";
pub const NOT_FOUND_BODY: &str = "The address may be mistyped, or what was here has been removed.";
pub const NOT_FOUND_TITLE: &str = "Nothing is here";
pub const NO_MATCH_BODY: &str = "Change or clear the filters to see more.";
pub const NO_MATCH_TITLE: &str = "No match for this filter";
pub const NO_RESULT: &str = "Nothing found";
pub const OFFLINE: &str =
    "You are offline. What you see may be out of date; changes cannot be saved until you are back.";
pub const OPENS_NEW_TAB: &str = "opens in a new tab";
pub const OPTIONAL: &str = "optional";
pub const PAGES: &str = "Pages";
pub const PAGE_SIZE: &str = "Rows per page";
pub const PALETTE_HINT: &str = "Search customers, keys and pages";
pub const PREVIOUS: &str = "Previous";
pub const REASON: &str = "Reason";
pub const REMOVE: &str = "Remove";
pub const REQUEST_ID: &str = "Request id";
pub const SEARCH: &str = "Search";
pub const SEARCHING: &str = "Searching";
pub const SELECTED_ROWS: &str = "Selected rows";
pub const SELECT_ALL: &str = "Select all rows on this page";
pub const SELECT_ROW: &str = "Select row";
pub const SHOW_PASSWORD: &str = "Show password";
pub const SKIP_TO_CONTENT: &str = "Skip to content";
pub const SWITCH_CUSTOMER: &str = "Customer";
pub const THEME: &str = "Theme";
pub const THEME_DARK: &str = "Dark";
pub const THEME_LIGHT: &str = "Light";
pub const THEME_SYSTEM: &str = "As the system";
pub const TRY_AGAIN: &str = "Try again";
pub const UNDO: &str = "Undo";
pub const WIDEN: &str = "Expand";

/// `37 selected`.
pub fn selected(count: usize) -> String {
    [&count.to_string(), " selected"].concat()
}

/// `All 12,408 that match are selected`.
pub fn all_selected(total: &str) -> String {
    ["All ", total, " that match are selected"].concat()
}

/// `Select all 12,408 that match`.
pub fn select_matching(total: &str) -> String {
    ["Select all ", total, " that match"].concat()
}

/// A link to a page.
pub fn go_to(page: &str) -> String {
    ["Go to ", page].concat()
}
