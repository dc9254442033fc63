use chrono::{DateTime, Utc};
use serde_json::Value;

/// A colour of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colour {
    Green,
    Yellow,
    Orange,
    Red,
}

impl Colour {
    /// 1 to 4, as a number or as text: the files mix both.
    pub fn read(value: &Value) -> Option<Self> {
        match number(value)? {
            1 => Some(Self::Green),
            2 => Some(Self::Yellow),
            3 => Some(Self::Orange),
            4 => Some(Self::Red),
            _ => None,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Orange => "orange",
            Self::Red => "red",
        }
    }
}

/// A whole number, also when written as text.
pub fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// A time in which a colour holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    pub colour: Colour,
    pub begin: DateTime<Utc>,
    pub end: DateTime<Utc>,
}

/// One phenomenon in one department, over all days.
#[derive(Clone, Debug)]
pub struct Series {
    /// As the file gives them, in any order.
    pub runs: Vec<Run>,
    /// The gravest colour of days whose information is out of date.
    pub outdated: Colour,
}

impl Default for Series {
    fn default() -> Self {
        Self { runs: Vec::new(), outdated: Colour::Green }
    }
}

impl Series {
    pub fn gravest(&self) -> Colour {
        self.runs.iter().map(|run| run.colour).max().unwrap_or(Colour::Green)
    }

    /// The times from orange on, in their order: what follows at once in one colour, though in another day's list, is one.
    pub fn warnings(&self) -> Vec<Run> {
        let mut warnings: Vec<Run> = Vec::new();
        for colour in [Colour::Orange, Colour::Red] {
            let mut runs: Vec<Run> = self.runs.iter().copied().filter(|run| run.colour == colour).collect();
            runs.sort_by_key(|run| run.begin);
            let first = warnings.len();
            for run in runs {
                match warnings.get_mut(first..).and_then(<[Run]>::last_mut) {
                    Some(last) if run.begin <= last.end => last.end = last.end.max(run.end),
                    _ => warnings.push(run),
                }
            }
        }
        warnings.sort_by_key(|run| (run.begin, run.colour));
        warnings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn colours_come_as_numbers_and_as_text() {
        assert_eq!(Colour::read(&json!(3)), Some(Colour::Orange));
        assert_eq!(Colour::read(&json!(" 4")), Some(Colour::Red));
        for none in [json!(0), json!("5"), json!(null), json!(3.5), json!("orange")] {
            assert_eq!(Colour::read(&none), None);
        }
    }

    #[test]
    fn runs_of_one_colour_that_touch_are_one() {
        let at = |hour: i64| DateTime::<Utc>::from_timestamp(hour * 3600, 0).unwrap();
        let run = |colour, begin, end| Run { colour, begin: at(begin), end: at(end) };
        let (orange, red) = (Colour::Orange, Colour::Red);
        let runs =
            vec![run(orange, 24, 30), run(red, 20, 22), run(orange, 18, 20), run(orange, 22, 24), run(red, 40, 42)];
        let series = Series { runs, ..Series::default() };
        let merged = [run(orange, 18, 20), run(red, 20, 22), run(orange, 22, 30), run(red, 40, 42)];
        assert_eq!(series.warnings(), merged);
        assert_eq!((series.gravest(), Series::default().gravest()), (red, Colour::Green));
    }
}
