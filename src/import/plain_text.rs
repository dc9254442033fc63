//! Foreign markup (HTML, Markdown, both at once) to the plain text of [`crate::content::Common::text`].

use super::html_entities::{decode_entities, of_windows};
use super::inline_marks::{Link, with_links, without_marks};
use crate::content::{link_line, link_of};
use std::borrow::Cow;

/// The longest line that is taken for a head, in characters.
const HEAD_MAX: usize = 80;
const HEAD: &str = "## ";
const ENTRY: &str = "- ";

/// A title, a name, an address: all markup gone, on one line.
pub fn one_line(markup: &str) -> String {
    balanced(&collapsed(&without_marks(&cleaned(markup))))
}

/// More links of one text are only words: nobody scans them all.
const LINKS_MAX: usize = 12;

/// A long text: paragraphs apart by an empty line, `## ` heads, `- ` lists and `=> ` links. A link keeps its words where
/// it stood, and stands once more on a line of its own behind its paragraph or list; pictures leave nothing. A line
/// break that an author typed is meant: it starts a paragraph.
pub fn paragraphs(markup: &str) -> String {
    let mut blocks: Vec<String> = Vec::new();
    let mut links = Links::default();
    for line in cleaned(markup).lines().map(str::trim) {
        let mut found = Vec::new();
        let read = block(line, &mut found);
        if !read.starts_with(ENTRY) && !read.is_empty() {
            links.put(&mut blocks);
        }
        links.take(found);
        match blocks.last_mut() {
            Some(last) if is_underline(line) && !last.is_empty() => {
                if !last.starts_with(HEAD) && !last.starts_with(ENTRY) {
                    last.insert_str(0, HEAD);
                }
            }
            _ if is_rule(line) || is_bare_link(line) => blocks.push(String::new()),
            _ => blocks.push(read),
        }
    }
    links.put(&mut blocks);
    blocks.iter_mut().for_each(|block| *block = balanced(block));
    joined(&blocks)
}

/// The links of a text: those that wait for the end of their paragraph or list, and all there were.
#[derive(Default)]
struct Links {
    waiting: Vec<Link>,
    seen: Vec<String>,
}

impl Links {
    fn take(&mut self, found: Vec<Link>) {
        for link in found {
            if self.seen.len() < LINKS_MAX && !self.seen.contains(&link.address) {
                self.seen.push(link.address.clone());
                self.waiting.push(link);
            }
        }
    }

    fn put(&mut self, blocks: &mut Vec<String>) {
        for Link { address, words } in self.waiting.drain(..) {
            let words = if is_bare_link(&words) { String::new() } else { collapsed(&words) };
            blocks.push(link_line(&address, &words));
        }
    }
}

/// One line as a head, an entry of a list, or a paragraph.
fn block(line: &str, links: &mut Vec<Link>) -> String {
    if is_bare_link(line) {
        links.push(Link { address: line.to_owned(), words: String::new() });
        return String::new();
    }
    let line = line.trim_start_matches('>').trim_start();
    let unhashed = line.trim_start_matches('#');
    if unhashed.len() < line.len() && unhashed.starts_with(char::is_whitespace) {
        return head_or_sentence(&collapsed(&with_links(unhashed.trim_end_matches(['#', ' ']), links)));
    }
    let bullets = ["- ", "* ", "+ ", "• ", "– ", "· ", "•\u{a0}", "-\u{a0}"];
    if let Some(entry) = bullets.iter().find_map(|bullet| line.strip_prefix(bullet)) {
        return marked(ENTRY, &with_links(entry, links));
    }
    if let Some(row) = line.strip_prefix('|').and_then(|row| row.strip_suffix('|')) {
        return collapsed(&with_links(&cells(row), links));
    }
    let plain = collapsed(&with_links(line, links));
    if is_bold_whole(line) { head_or_sentence(&plain) } else { plain }
}

/// A row of a table in Markdown in the words of its cells; the one that parts the head from the rest has none.
fn cells(row: &str) -> String {
    let cells = row.split('|').map(str::trim).filter(|cell| !cell.is_empty());
    let cells = cells.filter(|cell| !cell.trim_matches(':').bytes().all(|byte| byte == b'-'));
    cells.collect::<Vec<_>>().join(", ")
}

/// Some authors mark whole sentences as heads to make them large; read aloud, a sentence is no head.
fn head_or_sentence(words: &str) -> String {
    let is_sentence = words.ends_with(['.', '!', '…', ',', ';']) || words.chars().count() > HEAD_MAX;
    if is_sentence { words.to_owned() } else { marked(HEAD, words.trim_end_matches(':')) }
}

fn marked(mark: &str, words: &str) -> String {
    let words = collapsed(words);
    if words.is_empty() { words } else { format!("{mark}{words}") }
}

