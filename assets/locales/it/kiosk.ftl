# What comes back on every screen, home, and the screens about the kiosk itself.
attract-touch = Toccate per iniziare
attract-touch-more = Toccate lo schermo in qualsiasi punto
attract-sample = Esempio
greeting = Buongiorno
greeting-evening = Buonasera
welcome = Vi diamo il benvenuto a { $town }

nav-home = Inizio
nav-back = Indietro
nav-search = Cerca
nav-language = Lingua
nav-access = Accesso
nav-more = Mostra di più
nav-less = Mostra meno
nav-all = Mostra tutto
nav-close = Chiudi
nav-show = Mostra
nav-up = Su
nav-down = Giù
nav-scroll = Fate scorrere per leggere il resto
nav-filters = Scegli
nav-clear-filters = Annulla le scelte
nav-position = { $index } di { $count }
page-next = Pagina successiva
page-previous = Pagina precedente
page-position = Pagina { $index } di { $count }

home-title = Inizio
home-tonight = Stasera
home-today = Oggi
home-next = Prossimamente
home-quiet = Una giornata tranquilla. Ecco che cosa viene dopo.
tile-today = Oggi e stasera
tile-near = Vicino a me
tile-see = Da vedere, da fare
tile-around = Muoversi
tile-services = Servizi comunali
tile-access = Città accessibile

fact-tonight = { $count ->
    [0] Nient’altro stasera
    [one] { $count } stasera
   *[other] { $count } stasera
}
fact-today = { $count ->
    [0] Nient’altro oggi
    [one] { $count } oggi
   *[other] { $count } oggi
}
fact-tomorrow = { $count ->
    [0] Domani giornata tranquilla
    [one] { $count } domani
   *[other] { $count } domani
}
fact-weekend = { $count ->
    [0] Un fine settimana tranquillo
    [one] { $count } questo fine settimana
   *[other] { $count } questo fine settimana
}
fact-next = Prossimamente: { $title }
fact-nearest = { $kind } a { $distance }
fact-closes = { $place } chiude tra { $minutes } min
fact-closes-soon = { $place } chiude a momenti
fact-opens = { $place } apre alle ore { $time }
fact-open = { $place }: aperto fino alle ore { $time }
fact-open-count = { $count ->
    [0] Vedi gli orari
    [one] { $count } luogo aperto ora
   *[other] { $count } luoghi aperti ora
}
fact-places = { $count ->
    [one] { $count } luogo
   *[other] { $count } luoghi
}
fact-stop = Fermata { $stop } a { $distance }
fact-services = { $count ->
    [one] { $count } pratica
   *[other] { $count } pratiche
}
fact-desk-open = Sportello aperto fino alle ore { $time }
fact-desk-opens = Lo sportello apre alle ore { $time }
fact-desk-call = Rispondiamo al { $phone }
fact-accessible = { $count ->
    [0] La guida passo passo
    [one] { $count } luogo accessibile
   *[other] { $count } luoghi accessibili
}
fact-articles = { $count ->
    [one] { $count } pagina da leggere
   *[other] { $count } pagine da leggere
}
fact-notices = { $count ->
    [one] { $count } avviso del comune
   *[other] { $count } avvisi del comune
}

session-title = Siete ancora qui?
session-more = Senza risposta lo schermo torna all’inizio e dimentica tutto ciò che avete scelto.
session-countdown = { $seconds ->
    [one] Ancora { $seconds } secondo
   *[other] Ancora { $seconds } secondi
}
session-stay = Sono ancora qui
session-leave = Ho finito
session-ended = Grazie e a presto. Tutto è cancellato.

languages-title = Scegliete la vostra lingua
languages-current = { $language }, lingua attuale
languages-more = I testi della città che non esistono nella vostra lingua sono mostrati in un’altra, e lo si dice.

