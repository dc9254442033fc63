//! Work on many things at once, on all cores of this machine.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// More do not help: each may hold a decoded photograph.
const WORKERS_MAX: usize = 8;

/// What is done at this moment, how much of it is done, and how much there is.
pub type Progress<'a> = &'a (dyn Fn(&'static str, usize, usize) + Sync);

/// Does `work` on every one of `all`. The results come in the order of `all`.
pub fn side_by_side<T: Sync, R: Send>(
    all: &[T],
    doing: &'static str,
    progress: Progress<'_>,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(WORKERS_MAX).min(all.len());
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results = Mutex::new(Vec::with_capacity(all.len()));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((at, one)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, all.get(at)?)))
                {
                    let result = work(one);
                    if let Ok(mut results) = results.lock() {
                        results.push((at, result));
                    }
                    progress(doing, done.fetch_add(1, Ordering::Relaxed) + 1, all.len());
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_unstable_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_everything_is_counted() {
        let counted = AtomicUsize::new(0);
        let all: Vec<usize> = (0..1000).collect();
        let progress = |_: &str, _: usize, total: usize| {
            assert_eq!(total, 1000);
            counted.fetch_add(1, Ordering::Relaxed);
        };
        let doubled = side_by_side(&all, "doubling", &progress, |one| one * 2);
        assert!(doubled.iter().enumerate().all(|(at, doubled)| *doubled == at * 2) && doubled.len() == 1000);
        assert_eq!(counted.into_inner(), 1000);
        assert!(side_by_side(&[0_u8; 0], "nothing", &|_, _, _| {}, |one| *one).is_empty());
    }
}
