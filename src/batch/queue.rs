//! Work on all cores that leaves none of them idle at its end.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Does pieces of work, by their numbers, on all cores, each core taking the next in the order that is given; and as soon as one finds
/// none left, `after` as well, while others are still at their last. What came of each, in the order of the numbers, and of `after`.
pub(super) fn work_off<T: Send + Sync, A: Send>(
    order: &[usize],
    work: impl Fn(usize) -> T + Sync,
    after: impl FnOnce() -> A + Send,
) -> (Vec<T>, Option<A>) {
    let taken = AtomicUsize::new(0);
    let done: Vec<OnceLock<T>> = order.iter().map(|_| OnceLock::new()).collect();
    let after = Mutex::new(Some(after));
    let came_after = Mutex::new(None);
    let work_on = || {
        while let Some(number) = order.get(taken.fetch_add(1, Ordering::Relaxed)) {
            if let Some(place) = done.get(*number) {
                let _first = place.set(work(*number));
            }
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
    let done = done.into_iter().filter_map(OnceLock::into_inner).collect();
    (done, came_after.into_inner().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_numbers_whoever_came_first() {
        let (made, after) = work_off(&[2, 0, 3, 1], |number| number * number, || "after");
        assert_eq!((made, after), (vec![0, 1, 4, 9], Some("after")));
        assert_eq!(work_off(&[], |number| number, || 1), (vec![], Some(1)));
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
