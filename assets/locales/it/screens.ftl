# The content screens: near me, agenda, places, guide, services, search.
near-title = Vicino a me
near-intro = I più vicini a piedi, prima quelli aperti.
near-kind-count = { $kind }: { $count }
near-open-first = Aperti ora
near-others = Gli altri
near-none = Niente di simile entro { $distance }. Toccate Cerca o Parlare con qualcuno.
near-nearest = Il più vicino: { $name }, { $distance }
near-row = { $name }, { $distance }, { $direction }

agenda-title = Agenda
agenda-tonight = Stasera
agenda-today = Oggi
agenda-tomorrow = Domani
agenda-weekend = Fine settimana
agenda-all = Tutto
agenda-day = Scegli un giorno
agenda-chip = { $name }, { $count }
agenda-all-kinds = Tutti i generi
agenda-count = { $count ->
    [one] { $count } appuntamento
   *[other] { $count } appuntamenti
}
agenda-none-tonight = Nient’altro stasera.
agenda-none-today = Nient’altro oggi.
agenda-none-weekend = Niente di annunciato questo fine settimana.
agenda-none-day = Niente di annunciato quel giorno.
agenda-none = Per ora niente di annunciato. Toccate Da vedere, da fare: lì ci sono i luoghi della città.
agenda-next-tomorrow = { $count ->
    [one] Domani: { $count } appuntamento
   *[other] Domani: { $count } appuntamenti
}
agenda-next-day = { $count ->
    [one] { $date }: { $count } appuntamento
   *[other] { $date }: { $count } appuntamenti
}
agenda-show-next = Vedi che cosa viene dopo

event-kind-music = Musica
event-kind-stage = Spettacolo
event-kind-exhibition = Mostra
event-kind-cinema = Cinema
event-kind-talk = Conferenza
event-kind-workshop = Laboratorio
event-kind-festival = Festival
event-kind-market = Mercato
event-kind-sport = Sport
event-kind-nature = Natura
event-kind-family = In famiglia
event-kind-other = Altro
event-status-scheduled = Confermato
event-status-rescheduled = Nuova data
event-status-moved-online = Spostato online
event-status-postponed = Rinviato
event-status-full = Al completo
event-status-cancelled = Annullato
event-status-rescheduled-more = La data è cambiata: guardate bene il giorno qui sotto.
event-status-moved-online-more = Si svolge su internet. Inquadrate il codice per il link.
event-status-postponed-more = Non è più { $date }.
event-date-unknown = Nuova data non ancora nota
event-status-full-more = Non ci sono più posti.
event-status-full-ask = Chiedete all’organizzatore se c’è una lista d’attesa.
event-status-cancelled-more = Non avrà luogo. Guardate che cos’altro c’è quel giorno.
event-when = Quando
event-where = Dove
event-price = Prezzo
event-free = Gratuito
event-paid = A pagamento
event-price-unknown = Prezzo non ancora noto: chiedete all’organizzatore
event-ages = Da { $from } a { $to } anni
event-ages-from = Da { $from } anni
event-ages-to = Fino a { $to } anni
event-online = Online
event-mixed = Sul posto e online
event-book = Prenotare
event-book-phone = Prenotate al { $phone }
event-book-email = Prenotate per e-mail: { $email }
event-book-scan = Prenotate inquadrando il codice
event-place = Luogo: { $place }
event-other-dates = { $count ->
    [one] { $count } altra data
   *[other] { $count } altre date
}
event-all-dates = Tutte le date
event-about = In poche parole
event-organiser = Organizzato da { $name }
event-see-place = Vedi il luogo
event-same-day = Lo stesso giorno

places-title = Da vedere, da fare
places-around-title = Muoversi
places-access-title = Città accessibile
places-count = { $count ->
    [one] { $count } luogo
   *[other] { $count } luoghi
}
places-all = Tutti
places-open = Aperti ora
places-none = Per ora nessun luogo di questo tipo. Toccate Tutti per rivedere l’elenco.
places-none-open = A quest’ora è tutto chiuso. Il primo ad aprire: { $place }, { $time }.

