# The content screens: near me, agenda, places, guide, services, search.
near-title = Bij mij in de buurt
near-intro = Het dichtstbij te voet, eerst wat open is.
near-kind-count = { $kind }: { $count }
near-open-first = Nu open
near-others = De andere
near-none = Niets hiervan binnen { $distance }. Raak Zoeken aan, of Met iemand praten.
near-nearest = Het dichtstbij: { $name }, { $distance }
near-row = { $name }, { $distance }, { $direction }

agenda-title = Agenda
agenda-tonight = Vanavond
agenda-today = Vandaag
agenda-tomorrow = Morgen
agenda-weekend = Dit weekend
agenda-all = Alles
agenda-day = Kies een dag
agenda-chip = { $name }, { $count }
agenda-all-kinds = Alle soorten
agenda-count = { $count ->
    [one] { $count } activiteit
   *[other] { $count } activiteiten
}
agenda-none-tonight = Vanavond niets meer.
agenda-none-today = Vandaag niets meer.
agenda-none-weekend = Niets aangekondigd dit weekend.
agenda-none-day = Niets aangekondigd op die dag.
agenda-none = Nu is er niets aangekondigd. Raak Zien en doen aan: daar staan de plekken van de stad.
agenda-next-tomorrow = { $count ->
    [one] Morgen: { $count } activiteit
   *[other] Morgen: { $count } activiteiten
}
agenda-next-day = { $count ->
    [one] { $date }: { $count } activiteit
   *[other] { $date }: { $count } activiteiten
}
agenda-show-next = Bekijk wat hierna komt

event-kind-music = Muziek
event-kind-stage = Voorstelling
event-kind-exhibition = Tentoonstelling
event-kind-cinema = Film
event-kind-talk = Lezing
event-kind-workshop = Workshop
event-kind-festival = Festival
event-kind-market = Markt
event-kind-sport = Sport
event-kind-nature = Natuur
event-kind-family = Met het gezin
event-kind-other = Overige
event-status-scheduled = Gaat door
event-status-rescheduled = Nieuwe datum
event-status-moved-online = Nu online
event-status-postponed = Uitgesteld
event-status-full = Vol
event-status-cancelled = Afgelast
event-status-rescheduled-more = De datum is veranderd: let goed op de dag hieronder.
event-status-moved-online-more = Het is op internet. Scan de code voor de link.
event-status-postponed-more = Het is niet meer op { $date }.
event-date-unknown = Nieuwe datum nog niet bekend
event-status-full-more = Er zijn geen plaatsen meer.
event-status-full-ask = Vraag de organisator of er een wachtlijst is.
event-status-cancelled-more = Het gaat niet door. Bekijk wat er die dag nog meer is.
event-when = Wanneer
event-where = Waar
event-price = Prijs
event-free = Gratis
event-paid = Niet gratis
event-price-unknown = Prijs nog niet bekend: vraag het de organisator
event-ages = Van { $from } tot { $to } jaar
event-ages-from = Vanaf { $from } jaar
event-ages-to = Tot { $to } jaar
event-online = Online
event-mixed = Ter plaatse en online
event-book = Reserveren
event-book-phone = Reserveer op { $phone }
event-book-email = Reserveer per e-mail: { $email }
event-book-scan = Reserveer door de code te scannen
event-place = Plaats: { $place }
event-other-dates = { $count ->
    [one] { $count } andere datum
   *[other] { $count } andere data
}
event-all-dates = Alle data
event-about = In het kort
event-organiser = Georganiseerd door { $name }
event-see-place = Bekijk de plek
event-same-day = Op dezelfde dag

places-title = Zien en doen
places-around-title = Onderweg
places-access-title = Toegankelijke stad
places-count = { $count ->
    [one] { $count } plek
   *[other] { $count } plekken
}
places-all = Alle
places-open = Nu open
places-none = Nu is er geen plek van deze soort. Raak Alle aan om de hele lijst te zien.
places-none-open = Op dit uur is alles gesloten. Als eerste open: { $place }, { $time }.

