# What comes back on every screen, home, and the screens about the kiosk itself.
attract-touch = Zum Beginnen berühren
attract-touch-more = Berühren Sie den Bildschirm an einer beliebigen Stelle
attract-sample = Beispiel
greeting = Guten Tag
greeting-evening = Guten Abend
welcome = Willkommen in { $town }

nav-home = Start
nav-back = Zurück
nav-search = Suchen
nav-language = Sprache
nav-access = Zugang
nav-more = Mehr zeigen
nav-less = Weniger zeigen
nav-all = Alles zeigen
nav-close = Schließen
nav-show = Zeigen
nav-up = Nach oben
nav-down = Nach unten
nav-scroll = Zum Weiterlesen schieben
nav-filters = Auswählen
nav-clear-filters = Auswahl aufheben
nav-position = { $index } von { $count }
page-next = Nächste Seite
page-previous = Vorherige Seite
page-position = Seite { $index } von { $count }

home-title = Start
home-tonight = Heute Abend
home-today = Heute
home-next = Demnächst
home-quiet = Ein ruhiger Tag. Das kommt als Nächstes.
tile-today = Heute und heute Abend
tile-near = In meiner Nähe
tile-see = Sehen und erleben
tile-around = Unterwegs
tile-services = Dienste der Stadt
tile-access = Barrierefreie Stadt

fact-tonight = { $count ->
    [0] Heute Abend nichts mehr
    [one] { $count } heute Abend
   *[other] { $count } heute Abend
}
fact-today = { $count ->
    [0] Heute nichts mehr
    [one] { $count } heute
   *[other] { $count } heute
}
fact-tomorrow = { $count ->
    [0] Morgen ein ruhiger Tag
    [one] { $count } morgen
   *[other] { $count } morgen
}
fact-weekend = { $count ->
    [0] Ein ruhiges Wochenende
    [one] { $count } am Wochenende
   *[other] { $count } am Wochenende
}
fact-next = Demnächst: { $title }
fact-nearest = { $kind } in { $distance }
fact-closes = { $place } schließt in { $minutes } Min.
fact-closes-soon = { $place } schließt gleich
fact-opens = { $place } öffnet um { $time } Uhr
fact-open = { $place }: geöffnet bis { $time } Uhr
fact-open-count = { $count ->
    [0] Öffnungszeiten ansehen
    [one] { $count } Ort jetzt geöffnet
   *[other] { $count } Orte jetzt geöffnet
}
fact-places = { $count ->
    [one] { $count } Ort
   *[other] { $count } Orte
}
fact-stop = Haltestelle { $stop } in { $distance }
fact-services = { $count ->
    [one] { $count } Anliegen
   *[other] { $count } Anliegen
}
fact-desk-open = Schalter geöffnet bis { $time } Uhr
fact-desk-opens = Schalter öffnet um { $time } Uhr
fact-desk-call = Wir antworten unter { $phone }
fact-accessible = { $count ->
    [0] Der Wegweiser, Schritt für Schritt
    [one] { $count } barrierefreier Ort
   *[other] { $count } barrierefreie Orte
}
fact-articles = { $count ->
    [one] { $count } Seite zum Lesen
   *[other] { $count } Seiten zum Lesen
}
fact-notices = { $count ->
    [one] { $count } Mitteilung der Stadt
   *[other] { $count } Mitteilungen der Stadt
}

session-title = Sind Sie noch da?
session-more = Ohne Antwort kehrt der Bildschirm zum Anfang zurück und vergisst alles, was Sie gewählt haben.
session-countdown = { $seconds ->
    [one] Noch { $seconds } Sekunde
   *[other] Noch { $seconds } Sekunden
}
session-stay = Ich bin noch da
session-leave = Ich bin fertig
session-ended = Danke und auf Wiedersehen. Alles ist gelöscht.

languages-title = Wählen Sie Ihre Sprache
languages-current = { $language }, jetzige Sprache
languages-more = Texte der Stadt, die es in Ihrer Sprache nicht gibt, werden in einer anderen gezeigt, und das steht dabei.

