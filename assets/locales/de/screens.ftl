# The content screens: near me, agenda, places, guide, services, search.
near-title = In meiner Nähe
near-intro = Was zu Fuß am nächsten ist, Geöffnetes zuerst.
near-kind-count = { $kind }: { $count }
near-open-first = Jetzt geöffnet
near-others = Die anderen
near-none = Nichts davon im Umkreis von { $distance }. Berühren Sie „Suchen“ oder „Mit jemandem sprechen“.
near-nearest = Am nächsten: { $name }, { $distance }
near-row = { $name }, { $distance }, { $direction }

agenda-title = Veranstaltungen
agenda-tonight = Heute Abend
agenda-today = Heute
agenda-tomorrow = Morgen
agenda-weekend = Am Wochenende
agenda-all = Alle
agenda-day = Tag auswählen
agenda-chip = { $name }, { $count }
agenda-all-kinds = Alle Arten
agenda-count = { $count ->
    [one] { $count } Veranstaltung
   *[other] { $count } Veranstaltungen
}
agenda-none-tonight = Heute Abend nichts mehr.
agenda-none-today = Heute nichts mehr.
agenda-none-weekend = Für dieses Wochenende ist nichts angekündigt.
agenda-none-day = Für diesen Tag ist nichts angekündigt.
agenda-none = Zurzeit ist nichts angekündigt. Berühren Sie „Sehen und erleben“: Dort sind die Orte der Stadt.
agenda-next-tomorrow = { $count ->
    [one] Morgen: { $count } Veranstaltung
   *[other] Morgen: { $count } Veranstaltungen
}
agenda-next-day = { $count ->
    [one] { $date }: { $count } Veranstaltung
   *[other] { $date }: { $count } Veranstaltungen
}
agenda-show-next = Ansehen, was danach kommt

event-kind-music = Musik
event-kind-stage = Bühne
event-kind-exhibition = Ausstellung
event-kind-cinema = Kino
event-kind-talk = Vortrag
event-kind-workshop = Workshop
event-kind-festival = Festival
event-kind-market = Markt
event-kind-sport = Sport
event-kind-nature = Natur
event-kind-family = Für Familien
event-kind-other = Anderes
event-status-scheduled = Findet statt
event-status-rescheduled = Neuer Termin
event-status-moved-online = Ins Internet verlegt
event-status-postponed = Verschoben
event-status-full = Ausgebucht
event-status-cancelled = Abgesagt
event-status-rescheduled-more = Der Termin hat sich geändert: Achten Sie auf den Tag unten.
event-status-moved-online-more = Es findet im Internet statt. Scannen Sie den Code für den Link.
event-status-postponed-more = Es findet nicht am { $date } statt.
event-date-unknown = Neuer Termin noch nicht bekannt
event-status-full-more = Es gibt keine Plätze mehr.
event-status-full-ask = Fragen Sie den Veranstalter nach einer Warteliste.
event-status-cancelled-more = Es findet nicht statt. Sehen Sie, was es an diesem Tag sonst gibt.
event-when = Wann
event-where = Wo
event-price = Preis
event-free = Kostenlos
event-paid = Kostenpflichtig
event-price-unknown = Preis noch nicht bekannt: Fragen Sie den Veranstalter
event-ages = Von { $from } bis { $to } Jahren
event-ages-from = Ab { $from } Jahren
event-ages-to = Bis { $to } Jahre
event-online = Online
event-mixed = Vor Ort und online
event-book = Reservieren
event-book-phone = Reservieren unter { $phone }
event-book-email = Reservieren per E-Mail: { $email }
event-book-scan = Reservieren: Code scannen
event-place = Ort: { $place }
event-other-dates = { $count ->
    [one] { $count } weiterer Termin
   *[other] { $count } weitere Termine
}
event-all-dates = Alle Termine
event-about = In wenigen Worten
event-organiser = Veranstaltet von { $name }
event-see-place = Ort ansehen
event-same-day = Am selben Tag

places-title = Sehen und erleben
places-around-title = Unterwegs
places-access-title = Barrierefreie Stadt
places-count = { $count ->
    [one] { $count } Ort
   *[other] { $count } Orte
}
places-all = Alle
places-open = Jetzt geöffnet
places-none = Zurzeit gibt es keinen solchen Ort. Berühren Sie „Alle“, um die ganze Liste zu sehen.
places-none-open = Um diese Zeit ist alles geschlossen. Als Erstes öffnet: { $place }, { $time }.

