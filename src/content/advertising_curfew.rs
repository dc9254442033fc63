use super::Common;
use super::reading::{Read, Reading};
use serde::{Deserialize, Serialize};

/// A time in which no luminous advertising may shine, beside the nights: a cut of electricity that was announced, as a
/// red signal of EcoWatt is (décret 2022-1331). It holds while `common.valid` does, on the displays of `common.groups`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AdvertisingCurfew {
    #[serde(flatten)]
    pub common: Common,
}

impl Read for AdvertisingCurfew {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let common = fields.flat(Common::from_fields);
        if common.valid.until.is_none() {
            fields.problem("valid", "left out: a curfew needs an end (valid.until)");
            return None;
        }
        Some(Self { common })
    }
}
