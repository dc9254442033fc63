use crate::player::scene::Scene;
use crate::player::theme::Lettering;

/// Beyond this, minutes on foot help nobody.
pub const FAR_M: f64 = 5_000.0;

/// "4 min on foot", on a narrow panel "4 min"; what is too far to walk, by its distance.
pub fn on_foot(scene: &Scene<'_>, metres: f64) -> String {
    let words = scene.words();
    if metres > FAR_M {
        return words.distance(metres);
    }
    let minutes = scene.walk(metres);
    if scene.frame().content_width() < 50.0 * scene.cap_mm(Lettering::Smallest) {
        return words.minutes(minutes);
    }
    words.say_with("on-foot", &[("minutes", words.number(i64::from(minutes)).into())])
}