/// Puts an empty line between all blocks but the entries of one list and links after one another.
fn joined(blocks: &[String]) -> String {
    let mut out = String::new();
    let mut before = None;
    for block in blocks.iter().filter(|block| !block.is_empty()) {
        let run = if block.starts_with(ENTRY) { Some(ENTRY) } else { link_of(block).map(|_| "link") };
        if !out.is_empty() {
            out.push_str(if run.is_some() && run == before { "\n" } else { "\n\n" });
        }
        out.push_str(block);
        before = run;
    }
    out
}

/// `===` or `---` below a line makes it a head in Markdown.
fn is_underline(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| !c.is_whitespace());
    let first = marks.next().filter(|first| "-*_=".contains(*first));
    first.is_some_and(|first| marks.clone().count() >= 2 && marks.all(|mark| mark == first))
}

/// An address on a line of its own.
fn is_bare_link(line: &str) -> bool {
    (line.starts_with("http://") || line.starts_with("https://")) && !line.contains(char::is_whitespace)
}

fn is_bold_whole(line: &str) -> bool {
    let inside = line.trim_matches('_').strip_prefix("**").and_then(|inner| inner.strip_suffix("**"));
    inside.is_some_and(|inside| !inside.is_empty() && !inside.contains("**"))
}

/// HTML resolved, entities decoded, line ends unified, characters that nobody should see gone.
fn cleaned(markup: &str) -> String {
    let text = without_tags(&with_tags(markup));
    // Some exports encode twice: `&amp;nbsp;`.
    let text = decode_entities(&decode_entities(&text)).replace("\r\n", "\n");
    // Programs that take Windows' encoding for another one make control characters of it.
    let text: String = text.chars().map(of_windows).collect();
    let breaks = ['\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'];
    text.replace(breaks, "\n").replace('\t', " ").chars().filter(|c| *c == '\n' || !is_unseen(*c)).collect()
}

/// Markup that was written as text is markup all the same: `&lt;p&gt;`, with the line breaks of its program as `\n`.
fn with_tags(markup: &str) -> Cow<'_, str> {
    let lower = markup.to_ascii_lowercase();
    if markup.contains('<') || !["&lt;/", "&lt;br"].iter().any(|tag| lower.contains(tag)) {
        return Cow::Borrowed(markup);
    }
    Cow::Owned(decode_entities(markup).replace("\\r", "").replace("\\n", "\n"))
}

/// Control characters, and those that hide text or reorder it beyond their paragraph: embeddings and overrides.
fn is_unseen(c: char) -> bool {
    let hidden = matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
    hidden || c.is_control() || matches!(c, '\u{202a}'..='\u{202e}')
}

/// Isolates within one another; more is no language's need.
const ISOLATES_MAX: usize = 8;

/// A paragraph whose isolates (UAX #9, 2.4) are closed within it, each once, so that none reorders what stands beside it
/// on screen; one in which there is nothing to see is empty.
fn balanced(paragraph: &str) -> String {
    let is_isolate = |c: char| matches!(c, '\u{2066}'..='\u{2069}');
    if !paragraph.chars().any(|c| !c.is_whitespace() && !is_isolate(c) && !matches!(c, '\u{200c}'..='\u{200f}')) {
        return String::new();
    }
    let (mut open, mut dropped) = (0, 0_usize);
    let mut out = String::with_capacity(paragraph.len());
    for c in paragraph.chars() {
        match c {
            '\u{2069}' if dropped > 0 => dropped -= 1,
            '\u{2069}' if open == 0 => {}
            '\u{2069}' => {
                open -= 1;
                out.push(c);
            }
            c if is_isolate(c) && open == ISOLATES_MAX => dropped += 1,
            c => {
                open += usize::from(is_isolate(c));
                out.push(c);
            }
        }
    }
    out.extend(std::iter::repeat_n('\u{2069}', open));
    // What was dropped may have stood between spaces.
    collapsed(&out)
}

/// One space for any run of white space; the no-break spaces of French punctuation stay.
fn collapsed(text: &str) -> String {
    let apart = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    let words: Vec<&str> = text.split(apart).filter(|word| !word.is_empty()).collect();
    words.join(" ").trim().to_owned()
}