place-group-sights = Sehenswertes
place-group-culture = Kultur
place-group-nature = Natur
place-group-eat = Essen und Trinken
place-group-shops = Geschäfte
place-group-sport = Sport
place-group-town = Stadt und Gesundheit
place-hours = Öffnungszeiten
place-hours-week = Diese Woche
place-hours-today = Heute: { $hours }
place-hours-ask = Öffnungszeiten nicht bekannt. Rufen Sie vorher { $phone } an.
place-hours-holiday = An Feiertagen können die Zeiten abweichen.
place-contact = Kontakt
place-phone = Telefon: { $phone }
place-email = E-Mail: { $email }
place-website = Internetseite
place-address = Adresse
place-events = Demnächst hier
place-events-count = { $count ->
    [one] { $count } Veranstaltung hier
   *[other] { $count } Veranstaltungen hier
}
place-fee-yes = Eintritt kostenpflichtig
place-fee-no = Eintritt frei
place-fee-unknown = Preis noch nicht bekannt
place-changing-yes = Wickeltisch
place-changing-no = Kein Wickeltisch
place-changing-unknown = Wickeltisch: noch nicht bekannt
place-near = Gleich daneben
place-unnamed = { $kind } bei { $near }

guide-title = Wegweiser
guide-all = Alle Themen
guide-count = { $count ->
    [one] { $count } Seite
   *[other] { $count } Seiten
}
section-accessibility = Barrierefrei unterwegs
section-getting-around = Unterwegs
section-discover = Entdecken
section-nature = Natur
section-rain = Bei Regen
section-history = Geschichte
section-practical = Gut zu wissen
section-notice = Neues aus der Stadt
article-easy = Leicht zu lesen
article-full = Ganzer Text
article-no-easy = Diese Seite gibt es noch nicht in leicht lesbarer Form.
article-related = Worum es auf dieser Seite geht
article-reading = { $minutes } Min. Lesezeit

services-title = Dienste der Stadt
services-intro = Was zu tun ist, was Sie mitbringen, wie lange es dauert.
services-none = Hier ist zurzeit nichts erklärt. Ein Mensch kann Ihnen antworten.
service-steps = Was zu tun ist
service-step = Schritt { $number }
service-bring = Was Sie mitbringen
service-bring-nothing = Sie brauchen nichts mitzubringen
service-cost = Kosten
service-cost-free = Kostenlos
service-delay = Wie lange es dauert
service-online = Online erledigen
service-payment = Online bezahlen
service-desk = Am Schalter
service-help = Brauchen Sie Hilfe?

search-title = Suchen
search-prompt = Was suchen Sie?
search-hint = Ein Ort, eine Veranstaltung, ein Anliegen
search-count = { $count ->
    [one] { $count } Antwort
   *[other] { $count } Antworten
}
search-none = Wir haben „{ $text }“ nicht gefunden. Versuchen Sie ein anderes Wort oder berühren Sie „Mit jemandem sprechen“.
search-none-short = Schreiben Sie weiter, noch ein oder zwei Buchstaben.
search-instead = Vielleicht: { $text }
search-try = Oft gefragt
search-group-events = Veranstaltungen
search-group-places = Orte
search-group-articles = Wegweiser
search-group-services = Dienste
search-private = Nichts, was Sie schreiben, wird aufbewahrt.
search-clear = Alles löschen

key-space = Leertaste
key-delete = Löschen
key-hide = Tastatur ausblenden
key-shift = Großschreibung
key-letters = Buchstaben
key-digits = Ziffern
key-done = Suchen
key-clear = Alles löschen
key-accents = Akzente
key-keyboard = Tastatur
key-arabic = عربي
key-latin = ABC

pairing-title = Dieser Bildschirm wartet auf seine Anmeldung
pairing-do = Für das Rathaus: In Parvis „Écrans“ / „Screens“ öffnen, dann „Ajouter un écran“ / „Add a screen“, und diesen Code eingeben. Er wechselt alle zehn Minuten.
placed-title = Dieser Bildschirm ist angemeldet
placed-more = Er holt jetzt, was die Gemeinde veröffentlicht.
identify-title = Dieser Bildschirm heißt
