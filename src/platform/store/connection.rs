//! The connection to the database. It is kept as long as it serves: browsers close it when they
//! clear the site's data, when another tab brings a newer version, or when their storage fails.

use std::cell::RefCell;
use std::rc::Rc;

use idb::{Database, DatabaseEvent as _, Factory, ObjectStoreParams, Transaction, TransactionMode};

use super::{OUTBOX, StorageFailed};

const DATABASE: &str = "gongke";

thread_local! {
    static OPENED: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
}

/// Begins a transaction; if the connection has gone, by a fresh one.
pub(super) async fn begin(mode: TransactionMode) -> Result<Transaction, StorageFailed> {
    if let Ok(transaction) = open().await?.transaction(&[OUTBOX], mode) {
        return Ok(transaction);
    }
    close();
    Ok(open().await?.transaction(&[OUTBOX], mode)?)
}

async fn open() -> Result<Rc<Database>, StorageFailed> {
    if let Some(database) = opened() {
        return Ok(database);
    }
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(OUTBOX, ObjectStoreParams::new());
        }
    });
    let mut database = request.await?;
    if let Some(first) = opened() {
        // Two began at the same time. One connection serves all, so that none is forgotten open.
        database.close();
        return Ok(first);
    }
    database.on_close(|_| close());
    database.on_version_change(|_| close());
    let database = Rc::new(database);
    OPENED.set(Some(database.clone()));
    Ok(database)
}

fn opened() -> Option<Rc<Database>> {
    OPENED.with_borrow(Clone::clone)
}

/// Transactions under way come to their end all the same.
fn close() {
    if let Some(database) = OPENED.take() {
        database.close();
    }
}
