//! What the outbox delivers while a page asks the server for what a machine opens on.

use std::cell::RefCell;
use std::rc::Rc;

use domain::outbox::Entry;
use yew::prelude::*;

use super::outbox::{News, OutboxHandle, use_outbox};

/// What the outbox has delivered since the server was asked for something. The reply may not know
/// of it, and the outbox no longer holds it: a machine that opens on the reply needs both.
pub(crate) struct Since {
    outbox: OutboxHandle,
    listener: u64,
    delivered: Rc<RefCell<Vec<News>>>,
}

impl PartialEq for Since {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.delivered, &other.delivered)
    }
}

impl Drop for Since {
    fn drop(&mut self) {
        self.outbox.unlisten(self.listener);
    }
}

impl Since {
    fn now(outbox: OutboxHandle) -> Self {
        let delivered = Rc::new(RefCell::new(Vec::new()));
        let record = delivered.clone();
        let listener = outbox.listen(Rc::new(move |news| {
            if matches!(news, News::Delivered(..)) {
                record.borrow_mut().push(news.clone());
            }
        }));
        Self {
            outbox,
            listener,
            delivered,
        }
    }

    /// All that waited then or was put since, oldest first.
    pub(crate) fn held(&self) -> Vec<Entry> {
        let delivered = self.delivered.borrow();
        let delivered = delivered.iter().filter_map(|news| match news {
            News::Delivered(entry, _) => Some(entry.clone()),
            _ => None,
        });
        delivered.chain(self.outbox.entries()).collect()
    }

    /// What was delivered since, for a machine that has just opened and did not hear it.
    pub(crate) fn delivered(&self) -> Vec<News> {
        self.delivered.borrow().clone()
    }
}

/// What the outbox delivers from now on; begun anew for another `path`. Stands before the hook that
/// asks the server for it, in a component that is drawn once the outbox has been restored.
#[hook]
pub(crate) fn use_deliveries_since(path: String) -> Rc<Since> {
    let outbox = use_outbox();
    use_memo(path, |_| Since::now(outbox))
}
