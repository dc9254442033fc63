/// A language that the whole interface speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    #[default]
    Fr,
    En,
    It,
    De,
    Es,
    Nl,
    Ar,
    Zh,
}

impl Language {
    /// In the order in which a visitor finds them.
    pub const ALL: [Self; 8] = [Self::Fr, Self::En, Self::It, Self::De, Self::Es, Self::Nl, Self::Ar, Self::Zh];

    /// The BCP 47 tag, which is also the folder's name in `assets/locales`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
            Self::It => "it",
            Self::De => "de",
            Self::Es => "es",
            Self::Nl => "nl",
            Self::Ar => "ar",
            Self::Zh => "zh",
        }
    }

    /// From a BCP 47 tag such as `fr-MC` or `ZH_Hans`: its first part decides.
    pub fn parse(tag: &str) -> Option<Self> {
        let first = tag.split(['-', '_']).next().unwrap_or(tag).trim();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(first))
    }

    /// The languages of these tags, in their order.
    ///
    /// # Errors
    /// A sentence with the first tag that is of none.
    pub fn list(tags: &[String]) -> Result<Vec<Self>, String> {
        let all = tags.iter().map(|tag| Self::parse(tag).ok_or_else(|| format!("the kiosk does not speak \"{tag}\"")));
        all.collect()
    }

    /// The language's name for those who speak it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::En => "English",
            Self::It => "Italiano",
            Self::De => "Deutsch",
            Self::Es => "Español",
            Self::Nl => "Nederlands",
            Self::Ar => "العربية",
            Self::Zh => "中文",
        }
    }

    /// Whether it is written from right to left, so that the layout is mirrored.
    pub fn is_rtl(self) -> bool {
        self == Self::Ar
    }

    /// The ICU locale: 24-hour clock everywhere, and the digits that stand on the town's own signs.
    pub(super) fn icu_tag(self) -> &'static str {
        match self {
            Self::Fr => "fr-u-hc-h23",
            Self::En => "en-GB-u-hc-h23",
            Self::It => "it-u-hc-h23",
            Self::De => "de-u-hc-h23",
            Self::Es => "es-u-hc-h23",
            Self::Nl => "nl-u-hc-h23",
            Self::Ar => "ar-u-ca-gregory-hc-h23-nu-latn",
            Self::Zh => "zh-u-hc-h23",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_prefixes_in_any_case() {
        assert_eq!(Language::parse("fr-MC"), Some(Language::Fr));
        assert_eq!(Language::parse("ZH_Hans"), Some(Language::Zh));
        assert_eq!(Language::parse("AR"), Some(Language::Ar));
        assert_eq!(Language::parse("fro"), None);
        assert_eq!(Language::parse(""), None);
    }

    #[test]
    fn every_tag_parses_to_itself() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.tag()), Some(language));
        }
    }
}
