//! Rust source taken apart just far enough for rules about its shape: code, comments and texts told from each other.

/// A file with its comments gone, its texts emptied, and what stands under `#[cfg(test)]` left out.
pub struct SourceCode {
    /// Line for line what the compiler reads.
    pub code: Vec<String>,
    /// Every text literal, with the number of its line from 1.
    pub texts: Vec<(usize, String)>,
}

impl SourceCode {
    pub fn new(source: &str) -> Self {
        let (code, texts) = without_comments(source);
        let mut code: Vec<String> = code.lines().map(str::to_owned).collect();
        let tests = test_lines(&code);
        for at in &tests {
            code[*at].clear();
        }
        let texts = texts.into_iter().filter(|(line, _)| !tests.contains(&(line - 1))).collect();
        Self { code, texts }
    }

    /// The lines of code, numbered from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.iter().enumerate().map(|(at, line)| (at + 1, line.as_str()))
    }
}

/// Code with emptied texts and blank comments, and the texts. Lines keep their numbers.
fn without_comments(source: &str) -> (String, Vec<(usize, String)>) {
    let (mut code, mut texts) = (String::new(), Vec::new());
    let mut rest = source;
    let mut line = 1;
    while let Some(c) = rest.chars().next() {
        let (used, kept) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), String::new())
        } else if rest.starts_with("/*") {
            (rest.find("*/").map_or(rest.len(), |end| end + 2), String::new())
        } else if let Some((used, text)) = text_literal(rest, code.chars().next_back()) {
            texts.push((line, text.to_owned()));
            (used, "\"\"".to_owned())
        } else if let Some(used) = char_literal(rest) {
            (used, "' '".to_owned())
        } else {
            (c.len_utf8(), c.to_string())
        };
        let lines = rest[..used].matches('\n').count();
        code.push_str(&kept);
        if kept != "\n" {
            code.push_str(&"\n".repeat(lines));
        }
        line += lines;
        rest = &rest[used..];
    }
    (code, texts)
}

/// The length and the content of a text literal, raw or not, that starts here.
fn text_literal(rest: &str, before: Option<char>) -> Option<(usize, &str)> {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let raw = rest.strip_prefix('r').filter(|_| !in_word || before == Some('b'));
    if let Some(raw) = raw {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if let Some(inner) = raw[hashes..].strip_prefix('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let length = inner.find(&end)?;
            return Some((1 + hashes + 1 + length + end.len(), &inner[..length]));
        }
    }
    let inner = rest.strip_prefix('"')?;
    let mut escaped = false;
    let length = inner.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some((length + 2, &inner[..length]))
}

/// The length of a character literal that starts here; a lifetime is none.
fn char_literal(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let length = if inner.starts_with('\\') { 2 + inner[2..].find('\'')? } else { inner.chars().next()?.len_utf8() };
    inner[length..].starts_with('\'').then_some(length + 2)
}

/// The lines, from 0, of everything under `#[cfg(test)]`: formatted code closes at the indent it opens at.
fn test_lines(code: &[String]) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut at = 0;
    while at < code.len() {
        if code[at].trim_start().starts_with("#[cfg(test)]") {
            let end = block_end(code, at + 1);
            lines.extend(at..=end);
            at = end;
        }
        at += 1;
    }
    lines
}

/// The last line of the item that starts at this line.
pub fn block_end(code: &[String], start: usize) -> usize {
    let indent = code.get(start).map_or(0, |line| line.len() - line.trim_start().len());
    let closes = |line: &String| line.len() - line.trim_start().len() == indent && line.trim_start().starts_with('}');
    let one_line = |line: &String| line.trim_end().ends_with(';') || line.trim_end().ends_with('}');
    if code.get(start).is_none_or(one_line) {
        return start.min(code.len() - 1);
    }
    (start + 1..code.len()).find(|at| closes(&code[*at])).unwrap_or(code.len() - 1)
}

#[test]
fn comments_texts_and_tests_are_told_from_code() {
    let source = "use a; // use b\nlet x = \"one // \\\" two\"; /* crate::c\n */ let y = r#\"thr\"ee\"#;\nlet z = '\"'; f::<'a>();\n\
                  #[cfg(test)]\nmod tests {\n    fn t() {\n        \"in a test\";\n    }\n}\nlast(\"end\");\n";
    let read = SourceCode::new(source);
    let code: Vec<_> = read.code.iter().map(|line| line.trim()).collect();
    assert_eq!(code[..4], ["use a;", "let x = \"\";", "let y = \"\";", "let z = ' '; f::<'a>();"]);
    assert_eq!(code[4..10], [""; 6]);
    assert_eq!(code[10], "last(\"\");");
    let texts: Vec<_> = read.texts.iter().map(|(line, text)| (*line, text.as_str())).collect();
    assert_eq!(texts, [(2, "one // \\\" two"), (3, "thr\"ee"), (11, "end")]);
}
