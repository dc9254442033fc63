use std::collections::HashMap;

/// Joins pieces that share their end nodes into the longest runs, in either direction. A run whose
/// first and last node are the same is a ring. Each piece is used once.
pub(super) fn join(pieces: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
    join_where(pieces, true)
}

/// As [`join`], keeping the direction of each piece: where direction says on which side water is.
pub(super) fn join_directed(pieces: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
    join_where(pieces, false)
}

fn join_where(pieces: Vec<Vec<i64>>, may_turn: bool) -> Vec<Vec<i64>> {
    let mut ends: HashMap<i64, Vec<usize>> = HashMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        for node in [piece.first(), piece.last()].into_iter().flatten() {
            ends.entry(*node).or_default().push(at);
        }
    }
    let mut left: Vec<Option<Vec<i64>>> = pieces.into_iter().map(Some).collect();
    let mut runs = Vec::new();
    for at in 0..left.len() {
        let Some(mut run) = left[at].take().filter(|piece| piece.len() > 1) else { continue };
        while run.first() != run.last() {
            let Some(next) = take_next(&mut left, &ends, run[run.len() - 1], may_turn, true) else { break };
            run.extend_from_slice(&next[1..]);
        }
        while run.first() != run.last() {
            let Some(mut before) = take_next(&mut left, &ends, run[0], may_turn, false) else { break };
            before.pop();
            before.append(&mut run);
            run = before;
        }
        runs.push(run);
    }
    runs
}

/// A piece not used yet that begins at this node, or ends there when looking backwards.
fn take_next(
    left: &mut [Option<Vec<i64>>],
    ends: &HashMap<i64, Vec<usize>>,
    node: i64,
    may_turn: bool,
    forwards: bool,
) -> Option<Vec<i64>> {
    for at in ends.get(&node)? {
        let fits = left[*at].as_ref().is_some_and(|piece| {
            let (begins, stops) = (piece.first() == Some(&node), piece.last() == Some(&node));
            if forwards { begins || (may_turn && stops) } else { stops || (may_turn && begins) }
        });
        if !fits {
            continue;
        }
        let mut piece = left[*at].take()?;
        let near_end = if forwards { piece.first() } else { piece.last() };
        if near_end != Some(&node) {
            piece.reverse();
        }
        return Some(piece);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_in_any_order_and_direction_become_one_ring() {
        let rings = join(vec![vec![1, 2, 3], vec![5, 4, 3], vec![5, 6, 1]]);
        assert_eq!(rings, [vec![1, 2, 3, 4, 5, 6, 1]]);
    }

    #[test]
    fn a_run_grows_at_both_ends() {
        assert_eq!(join(vec![vec![3, 4], vec![4, 5], vec![2, 3], vec![9, 8]]), [vec![2, 3, 4, 5], vec![9, 8]]);
    }

    #[test]
    fn a_coast_is_never_turned_around() {
        let runs = join_directed(vec![vec![1, 2], vec![3, 2], vec![2, 4]]);
        assert_eq!(runs, [vec![1, 2, 4], vec![3, 2]]);
    }

    #[test]
    fn a_closed_piece_stays_alone() {
        assert_eq!(join(vec![vec![1, 2, 3, 1], vec![1, 7]]), [vec![1, 2, 3, 1], vec![1, 7]]);
    }
}
