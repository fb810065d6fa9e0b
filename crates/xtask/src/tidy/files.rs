//! What no file may hold, whatever it is: hosts, machine paths, inline script, too much.

use super::{Exception, Tree, excepted, idle, tokens};

/// Longest source file without a reason, in lines.
const LONG: usize = 400;
/// Largest committed file, in bytes.
const LARGE: u64 = 2 * 1024 * 1024;

/// Hosts of package registries, cut in two so that this file does not hold them. Whoever builds
/// uses the registry that their own machine is set up for.
const HOSTS: &[(&str, &str)] = &[
    ("npmjs", ".org"),
    ("npmmirror", ".com"),
    ("static.crates", ".io"),
    ("index.crates", ".io"),
    ("rsproxy", ".cn"),
    ("pypi", ".org"),
    ("deb.debian", ".org"),
    ("proxy.golang", ".org"),
];
/// Folders of particular machines, cut likewise.
const MACHINES: &[(&str, &str)] = &[
    ("/ho", "me/"),
    ("/ro", "ot/"),
    ("/wo", "rk/"),
    ("/Us", "ers/"),
    ("C:\\", "Users"),
];

pub(super) fn check(tree: &Tree, long: &[Exception]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, file) in &tree.files {
        if file.bytes > LARGE {
            found.push(format!(
                "{path}: {} bytes; at most {LARGE} are committed",
                file.bytes
            ));
        }
    }
    for (path, text) in tree.texts() {
        forbidden(path, text, &mut found);
        if is_source(path) && text.lines().count() > LONG && !excepted(long, path) {
            let lines = text.lines().count();
            found.push(format!(
                "{path}: {lines} lines; more than {LONG} need a reason in tidy.toml"
            ));
        }
        if path.ends_with(".rs") {
            let allows = tokens::read(text)
                .map(|seen| seen.allows)
                .unwrap_or_default();
            found.extend(allows.iter().map(|line| {
                format!("{path}:{line}: write #[expect(…, reason = \"…\")] instead of allow")
            }));
        }
        if path == "package-lock.json" && text.contains("\"resolved\"") {
            found.push(format!(
                "{path}: made without omit-lockfile-registry-resolved; run npm install here"
            ));
        }
        if path.ends_with(".html") {
            found.extend(inline_script(path, text));
        }
    }
    let is_long = |path: &str| {
        tree.text(path)
            .is_some_and(|text| text.lines().count() > LONG)
    };
    found.extend(idle(long, is_long));
    found
}

/// A line on how long the files are.
pub(super) fn report(tree: &Tree) -> String {
    let mut lengths: Vec<(usize, &str)> = tree
        .texts()
        .filter(|(path, _)| is_source(path))
        .map(|(path, text)| (text.lines().count(), path))
        .collect();
    lengths.sort_unstable();
    let total: usize = lengths.iter().map(|(lines, _)| lines).sum();
    let median = lengths
        .get(lengths.len() / 2)
        .map_or(0, |(lines, _)| *lines);
    let longest: Vec<String> = lengths
        .iter()
        .rev()
        .take(3)
        .map(|(lines, path)| format!("{path} {lines}"))
        .collect();
    format!(
        "{} source files, {total} lines, half of the files at most {median}; the longest: {}",
        lengths.len(),
        longest.join(", ")
    )
}

fn is_source(path: &str) -> bool {
    [".rs", ".js", ".css"].iter().any(|end| path.ends_with(end))
}

fn forbidden(path: &str, text: &str, found: &mut Vec<String>) {
    for (at, line) in text.lines().enumerate() {
        let line_number = at + 1;
        for (start, end) in HOSTS {
            if line.contains(&format!("{start}{end}")) {
                found.push(format!(
                    "{path}:{line_number}: names a package registry's host"
                ));
            }
        }
        for (start, end) in MACHINES {
            let word = format!("{start}{end}");
            let hit = line.match_indices(&word).any(|(place, _)| {
                let before = line[..place].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || "._-}/".contains(c))
            });
            if hit {
                found.push(format!(
                    "{path}:{line_number}: names a folder of one machine"
                ));
            }
        }
    }
}

/// The CSP lets no script run that stands in the page itself.
fn inline_script(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lower = text.to_ascii_lowercase();
    let line_of = |place: usize| lower[..place].matches('\n').count() + 1;
    for (place, _) in lower.match_indices("<script") {
        let rest = &lower[place..];
        let open = rest.find('>').unwrap_or(rest.len());
        let close = rest.find("</script").unwrap_or(rest.len());
        let body = rest.get(open + 1..close).unwrap_or_default();
        if !rest[..open].contains(" src=") || !body.trim().is_empty() {
            found.push(format!("{path}:{}: inline script", line_of(place)));
        }
    }
    for (place, _) in lower.match_indices(" on") {
        let word: String = lower[place + 3..]
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .collect();
        let after = lower[place + 3 + word.len()..].trim_start();
        let in_tag = lower[..place].rfind('<') > lower[..place].rfind('>');
        if in_tag && !word.is_empty() && after.starts_with('=') {
            found.push(format!(
                "{path}:{}: inline handler on{word}",
                line_of(place)
            ));
        }
    }
    if lower.contains("javascript:") {
        found.push(format!("{path}: a javascript: address"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Exception, Tree};

    fn findings(path: &str, text: &str) -> Vec<String> {
        super::check(&Tree::made_up(&[(path, text)]), &[])
    }

    #[test]
    fn inline_script_and_handlers_are_found_and_files_of_script_are_not() {
        let fine = "<html>\n<script data-trunk type=\"module\" src=\"src/boot.js\"></script>\n<p>one=two</p></html>";
        assert!(findings("index.html", fine).is_empty());
        assert_eq!(
            findings("index.html", "<p>\n<script>start()</script>"),
            ["index.html:2: inline script"]
        );
        assert_eq!(findings("index.html", "<body onload=\"start()\">").len(), 1);
        assert_eq!(findings("index.html", "<a href=\"javascript:x\">").len(), 1);
    }

    #[test]
    fn hosts_and_machine_paths_are_found() {
        let host = format!("registry = \"https://registry.{}{}\"", "npmjs", ".org");
        assert_eq!(findings(".npmrc", &host).len(), 1);
        assert_eq!(
            findings("docs/x.md", &format!("see {}me/li/x", "/ho")).len(),
            1
        );
        assert!(findings("docs/x.md", &format!("the route {}me/li/x", "/app/ho")).is_empty());
        assert_eq!(
            findings("package-lock.json", "{ \"resolved\": \"x\" }").len(),
            1
        );
    }

    #[test]
    fn a_long_file_needs_a_reason() {
        let text = "\n".repeat(super::LONG + 1);
        assert_eq!(findings("src/a.rs", &text).len(), 1);
        assert!(findings("crates/backend/sample/questions.toml", &text).is_empty());
        let reason = Exception {
            file: "src/a.rs".to_owned(),
            reason: "one table".to_owned(),
        };
        let tree = Tree::made_up(&[("src/a.rs", &text)]);
        assert!(super::check(&tree, &[reason]).is_empty());
    }

    #[test]
    fn allow_attributes_are_found() {
        assert_eq!(
            findings("src/a.rs", "#[allow(dead_code)]\nfn f() {}").len(),
            1
        );
        assert!(findings("src/a.rs", "// #[allow(dead_code)]\nfn f() {}").is_empty());
    }
}
