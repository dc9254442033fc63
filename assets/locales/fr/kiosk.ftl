# Ce qui revient sur tous les écrans, l'accueil, et les écrans qui parlent de la borne elle-même.
attract-touch = Touchez pour commencer
attract-touch-more = Touchez l’écran où vous voulez
attract-sample = Exemple
greeting = Bonjour
greeting-evening = Bonsoir
welcome = Bienvenue à { $town }

nav-home = Accueil
nav-back = Retour
nav-search = Chercher
nav-language = Langue
nav-access = Accès
nav-more = Voir plus
nav-less = Voir moins
nav-all = Tout voir
nav-close = Fermer
nav-show = Afficher
nav-up = Monter
nav-down = Descendre
nav-scroll = Faites glisser pour lire la suite
nav-filters = Choisir
nav-clear-filters = Tout remettre
nav-position = { $index } sur { $count }
page-next = Page suivante
page-previous = Page précédente
page-position = Page { $index } sur { $count }

home-title = Accueil
home-tonight = Ce soir
home-today = Aujourd’hui
home-next = Bientôt
home-quiet = Une journée calme. Voici ce qui vient ensuite.
tile-today = Aujourd’hui et ce soir
tile-near = Près de moi
tile-see = À voir, à faire
tile-around = Se déplacer
tile-services = Services de la ville
tile-access = Ville accessible

fact-tonight = { $count ->
    [0] Rien d’autre ce soir
    [one] { $count } ce soir
   *[other] { $count } ce soir
}
fact-today = { $count ->
    [0] Rien d’autre aujourd’hui
    [one] { $count } aujourd’hui
   *[other] { $count } aujourd’hui
}
fact-tomorrow = { $count ->
    [0] Une journée calme demain
    [one] { $count } demain
   *[other] { $count } demain
}
fact-weekend = { $count ->
    [0] Un week-end calme
    [one] { $count } ce week-end
   *[other] { $count } ce week-end
}
fact-next = Bientôt : { $title }
fact-nearest = { $kind } à { $distance }
fact-closes = { $place } ferme dans { $minutes } min
fact-closes-soon = { $place } ferme bientôt
fact-opens = { $place } ouvre à { $time }
fact-open = { $place } : ouvert jusqu’à { $time }
fact-open-count = { $count ->
    [0] Voir les horaires
    [one] { $count } lieu ouvert
   *[other] { $count } lieux ouverts
}
fact-places = { $count ->
    [one] { $count } lieu
   *[other] { $count } lieux
}
fact-stop = Arrêt { $stop } à { $distance }
fact-services = { $count ->
    [one] { $count } démarche
   *[other] { $count } démarches
}
fact-desk-open = Accueil ouvert jusqu’à { $time }
fact-desk-opens = Accueil : ouvre à { $time }
fact-desk-call = On vous répond au { $phone }
fact-accessible = { $count ->
    [0] Le guide pas à pas
    [one] { $count } lieu accessible
   *[other] { $count } lieux accessibles
}
fact-articles = { $count ->
    [one] { $count } page à lire
   *[other] { $count } pages à lire
}
fact-notices = { $count ->
    [one] { $count } info de la ville
   *[other] { $count } infos de la ville
}

session-title = Êtes-vous toujours là ?
session-more = Sans réponse, l’écran revient au début et oublie tout ce que vous avez choisi.
session-countdown = { $seconds ->
    [one] Encore { $seconds } seconde
   *[other] Encore { $seconds } secondes
}
session-stay = Je suis toujours là
session-leave = J’ai terminé
session-ended = Merci et à bientôt. Tout est effacé.

languages-title = Choisissez votre langue
languages-current = { $language }, langue actuelle
languages-more = Les textes de la ville qui n’existent pas dans votre langue sont montrés dans une autre, et c’est écrit.

speak-title = Parler à quelqu’un
speak-intro = Une personne vous répond.
speak-phone = Téléphone
speak-call = Appelez le { $phone }
speak-desk = Guichet
speak-hours = Heures d’ouverture
speak-languages = On y parle { $languages }
speak-address = Adresse
speak-emergency = Urgences
speak-emergency-number = { $name } : { $number }
speak-none = Demandez à la mairie ou à l’office de tourisme : on vous y aidera.

directions-ahead = devant vous
directions-ahead-right = devant vous, à droite
directions-right = à votre droite
directions-behind-right = derrière vous, à droite
directions-behind = derrière vous
directions-behind-left = derrière vous, à gauche
directions-left = à votre gauche
directions-ahead-left = devant vous, à gauche
directions-here = juste ici
map-title = Plan
map-you = Vous êtes ici
map-goal = { $name }
map-up = Le haut du plan est devant vous
map-sentence = { $name } est { $direction }, à { $distance }, environ { $minutes } min à pied.
map-sentence-here = { $name } est juste ici, à { $distance }.
map-sentence-far = { $name } est { $direction }, à { $distance }.
map-streets = { $name } est { $direction }, à { $distance }, environ { $minutes } min à pied. Rue : { $street }.
map-none = Nous n’avons pas le plan de ce lieu. L’adresse est écrite à côté.
map-credit = Plan : { $credit }

mark-preview = Aperçu
mark-preview-more = Ce contenu n’est pas encore publié.
mark-sample = Exemple
mark-sample-more = Écrit pour la démonstration, pas par la ville.
mark-in-language = Texte en { $language }
mark-machine = Traduit par une machine
mark-machine-more = Traduit par une machine : il peut y avoir des fautes.
mark-easy = Facile à lire
mark-source = Source : { $source }
mark-credit = { $credit }
mark-updated = Mis à jour le { $date }
mark-picture-credit = Photo : { $credit }
mark-drawn-map = Plan des environs

qr-scan = Scannez avec votre téléphone
qr-scan-page = Scannez pour lire cette page sur votre téléphone
qr-scan-book = Scannez pour réserver
qr-scan-online = Scannez pour faire la démarche en ligne
qr-scan-pay = Scannez pour payer
qr-spoken = Code à scanner, mène à { $address }

item-gone = Cette page vient d’être retirée par la ville. Retour à l’accueil pour voir le reste.
date-not-known = Cet écran ne connaît pas la date en ce moment. Ce qui n’a pas de date est là.
alert-minor = Avis
alert-moderate = Attention
alert-severe = Alerte
alert-extreme = Danger
alert-until = Jusqu’à { $time }
item-over = C’est terminé. Voici ce qui vient ensuite.
content-changed = Les informations viennent d’être mises à jour.
content-none = La ville n’a encore rien publié ici. Touchez Parler à quelqu’un pour demander.
notice-title = Infos de la ville
notice-until = Jusqu’au { $date }
alert-title = Attention
alert-read = J’ai lu

about-title = À propos de cet écran
about-what = Cet écran dit ce qui se passe dans la ville, où aller et comment. Il fonctionne sans internet.
about-privacy = Votre vie privée
about-privacy-text = Rien de ce que vous tapez n’est gardé. Pas de caméra, pas de micro. Quand vous partez, tout est effacé. Seuls des totaux restent, par exemple combien de fois une page est ouverte.
about-sources = D’où viennent les informations
about-source-line = { $name } : { $licence }
about-credits = Crédits
about-fonts = Caractères : { $fonts }
about-software = Logiciel Parvis, version { $version }
about-preview = Cet écran montre un aperçu : son contenu n’est pas publié par la ville.
about-sample = Une partie du contenu est un exemple, et c’est écrit dessus.
about-updated = Dernière mise à jour : { $date }
about-wrong = Une information est fausse ? Dites-le au { $phone }.

state-selected = choisi
state-open = ouvert
state-closed = fermé
