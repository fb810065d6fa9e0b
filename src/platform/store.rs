//! What must survive a crash of the browser: the outbox, in IndexedDB.
//!
//! One object store, keyed `person|slot`; values are JSON texts. Nothing here is secret, and
//! nothing is read by another person's session: the key begins with the person.

use std::cell::RefCell;
use std::rc::Rc;

use contract::PersonId;
use domain::outbox::{Entry, Slot};
use idb::{
    Database, DatabaseEvent as _, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode,
};
use wasm_bindgen::JsValue;

use super::json;

const DATABASE: &str = "gongke";
const OUTBOX: &str = "outbox";

thread_local! {
    static OPENED: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
}

/// The device's storage said no: full, blocked, or not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StorageFailed;

impl<E: std::error::Error> From<E> for StorageFailed {
    fn from(_: E) -> Self {
        Self
    }
}

/// Every entry that the device still holds for a person, oldest first.
pub(crate) async fn entries(person: &PersonId) -> Result<Vec<Entry>, StorageFailed> {
    let database = open().await?;
    let transaction = database.transaction(&[OUTBOX], TransactionMode::ReadOnly)?;
    let prefix = prefix(person);
    let range = KeyRange::bound(
        &JsValue::from_str(&prefix),
        &JsValue::from_str(&format!("{prefix}\u{ffff}")),
        None,
        None,
    )?;
    let store = transaction.object_store(OUTBOX)?;
    let values = store.get_all(Some(Query::KeyRange(range)), None)?.await?;
    let mut entries: Vec<Entry> = values
        .iter()
        .filter_map(|value| json::read(&value.as_string()?))
        .collect();
    entries.sort_by_key(|entry| entry.version);
    Ok(entries)
}

/// Writes an entry down; returns when the device has it.
pub(crate) async fn put(entry: &Entry) -> Result<(), StorageFailed> {
    let text = json::write(entry);
    let database = open().await?;
    let transaction = database.transaction(&[OUTBOX], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(OUTBOX)?;
    store
        .put(
            &JsValue::from_str(&text),
            Some(&key(&entry.person, &entry.slot)),
        )?
        .await?;
    transaction.await?;
    Ok(())
}

/// Removes an entry that the server has, unless a newer one has taken its slot.
pub(crate) async fn remove(
    person: &PersonId,
    slot: &Slot,
    version: u64,
) -> Result<(), StorageFailed> {
    let key = key(person, slot);
    let database = open().await?;
    let transaction = database.transaction(&[OUTBOX], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(OUTBOX)?;
    let stored = store.get(Query::Key(key.clone()))?.await?;
    let stored: Option<Entry> = stored.and_then(|value| json::read(&value.as_string()?));
    if stored.is_none_or(|entry| entry.version == version) {
        store.delete(Query::Key(key))?.await?;
    }
    transaction.await?;
    Ok(())
}

fn prefix(person: &PersonId) -> String {
    format!("{person}|")
}

fn key(person: &PersonId, slot: &Slot) -> JsValue {
    JsValue::from_str(&format!("{}{}", prefix(person), slot.0))
}

async fn open() -> Result<Rc<Database>, StorageFailed> {
    if let Some(database) = OPENED.with_borrow(Clone::clone) {
        return Ok(database);
    }
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(OUTBOX, ObjectStoreParams::new());
        }
    });
    let database = Rc::new(request.await?);
    OPENED.with_borrow_mut(|opened| *opened = Some(database.clone()));
    Ok(database)
}