place-group-sights = Bezienswaardig
place-group-culture = Cultuur
place-group-nature = Natuur
place-group-eat = Eten en drinken
place-group-shops = Winkels
place-group-sport = Sport
place-group-town = Stad en gezondheid
place-hours = Openingstijden
place-hours-week = Deze week
place-hours-today = Vandaag: { $hours }
place-hours-ask = Openingstijden niet bekend. Bel { $phone } voor u gaat.
place-hours-holiday = Op feestdagen kunnen de tijden anders zijn.
place-contact = Contact
place-phone = Telefoon: { $phone }
place-email = E-mail: { $email }
place-website = Website
place-address = Adres
place-events = Binnenkort hier
place-events-count = { $count ->
    [one] { $count } activiteit hier
   *[other] { $count } activiteiten hier
}
place-fee-yes = Toegang niet gratis
place-fee-no = Gratis toegang
place-fee-unknown = Prijs nog niet bekend
place-changing-yes = Verschoontafel
place-changing-no = Geen verschoontafel
place-changing-unknown = Verschoontafel: nog niet bekend
place-near = Hiernaast
place-unnamed = { $kind } bij { $near }

guide-title = Gids
guide-all = Alle onderwerpen
guide-count = { $count ->
    [one] { $count } pagina
   *[other] { $count } pagina’s
}
section-accessibility = Gids voor toegankelijkheid
section-getting-around = Onderweg
section-discover = Ontdekken
section-nature = Natuur
section-rain = Als het regent
section-history = Geschiedenis
section-practical = Handig om te weten
section-notice = Nieuws van de stad
article-easy = Makkelijk te lezen
article-full = Hele tekst
article-no-easy = Deze pagina is er nog niet in makkelijke taal.
article-related = Waar deze pagina over gaat
article-reading = { $minutes } min lezen

services-title = Diensten van de stad
services-intro = Wat u moet doen, wat u meebrengt, hoelang het duurt.
services-none = Hier is nu nog niets uitgelegd. Een mens kan u antwoord geven.
service-steps = Wat u moet doen
service-step = Stap { $number }
service-bring = Wat u meebrengt
service-bring-nothing = U hoeft niets mee te brengen
service-cost = Kosten
service-cost-free = Gratis
service-delay = Hoelang het duurt
service-online = Online regelen
service-payment = Online betalen
service-desk = Aan de balie
service-help = Hulp nodig?

search-title = Zoeken
search-prompt = Wat zoekt u?
search-hint = Een plek, een uitje, een aanvraag
search-count = { $count ->
    [one] { $count } antwoord
   *[other] { $count } antwoorden
}
search-none = We hebben ‘{ $text }’ niet gevonden. Probeer een ander woord, of raak Met iemand praten aan.
search-none-short = Typ verder, nog een of twee letters.
search-instead = Misschien: { $text }
search-try = Vaak gevraagd
search-group-events = Activiteiten
search-group-places = Plekken
search-group-articles = Gids
search-group-services = Diensten
search-private = Niets van wat u typt wordt bewaard.
search-clear = Alles wissen

key-space = Spatie
key-delete = Wissen
key-hide = Toetsenbord verbergen
key-shift = Hoofdletter
key-letters = Letters
key-digits = Cijfers
key-done = Zoeken
key-clear = Alles wissen
key-accents = Accenten
key-keyboard = Toetsenbord
key-arabic = عربي
key-latin = ABC

pairing-title = Dit scherm wacht op zijn code
pairing-do = Voor het gemeentehuis: open in Parvis ‘Écrans’ / ‘Screens’, dan ‘Ajouter un écran’ / ‘Add a screen’, en typ deze code. Hij verandert om de tien minuten.
placed-title = Dit scherm is toegevoegd
placed-more = Het haalt nu op wat de gemeente publiceert.
identify-title = Dit scherm heet
