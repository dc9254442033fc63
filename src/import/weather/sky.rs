/// What the weather looks like, as far as one tells it apart at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sky {
    Clear,
    MainlyClear,
    PartlyCloudy,
    Overcast,
    Haze,
    Fog,
    Dust,
    Squalls,
    Drizzle,
    LightRain,
    Rain,
    HeavyRain,
    FreezingRain,
    Sleet,
    LightSnow,
    Snow,
    HeavySnow,
    Showers,
    HeavyShowers,
    SnowShowers,
    Hail,
    Thunderstorm,
    HailStorm,
}

impl Sky {
    /// Of a code of the WMO (table 4677, of which services use some), 0 to 99. What a code says of the hour before is
    /// past: overcast.
    pub fn of_wmo(code: u64) -> Option<Self> {
        Some(match code {
            0 => Self::Clear,
            1 => Self::MainlyClear,
            2 => Self::PartlyCloudy,
            3 | 14..=16 | 20..=29 => Self::Overcast,
            4 | 5 => Self::Haze,
            6..=9 | 30..=35 => Self::Dust,
            10..=12 | 40..=49 => Self::Fog,
            13 | 17 | 91..=95 | 97 | 98 => Self::Thunderstorm,
            18 | 19 => Self::Squalls,
            36..=39 | 72 | 73 | 76..=78 => Self::Snow,
            50..=55 => Self::Drizzle,
            56 | 57 | 66 | 67 => Self::FreezingRain,
            58..=61 => Self::LightRain,
            62 | 63 => Self::Rain,
            64 | 65 => Self::HeavyRain,
            68 | 69 | 79 | 83 | 84 => Self::Sleet,
            70 | 71 => Self::LightSnow,
            74 | 75 => Self::HeavySnow,
            80 | 81 => Self::Showers,
            82 => Self::HeavyShowers,
            85 | 86 => Self::SnowShowers,
            87..=90 => Self::Hail,
            96 | 99 => Self::HailStorm,
            _ => return None,
        })
    }

    /// Its words in `assets/locales`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Clear => "sky-clear",
            Self::MainlyClear => "sky-mainly-clear",
            Self::PartlyCloudy => "sky-partly-cloudy",
            Self::Overcast => "sky-overcast",
            Self::Haze => "sky-haze",
            Self::Fog => "sky-fog",
            Self::Dust => "sky-dust",
            Self::Squalls => "sky-squalls",
            Self::Drizzle => "sky-drizzle",
            Self::LightRain => "sky-light-rain",
            Self::Rain => "sky-rain",
            Self::HeavyRain => "sky-heavy-rain",
            Self::FreezingRain => "sky-freezing-rain",
            Self::Sleet => "sky-sleet",
            Self::LightSnow => "sky-light-snow",
            Self::Snow => "sky-snow",
            Self::HeavySnow => "sky-heavy-snow",
            Self::Showers => "sky-showers",
            Self::HeavyShowers => "sky-heavy-showers",
            Self::SnowShowers => "sky-snow-showers",
            Self::Hail => "sky-hail",
            Self::Thunderstorm => "sky-thunderstorm",
            Self::HailStorm => "sky-hail-storm",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, Words};

    #[test]
    fn every_code_has_words_in_every_language() {
        for code in 0..=99 {
            let key = Sky::of_wmo(code).unwrap().key();
            for language in Language::ALL {
                assert!(Words::of(language).has(key), "{language:?}: {key}");
            }
        }
        assert_eq!(Sky::of_wmo(100), None);
        assert_eq!((Sky::of_wmo(61), Sky::of_wmo(95)), (Some(Sky::LightRain), Some(Sky::Thunderstorm)));
    }
}
