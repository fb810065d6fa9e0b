//! Which crate may depend on which, read from their Cargo.toml.

use super::Tree;

/// What each may depend on of our own crates; `None` for the rest means: anything from outside.
struct Rule {
    package: &'static str,
    ours: &'static [&'static str],
    /// If set, nothing else from outside: the crate is pure.
    outside: Option<&'static [&'static str]>,
}

const RULES: &[Rule] = &[
    Rule {
        package: "gongke-contract",
        ours: &[],
        outside: Some(&["serde", "humantime", "utoipa"]),
    },
    Rule {
        package: "gongke-domain",
        ours: &["contract"],
        outside: Some(&["serde"]),
    },
    Rule {
        package: "gongke-press",
        ours: &["contract"],
        outside: None,
    },
    Rule {
        package: "gongke-backend",
        ours: &["contract", "domain"],
        outside: None,
    },
    Rule {
        package: "gongke-conformance",
        ours: &["contract", "domain"],
        outside: None,
    },
    Rule {
        package: "gongke-tests",
        ours: &["contract"],
        outside: None,
    },
    Rule {
        // The sheet on the page and the sheet in the PDF are one layout.
        package: "gongke",
        ours: &["contract", "domain", "press"],
        outside: None,
    },
    Rule {
        package: "gongke-split",
        ours: &[],
        outside: None,
    },
    Rule {
        package: "xtask",
        ours: &[],
        outside: None,
    },
];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let manifests = tree
        .texts()
        .filter(|(path, _)| *path == "Cargo.toml" || path.ends_with("/Cargo.toml"));
    for (path, text) in manifests {
        let Ok(manifest) = text.parse::<toml::Table>() else {
            found.push(format!("{path}: not TOML"));
            continue;
        };
        let name = manifest
            .get("package")
            .and_then(|package| package.get("name"))
            .and_then(toml::Value::as_str);
        let Some(name) = name else { continue };
        let Some(rule) = RULES.iter().find(|rule| rule.package == name) else {
            found.push(format!("{path}: no rule says what {name} may depend on"));
            continue;
        };
        for (dependency, ours) in dependencies(&manifest) {
            if ours && !rule.ours.contains(&dependency.as_str()) {
                found.push(format!("{path}: {name} may not depend on {dependency}"));
            }
            let known = rule
                .outside
                .is_none_or(|list| list.contains(&dependency.as_str()));
            if !ours && !known {
                found.push(format!(
                    "{path}: {name} is pure and may not depend on {dependency}"
                ));
            }
        }
    }
    found
}

/// Names of a package's dependencies (those of its tests left out), and whether they are ours.
fn dependencies(manifest: &toml::Table) -> Vec<(String, bool)> {
    let ours: Vec<&str> = RULES
        .iter()
        .map(|rule| rule.package.trim_start_matches("gongke-"))
        .collect();
    let mut tables = vec![manifest.get("dependencies")];
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    for target in targets.into_iter().flat_map(toml::Table::values) {
        tables.push(target.get("dependencies"));
    }
    let tables = tables
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_table);
    let names = tables.flat_map(toml::Table::keys);
    names
        .map(|name| {
            let short = name.trim_start_matches("gongke-");
            (short.to_owned(), ours.contains(&short))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::Tree;

    fn findings(package: &str, dependencies: &str) -> Vec<String> {
        let manifest = format!("[package]\nname = \"{package}\"\n{dependencies}");
        super::check(&Tree::made_up(&[("crates/x/Cargo.toml", &manifest)]))
    }

    #[test]
    fn the_core_may_not_depend_on_the_shell() {
        let fine = findings(
            "gongke-domain",
            "[dependencies]\ncontract.workspace = true\nserde = \"1\"",
        );
        assert!(fine.is_empty(), "{fine:?}");
        let wrong = findings("gongke-domain", "[dependencies]\nbackend.workspace = true");
        assert_eq!(
            wrong,
            ["crates/x/Cargo.toml: gongke-domain may not depend on backend"]
        );
        let hidden = findings(
            "gongke-domain",
            "[target.'cfg(unix)'.dependencies]\ngongke-press = { path = \"../press\" }",
        );
        assert_eq!(hidden.len(), 1, "{hidden:?}");
    }

    #[test]
    fn the_core_stays_pure() {
        let wrong = findings("gongke-domain", "[dependencies]\ngetrandom = \"0.4\"");
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        let tests_may = findings("gongke-domain", "[dev-dependencies]\nproptest = \"1\"");
        assert!(tests_may.is_empty(), "{tests_may:?}");
    }

    #[test]
    fn a_new_crate_needs_a_rule() {
        assert_eq!(findings("gongke-new", "").len(), 1);
    }
}