/// Elements become the line breaks, heads and list marks they stand for; their names and attributes vanish.
fn without_tags(markup: &str) -> String {
    let lower = markup.to_ascii_lowercase();
    let is_html = ["</p>", "<br", "</li>", "</div>", "</td>", "</tr>"].iter().any(|tag| lower.contains(tag));
    let markup = if is_html { markup.replace(['\n', '\r'], " ") } else { markup.to_owned() };
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let mut out = String::with_capacity(markup.len());
    let mut anchors = Vec::new();
    let mut rest = markup.as_str();
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = tag.find(['<', '>']).filter(|end| tag[*end..].starts_with('>'));
        // What begins with `<?` or `<!` is a comment to HTML (WHATWG 13.2.5.6): word processors leave such things.
        let is_comment = tag.strip_prefix(['?', '!']).is_some_and(|tag| tag.starts_with(is_letter));
        if let Some(end) = end.filter(|_| is_comment) {
            rest = &tag[end + 1..];
            continue;
        }
        let named = tag.trim_start_matches('/').starts_with(is_letter);
        let Some(end) = end.filter(|_| named) else {
            out.push('<');
            rest = tag;
            continue;
        };
        let inside = &tag[..end];
        rest = &tag[end + 1..];
        if !inside.contains(' ') && (inside.contains("://") || inside.contains('@')) {
            out.push_str(inside);
        } else {
            let name = inside.trim_start_matches('/');
            let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
            let closing = inside.starts_with('/');
            if name.eq_ignore_ascii_case("a") {
                anchor(inside, closing, &mut anchors, &mut out);
            }
            match name.to_ascii_lowercase().as_str() {
                "td" | "th" if !closing => next_cell(&mut out),
                "tr" => out.truncate(out.trim_end_matches([' ', ',']).len()),
                _ => {}
            }
            out.push_str(standing_for(&name.to_ascii_lowercase(), closing));
            if !closing && is_unread(&name) && !inside.ends_with('/') {
                rest = after_closing(rest, &name);
            }
        }
    }
    out.push_str(rest);
    out
}

/// Puts a comma between the cells of a row, as far as there are words to part.
fn next_cell(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    match out.chars().next_back() {
        None | Some('\n') => {}
        Some(',' | ';' | ':' | '.') => out.push(' '),
        Some(_) => out.push_str(", "),
    }
}

/// A link of HTML becomes one of Markdown, if it leads to the web. `open` holds where those lead that are not closed.
fn anchor(inside: &str, closing: bool, open: &mut Vec<Option<String>>, out: &mut String) {
    if closing {
        if let Some(Some(address)) = open.pop() {
            out.push_str(&format!("]({address})"));
        }
        return;
    }
    let address = attribute(inside, "href").map(|address| decode_entities(address.trim()));
    let address = address.filter(|address| is_bare_link(address) && open.len() < DEPTH_MAX);
    let address = address.map(|address| address.replace('(', "%28").replace(')', "%29"));
    out.push_str(if address.is_some() { "[" } else { "" });
    open.push(address);
}

/// Links inside links are none.
const DEPTH_MAX: usize = 4;

/// The value of an attribute in a tag's text.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    while let Some(at) = rest.find('=') {
        let key = rest[..at].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let value = rest[at + 1..].trim_start();
        let (value, after) = match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = after;
    }
    None
}

fn standing_for(element: &str, closing: bool) -> &'static str {
    match element {
        "br" => "\n",
        "p" | "div" | "ul" | "ol" | "table" | "tr" | "blockquote" | "section" | "article" => "\n\n",
        "li" if !closing => "\n- ",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !closing => "\n\n## ",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "\n\n",
        _ => "",
    }
}

/// Elements whose content is not for readers.
fn is_unread(element: &str) -> bool {
    ["script", "style", "iframe", "svg"].iter().any(|name| element.eq_ignore_ascii_case(name))
}

