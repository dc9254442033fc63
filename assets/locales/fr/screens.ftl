# Les écrans de contenu : près de moi, agenda, lieux, guide, services, recherche.
near-title = Près de moi
near-intro = Les plus proches à pied, ouverts d’abord.
near-kind-count = { $kind } : { $count }
near-open-first = Ouvert maintenant
near-others = Les autres
near-none = Rien de ce genre à moins de { $distance }. Touchez Chercher, ou Parler à quelqu’un.
near-nearest = Le plus proche : { $name }, { $distance }
near-row = { $name }, { $distance }, { $direction }

agenda-title = Agenda
agenda-tonight = Ce soir
agenda-today = Aujourd’hui
agenda-tomorrow = Demain
agenda-weekend = Ce week-end
agenda-all = Tout
agenda-day = Choisir un jour
agenda-chip = { $name }, { $count }
agenda-all-kinds = Tous les genres
agenda-count = { $count ->
    [one] { $count } rendez-vous
   *[other] { $count } rendez-vous
}
agenda-none-tonight = Plus rien ce soir.
agenda-none-today = Plus rien aujourd’hui.
agenda-none-weekend = Rien d’annoncé ce week-end.
agenda-none-day = Rien d’annoncé ce jour-là.
agenda-none = Rien d’annoncé pour l’instant. Touchez À voir, à faire : les lieux de la ville sont là.
agenda-next-tomorrow = { $count ->
    [one] Demain : { $count } rendez-vous
   *[other] Demain : { $count } rendez-vous
}
agenda-next-day = { $count ->
    [one] { $date } : { $count } rendez-vous
   *[other] { $date } : { $count } rendez-vous
}
agenda-show-next = Voir la suite

event-kind-music = Musique
event-kind-stage = Spectacle
event-kind-exhibition = Exposition
event-kind-cinema = Cinéma
event-kind-talk = Conférence
event-kind-workshop = Atelier
event-kind-festival = Festival
event-kind-market = Marché
event-kind-sport = Sport
event-kind-nature = Nature
event-kind-family = En famille
event-kind-other = Autres
event-status-scheduled = Confirmé
event-status-rescheduled = Nouvelle date
event-status-moved-online = Déplacé en ligne
event-status-postponed = Reporté
event-status-full = Complet
event-status-cancelled = Annulé
event-status-rescheduled-more = La date a changé : regardez bien le jour ci-dessous.
event-status-moved-online-more = Cela se passe sur internet. Scannez le code pour le lien.
event-status-postponed-more = Ce n’est plus le { $date }.
event-date-unknown = Nouvelle date pas encore connue
event-status-full-more = Il n’y a plus de place.
event-status-full-ask = Demandez à l’organisateur s’il y a une liste d’attente.
event-status-cancelled-more = Cela n’aura pas lieu. Voyez ce qu’il y a d’autre ce jour-là.
event-when = Quand
event-where = Où
event-price = Prix
event-free = Gratuit
event-paid = Payant
event-price-unknown = Prix pas encore connu : demandez à l’organisateur
event-ages = De { $from } à { $to } ans
event-ages-from = À partir de { $from } ans
event-ages-to = Jusqu’à { $to } ans
event-online = En ligne
event-mixed = Sur place et en ligne
event-book = Réserver
event-book-phone = Réservez au { $phone }
event-book-email = Réservez par courriel : { $email }
event-book-scan = Réservez en scannant le code
event-place = Au lieu : { $place }
event-other-dates = { $count ->
    [one] { $count } autre date
   *[other] { $count } autres dates
}
event-all-dates = Toutes les dates
event-about = En quelques mots
event-organiser = Organisé par { $name }
event-see-place = Voir le lieu
event-same-day = Le même jour

places-title = À voir, à faire
places-around-title = Se déplacer
places-access-title = Ville accessible
places-count = { $count ->
    [one] { $count } lieu
   *[other] { $count } lieux
}
places-all = Tous
places-open = Ouverts maintenant
places-none = Aucun lieu de ce genre pour l’instant. Touchez Tous pour revoir la liste.
places-none-open = Tout est fermé à cette heure. Le premier à ouvrir : { $place }, { $time }.

place-group-sights = À visiter
place-group-culture = Culture
place-group-nature = Nature
place-group-eat = Manger et boire
place-group-shops = Boutiques
place-group-sport = Sport
place-group-town = Ville et santé
place-hours = Horaires
place-hours-week = Cette semaine
place-hours-today = Aujourd’hui : { $hours }
place-hours-ask = Horaires inconnus. Appelez le { $phone } avant d’y aller.
place-hours-holiday = Les jours fériés, les horaires peuvent changer.
place-contact = Contact
place-phone = Téléphone : { $phone }
place-email = Courriel : { $email }
place-website = Site internet
place-address = Adresse
place-events = Ici bientôt
place-events-count = { $count ->
    [one] { $count } rendez-vous ici
   *[other] { $count } rendez-vous ici
}
place-fee-yes = Entrée payante
place-fee-no = Entrée libre
place-fee-unknown = Prix pas encore connu
place-changing-yes = Table à langer
place-changing-no = Pas de table à langer
place-changing-unknown = Table à langer : pas encore connu
place-near = À côté
place-unnamed = { $kind } près de { $near }

guide-title = Guide
guide-all = Tous les sujets
guide-count = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}
section-accessibility = Guide accessibilité
section-getting-around = Se déplacer
section-discover = Découvrir
section-nature = Nature
section-rain = Quand il pleut
section-history = Histoire
section-practical = Pratique
section-notice = Infos de la ville
article-easy = Lire en facile
article-full = Lire en entier
article-no-easy = Cette page n’existe pas encore en facile à lire.
article-related = Dont parle cette page
article-reading = { $minutes } min de lecture

services-title = Services de la ville
services-intro = Ce qu’il faut faire, ce qu’il faut apporter, combien de temps cela prend.
services-none = Aucune démarche expliquée ici pour l’instant. Une personne peut vous répondre.
service-steps = Que faire
service-step = Étape { $number }
service-bring = À apporter
service-bring-nothing = Rien à apporter
service-cost = Prix
service-cost-free = Gratuit
service-delay = Délai
service-online = Faire la démarche en ligne
service-payment = Payer en ligne
service-desk = Au guichet
service-help = Besoin d’aide ?

search-title = Chercher
search-prompt = Que cherchez-vous ?
search-hint = Un lieu, une sortie, une démarche
search-count = { $count ->
    [one] { $count } réponse
   *[other] { $count } réponses
}
search-none = Nous n’avons pas trouvé « { $text } ». Essayez un autre mot, ou touchez Parler à quelqu’un.
search-none-short = Continuez à écrire, une lettre ou deux de plus.
search-instead = Peut-être : { $text }
search-try = Souvent demandés
search-group-events = Sorties
search-group-places = Lieux
search-group-articles = Guide
search-group-services = Services
search-private = Rien de ce que vous écrivez n’est gardé.
search-clear = Effacer tout

key-space = Espace
key-delete = Effacer
key-hide = Ranger le clavier
key-shift = Majuscule
key-letters = Lettres
key-digits = Chiffres
key-done = Chercher
key-clear = Tout effacer
key-accents = Accents
key-keyboard = Clavier
key-arabic = عربي
key-latin = ABC

pairing-title = Cet écran attend votre code
pairing-do = Pour la mairie : dans Parvis, ouvrez « Écrans », puis « Ajouter un écran », et saisissez ce code. Il change toutes les dix minutes.
placed-title = Cet écran est ajouté
placed-more = Il va maintenant chercher ce que la commune publie.
identify-title = Cet écran s’appelle
