//! Text that people read stands in `src/i18n` alone.

use super::{Exception, Tree, excepted, idle, tokens};

pub(super) fn check(tree: &Tree, exceptions: &[Exception]) -> Vec<String> {
    let mut found = Vec::new();
    let mut needed = Vec::new();
    for (path, text) in tree.texts() {
        let client = path.starts_with("src/") && path.ends_with(".rs");
        if !client || path.starts_with("src/i18n/") {
            continue;
        }
        let Some(seen) = tokens::read(text) else {
            continue;
        };
        for (line, literal) in &seen.literals {
            // Signs such as "·" are the same in every language.
            if !literal
                .chars()
                .any(|c| !c.is_ascii() && c.is_alphanumeric())
            {
                continue;
            }
            needed.push(path);
            if !excepted(exceptions, path) {
                found.push(format!(
                    "{path}:{line}: text belongs into src/i18n: {literal}"
                ));
            }
        }
    }
    found.extend(idle(exceptions, |file| needed.contains(&file)));
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Exception, Tree};

    #[test]
    fn text_in_a_component_is_found_and_in_i18n_it_is_not() {
        let tree = Tree::made_up(&[
            ("src/i18n/zh_cn.rs", "const A: &str = \"交卷\";"),
            (
                "src/pages/exam.rs",
                "fn f() { html! { <button>{ \"交卷\" }</button> } }",
            ),
        ]);
        let found = super::check(&tree, &[]);
        assert_eq!(
            found,
            ["src/pages/exam.rs:1: text belongs into src/i18n: \"交卷\""]
        );
    }

    #[test]
    fn an_exception_gives_a_reason_and_is_needed() {
        let tree = Tree::made_up(&[("src/ui/language.rs", "const NAME: &str = \"中文\";")]);
        let exception = |reason: &str| Exception {
            file: "src/ui/language.rs".to_owned(),
            reason: reason.to_owned(),
        };
        assert!(super::check(&tree, &[exception("a language is named in itself")]).is_empty());
        assert_eq!(super::check(&tree, &[exception("")]).len(), 1);
        let without = Tree::made_up(&[("src/ui/language.rs", "")]);
        assert_eq!(
            super::check(&without, &[exception("a language is named in itself")]).len(),
            1
        );
    }
}
