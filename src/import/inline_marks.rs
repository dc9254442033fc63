use super::web_address::is_web;

/// How far apart the two marks of an emphasis, or the ends of a link, are looked for, in bytes: long enough for any
/// sentence, short enough that a hostile text costs no time.
const REACH: usize = 1000;

/// A link in a line: where it leads, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub address: String,
    pub words: String,
}

/// Takes the Markdown out of a line: links and emphasis keep their words, pictures nothing.
pub fn without_marks(line: &str) -> String {
    with_links(line, &mut Vec::new())
}

/// As [`without_marks`], with the links that lead to the web.
pub fn with_links(line: &str, links: &mut Vec<Link>) -> String {
    let mut out = String::with_capacity(line.len());
    plain(line, 0, &mut out, links);
    out
}

/// Marks nested deeper than this stay as they are.
const DEPTH_MAX: usize = 8;

fn plain(line: &str, depth: usize, out: &mut String, links: &mut Vec<Link>) {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let link = if depth < DEPTH_MAX { link(rest) } else { None };
        if let Some((words, address, after)) = link {
            let from = out.len();
            plain(words, depth + 1, out, links);
            if is_web(address) && !rest.starts_with("![") {
                links.push(Link { address: address.to_owned(), words: out[from..].trim().to_owned() });
            }
            rest = after;
            continue;
        }
        let span = if depth < DEPTH_MAX { emphasis(out, rest) } else { None };
        if let Some((words, after)) = span {
            plain(words, depth + 1, out, links);
            rest = after;
            continue;
        }
        let after = &rest[c.len_utf8()..];
        rest = match after.chars().next() {
            Some(escaped) if c == '\\' && escaped.is_ascii_punctuation() => {
                out.push(escaped);
                &after[1..]
            }
            // A mark without a partner: the whole run stays, `café*`, `5 * 3`.
            Some(_) if is_mark(c) => {
                let run = rest.len() - rest.trim_start_matches(c).len();
                out.push_str(&rest[..run]);
                &rest[run..]
            }
            _ => {
                out.push(c);
                after
            }
        };
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '~' | '`')
}

/// `[words](address)` or `![words](address)`: its words, none for a picture, its address, and what follows.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let is_picture = text.starts_with("![");
    let inner = text.strip_prefix("![").or_else(|| text.strip_prefix('['))?;
    let near = within_reach(inner);
    let picture = if near.starts_with("![") { near.len() - link(near)?.2.len() } else { 0 };
    let words = &near[..picture + near[picture..].find("](")?];
    if words[picture..].contains('[') {
        return None;
    }
    let address = &near[words.len() + "](".len()..];
    let mut depth = 1_usize;
    let end = address.find(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    let words = if is_picture { "" } else { words };
    let used = near.len() - address.len() + end + 1;
    // A title may stand behind the address: `(https://example.org "Title")`.
    let address = address[..end].split_whitespace().next().unwrap_or_default().trim_matches(['<', '>']);
    Some((words, address, &inner[used..]))
}

/// Words between two equal marks, and what follows; `before` is what has been read so far.
fn emphasis<'t>(before: &str, text: &'t str) -> Option<(&'t str, &'t str)> {
    let first = text.chars().next().filter(|first| is_mark(*first))?;
    let run = text.len() - text.trim_start_matches(first).len();
    let mark = &text[..run.min(3)];
    let inner = &text[mark.len()..];
    let in_word = |c: Option<char>| first == '_' && c.is_some_and(char::is_alphanumeric);
    if first == '~' && run < 2 || inner.starts_with(char::is_whitespace) || in_word(before.chars().next_back()) {
        return None;
    }
    let near = within_reach(inner);
    let ends = near.match_indices(mark).map(|(at, _)| at);
    let end = ends.into_iter().find(|at| {
        let words = &near[..*at];
        let closes = !words.is_empty() && !words.ends_with(char::is_whitespace) && !words.ends_with(first);
        closes && !in_word(near[at + mark.len()..].chars().next())
    })?;
    Some((&inner[..end], &inner[end + mark.len()..]))
}

fn within_reach(text: &str) -> &str {
    &text[..text.floor_char_boundary(REACH)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_what_only_looks_like_one_stays() {
        for (line, plain) in [
            ("**bold**, *weak*, ***both***, _x_ and __y__", "bold, weak, both, x and y"),
            ("_**All of it.**_", "All of it."),
            ("half**bold** word", "halfbold word"),
            ("snake_case_name and 5 * 3 * 2", "snake_case_name and 5 * 3 * 2"),
            ("café* and `code` and ~~gone~~ ~10", "café* and code and gone ~10"),
            (r"\*not bold\* \\ 3\. \é", r"*not bold* \ 3. \é"),
            ("[a **b**](c) [d] (e) [f](", "a b [d] (e) [f]("),
            ("[![alt](pic.png)](page)after", "after"),
            ("** spaced ** ****", "** spaced ** ****"),
        ] {
            assert_eq!(without_marks(line), plain, "{line}");
        }
    }

    #[test]
    fn opening_marks_without_end_are_only_looked_for_nearby() {
        for opening in ["*a ", "[", "_a __b ", "~~x ", "![a]("] {
            let line = opening.repeat(20_000);
            assert!(without_marks(&line).len() > 10_000);
        }
    }
}
