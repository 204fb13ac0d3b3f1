//! Work on all cores that leaves none of them idle at its end.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Does pieces of work, by their numbers, on all cores, each core taking the next in the order that is given; and as soon as one finds
/// none left, `after` as well, while others are still at their last. What came of that.
pub(super) fn work_off<A: Send>(
    order: &[usize],
    work: impl Fn(usize) + Sync,
    after: impl FnOnce() -> A + Send,
) -> Option<A> {
    let taken = AtomicUsize::new(0);
    let after = Mutex::new(Some(after));
    let came_after = Mutex::new(None);
    let work_on = || {
        while let Some(number) = order.get(taken.fetch_add(1, Ordering::Relaxed)) {
            work(*number);
        }
        let mine = after.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(after) = mine {
            let made = after();
            *came_after.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
        }
    };
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads() {
            scope.spawn(|_| work_on());
        }
    });
    came_after.into_inner().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_is_done_once_and_what_comes_after_too() {
        let seen = Mutex::new(Vec::new());
        let after = work_off(&[2, 0, 3, 1], |number| seen.lock().unwrap().push(number), || "after");
        let seen = seen.into_inner().unwrap();
        assert_eq!((seen.len(), seen.into_iter().collect(), after), (4, BTreeSet::from([0, 1, 2, 3]), Some("after")));
        assert_eq!(work_off(&[], |_| {}, || 1), Some(1));
    }

    #[test]
    fn a_single_core_takes_them_in_the_order_that_is_given_and_what_comes_after_last() {
        let seen = Mutex::new(Vec::new());
        let see = |number: usize| seen.lock().unwrap().push(number);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        pool.install(|| work_off(&[1, 2, 0], see, || see(9)));
        assert_eq!(*seen.lock().unwrap(), [1, 2, 0, 9]);
    }
}
