//! Reads Rust files as tokens, macros' insides included: exact, and with no need to parse.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What the checks want to know of a source file, tests left out.
#[derive(Default, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// First segments of paths from the crate's root, with their lines.
    pub(super) roots: Vec<(usize, String)>,
    /// Lines of `super::super`, by which a file could reach out of its folder unseen.
    pub(super) climbs: Vec<usize>,
    /// String and character literals, with their lines; documentation left out.
    pub(super) literals: Vec<(usize, String)>,
    /// Lines of `#[allow(…)]`, tests included.
    pub(super) allows: Vec<usize>,
}

/// `None` if the text is not Rust.
pub(super) fn read(text: &str) -> Option<Seen> {
    let mut seen = Seen::default();
    walk(text.parse().ok()?, true, &mut seen);
    Some(seen)
}

fn walk(stream: TokenStream, counts: bool, seen: &mut Seen) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut test_next = false;
    for (at, tree) in trees.iter().enumerate() {
        let rest = &trees[at + 1..];
        match tree {
            TokenTree::Group(group) if is_attribute(&trees[..at], group.delimiter()) => {
                let words = words(group.stream());
                match words.first().map(String::as_str) {
                    Some("allow") => seen.allows.push(line(tree)),
                    Some("cfg") if words == ["cfg", "test"] => test_next = true,
                    Some("doc" | "expect" | "deprecated" | "must_use") => {}
                    _ => walk(group.stream(), counts && !test_next, seen),
                }
            }
            TokenTree::Group(group) => {
                walk(group.stream(), counts && !test_next, seen);
                if group.delimiter() == Delimiter::Brace {
                    test_next = false;
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => test_next = false,
            TokenTree::Ident(ident) if counts && !test_next => match ident.to_string().as_str() {
                "crate" => roots(rest, seen),
                "super" if follows_path(rest).is_some_and(|next| is_ident(next, "super")) => {
                    seen.climbs.push(line(tree));
                }
                _ => {}
            },
            TokenTree::Literal(literal) if counts && !test_next => {
                let text = literal.to_string();
                if text.ends_with(['"', '\'', '#']) {
                    seen.literals.push((line(tree), text));
                }
            }
            _ => {}
        }
    }
}

/// After `crate`: `::name`, or `::{name…, name…}`.
fn roots(rest: &[TokenTree], seen: &mut Seen) {
    match follows_path(rest) {
        Some(tree @ TokenTree::Ident(ident)) => {
            seen.roots.push((line(tree), ident.to_string()));
        }
        Some(TokenTree::Group(group)) => {
            let mut first = true;
            for tree in group.stream() {
                match &tree {
                    TokenTree::Ident(ident) if first => {
                        seen.roots.push((line(&tree), ident.to_string()));
                    }
                    _ => {}
                }
                first = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ',');
            }
        }
        _ => {}
    }
}

/// What comes after a leading `::`.
fn follows_path(rest: &[TokenTree]) -> Option<&TokenTree> {
    match rest {
        [TokenTree::Punct(a), TokenTree::Punct(b), next, ..]
            if a.as_char() == ':' && b.as_char() == ':' =>
        {
            Some(next)
        }
        _ => None,
    }
}

fn is_attribute(before: &[TokenTree], delimiter: Delimiter) -> bool {
    let is = |tree: Option<&TokenTree>, c| matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == c);
    let last = before.len().checked_sub(1).map(|at| &before[at]);
    let earlier = before.len().checked_sub(2).map(|at| &before[at]);
    delimiter == Delimiter::Bracket && (is(last, '#') || is(last, '!') && is(earlier, '#'))
}

fn is_ident(tree: &TokenTree, name: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if ident == name)
}

/// Identifiers of a stream, groups opened.
fn words(stream: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for tree in stream {
        match tree {
            TokenTree::Ident(ident) => found.push(ident.to_string()),
            TokenTree::Group(group) => found.extend(words(group.stream())),
            _ => {}
        }
    }
    found
}

fn line(tree: &TokenTree) -> usize {
    tree.span().start().line
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn paths_are_seen_in_use_in_groups_and_inside_macros() {
        let seen = read(
            "use crate::ui::Button;\nuse crate::{state::Session, i18n};\nfn f() { html! { <a>{ crate::pages::x() }</a> } }",
        )
        .unwrap();
        let roots: Vec<&str> = seen.roots.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(roots, ["ui", "state", "i18n", "pages"]);
        assert_eq!(seen.roots[3].0, 3, "with its line");
    }

    #[test]
    fn tests_and_documentation_do_not_count() {
        let seen = read(
            "/// 说明\n#[cfg(test)]\nmod tests { use crate::pages; const A: &str = \"学\"; }\nconst B: &str = \"习\";",
        )
        .unwrap();
        assert!(seen.roots.is_empty(), "{seen:?}");
        assert_eq!(seen.literals, [(4, "\"习\"".to_owned())]);
    }

    #[test]
    fn allow_is_seen_everywhere_and_in_prose_nowhere() {
        let seen = read("// #[allow(dead_code)]\n#[allow(dead_code)]\nfn f() {}\n#[cfg(test)] mod t { #![allow(x)] }").unwrap();
        assert_eq!(seen.allows, [2, 4]);
    }
}