speak-title = Mit jemandem sprechen
speak-intro = Ein Mensch antwortet Ihnen.
speak-phone = Telefon
speak-call = Rufen Sie { $phone } an
speak-desk = Schalter
speak-hours = Öffnungszeiten
speak-languages = Sprachen vor Ort: { $languages }
speak-address = Adresse
speak-emergency = Notfälle
speak-emergency-number = { $name }: { $number }
speak-none = Fragen Sie im Rathaus oder im Tourismusbüro: dort hilft man Ihnen.

directions-ahead = vor Ihnen
directions-ahead-right = vor Ihnen, rechts
directions-right = rechts von Ihnen
directions-behind-right = hinter Ihnen, rechts
directions-behind = hinter Ihnen
directions-behind-left = hinter Ihnen, links
directions-left = links von Ihnen
directions-ahead-left = vor Ihnen, links
directions-here = gleich hier
map-title = Karte
map-you = Sie sind hier
map-goal = { $name }
map-up = Oben auf der Karte ist vor Ihnen
map-sentence = { $name } liegt { $direction }, { $distance } entfernt, etwa { $minutes } Min. zu Fuß.
map-sentence-here = { $name } ist gleich hier, { $distance } entfernt.
map-sentence-far = { $name } liegt { $direction }, { $distance } entfernt.
map-streets = { $name } liegt { $direction }, { $distance } entfernt, etwa { $minutes } Min. zu Fuß. Straße: { $street }.
map-none = Für diesen Ort haben wir keine Karte. Die Adresse steht daneben.
map-credit = Karte: { $credit }

mark-preview = Vorschau
mark-preview-more = Dieser Inhalt ist noch nicht veröffentlicht.
mark-sample = Beispiel
mark-sample-more = Für die Vorführung geschrieben, nicht von der Stadt.
mark-in-language = Sprache des Textes: { $language }
mark-machine = Maschinell übersetzt
mark-machine-more = Maschinell übersetzt: Ungenauigkeiten sind möglich.
mark-easy = Leicht zu lesen
mark-source = Quelle: { $source }
mark-credit = { $credit }
mark-updated = Aktualisiert: { $date }
mark-picture-credit = Foto: { $credit }
mark-drawn-map = Karte der Umgebung

qr-scan = Mit dem Telefon scannen
qr-scan-page = Scannen, um diese Seite auf dem Telefon zu lesen
qr-scan-book = Scannen, um zu reservieren
qr-scan-online = Scannen, um es online zu erledigen
qr-scan-pay = Scannen, um zu bezahlen
qr-spoken = Code zum Scannen, führt zu { $address }

item-gone = Die Stadt hat diese Seite gerade entfernt. Zurück zum Start, um den Rest zu sehen.
date-not-known = Der Bildschirm kennt gerade das Datum nicht. Was kein Datum hat, ist da.
alert-minor = Hinweis
alert-moderate = Warnung
alert-severe = Ernste Warnung
alert-extreme = Gefahr
alert-until = Bis { $time }
item-over = Das ist vorbei. Das kommt als Nächstes.
content-changed = Die Informationen wurden gerade aktualisiert.
content-none = Die Stadt hat hier noch nichts veröffentlicht. Berühren Sie „Mit jemandem sprechen“, um zu fragen.
notice-title = Neues aus der Stadt
notice-until = Bis { $date }
alert-title = Achtung
alert-read = Ich habe es gelesen

about-title = Über diesen Bildschirm
about-what = Dieser Bildschirm sagt, was in der Stadt los ist, wohin Sie gehen können und wie. Er funktioniert ohne Internet.
about-privacy = Ihre Privatsphäre
about-privacy-text = Nichts, was Sie eingeben, wird aufbewahrt. Keine Kamera, kein Mikrofon. Wenn Sie gehen, wird alles gelöscht. Es bleiben nur Summen, zum Beispiel wie oft eine Seite geöffnet wurde.
about-sources = Woher die Informationen kommen
about-source-line = { $name }: { $licence }
about-credits = Nachweise
about-fonts = Schriften: { $fonts }
about-software = Software Parvis, Version { $version }
about-preview = Dieser Bildschirm zeigt eine Vorschau: Der Inhalt ist nicht von der Stadt veröffentlicht.
about-sample = Ein Teil des Inhalts ist ein Beispiel und so gekennzeichnet.
about-updated = Zuletzt aktualisiert: { $date }
about-wrong = Stimmt etwas nicht? Sagen Sie es uns unter { $phone }.

state-selected = ausgewählt
state-open = offen
state-closed = geschlossen
