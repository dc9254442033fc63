# What comes back on every screen, home, and the screens about the kiosk itself.
attract-touch = Raak aan om te beginnen
attract-touch-more = Raak het scherm aan waar u wilt
attract-sample = Voorbeeld
greeting = Goedendag
greeting-evening = Goedenavond
welcome = Welkom in { $town }

nav-home = Start
nav-back = Terug
nav-search = Zoeken
nav-language = Taal
nav-access = Toegang
nav-more = Meer tonen
nav-less = Minder tonen
nav-all = Alles tonen
nav-close = Sluiten
nav-show = Tonen
nav-up = Omhoog
nav-down = Omlaag
nav-scroll = Schuif om verder te lezen
nav-filters = Kiezen
nav-clear-filters = Keuzes wissen
nav-position = { $index } van { $count }
page-next = Volgende pagina
page-previous = Vorige pagina
page-position = Pagina { $index } van { $count }

home-title = Start
home-tonight = Vanavond
home-today = Vandaag
home-next = Binnenkort
home-quiet = Een rustige dag. Dit komt hierna.
tile-today = Vandaag en vanavond
tile-near = Bij mij in de buurt
tile-see = Zien en doen
tile-around = Onderweg
tile-services = Diensten van de stad
tile-access = Toegankelijke stad

fact-tonight = { $count ->
    [0] Vanavond niets meer
    [one] { $count } vanavond
   *[other] { $count } vanavond
}
fact-today = { $count ->
    [0] Vandaag niets meer
    [one] { $count } vandaag
   *[other] { $count } vandaag
}
fact-tomorrow = { $count ->
    [0] Morgen een rustige dag
    [one] { $count } morgen
   *[other] { $count } morgen
}
fact-weekend = { $count ->
    [0] Een rustig weekend
    [one] { $count } dit weekend
   *[other] { $count } dit weekend
}
fact-next = Binnenkort: { $title }
fact-nearest = { $kind } op { $distance }
fact-closes = { $place } sluit over { $minutes } min
fact-closes-soon = { $place } sluit zo
fact-opens = { $place } gaat open om { $time } uur
fact-open = { $place }: open tot { $time } uur
fact-open-count = { $count ->
    [0] Bekijk de openingstijden
    [one] { $count } plek nu open
   *[other] { $count } plekken nu open
}
fact-places = { $count ->
    [one] { $count } plek
   *[other] { $count } plekken
}
fact-stop = Halte { $stop } op { $distance }
fact-services = { $count ->
    [one] { $count } aanvraag
   *[other] { $count } aanvragen
}
fact-desk-open = Balie open tot { $time } uur
fact-desk-opens = Balie gaat open om { $time } uur
fact-desk-call = Wij antwoorden op { $phone }
fact-accessible = { $count ->
    [0] De gids, stap voor stap
    [one] { $count } toegankelijke plek
   *[other] { $count } toegankelijke plekken
}
fact-articles = { $count ->
    [one] { $count } pagina om te lezen
   *[other] { $count } pagina’s om te lezen
}
fact-notices = { $count ->
    [one] { $count } bericht van de stad
   *[other] { $count } berichten van de stad
}

session-title = Bent u er nog?
session-more = Zonder antwoord gaat het scherm terug naar het begin en vergeet het alles wat u hebt gekozen.
session-countdown = { $seconds ->
    [one] Nog { $seconds } seconde
   *[other] Nog { $seconds } seconden
}
session-stay = Ik ben er nog
session-leave = Ik ben klaar
session-ended = Bedankt en tot ziens. Alles is gewist.

languages-title = Kies uw taal
languages-current = { $language }, huidige taal
languages-more = Teksten van de stad die er niet zijn in uw taal, staan er in een andere taal, en dat staat erbij.

