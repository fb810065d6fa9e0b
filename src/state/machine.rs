//! Runs a core machine inside a component: events in, effects out, the view drawn anew.

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use yew::prelude::*;

/// A handle on a machine that a component owns. Cheap to clone; equal to its own clones only.
pub(crate) struct Machine<M> {
    cell: Rc<RefCell<M>>,
    redraw: UseForceUpdateHandle,
}

impl<M> Clone for Machine<M> {
    fn clone(&self) -> Self {
        Self {
            cell: self.cell.clone(),
            redraw: self.redraw.clone(),
        }
    }
}

impl<M> PartialEq for Machine<M> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.cell, &other.cell)
    }
}

impl<M> Machine<M> {
    /// Reads the machine.
    pub(crate) fn read(&self) -> Ref<'_, M> {
        self.cell.borrow()
    }

    /// Steps the machine and draws its component anew. The result comes after the borrow has
    /// ended, so that carrying an effect out may step the machine again.
    pub(crate) fn step<R>(&self, step: impl FnOnce(&mut M) -> R) -> R {
        let result = step(&mut self.cell.borrow_mut());
        self.redraw.force_update();
        result
    }
}

/// A machine that lives as long as the component.
#[hook]
pub(crate) fn use_machine<M: 'static>(open: impl FnOnce() -> M) -> Machine<M> {
    let cell = use_mut_ref(open);
    let redraw = use_force_update();
    Machine { cell, redraw }
}
