//! Under which terms a picture may be shown, and whether it may be cut.

use crate::content::Crop;
use crate::hub::store::Media;
use crate::import::Picture;

/// The licences that staff choose from; any other is written out.
pub const LICENCES: [&str; 10] = [
    "CC0 1.0",
    "CC BY 4.0",
    "CC BY-SA 4.0",
    "CC BY-NC 4.0",
    "CC BY-NC-SA 4.0",
    "CC BY-ND 4.0",
    "CC BY-NC-ND 4.0",
    "Licence Ouverte 2.0",
    "ODbL 1.0",
    "Domaine public",
];

impl Media {
    /// Whether it may be cut to fit: whose town's own it is, or what its licence and credit allow.
    pub fn crop(&self) -> Crop {
        if self.is_own {
            return Crop::Allowed;
        }
        let (licence, credit) = (self.licence.clone(), self.credit.clone());
        Picture { licence, credit, ..Picture::default() }.crop()
    }

    pub fn may_be_cut(&self) -> bool {
        !self.is_film && self.crop() == Crop::Allowed
    }
}
