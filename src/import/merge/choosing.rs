use super::groups::{Groups, Pair};
use super::keys::Keys;
use super::report::{By, Proposal, Why};
use crate::content::Problem;
use std::collections::HashMap;

/// Two candidates whose confidence differs by less are as likely as each other: as much as an equal house number adds
/// (6), so that one such hint is enough to tell them apart. With it none of the named places of Monaco was joined wrongly
/// to those of its altered copies (ARCHITECTURE.md, "What several sources say").
const MARGIN: u8 = 6;
/// Proposals that one item takes part in.
const PROPOSALS_EACH: usize = 3;
/// Proposals that are listed at all: nobody looks through more.
const PROPOSALS_MAX: usize = 5_000;
/// From this confidence on items are joined.
const JOINED_FROM: u8 = 80;

/// Joins the likeliest first; what is likely and was not joined is proposed.
pub fn join_alike(
    keys: &Keys,
    groups: &mut Groups<'_>,
    mut pairs: Vec<Pair>,
    problems: &mut Vec<Problem>,
) -> Vec<Proposal> {
    let in_words = |pair: &Pair| {
        let (a, b) = (keys.id(pair.a), keys.id(pair.b));
        (a.min(b), a.max(b))
    };
    pairs.sort_by(|one, other| {
        let far = |pair: &Pair| pair.distance_m.unwrap_or_default();
        (other.confidence.cmp(&one.confidence))
            .then(far(one).total_cmp(&far(other)))
            .then_with(|| in_words(one).cmp(&in_words(other)))
            .then(one.by.cmp(&other.by))
    });
    let rivals = rivals(keys, groups, &pairs);
    let mut open = Vec::new();
    for pair in pairs {
        let likely = !is_certain(pair.by) && rivals.are_as_likely(keys, &pair);
        let is_open = pair.confidence < JOINED_FROM || likely || !groups.join_alike(pair);
        // Which of three benches it is, nobody wants to know.
        if is_open && !(likely && pair.by == By::KindAndDistance) {
            open.push((pair, if likely { Why::OneOfSeveral } else { Why::NotSure }));
        }
    }
    let mut proposals = Vec::new();
    let mut each: HashMap<usize, usize> = HashMap::new();
    for (pair, why) in open {
        let has_its_own = |entry: usize, other: usize| {
            groups.members_with(entry).iter().any(|member| keys.source(*member) == keys.source(other))
        };
        let few = [pair.a, pair.b].iter().all(|entry| each.get(entry).is_none_or(|count| *count < PROPOSALS_EACH));
        let open = !groups.are_one(pair.a, pair.b) && !groups.are_apart(pair.a, pair.b);
        if open && few && !has_its_own(pair.a, pair.b) && !has_its_own(pair.b, pair.a) {
            [pair.a, pair.b].iter().for_each(|entry| *each.entry(*entry).or_default() += 1);
            proposals.push(proposal(keys, &pair, why));
        }
    }
    if proposals.len() > PROPOSALS_MAX {
        let reason = format!("{} more proposals are not listed", proposals.len() - PROPOSALS_MAX);
        problems.push(Problem::new("", "", "", reason));
        proposals.truncate(PROPOSALS_MAX);
    }
    proposals
}

/// Identifiers do not grow less sure by another that is alike.
fn is_certain(by: By) -> bool {
    matches!(by, By::Id | By::Staff | By::Siret | By::Wikidata | By::Named)
}

/// For each entry and source the two best candidates there.
struct Rivals(HashMap<(usize, usize), [(usize, u8); 2]>);

fn rivals(keys: &Keys, groups: &Groups<'_>, sorted: &[Pair]) -> Rivals {
    let mut best: HashMap<(usize, usize), [(usize, u8); 2]> = HashMap::new();
    // Whom staff keep apart is no candidate.
    for pair in sorted.iter().filter(|pair| !groups.are_apart(pair.a, pair.b)) {
        for entry in [pair.a, pair.b] {
            let other = pair.other(entry);
            // The dates of a series are many and no rivals.
            if pair.part.is_some_and(|part| part == other) {
                continue;
            }
            let slots = best.entry((entry, keys.source(other))).or_insert([(other, pair.confidence); 2]);
            if slots[0].0 == slots[1].0 && !groups.are_one(slots[0].0, other) {
                slots[1] = (other, pair.confidence);
            }
        }
    }
    Rivals(best)
}

impl Rivals {
    /// Whether one of the two has another candidate in the other's source that is as likely.
    fn are_as_likely(&self, keys: &Keys, pair: &Pair) -> bool {
        [pair.a, pair.b].into_iter().any(|entry| {
            let other = pair.other(entry);
            let best = self.0.get(&(entry, keys.source(other))).into_iter().flatten();
            let mut rivals = best.filter(|(rival, _)| *rival != other);
            pair.part != Some(other)
                && rivals.any(|(_, confidence)| confidence.saturating_add(MARGIN) > pair.confidence)
        })
    }
}

fn proposal(keys: &Keys, pair: &Pair, why: Why) -> Proposal {
    Proposal {
        items: [pair.a, pair.b].map(|at| keys.id(at).clone()),
        titles: [pair.a, pair.b].map(|at| keys.entries[at].title.to_string()),
        by: pair.by,
        confidence: pair.confidence,
        distance_m: pair.distance_m.map(|metres| metres.round() as u32),
        why,
    }
}
