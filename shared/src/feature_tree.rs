//! Named features beside F1 to F8: a tree that programs read as JSON (`["basic",["video",["export","crop"]]]`) and
//! people as lines, a child two spaces further in than its parent. A feature's full name is its path: `video.export`.

/// Deepest nesting that is read.
const DEEPEST: usize = 8;

/// A feature and what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feature {
    pub name: String,
    pub children: Vec<Self>,
}

/// Reads the JSON; `None` where it is no such tree.
pub fn parse(json: &str) -> Option<Vec<Feature>> {
    if json.trim().is_empty() {
        return Some(Vec::new());
    }
    let mut reader = Reader { rest: json };
    let features = reader.features(0)?;
    reader.space();
    reader.rest.is_empty().then_some(features)
}

/// Writes the JSON; empty where there is no feature.
pub fn write(features: &[Feature]) -> String {
    if features.is_empty() { String::new() } else { written(features) }
}

fn written(features: &[Feature]) -> String {
    let node = |feature: &Feature| {
        let name = quoted(&feature.name);
        if feature.children.is_empty() {
            name
        } else {
            ["[", &name, ",", &written(&feature.children), "]"].concat()
        }
    };
    ["[", &features.iter().map(node).collect::<Vec<_>>().join(","), "]"].concat()
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// The tree as lines.
pub fn outline(features: &[Feature]) -> String {
    let mut lines = Vec::new();
    write_lines(features, 0, &mut lines);
    lines.join("\n")
}

fn write_lines(features: &[Feature], depth: usize, lines: &mut Vec<String>) {
    for feature in features {
        lines.push(["  ".repeat(depth), feature.name.clone()].concat());
        write_lines(&feature.children, depth + 1, lines);
    }
}

/// Reads lines. How far a line is indented counts only against the lines above it.
pub fn from_outline(text: &str) -> Vec<Feature> {
    let indented = |line: &str| line.chars().take_while(|letter| letter.is_whitespace()).count();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let mut features = Vec::new();
    // How far in the ancestors of the next line are, the outermost first.
    let mut above: Vec<usize> = Vec::new();
    for line in lines {
        let own = indented(line);
        above.retain(|indent| *indent < own);
        above.truncate(DEEPEST);
        place(&mut features, above.len(), line.trim());
        above.push(own);
    }
    features
}

/// Adds a feature as the last one at that depth.
fn place(features: &mut Vec<Feature>, depth: usize, name: &str) {
    match features.last_mut() {
        Some(parent) if depth > 0 => place(&mut parent.children, depth - 1, name),
        _ => features.push(Feature { name: name.to_owned(), children: Vec::new() }),
    }
}

/// All features of both trees, the first one's first.
pub fn union(one: &[Feature], other: &[Feature]) -> Vec<Feature> {
    let mut all = one.to_vec();
    for feature in other {
        match all.iter_mut().find(|known| known.name == feature.name) {
            Some(known) => known.children = union(&known.children, &feature.children),
            None => all.push(feature.clone()),
        }
    }
    all
}

/// The full name of a feature below `above`, which is empty for one that belongs to no other.
pub fn path(above: &str, name: &str) -> String {
    if above.is_empty() { name.to_owned() } else { [above, ".", name].concat() }
}

/// Full names of all features, parents before children: what `HasFeature` of the SDKs asks for.
pub fn paths(features: &[Feature]) -> Vec<String> {
    let mut found = Vec::new();
    collect(features, "", &mut found);
    found
}

fn collect(features: &[Feature], above: &str, found: &mut Vec<String>) {
    for feature in features {
        let path = path(above, &feature.name);
        found.push(path.clone());
        collect(&feature.children, &path, found);
    }
}

/// The part of the tree whose paths are chosen, with the parents of what is chosen.
pub fn chosen(features: &[Feature], is_chosen: &dyn Fn(&str) -> bool) -> Vec<Feature> {
    choose(features, "", is_chosen)
}

fn choose(features: &[Feature], above: &str, is_chosen: &dyn Fn(&str) -> bool) -> Vec<Feature> {
    features
        .iter()
        .filter_map(|feature| {
            let path = path(above, &feature.name);
            let children = choose(&feature.children, &path, is_chosen);
            let kept = is_chosen(&path) || !children.is_empty();
            kept.then(|| Feature { name: feature.name.clone(), children })
        })
        .collect()
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, sign: char) -> bool {
        self.space();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// `[feature, …]`
    fn features(&mut self, depth: usize) -> Option<Vec<Feature>> {
        if depth > DEEPEST || !self.take('[') {
            return None;
        }
        let mut features = Vec::new();
        if self.take(']') {
            return Some(features);
        }
        loop {
            features.push(self.feature(depth)?);
            if self.take(']') {
                return Some(features);
            }
            if !self.take(',') {
                return None;
            }
        }
    }

    /// `"name"` or `["name", [feature, …]]`
    fn feature(&mut self, depth: usize) -> Option<Feature> {
        if !self.take('[') {
            return Some(Feature { name: self.string()?, children: Vec::new() });
        }
        let name = self.string()?;
        let children = if self.take(',') { self.features(depth + 1)? } else { Vec::new() };
        self.take(']').then_some(Feature { name, children })
    }

    fn string(&mut self) -> Option<String> {
        if !self.take('"') {
            return None;
        }
        let mut text = String::new();
        let mut letters = self.rest.char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.rest = &self.rest[at + 1..];
                    return Some(text);
                }
                '\\' => match letters.next()?.1 {
                    plain @ ('"' | '\\' | '/') => text.push(plain),
                    'n' | 't' | 'r' => text.push(' '),
                    'u' => {
                        let mut code = 0;
                        for _ in 0..4 {
                            code = code * 16 + letters.next()?.1.to_digit(16)?;
                        }
                        text.push(char::from_u32(code)?);
                    }
                    _ => return None,
                },
                letter => text.push(letter),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const JSON: &str = r#"["f1",["f2",[["voice",["all"]],"image"]]]"#;

    #[test]
    fn the_documented_form_is_read_and_written() {
        let tree = parse(JSON).unwrap();
        assert_eq!(write(&tree), JSON);
        assert_eq!(outline(&tree), "f1\nf2\n  voice\n    all\n  image");
        assert_eq!(from_outline(&outline(&tree)), tree);
        assert_eq!(paths(&tree), ["f1", "f2", "f2.voice", "f2.voice.all", "f2.image"]);
    }

    #[test]
    fn what_is_chosen_brings_its_parents() {
        let tree = parse(JSON).unwrap();
        let some = chosen(&tree, &|path| path == "f2.voice.all");
        assert_eq!(write(&some), r#"[["f2",[["voice",["all"]]]]]"#);
        assert_eq!(write(&chosen(&tree, &|_| false)), "");
    }

    #[test]
    fn trees_are_laid_over_each_other() {
        let both = union(&from_outline("a\n  b"), &from_outline("c\na\n  d"));
        assert_eq!(paths(&both), ["a", "a.b", "a.d", "c"]);
    }

    #[test]
    fn other_json_is_no_tree() {
        for wrong in ["{}", "[1]", "[\"a\"", "[\"a\",]", "[[\"a\",\"b\"]]", "[\"a\"]x", "[[[\"a\"]]]"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        assert_eq!(parse("  "), Some(Vec::new()));
        assert_eq!(parse(r#" [ "a\"\u0041" ] "#).unwrap()[0].name, "a\"A");
    }

    #[test]
    fn lines_as_people_write_them() {
        assert_eq!(paths(&from_outline("\n    a\n\n      b\n  c\n\td\n")), ["a", "a.b", "c", "d"]);
    }

    proptest! {
        #[test]
        fn anything_typed_is_a_tree_that_is_read_back(text in "[ a-c\"\\\\\n]{0,60}") {
            let tree = from_outline(&text);
            prop_assert_eq!(parse(&write(&tree)), Some(tree));
        }

        #[test]
        fn nothing_that_is_read_panics(text in "[\\[\\]\"a,\\\\u0 ]{0,40}") {
            let _ = parse(&text);
        }
    }
}
