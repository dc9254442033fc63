use super::{OpenMeteo, Weather};
use crate::import::hostile_input::{damaged_copies, keeps_the_count};
use proptest::prelude::*;

const SAMPLE: &str = r#"[{"latitude":43.94,"longitude":2.14,"utc_offset_seconds":7200,"timezone":"Europe/Paris",
"current_units":{"temperature_2m":"°C","wind_speed_10m":"km/h"},
"current":{"time":"2026-05-01T12:00","temperature_2m":17.6,"weather_code":61,"wind_speed_10m":12.2,"wind_gusts_10m":35.0},
"hourly":{"time":["2026-05-01T12:00","2026-05-01T14:00",1777651200],"temperature_2m":[17.6,null,-0.4],"weather_code":[61,3,95],"precipitation_probability":[10,80,null]},
"daily":{"time":["2026-05-01","2026-05-02"],"weather_code":[80,0],"temperature_2m_min":[9.1,8.0],"temperature_2m_max":[19.5,22.4]}},
{"latitude":1,"longitude":2,"current_weather":{"time":1777629600,"temperature":80,"windspeed":5,"weathercode":2}}]"#;

proptest! {
    #[test]
    fn any_input_is_read_without_harm_and_keeps_the_count(json in damaged_copies(SAMPLE.as_bytes())) {
        keeps_the_count(&json, |job, bytes| drop(Weather(&OpenMeteo).read(job, bytes)));
    }
}
