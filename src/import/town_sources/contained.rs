use super::super::ImportError;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a source's reader gives, also where a library it rests on panics over an input that nobody foresaw: the other
/// sources, warnings among them, are still read. The panic itself goes to stderr, for a report.
///
/// # Errors
/// In words for staff.
pub fn contained<T>(read: impl FnOnce() -> Result<T, ImportError>) -> Result<T, String> {
    // Whoever gets the error keeps nothing of what was read by then.
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(outcome) => outcome.map_err(|error| error.to_string()),
        Err(_) => Err("its reader broke down over something in it, which is a fault of Parvis: please report it with \
                       what it gives now"
            .to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Extent;

    #[test]
    fn a_reader_that_breaks_down_fails_as_one_source() {
        let outcome = contained(|| -> Result<Extent, ImportError> { panic!("over an input") });
        assert!(outcome.is_err_and(|reason| reason.contains("please report")));
    }
}