place-group-sights = Da vedere
place-group-culture = Cultura
place-group-nature = Natura
place-group-eat = Mangiare e bere
place-group-shops = Negozi
place-group-sport = Sport
place-group-town = Città e salute
place-hours = Orari
place-hours-week = Questa settimana
place-hours-today = Oggi: { $hours }
place-hours-ask = Orari non noti. Chiamate il { $phone } prima di andare.
place-hours-holiday = Nei giorni festivi gli orari possono cambiare.
place-contact = Contatti
place-phone = Telefono: { $phone }
place-email = E-mail: { $email }
place-website = Sito internet
place-address = Indirizzo
place-events = Qui prossimamente
place-events-count = { $count ->
    [one] { $count } appuntamento qui
   *[other] { $count } appuntamenti qui
}
place-fee-yes = Ingresso a pagamento
place-fee-no = Ingresso libero
place-fee-unknown = Prezzo non ancora noto
place-changing-yes = Fasciatoio
place-changing-no = Senza fasciatoio
place-changing-unknown = Fasciatoio: non ancora noto
place-near = Qui accanto
place-unnamed = { $kind } vicino a { $near }

guide-title = Guida
guide-all = Tutti gli argomenti
guide-count = { $count ->
    [one] { $count } pagina
   *[other] { $count } pagine
}
section-accessibility = Guida all’accessibilità
section-getting-around = Muoversi
section-discover = Scoprire
section-nature = Natura
section-rain = Quando piove
section-history = Storia
section-practical = Informazioni utili
section-notice = Avvisi del comune
article-easy = Facile da leggere
article-full = Testo completo
article-no-easy = Questa pagina non esiste ancora in versione facile da leggere.
article-related = Di che cosa parla questa pagina
article-reading = { $minutes } min di lettura

services-title = Servizi comunali
services-intro = Che cosa fare, che cosa portare, quanto tempo ci vuole.
services-none = Per ora nessuna pratica è spiegata qui. Una persona può rispondervi.
service-steps = Che cosa fare
service-step = Passo { $number }
service-bring = Che cosa portare
service-bring-nothing = Niente da portare
service-cost = Costo
service-cost-free = Gratuito
service-delay = Quanto tempo ci vuole
service-online = Fare la pratica online
service-payment = Pagare online
service-desk = Allo sportello
service-help = Vi serve aiuto?

search-title = Cerca
search-prompt = Che cosa cercate?
search-hint = Un luogo, un’uscita, una pratica
search-count = { $count ->
    [one] { $count } risposta
   *[other] { $count } risposte
}
search-none = Non abbiamo trovato «{ $text }». Provate un’altra parola o toccate Parlare con qualcuno.
search-none-short = Continuate a scrivere, ancora una o due lettere.
search-instead = Forse: { $text }
search-try = Richieste frequenti
search-group-events = Appuntamenti
search-group-places = Luoghi
search-group-articles = Guida
search-group-services = Servizi
search-private = Niente di ciò che scrivete viene conservato.
search-clear = Cancella tutto

key-space = Spazio
key-delete = Cancella
key-hide = Nascondi la tastiera
key-shift = Maiuscola
key-letters = Lettere
key-digits = Numeri
key-done = Cerca
key-clear = Cancella tutto
key-accents = Accenti
key-keyboard = Tastiera
key-arabic = عربي
key-latin = ABC

pairing-title = Questo schermo attende il suo codice
pairing-do = Per il comune: in Parvis aprire «Écrans» / «Screens», poi «Ajouter un écran» / «Add a screen», e scrivere questo codice. Cambia ogni dieci minuti.
placed-title = Questo schermo è stato aggiunto
placed-more = Ora scarica ciò che il comune pubblica.
identify-title = Questo schermo si chiama
