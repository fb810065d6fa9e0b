//! What must survive a crash of the browser: the outbox, in IndexedDB.
//!
//! One object store, keyed `person|slot`; values are JSON texts. Nothing here is secret, and
//! nothing is read by another person's session: the key begins with the person.

mod connection;

use contract::PersonId;
use domain::outbox::{Entry, Slot};
use idb::{KeyRange, Query, Transaction, TransactionMode, TransactionResult};
use wasm_bindgen::JsValue;

use super::json;

const OUTBOX: &str = "outbox";

/// The device's storage said no: full, blocked, or not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StorageFailed;

impl<E: std::error::Error> From<E> for StorageFailed {
    fn from(_: E) -> Self {
        Self
    }
}

/// Every entry that the device still holds for a person, in no order.
pub(crate) async fn entries(person: &PersonId) -> Result<Vec<Entry>, StorageFailed> {
    let transaction = connection::begin(TransactionMode::ReadOnly).await?;
    let prefix = prefix(person);
    let range = KeyRange::bound(
        &JsValue::from_str(&prefix),
        &JsValue::from_str(&format!("{prefix}\u{ffff}")),
        None,
        None,
    )?;
    let store = transaction.object_store(OUTBOX)?;
    let values = store.get_all(Some(Query::KeyRange(range)), None)?.await?;
    let entries = values.iter();
    Ok(entries
        .filter_map(|value| json::read(&value.as_string()?))
        .collect())
}

/// Writes an entry down; returns when the device has it.
pub(crate) async fn put(entry: &Entry) -> Result<(), StorageFailed> {
    let text = json::write(entry);
    let transaction = connection::begin(TransactionMode::ReadWrite).await?;
    let store = transaction.object_store(OUTBOX)?;
    store
        .put(
            &JsValue::from_str(&text),
            Some(&key(&entry.person, &entry.slot)),
        )?
        .await?;
    committed(transaction).await
}

/// Removes an entry that the server has, unless a newer one has taken its slot.
pub(crate) async fn remove(
    person: &PersonId,
    slot: &Slot,
    version: u64,
) -> Result<(), StorageFailed> {
    let key = key(person, slot);
    let transaction = connection::begin(TransactionMode::ReadWrite).await?;
    let store = transaction.object_store(OUTBOX)?;
    let stored = store.get(Query::Key(key.clone()))?.await?;
    let stored: Option<Entry> = stored.and_then(|value| json::read(&value.as_string()?));
    if stored.is_none_or(|entry| entry.version == version) {
        store.delete(Query::Key(key))?.await?;
    }
    committed(transaction).await
}

/// A write that succeeded is not yet kept: a browser may find only at the commit that the device
/// is full, and abort the whole.
async fn committed(transaction: Transaction) -> Result<(), StorageFailed> {
    match transaction.await? {
        TransactionResult::Committed => Ok(()),
        TransactionResult::Aborted => Err(StorageFailed),
    }
}

fn prefix(person: &PersonId) -> String {
    format!("{person}|")
}

fn key(person: &PersonId, slot: &Slot) -> JsValue {
    JsValue::from_str(&format!("{}{}", prefix(person), slot.0))
}
