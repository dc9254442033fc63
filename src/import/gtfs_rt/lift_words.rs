//! The words by which an alert says that a lift is out of service, or that it works again.

/// What the texts of an alert speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub lift: bool,
    /// Something is out of service.
    pub out: bool,
    /// Something works again.
    pub again: bool,
}

impl Said {
    /// Adds what one text speaks of. A sentence that says that something works again may name the trouble it had; one that
    /// only promises so does not say it.
    pub fn add(&mut self, text: &str) {
        for sentence in text.split(['.', '!', '?', ';', '\n', '。', '！', '？', '；', '؟', '؛']) {
            let sentence = words_only(sentence);
            let says = |words: &[&str]| words.iter().any(|words| sentence.contains(words));
            let again = says(AGAIN_IN_SERVICE) && !says(PROMISES);
            self.lift |= says(LIFTS);
            self.again |= again;
            self.out |= !again && says(OUT_OF_SERVICE);
        }
    }
}

/// " l ascenseur est en panne ": lower case, with one space around each word.
fn words_only(sentence: &str) -> String {
    let mut words = String::from(" ");
    for word in sentence.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words.push_str(word);
        words.push(' ');
    }
    words
}

/// Whole words for a lift; Chinese has no spaces between words.
#[rustfmt::skip]
const LIFTS: &[&str] = &[
    " ascenseur ", " ascenseurs ",
    " lift ", " lifts ", " elevator ", " elevators ",
    " aufzug ", " aufzugs ", " aufzüge ", " aufzügen ", " fahrstuhl ", " fahrstühle ",
    " ascensor ", " ascensores ",
    " ascensore ", " ascensori ",
    " liften ",
    " مصعد ", " المصعد ", " مصاعد ", " المصاعد ",
    "电梯",
];

/// What is said of one that cannot be used, as words or their beginnings.
#[rustfmt::skip]
const OUT_OF_SERVICE: &[&str] = &[
    " panne", " hors service", " hors d usage", " indisponib", " à l arrêt", " fermé", " maintenance", " travaux",
    " neutralis",
    " out of", " closed", " unavailable", " broken", " not working", " not available",
    " defekt", " außer betrieb", " gestört", " störung", " gesperrt",
    " averiad", " fuera de servicio",
    " guast", " fuori servizio",
    " buiten", " storing", " defect",
    "معطل", "خارج الخدمة",
    "故障", "停用", "维修", "停运",
];

/// What says that it works again.
#[rustfmt::skip]
const AGAIN_IN_SERVICE: &[&str] = &[
    " nouveau en service ", " nouveau en fonction", " nouveau disponible", " nouveau accessible", " nouveau fonction",
    " remis en service ", " été remise en service ", " est remise en service ", " rétabli ", " rétablie ", " rétablis ",
    " rétablies ", " réparé ", " réparée ", " réparés ", " réparées ", " plus en panne ", " plus hors service ",
    " plus hors d usage ", " plus indisponible", " fin de la panne ",
    " back in service ", " back in operation ", " in service again ", " again in service ", " in operation again ",
    " working again ", " available again ", " operational again ", " no longer out of ", " no longer closed ",
    " no longer unavailable ", " no longer broken ", " been repaired ", " been restored ", " been fixed ", " reopened ",
    " wieder in betrieb ", " wieder verfügbar ", " wieder nutzbar ", " wieder benutzbar ", " wieder funktionsfähig ",
    " funktioniert wieder ", " funktionieren wieder ", " nicht mehr außer betrieb ", " nicht mehr gestört ",
    " nicht mehr defekt ", " nicht mehr gesperrt ", " repariert ", " behoben ",
    " nuevo en servicio ", " nuevamente en servicio ", " nuevo disponible", " vuelve a funcionar ",
    " vuelven a funcionar ", " vuelve a estar ", " ya no está fuera ", " ya no están fuera ", " ya funciona",
    " restablecid", " reparado ", " reparados ",
    " nuovo in servizio ", " nuovamente in servizio ", " nuovo in funzione ", " nuovamente in funzione ",
    " nuovo disponibil", " non è più ", " non sono più ", " non più fuori ", " ripristinat", " riparato ", " riparati ",
    " weer in dienst ", " weer in gebruik ", " weer in bedrijf ", " weer beschikbaar ", " werkt weer ", " werken weer ",
    " niet meer buiten ", " niet langer buiten ", " hersteld ", " gerepareerd ", " verholpen ",
    "عاد إلى الخدمة", "عادت إلى الخدمة", "عاد المصعد إلى الخدمة", "يعمل من جديد", "تم إصلاح",
    "恢复", "已修复", "重新启用", "重新投入使用",
];

/// What makes of it a promise, or a denial.
#[rustfmt::skip]
const PROMISES: &[&str] = &[
    " sera ", " seront ", " serait ", " seraient ", " prévu", " pas encore ", " devrait ", " doit ", " doivent ",
    " être ", " dès que ", " jusqu ",
    " will ", " be ", " being ", " not yet ", " expected ", " should ", " until ", " once ",
    " wird ", " werden ", " soll ", " sollen ", " voraussichtlich ", " noch nicht ", " muss ", " bis ", " sobald ",
    " será ", " serán ", " todavía no ", " aún no ", " debe ", " previst", " hasta ",
    " sarà ", " saranno ", " non ancora ", " deve ", " essere ", " fino ",
    " wordt ", " worden ", " zal ", " zullen ", " nog niet ", " verwacht", " moet ", " tot ",
    "سوف", "المتوقع", " لم ", "حتى",
    "预计", "将", "尚未", "未",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_works_again_is_told_from_what_does_not_in_every_language() {
        for text in [
            "L'ascenseur est de nouveau en service après les travaux",
            "L’ascenseur, en panne depuis mardi, est réparé.",
            "Trafic des ascenseurs rétabli",
            "L'ascenseur n'est plus en panne",
            "The lift is back in service",
            "Lift no longer out of service",
            "Der Aufzug ist wieder in Betrieb.",
            "Aufzug nicht mehr gestört",
            "El ascensor, fuera de servicio ayer, está de nuevo en servicio",
            "L'ascensore non è più fuori servizio",
            "Lift weer in gebruik na storing",
            "تم إصلاح المصعد",
            "电梯故障已修复",
        ] {
            let mut said = Said::default();
            said.add(text);
            assert_eq!(said, Said { lift: true, out: false, again: true }, "{text}");
        }
        for text in [
            "L'ascenseur est en panne, il sera remis en service lundi",
            "Ascenseur fermé : fin des travaux le 30 juin",
            "L'ascenseur en panne n'est pas encore réparé",
            "Lift out of order. It will be back in service on Monday.",
            "Out of order until the lift has been repaired",
            "Aufzug defekt, wird voraussichtlich morgen repariert",
            "Ascensor averiado. Será reparado mañana.",
            "Ascensore guasto, non ancora riparato",
            "Lift buiten dienst, wordt morgen gerepareerd",
            "المصعد معطل",
            "电梯故障，预计明天恢复",
        ] {
            let mut said = Said::default();
            said.add(text);
            assert_eq!(said, Said { lift: true, out: true, again: false }, "{text}");
        }
    }
}