fn after_closing<'a>(mut rest: &'a str, element: &str) -> &'a str {
    while let Some((_, after)) = rest.split_once("</") {
        rest = after;
        if rest.get(..element.len()).is_some_and(|name| name.eq_ignore_ascii_case(element)) {
            return rest.split_once('>').map_or("", |(_, after)| after);
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_becomes_paragraphs_heads_and_lists() {
        for (markup, text) in [
            ("One.\nTwo.  \nThree", "One.\n\nTwo.\n\nThree"),
            ("One\u{2028}Two", "One\n\nTwo"),
            ("### A **head**\nText", "## A head\n\nText"),
            ("Head\n----\nText\n\n---\n\nMore", "## Head\n\nText\n\nMore"),
            ("**Hours :**\n* one\n* *two*\n\nEnd", "## Hours\n\n- one\n- two\n\nEnd"),
            ("# A sentence as a head.\nText", "A sentence as a head.\n\nText"),
            ("**A bold sentence.**", "A bold sentence."),
            ("**One** and **two**", "One and two"),
            (
                "See [the site](https://example.org/a_(b)) ![x](y.png)now",
                "See the site now\n\n=> https://example.org/a_(b) the site",
            ),
            ("Before\nhttps://example.org/video\nAfter", "Before\n\n=> https://example.org/video\n\nAfter"),
            ("Write [to us](mailto:a@example.org) or [call](tel:1)", "Write to us or call"),
            (
                "- [a](https://example.org/a)\n- b [again](https://example.org/a), [c](https://example.org/c \"C\")\n\nEnd",
                "- a\n- b again, c\n\n=> https://example.org/a a\n=> https://example.org/c c\n\nEnd",
            ),
            (
                "<p>One <a class=x href='https://example.org/?a=1&amp;b=(2)'><b>two</b></a></p><p>Three <a href=\"/x\">four</a></p>",
                "One two\n\n=> https://example.org/?a=1&b=%282%29 two\n\nThree four",
            ),
            (
                "<p>One<br/>two</p>\n<UL><li>a\nb</li><li>c</li></UL><p>&eacute;t&#233;</p>",
                "One\n\ntwo\n\n- a b\n- c\n\nété",
            ),
            ("<?xml:namespace prefix = o /><!doctype html>Text <!3 <?>", "Text <!3 <?>"),
            ("<h2>Head</h2>Text<script>alert('<p>')</script><!-- no -->!", "## Head\n\nText!"),
            ("#hashtag stays, a < b > c, I <3 it", "#hashtag stays, a < b > c, I <3 it"),
            ("Write to <info@example.org>", "Write to info@example.org"),
            ("\n\n \n", ""),
            ("&lt;p&gt;L&amp;rsquo;eau &lt;b&gt;et&lt;/b&gt; 1 &amp;lt; 2&lt;/p&gt;\\n", "L’eau et 1 < 2"),
            ("1 &lt; 2 &amp; a\\n", "1 < 2 & a\\n"),
            (
                "<table>\n<tr>\n<th>Jour</th>\n<th>Heures :</th></tr><tr><td>Lundi</td><td></td><td>8h</td><td> </td></tr></table>",
                "Jour, Heures :\n\nLundi, 8h",
            ),
            ("| a | **b** |\n|:--|---|\n| 1 | 2 |\n| alone", "a, b\n\n1, 2\n\n| alone"),
            ("C&#156;ur \u{80} l\u{92}eau\u{85}", "Cœur € l’eau…"),
        ] {
            assert_eq!(paragraphs(markup), text, "{markup:?}");
        }
    }

    #[test]
    fn a_line_is_one_line_and_keeps_its_no_break_spaces() {
        assert_eq!(one_line(" <b>Fête</b> &amp;\n jeux\u{a0}!\u{202e} "), "Fête & jeux\u{a0}!");
    }

    #[test]
    fn marks_of_writing_and_emoji_survive_and_isolates_end_with_their_paragraph() {
        for (markup, text) in [
            ("\u{200f}مرحبا \u{2066}Albi\u{2069}!", "\u{200f}مرحبا \u{2066}Albi\u{2069}!"),
            ("&rlm;مرحبا&zwnj; &#8294;Albi&#x2069;", "\u{200f}مرحبا\u{200c} \u{2066}Albi\u{2069}"),
            ("a \u{2067}b\nc\u{2069} d", "a \u{2067}b\u{2069}\n\nc d"),
            ("\u{202e}a\u{202c} \u{2068}b \u{2066}c", "a \u{2068}b \u{2066}c\u{2069}\u{2069}"),
            ("👩\u{200d}🚒 🏳\u{fe0f}\u{200d}🌈\u{2028}é&eacute;", "👩\u{200d}🚒 🏳\u{fe0f}\u{200d}🌈\n\néé"),
            ("\u{2069} https://a.example \u{2069} b", "https://a.example b"),
            ("\u{2066}\u{2069} \u{200e}", ""),
        ] {
            assert_eq!(paragraphs(markup), text, "{markup:?}");
            assert_eq!(
                one_line(markup).matches(['\u{2066}', '\u{2067}', '\u{2068}']).count(),
                one_line(markup).matches('\u{2069}').count()
            );
        }
        let deep = one_line(&format!("{}a{}b", "\u{2066}".repeat(50), "\u{2069}".repeat(50)));
        assert_eq!(deep, format!("{}a{}b", "\u{2066}".repeat(ISOLATES_MAX), "\u{2069}".repeat(ISOLATES_MAX)));
    }

    proptest! {
        #[test]
        fn any_text_comes_out_in_the_form_that_screens_read(markup in "([<>&;#*_\\[\\]()!`~\\\\/ \n-]|p|li|br|h1|é|\u{2028}|\u{2066}|\u{2069}|https://|a@b|script){0,40}") {
            let text = paragraphs(&markup);
            prop_assert!(!text.contains("\n\n\n") && text.trim() == text, "{:?}", text);
            for line in text.lines() {
                prop_assert_eq!(line.matches('\u{2066}').count(), line.matches('\u{2069}').count(), "{:?}", text);
                prop_assert!(line.is_empty() || line.trim() == line || line.ends_with("- "), "{:?}", text);
            }
            prop_assert!(!one_line(&markup).contains('\n'));
        }
    }
}