speak-title = Met iemand praten
speak-intro = Een mens geeft u antwoord.
speak-phone = Telefoon
speak-call = Bel { $phone }
speak-desk = Balie
speak-hours = Openingstijden
speak-languages = Men spreekt er { $languages }
speak-address = Adres
speak-emergency = Noodgevallen
speak-emergency-number = { $name }: { $number }
speak-none = Vraag het in het stadhuis of bij het toeristenbureau: daar helpt men u.

directions-ahead = voor u
directions-ahead-right = voor u, rechts
directions-right = rechts van u
directions-behind-right = achter u, rechts
directions-behind = achter u
directions-behind-left = achter u, links
directions-left = links van u
directions-ahead-left = voor u, links
directions-here = hier vlakbij
map-title = Kaart
map-you = U bent hier
map-goal = { $name }
map-up = De bovenkant van de kaart is voor u
map-sentence = { $name } is { $direction }, op { $distance }, ongeveer { $minutes } min lopen.
map-sentence-here = { $name } is hier vlakbij, op { $distance }.
map-sentence-far = { $name } is { $direction }, op { $distance }.
map-streets = { $name } is { $direction }, op { $distance }, ongeveer { $minutes } min lopen. Straat: { $street }.
map-none = Van deze plek hebben we geen kaart. Het adres staat ernaast.
map-credit = Kaart: { $credit }

mark-preview = Voorvertoning
mark-preview-more = Deze inhoud is nog niet gepubliceerd.
mark-sample = Voorbeeld
mark-sample-more = Geschreven om het scherm te laten zien, niet door de stad.
mark-in-language = Taal van de tekst: { $language }
mark-machine = Vertaald door een machine
mark-machine-more = Vertaald door een machine: het kan onnauwkeurig zijn.
mark-easy = Makkelijk te lezen
mark-source = Bron: { $source }
mark-credit = { $credit }
mark-updated = Bijgewerkt: { $date }
mark-picture-credit = Foto: { $credit }
mark-drawn-map = Kaart van de omgeving

qr-scan = Scan met uw telefoon
qr-scan-page = Scan om deze pagina op uw telefoon te lezen
qr-scan-book = Scan om te reserveren
qr-scan-online = Scan om het online te regelen
qr-scan-pay = Scan om te betalen
qr-spoken = Code om te scannen, gaat naar { $address }

item-gone = De stad heeft deze pagina net weggehaald. Ga terug naar Start voor de rest.
date-not-known = Dit scherm weet nu de datum niet. Wat geen datum heeft, is er.
alert-minor = Melding
alert-moderate = Waarschuwing
alert-severe = Ernstige waarschuwing
alert-extreme = Gevaar
alert-until = Tot { $time }
item-over = Dit is voorbij. Dit komt hierna.
content-changed = De informatie is net bijgewerkt.
content-none = De stad heeft hier nog niets gepubliceerd. Raak Met iemand praten aan om het te vragen.
notice-title = Nieuws van de stad
notice-until = Tot { $date }
alert-title = Let op
alert-read = Ik heb het gelezen

about-title = Over dit scherm
about-what = Dit scherm vertelt wat er in de stad te doen is, waar u heen kunt en hoe. Het werkt zonder internet.
about-privacy = Uw privacy
about-privacy-text = Niets van wat u typt wordt bewaard. Geen camera, geen microfoon. Als u weggaat, wordt alles gewist. Alleen totalen blijven, zoals hoe vaak een pagina is geopend.
about-sources = Waar de informatie vandaan komt
about-source-line = { $name }: { $licence }
about-credits = Vermeldingen
about-fonts = Lettertypen: { $fonts }
about-software = Software Parvis, versie { $version }
about-preview = Dit scherm toont een voorvertoning: de inhoud is niet door de stad gepubliceerd.
about-sample = Een deel van de inhoud is een voorbeeld, en dat staat erbij.
about-updated = Laatst bijgewerkt: { $date }
about-wrong = Klopt er iets niet? Laat het weten op { $phone }.

state-selected = gekozen
state-open = open
state-closed = gesloten
