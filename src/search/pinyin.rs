use pinyin::ToPinyin;

/// Longest stretch of a run that one key spells; a visitor stops typing long before.
const MAX_SYLLABLES: usize = 8;

/// A run is looked at so far.
const MAX_RUN_CHARS: usize = 64;

/// Words of a town in which a character is not read as it most often is: a bank is no "yinxing".
const READINGS: &[(&str, &[&str])] = &[
    ("银行", &["yin", "hang"]),
    ("行业", &["hang", "ye"]),
    ("音乐", &["yin", "yue"]),
    ("乐团", &["yue", "tuan"]),
    ("乐队", &["yue", "dui"]),
    ("乐器", &["yue", "qi"]),
    ("交响乐", &["jiao", "xiang", "yue"]),
    ("长廊", &["chang", "lang"]),
    ("长城", &["chang", "cheng"]),
    ("长椅", &["chang", "yi"]),
    ("长途", &["chang", "tu"]),
    ("重庆", &["chong", "qing"]),
    ("重建", &["chong", "jian"]),
    ("重新", &["chong", "xin"]),
    ("会计", &["kuai", "ji"]),
    ("厦门", &["xia", "men"]),
    ("便宜", &["pian", "yi"]),
    ("的士", &["di", "shi"]),
    ("首都", &["shou", "du"]),
    ("都市", &["du", "shi"]),
    ("大夫", &["dai", "fu"]),
    ("睡觉", &["shui", "jiao"]),
    ("空调", &["kong", "tiao"]),
    ("传记", &["zhuan", "ji"]),
    ("西藏", &["xi", "zang"]),
    ("归还", &["gui", "huan"]),
    ("角色", &["jue", "se"]),
    ("出差", &["chu", "chai"]),
    ("弹琴", &["tan", "qin"]),
];

/// How a Chinese run is typed in Latin letters: `emit` is called with the spelling from each of its characters on
/// ("bowuguan", "wuguan", "guan"), and with the first letters ("bwg", "wg").
///
/// From every character, because there is no space to tell where 海洋博物馆 becomes "museum". Tones are left out
/// as everybody does; ü is spelled both u and v, as keyboards have it.
pub fn spellings(run: &[char], emit: &mut impl FnMut(Spelling<'_>)) {
    let syllables = read(&run[..run.len().min(MAX_RUN_CHARS)]);
    for from in 0..syllables.len() {
        let heard: Vec<&str> = syllables[from..].iter().take(MAX_SYLLABLES).map_while(|syllable| *syllable).collect();
        let whole = heard.concat();
        if whole.is_empty() {
            continue;
        }
        if whole.contains('ü') {
            emit(Spelling::Whole(&whole.replace('ü', "v")));
        }
        emit(Spelling::Whole(&whole.replace('ü', "u")));
        if heard.len() > 1 {
            emit(Spelling::Initials(&heard.iter().filter_map(|syllable| syllable.chars().next()).collect::<String>()));
        }
    }
}

/// One way to type a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spelling<'a> {
    Whole(&'a str),
    Initials(&'a str),
}

/// The syllable of each character, `None` where it has none.
fn read(run: &[char]) -> Vec<Option<&'static str>> {
    let mut syllables: Vec<_> = run.iter().map(|c| c.to_pinyin().map(pinyin::Pinyin::plain)).collect();
    for (word, reading) in READINGS {
        let letters: Vec<char> = word.chars().collect();
        for at in 0..run.len().saturating_sub(letters.len() - 1) {
            if run[at..].starts_with(&letters) {
                for (syllable, read) in syllables[at..].iter_mut().zip(*reading) {
                    *syllable = Some(read);
                }
            }
        }
    }
    syllables
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(run: &str) -> String {
        let run: Vec<char> = run.chars().collect();
        let mut all = Vec::new();
        spellings(&run, &mut |spelling| match spelling {
            Spelling::Whole(text) => all.push(text.to_owned()),
            Spelling::Initials(text) => all.push(text.to_uppercase()),
        });
        all.join(" ")
    }

    #[test]
    fn a_run_is_spelled_from_each_character_on() {
        for (run, spelling) in [
            ("博物馆", "bowuguan BWG wuguan WG guan"),
            ("绿地", "lvdi ludi LD di"),
            ("银行", "yinhang YH hang"),
            ("大音乐厅", "dayinyueting DYYT yinyueting YYT yueting YT ting"),
            ("娱乐", "yule YL le"),
            ("ー馆", "guan"),
            ("", ""),
        ] {
            assert_eq!(spelled(run), spelling, "{run}");
        }
    }

    #[test]
    fn long_runs_are_cut() {
        let mut longest = 0;
        spellings(&['馆'; 1_000], &mut |spelling| {
            if let Spelling::Initials(text) = spelling {
                longest = longest.max(text.len());
            }
        });
        assert_eq!(longest, MAX_SYLLABLES);
        assert_eq!(read(&['馆'; 3]).len(), 3);
    }

    #[test]
    fn every_reading_has_a_syllable_for_each_character() {
        for (word, reading) in READINGS {
            assert_eq!(word.chars().count(), reading.len(), "{word}");
            let alone: Vec<_> = word.chars().map(|c| c.to_pinyin().map(pinyin::Pinyin::plain)).collect();
            assert_ne!(alone, reading.iter().copied().map(Some).collect::<Vec<_>>(), "{word} needs no entry");
        }
    }
}
