//! The numbers of certificates.

use contract::Attempt;

use crate::certificates::{list, pass};
use crate::support::paper::{all, right};
use crate::support::{Backend, Folder, Visitor, key};

#[tokio::test]
async fn serials_count_up_within_class_and_year() {
    let folder = Folder::new();
    let accounts = std::fs::read_to_string(folder.path().join("accounts.toml")).unwrap();
    let another = |n: u32| {
        format!(
            "\n[[account]]\nid = \"p{n}\"\nusername = \"p{n}\"\npassword = \"gongke-2026\"\nname = \"学员\"\n\
             sex = \"女\"\nunit = \"工会\"\npost = \"委员\"\nclasses = [\"c\"]\ngranted = [\"c-1\", \"c-2\"]\n"
        )
    };
    folder.write(
        "accounts.toml",
        accounts + &another(1) + &another(2) + &another(3),
    );
    folder.edit("class.toml", "ends_on = 2026-12-31", "ends_on = 2027-12-31");
    let backend = Backend::with(&[&folder], |_| {}).await;
    let mut numbers = Vec::new();
    for (name, wait_ms) in [("p1", 0), ("p2", 0), ("p3", 365 * 86_400_000)] {
        backend.clock.advance(wait_ms);
        let visitor = backend.signed_in(name).await;
        pass(&visitor, "c").await;
        numbers.push(list(&visitor, "").await.items.remove(0).number);
    }
    assert_eq!(
        numbers,
        [
            "c〔2026〕第000001号",
            "c〔2026〕第000002号",
            "c〔2027〕第000001号"
        ]
    );
}

#[tokio::test]
async fn two_classes_with_one_number_template_never_share_a_number() {
    let (a, b) = (Folder::of("a"), Folder::of("b"));
    b.edit("class.toml", "\"b〔", "\"a〔");
    let backend = Backend::with(&[&a, &b], |_| {}).await;
    let mut numbers = Vec::new();
    for class in ["a", "b"] {
        let li = backend.signed_in(&format!("li-{class}")).await;
        pass(&li, class).await;
        numbers.push(list(&li, "").await.items.remove(0).number);
    }
    assert_eq!(numbers, ["a〔2026〕第000001号", "a〔2026〕第000002号"]);
}

#[tokio::test]
async fn many_passes_at_once_under_one_number_template_all_get_a_number_of_their_own() {
    let (a, b) = (Folder::of("a"), Folder::of("b"));
    b.edit("class.toml", "\"b〔", "\"a〔");
    for (folder, class) in [(&a, "a"), (&b, "b")] {
        let accounts = std::fs::read_to_string(folder.path().join("accounts.toml")).unwrap();
        let another = |n: u32| {
            format!(
                "\n[[account]]\nid = \"{class}{n}\"\nusername = \"{class}{n}\"\npassword = \"gongke-2026\"\n\
                 name = \"学员\"\nsex = \"女\"\nunit = \"工会\"\npost = \"委员\"\nclasses = [\"{class}\"]\n\
                 granted = [\"{class}-1\", \"{class}-2\"]\n"
            )
        };
        let more: String = (0..6).map(another).collect();
        folder.write("accounts.toml", accounts + &more);
    }
    let backend = Backend::with(&[&a, &b], |_| {}).await;
    let mut ready = Vec::new();
    for class in ["a", "b"] {
        for n in 0..6 {
            let visitor = backend.signed_in(&format!("{class}{n}")).await;
            let attempt: Attempt = visitor.start(class).await.ok();
            ready.push((visitor, attempt));
        }
    }
    let hand_in = |(visitor, attempt): (Visitor, Attempt)| async move {
        let form = all(&attempt, 1, right);
        let reply = visitor.hand_in(&attempt, &key(), &form).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        list(&visitor, "").await.items.remove(0).number
    };
    let handed_in: Vec<_> = ready
        .into_iter()
        .map(|it| tokio::spawn(hand_in(it)))
        .collect();
    let mut numbers = std::collections::BTreeSet::new();
    for number in handed_in {
        numbers.insert(number.await.unwrap());
    }
    assert_eq!(numbers.len(), 12);
}