speak-title = Parlare con qualcuno
speak-intro = Vi risponde una persona.
speak-phone = Telefono
speak-call = Chiamate il { $phone }
speak-desk = Sportello
speak-hours = Orari di apertura
speak-languages = Si parla { $languages }
speak-address = Indirizzo
speak-emergency = Emergenze
speak-emergency-number = { $name }: { $number }
speak-none = Chiedete in municipio o all’ufficio del turismo: vi aiuteranno.

directions-ahead = davanti a voi
directions-ahead-right = davanti a voi, a destra
directions-right = alla vostra destra
directions-behind-right = dietro di voi, a destra
directions-behind = dietro di voi
directions-behind-left = dietro di voi, a sinistra
directions-left = alla vostra sinistra
directions-ahead-left = davanti a voi, a sinistra
directions-here = proprio qui
map-title = Mappa
map-you = Siete qui
map-goal = { $name }
map-up = La parte alta della mappa è davanti a voi
map-sentence = { $name } è { $direction }, a { $distance }, circa { $minutes } min a piedi.
map-sentence-here = { $name } è proprio qui, a { $distance }.
map-sentence-far = { $name } è { $direction }, a { $distance }.
map-streets = { $name } è { $direction }, a { $distance }, circa { $minutes } min a piedi. Via: { $street }.
map-none = Non abbiamo la mappa di questo luogo. L’indirizzo è scritto accanto.
map-credit = Mappa: { $credit }

mark-preview = Anteprima
mark-preview-more = Questo contenuto non è ancora pubblicato.
mark-sample = Esempio
mark-sample-more = Scritto per la dimostrazione, non dal comune.
mark-in-language = Testo in { $language }
mark-machine = Tradotto da una macchina
mark-machine-more = Tradotto da una macchina: possono esserci imprecisioni.
mark-easy = Facile da leggere
mark-source = Fonte: { $source }
mark-credit = { $credit }
mark-updated = Aggiornato: { $date }
mark-picture-credit = Foto: { $credit }
mark-drawn-map = Mappa dei dintorni

qr-scan = Inquadrate con il telefono
qr-scan-page = Inquadrate per leggere questa pagina sul telefono
qr-scan-book = Inquadrate per prenotare
qr-scan-online = Inquadrate per fare la pratica online
qr-scan-pay = Inquadrate per pagare
qr-spoken = Codice da inquadrare, porta a { $address }

item-gone = Il comune ha appena tolto questa pagina. Tornate all’inizio per vedere il resto.
date-not-known = Ora lo schermo non conosce la data. Ciò che non ha data è qui.
alert-minor = Avviso
alert-moderate = Attenzione
alert-severe = Allerta
alert-extreme = Pericolo
alert-until = Fino alle { $time }
item-over = È finito. Ecco che cosa viene dopo.
content-changed = Le informazioni sono appena state aggiornate.
content-none = Il comune non ha ancora pubblicato nulla qui. Toccate Parlare con qualcuno per chiedere.
notice-title = Avvisi del comune
notice-until = Fino a { $date }
alert-title = Attenzione
alert-read = Ho letto

about-title = Questo schermo
about-what = Questo schermo dice che cosa succede in città, dove andare e come. Funziona senza internet.
about-privacy = La vostra privacy
about-privacy-text = Niente di ciò che scrivete viene conservato. Nessuna telecamera, nessun microfono. Quando andate via, tutto è cancellato. Restano solo dei totali, per esempio quante volte una pagina è stata aperta.
about-sources = Da dove vengono le informazioni
about-source-line = { $name }: { $licence }
about-credits = Crediti
about-fonts = Caratteri: { $fonts }
about-software = Software Parvis, versione { $version }
about-preview = Questo schermo mostra un’anteprima: il contenuto non è pubblicato dal comune.
about-sample = Una parte del contenuto è un esempio, e lo si dice.
about-updated = Ultimo aggiornamento: { $date }
about-wrong = Un’informazione è sbagliata? Ditelo al { $phone }.

state-selected = scelto
state-open = aperto
state-closed = chiuso
