//! Which folder of the client may use which, read from the paths in its files.

use super::{Tree, tokens};

/// Folder (or file) of `src`, and what it may use beside itself.
const RULES: &[(&str, &[&str])] = &[
    ("platform", &[]),
    ("i18n", &[]),
    ("routes", &[]),
    ("state", &["platform", "i18n", "routes"]),
    ("ui", &["i18n"]),
    ("features", &["ui", "state", "i18n"]),
    ("pages", &["features", "ui", "state", "i18n", "routes"]),
    (
        "app",
        &[
            "pages", "features", "ui", "state", "i18n", "routes", "platform",
        ],
    ),
    (
        "main",
        &[
            "app", "pages", "features", "ui", "state", "i18n", "routes", "platform",
        ],
    ),
];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in tree.texts() {
        let Some(inner) = path.strip_prefix("src/").filter(|_| path.ends_with(".rs")) else {
            continue;
        };
        let Some(seen) = tokens::read(text) else {
            found.push(format!("{path}: not Rust"));
            continue;
        };
        let folder = inner.split(['/', '.']).next().unwrap_or_default();
        let Some((_, may)) = RULES.iter().find(|(name, _)| *name == folder) else {
            found.push(format!("{path}: no rule says what src/{folder} may use"));
            continue;
        };
        for (line, root) in &seen.roots {
            let is_folder = RULES.iter().any(|(name, _)| name == root);
            if is_folder && root != folder && !may.contains(&root.as_str()) {
                found.push(format!("{path}:{line}: {folder} may not use {root}"));
            }
        }
        for line in &seen.climbs {
            found.push(format!(
                "{path}:{line}: write the path from the crate's root, not by super::super"
            ));
        }
        if folder == "features" {
            found.extend(other_features(path, inner, text));
        }
    }
    found
}

/// Features never use each other: what two of them need belongs into `state` or `ui`.
fn other_features(path: &str, inner: &str, text: &str) -> Vec<String> {
    let own = inner.split(['/', '.']).nth(1).unwrap_or_default();
    if own == "mod" {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for (start, _) in line.match_indices("features::") {
            let rest = &line[start + "features::".len()..];
            let name: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if !line.trim_start().starts_with("//") && name != own {
                let line = at + 1;
                found.push(format!(
                    "{path}:{line}: a feature may not use another feature"
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::Tree;

    fn findings(path: &str, text: &str) -> Vec<String> {
        super::check(&Tree::made_up(&[(path, text)]))
    }

    #[test]
    fn ui_knows_nothing_of_state() {
        assert!(findings("src/ui/button.rs", "use crate::i18n::t;").is_empty());
        assert_eq!(
            findings(
                "src/ui/button.rs",
                "use crate::i18n::t;\nuse crate::state::Session;"
            ),
            ["src/ui/button.rs:2: ui may not use state"]
        );
    }

    #[test]
    fn features_never_use_each_other() {
        assert!(
            findings(
                "src/features/exam/mod.rs",
                "use crate::features::exam::view;"
            )
            .is_empty()
        );
        assert_eq!(
            findings(
                "src/features/exam/mod.rs",
                "use crate::features::player::View;"
            )
            .len(),
            1
        );
        assert_eq!(
            findings(
                "src/features/exam.rs",
                "use crate::{features::player::View};"
            )
            .len(),
            1
        );
    }

    #[test]
    fn only_pages_and_app_may_use_features_and_no_path_climbs_out() {
        assert_eq!(
            findings("src/state/session.rs", "use crate::features::exam;").len(),
            1
        );
        assert_eq!(
            findings("src/platform/http.rs", "use super::super::state::Session;").len(),
            1
        );
    }

    #[test]
    fn a_new_folder_needs_a_rule() {
        assert_eq!(findings("src/helpers/x.rs", "").len(), 1);
    }
}
