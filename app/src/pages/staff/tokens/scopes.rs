//! Choosing what a token may do, in groups.

use latchkey_shared::{
    api::tokens::{Scope, Scopes},
    permission::{Permission, Role},
    text::tokens as text,
};
use leptos::prelude::*;

use crate::components::{Button, ButtonRow, CheckboxField, Look};

/// A scope that may be chosen.
#[derive(Clone)]
pub struct ScopeBox {
    pub name: String,
    /// What it allows, in a sentence.
    pub about: String,
    /// Of `/api/v1`, where locks are not known.
    pub of_latchkey: bool,
    /// The first method that it opens; none for what opens none.
    pub method: Option<String>,
    pub on: RwSignal<bool>,
}

/// Scopes that belong together, under the title that stands over them.
#[derive(Clone)]
pub struct ScopeGroup {
    pub title: String,
    pub scopes: Vec<ScopeBox>,
}

/// Everything that a token may be allowed, by group; nothing is chosen yet.
pub fn groups(known: &Scopes) -> Vec<ScopeGroup> {
    let mut groups: Vec<(String, ScopeGroup)> = Vec::new();
    for scope in &known.scopes {
        let Some(first) = scope.methods.first() else { continue };
        let word = first.path.split('/').next().unwrap_or_default();
        let place = groups.iter().position(|(known, _)| known == word).unwrap_or_else(|| {
            groups.push((word.to_owned(), ScopeGroup { title: text::group(word), scopes: Vec::new() }));
            groups.len() - 1
        });
        let about = text::scope(&scope.name).map_or_else(|| first.about.clone(), ToOwned::to_owned);
        groups[place].1.scopes.push(of_method(scope, about, &first.path));
    }
    let mut groups: Vec<ScopeGroup> = groups.into_iter().map(|(_, group)| group).collect();
    if let Some(keys) = groups.first_mut() {
        keys.scopes.push(plain("ReadNotes".to_owned(), text::scope("ReadNotes").unwrap_or_default(), false));
    }
    groups.push(ScopeGroup { title: text::LATCHKEY_GROUP.to_owned(), scopes: permissions() });
    groups
}

fn of_method(scope: &Scope, about: String, method: &str) -> ScopeBox {
    let method = Some(method.to_owned());
    ScopeBox { name: scope.name.clone(), about, of_latchkey: false, method, on: RwSignal::new(false) }
}

fn plain(name: String, about: &str, of_latchkey: bool) -> ScopeBox {
    ScopeBox { name, about: about.to_owned(), of_latchkey, method: None, on: RwSignal::new(false) }
}

/// No token may more than an admin.
fn permissions() -> Vec<ScopeBox> {
    let own = |permission: &Permission| plain(word(*permission), text::permission(*permission), true);
    Role::Admin.permissions().iter().map(own).collect()
}

/// As it is written in a token: `customers_read`.
fn word(permission: Permission) -> String {
    let written = serde_json::to_string(&permission).unwrap_or_default();
    written.trim_matches('"').to_owned()
}

/// The names of the scopes that are chosen.
pub fn chosen(groups: &[ScopeGroup]) -> Vec<ScopeBox> {
    groups.iter().flat_map(|group| &group.scopes).filter(|scope| scope.on.get_untracked()).cloned().collect()
}

/// The groups, each to be opened.
pub fn draw(groups: &[ScopeGroup]) -> AnyView {
    view! { <div class="scope-groups">{groups.iter().map(draw_group).collect_view()}</div> }.into_any()
}

fn draw_group(group: &ScopeGroup) -> AnyView {
    let switches: Vec<RwSignal<bool>> = group.scopes.iter().map(|scope| scope.on).collect();
    let counted = switches.clone();
    let count = move || {
        let chosen = counted.iter().filter(|on| on.get()).count();
        text::of(chosen, counted.len())
    };
    let all = {
        let switches = switches.clone();
        move |to: bool| switches.iter().for_each(|on| on.set(to))
    };
    let none = all.clone();
    view! {
        <details class="scope-group">
            <summary>
                <span class="scope-title">{group.title.clone()}</span>
                <span class="muted">{count}</span>
            </summary>
            <div class="scope-body">
                <div class="scope-list">{group.scopes.iter().map(draw_scope).collect_view()}</div>
                <ButtonRow>
                    <Button small=true look=Look::Quiet on_press=move || all(true)>
                        {text::CHOOSE_ALL}
                    </Button>
                    <Button small=true look=Look::Quiet on_press=move || none(false)>
                        {text::CHOOSE_NONE}
                    </Button>
                </ButtonRow>
            </div>
        </details>
    }
    .into_any()
}

fn draw_scope(scope: &ScopeBox) -> AnyView {
    let ScopeBox { name, about, on, .. } = scope.clone();
    let field = ["scope-", &name].concat();
    view! {
        <CheckboxField name=field value=on help=about>
            <code>{name}</code>
        </CheckboxField>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use latchkey_shared::api::tokens::{Scope, ScopeMethod, Scopes};
    use leptos::prelude::{Owner, Set};

    use super::{chosen, groups};

    fn scope(name: &str, paths: &[&str]) -> Scope {
        let method = |path: &&str| ScopeMethod { path: (*path).to_owned(), about: "Does it.".to_owned() };
        Scope { name: name.to_owned(), methods: paths.iter().map(method).collect() }
    }

    #[test]
    fn scopes_stand_in_the_group_of_their_method_and_permissions_come_last() {
        let owner = Owner::new();
        owner.set();
        let known = Scopes {
            scopes: vec![
                scope("Activate", &["key/Activate"]),
                scope("GetProducts", &["product/GetProducts"]),
                scope("AddDataObject", &["data/AddDataObject", "data/AddDataObjectToKey"]),
                scope("GetKey", &["key/GetKey"]),
            ],
        };
        let groups = groups(&known);
        let titles: Vec<&str> = groups.iter().map(|group| group.title.as_str()).collect();
        assert_eq!(titles, ["Licence keys", "Products", "Data objects", "Latchkey itself (/api/v1)"]);
        let keys: Vec<&str> = groups[0].scopes.iter().map(|scope| scope.name.as_str()).collect();
        assert_eq!(keys, ["Activate", "GetKey", "ReadNotes"]);
        assert!(groups.iter().flat_map(|group| &group.scopes).all(|scope| !scope.about.is_empty()));
        let last = &groups[3].scopes;
        assert!(last.iter().any(|scope| scope.name == "customers_read" && scope.of_latchkey));
        assert!(last.iter().all(|scope| scope.name != "staff_manage"));

        assert!(chosen(&groups).is_empty());
        groups[1].scopes[0].on.set(true);
        assert_eq!(chosen(&groups)[0].method.as_deref(), Some("product/GetProducts"));
    }
}
