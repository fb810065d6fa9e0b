//! accounts.toml, which may be left out.

use toml::de::DeValue;

use super::course::{CourseEntry, unique};
use super::id_number;
use super::media::{self, Kind};
use super::source::{At, Folder, Place};
use super::table::Table;
use super::values::{ID, id, path, short, texts};

/// An account, as `gongke-backend accounts` prints it.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// User name.
    pub username: String,
    /// Password, as the folder has it.
    pub password: String,
    /// Real name.
    pub name: String,
    /// What the operator noted beside it.
    pub note: Option<String>,
}

/// All that the folder says of an account.
pub(super) struct AccountEntry {
    pub(super) id: At<String>,
    pub(super) username_at: Place,
    pub(super) account: Account,
    pub(super) sex: String,
    pub(super) unit: String,
    pub(super) post: String,
    pub(super) id_number: Option<String>,
    pub(super) photo: Option<String>,
    pub(super) classes: At<Vec<String>>,
    pub(super) granted: Vec<String>,
}

pub(super) fn read(folder: &Folder, courses: Option<&Vec<CourseEntry>>) -> Vec<AccountEntry> {
    let mut accounts = Vec::new();
    folder.read("accounts.toml", true, |table| {
        accounts = table.tables("account", |table| read_account(table, courses));
    });
    unique(
        folder,
        accounts.iter().map(|account| &account.id),
        "account",
    );
    let username = |entry: &AccountEntry| At {
        value: entry.account.username.clone(),
        place: entry.username_at.clone(),
    };
    let usernames: Vec<At<String>> = accounts.iter().map(username).collect();
    unique(folder, usernames.iter(), "account's user name");
    accounts
}

fn read_account(table: &mut Table<'_>, courses: Option<&Vec<CourseEntry>>) -> Option<AccountEntry> {
    let account_id = table.required("id", ID, id);
    let username = table.required("username", "text of 1 to 64 characters", |value| {
        short(64)(value).filter(|name| name.trim() == name)
    });
    let password = table.required("password", "text of 8 to 256 characters", |value| {
        value
            .as_str()
            .filter(|text| (8..=256).contains(&text.chars().count()))
            .map(str::to_owned)
    });
    let name = table.required("name", "text of at most 60 characters", short(60));
    let sex = table.required("sex", "\"男\" or \"女\"", |value| {
        value
            .as_str()
            .filter(|sex| ["男", "女"].contains(sex))
            .map(str::to_owned)
    });
    let unit = table.required("unit", "text of at most 100 characters", short(100));
    let post = table.required("post", "text of at most 60 characters", short(60));
    let expected = "18 characters with a right check digit";
    let number = table.optional("id_number", expected, |value: &DeValue<'_>| {
        value.as_str().and_then(id_number::normal)
    });
    let folder = table.folder();
    let photo = table.optional("photo", "the path of a file, inside the class folder", path);
    let photo = photo.map(|at| media::take(folder, &at, Kind::Photo));
    let classes = table.required("classes", "a list of class ids", texts);
    let granted = table.optional("granted", "a list of course ids", texts);
    let note = table.optional("note", "text", short(200));
    if let (Some(granted), Some(courses)) = (&granted, courses) {
        for course in &granted.value {
            if !courses.iter().any(|known| known.id.value == *course) {
                let expected = "`granted`: ids of courses of this folder";
                folder.complain(&granted.place, expected, format!("\"{course}\""));
            }
        }
    }
    let username = username?;
    let photo = match photo {
        Some(taken) => Some(taken?.hash),
        None => None,
    };
    Some(AccountEntry {
        id: account_id?,
        username_at: username.place,
        account: Account {
            username: username.value,
            password: password?.value,
            name: name?.value,
            note: note.map(|note| note.value),
        },
        sex: sex?.value,
        unit: unit?.value,
        post: post?.value,
        id_number: number.map(|number| number.value),
        photo,
        classes: classes?,
        granted: granted.map(|granted| granted.value).unwrap_or_default(),
    })
}
