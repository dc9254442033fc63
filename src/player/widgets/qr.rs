//! A link for the visitor's own telephone: a kiosk has no browser.

use crate::content::Localized;
use crate::player::block::{Align, Block, Justify, Role};
use crate::player::media::PictureSpec;
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};

/// Side of the code itself in mm; below 40 it can hardly be scanned at arm's length.
const CODE_MM: f32 = 44.0;
/// The white that scanners want around it.
const QUIET_MM: f32 = 4.0;

/// A QR code of the link in the visitor's language, or the next best, with its label beside it.
pub fn qr(scene: &Scene<'_>, label: String, link: &Localized) -> Option<Block> {
    let address = scene.pick(link)?.text;
    let spoken = scene.words().say_with("qr-spoken", &[("address", address.clone().into())]);
    let spoken = format!("{label}. {spoken}");
    let code = Block::picture(PictureSpec::Qr(address), "").width(CODE_MM).height(CODE_MM).plane(Ink::White).silent();
    let code = Block::column(vec![code]).pad(QUIET_MM, QUIET_MM).plane(Ink::White).round(3.0);
    let label = Block::column(vec![Block::text(label, Lettering::Smallest)]).justify(Justify::Centre).fill();
    Some(Block::row(vec![code, label]).gap(6.0).align(Align::Centre).role(Role::Image).named(spoken))
}
