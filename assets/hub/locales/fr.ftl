# Ce que disent les pages du personnel.

skip = Aller au contenu
nav = Menu
nav-home = Accueil
nav-items = Contenus
nav-publish = Publier
nav-people = Équipe
logout = Se déconnecter
back = Revenir à l’accueil
login-title = Connexion
login = Se connecter
login-wrong = Cette adresse et ce mot de passe ne vont pas ensemble.
login-wait = Trop d’essais. Réessayez dans un quart d’heure.
email = Adresse électronique
password = Mot de passe
password-first = Premier mot de passe
password-hint = 12 caractères au moins : une phrase se retient mieux.
name = Nom
setup-title = Bienvenue dans Parvis
setup-words = Deux questions, et vos écrans ont de quoi montrer.
setup-town = Comment s’appelle votre commune ?
setup-town-hint = Nom ou code INSEE. Plan, lieux et mairie viennent des sources publiques ; sans réseau, vous commencez avec la ville d’exemple.
setup-account = Qui administre ?
setup-begin = Commencer
setup-done = Parvis est déjà installé ici : connectez-vous.
setup-token = Ouvrez l’adresse que parvis-hub a écrite dans sa console : elle contient la clé de cette page.
setting-up-town = Recherche de votre commune dans les sources publiques…
setting-up-content = Rangement des contenus…
setting-up-keys = Création des clés de signature…
setting-up-publication = Première publication…
setup-failed = L’installation s’est arrêtée. Corrigez la cause et redémarrez parvis-hub.
setup-published = C’est publié : les écrans peuvent l’afficher.
setup-not-filled = Les sources publiques n’ont pas répondu : vous commencez avec la ville d’exemple.
setup-next = Et maintenant
setup-display = Sur chaque écran : parvis sync --hub l’adresse de ce serveur, puis parvis play. L’écran montre un code ; saisissez-le sous « Écrans ».
setup-root-keys = Mettez les clés « root » du dossier des clés sur une clé USB, hors ligne : packaging/KEYS.md dit comment.
setup-go-on = Continuer
wrong-town = Écrivez le nom de la commune.
wrong-name = Écrivez un nom.
wrong-email = Cette adresse électronique n’est pas complète.
wrong-password = Le mot de passe a de 12 à 200 caractères.
wrong-reason = Dites pourquoi : la personne qui a écrit doit pouvoir corriger.
wrong-self = Demandez cela à une autre personne qui administre : ainsi il en reste toujours une.
refused-title = Cela ne se peut pas
refused-nowhere = Il n’y a rien à cette adresse.
refused-role = Votre rôle ne le permet pas.
refused-signed-out = Vous n’êtes plus connecté. Connectez-vous et recommencez.
refused-form = Ce formulaire n’est plus valable, ou vient d’un autre site. Rouvrez la page.
refused-unreadable = Ce qui a été envoyé n’est pas compris.
refused-full = Le disque du serveur est plein : rien n’a été changé.
refused-broken = Le serveur ne peut pas y répondre maintenant.
refused-taken = Cette adresse a déjà un compte.
refused-gone = Ce contenu n’existe plus.
refused-outdated = Quelqu’un l’a changé entre-temps. Rouvrez la page.
refused-publish = Rien n’a été publié ; les écrans gardent ce qu’ils montrent.
refused-because = Refusé :
who-setup = installation
home-title = Accueil
home-write = Écrire
home-todo = À faire
home-latest = Derniers changements
items-title = Contenus
search = Chercher
show = Afficher
all = Tous
kind = Type
state = État
changed = Changé
pages = Pages
page-before = Page précédente
page-after = Page suivante
new-event = Nouvel événement
new-place = Nouveau lieu
new-article = Nouvelle page
new-service = Nouvelle démarche
kind-event = Événement
kind-place = Lieu
kind-article = Page
kind-service = Démarche
kind-itinerary = Balade
kind-alert = Alerte
kind-prepared_alert = Alerte préparée
kind-live = Chiffres du moment
kind-layout = Mise en page
kind-template = Modèle
kind-playlist = Liste
kind-playlist_item = Diapositive
kind-schedule_entry = Programmation
kind-campaign = Campagne
kind-advertising_curfew = Pause publicitaire
state-draft = Brouillon
state-to_moderate = À valider
state-ready = Prêt
state-refused = Refusé
state-published = Publié
item-no-form = Ce type de contenu n’a pas encore de formulaire : il vient des documents de la commune.
item-not-saved = Pas encore enregistré
item-older-shown = Les écrans montrent encore la version d’avant.
history = Historique
back-to-item = Revenir au contenu
conflict-title = Quelqu’un d’autre a enregistré entre-temps
conflict-words = Votre texte est dans le formulaire, le leur ici. Reprenez ce qu’il faut, puis enregistrez.
field = Champ
theirs = Leur version
ours = La vôtre
before = Avant
after = Après
field-title = Titre
field-timings = Dates
field-location = Lieu
field-kind = Genre
field-summary = Texte court, une ou deux phrases
field-text = Texte long
field-easy = Facile à lire et à comprendre
field-free = Entrée libre
field-fee = Payant
field-conditions = Prix et conditions
field-status = Statut
field-valid = Affiché
field-tags = Mots-clés
field-groups = Groupes d’écrans
field-address = Adresse
field-hours = Horaires
field-id = Identifiant
field-type = Type
hint-tags = Séparés par des virgules.
hint-groups = Séparés par des virgules ; vide : tous les écrans.
hint-address = Rue et numéro.
hint-hours = Au format OpenStreetMap : Mo-Fr 09:00-12:00.
begins = Début
ends = Fin
from = À partir de
until = Jusqu’à
timings-hint = Pour plus de dates, enregistrez : de nouvelles lignes apparaissent.
location-name = Nom du lieu
location-address = Adresse
save-draft = Enregistrer le brouillon
save-submit = Proposer à la validation
save-ready = Enregistrer, prêt à publier
judge-title = Décider
reason = Raison d’un refus
judge-ready = Valider
judge-refuse = Refuser
judge-withdraw = Retirer des écrans maintenant
publish-title = Publier
publish-now = Publier maintenant
published = C’est publié.
publish-problems = Ce qui a été laissé de côté
people-title = Équipe
people-add = Ajouter une personne
role = Rôle
role-contributor = Contribution : écrit et propose
role-moderator = Validation : valide et publie
role-administrator = Administration : décide de tout
way-in = Accès
change = Changer
block = Bloquer
unblock = Débloquer
choice-music = Musique
choice-stage = Spectacle
choice-exhibition = Exposition
choice-cinema = Cinéma
choice-talk = Conférence
choice-workshop = Atelier
choice-festival = Fête, festival
choice-market = Marché
choice-sport = Sport
choice-nature = Nature
choice-family = En famille
choice-other = Autre
choice-yes = Oui
choice-no = Non
choice-unknown = Non renseigné
choice-scheduled = A lieu comme prévu
choice-rescheduled = Nouvelle date
choice-moved_online = En ligne
choice-postponed = Reporté
choice-full = Complet
choice-cancelled = Annulé
language-fr = Français
language-en = Anglais
language-it = Italien
language-de = Allemand
language-es = Espagnol
language-nl = Néerlandais
language-ar = Arabe
language-zh = Chinois
items-found = { $count ->
    [0] Rien ne correspond. Élargissez la recherche ou écrivez un nouveau contenu.
    [one] 1 contenu
   *[other] { $count } contenus
}
publish-ready = { $count ->
    [0] Rien de nouveau n’est prêt. Publier renouvelle les signatures.
    [one] 1 contenu est prêt :
   *[other] { $count } contenus sont prêts :
}

# Aperçu

preview = Aperçu
preview-words = Voici ce que montreraient les écrans. Rien n’est enregistré.
preview-language = Langue de l’aperçu
preview-show = Voir l’aperçu
preview-drawing = Dessin en cours…
preview-lost = L’aperçu n’a pas pu être demandé. Il sera redemandé à la prochaine frappe.
preview-outdated = Le formulaire a changé entre-temps : demandez l’aperçu à nouveau.
preview-no-renderer = Pas d’aperçu ici : le programme parvis n’est pas installé à côté de parvis-hub. Vos contenus s’enregistrent et se publient quand même.
preview-failed = L’image n’a pas pu être dessinée : { $why }
preview-faults = À revoir
preview-spoken = Ce qui est lu à voix haute
view-portrait = Totem, debout
view-landscape = Écran large
view-large = Grands caractères
view-contrast = Contraste renforcé
view-reach = À portée d’un fauteuil
view-alt-portrait = Le contenu sur un totem, format vertical
view-alt-landscape = Le contenu sur un écran large
view-alt-large = Le contenu en grands caractères
view-alt-contrast = Le contenu en contraste renforcé
view-alt-reach = Le contenu avec les commandes à portée d’un fauteuil
fault-clipped = Un texte ne tient pas dans sa place.
fault-whole_words = Un mot est trop long et se coupe.
fault-contrast = Un texte ressort mal de son fond.
fault-legible = Un texte est trop petit.
fault-overlap = Des éléments se recouvrent.
fault-in_passing = Il y a trop de mots pour être lus en passant.
fault-other = L’écran ne respecte pas une règle de lisibilité.

# Messages urgents

nav-alerts = Urgence
alerts-title = Message urgent
alerts-standing = Sur les écrans en ce moment
alerts-none = Aucun message urgent.
alerts-unknown = On ne sait pas ce qui est affiché : le programme qui signe ne répond pas.
alerts-until = Jusqu’à :
alerts-groups = Groupes :
alerts-drill-mark = Exercice
alerts-clear = Retirer
alerts-new = Nouveau message
alerts-words = Le message occupe tous les écrans, à la place de tout le reste, dès qu’ils le reçoivent : deux secondes s’ils sont reliés.
alert-title = Ce qui se passe
alert-hint-title = En quelques mots : « Route de la vallée coupée ».
alert-instruction = Ce qu’il faut faire
alert-hint-instruction = Commencez par un verbe : « Passez par le pont du Moulin ».
alert-text = Plus de détails
alert-hint-text = Facultatif.
alert-severity = Gravité
severity-moderate = Modérée
severity-severe = Grave
severity-extreme = Extrême
alert-hours = Durée
alert-groups = Écrans
alert-groups-hint = Sans choix : tous les écrans.
alert-drill = C’est un exercice : seuls les écrans réglés pour les exercices le montrent
alert-sure = J’ai relu. Ce message peut partir maintenant.
alert-raise = Afficher maintenant
wrong-alert-title = Dites en quelques mots ce qui se passe.
wrong-alert-sure = Cochez « J’ai relu » : le message part aussitôt.
wrong-alert-long = Un des textes est trop long pour être lu d’un coup d’œil.
refused-alert = Le message n’a pas pu être changé.

# Plusieurs contenus à la fois, et retour en arrière

bulk-tick = Choisir
bulk-words = Avec les contenus cochés :
bulk-done = { $count ->
    [0] Rien n’a changé.
    [one] { $count } contenu est passé à la suite.
   *[other] { $count } contenus sont passés à la suite.
}
bulk-left = { $count ->
    [one] { $count } contenu est resté comme il était : il a changé entre-temps, ou n’en avait pas besoin.
   *[other] { $count } contenus sont restés comme ils étaient : ils ont changé entre-temps, ou n’en avaient pas besoin.
}
restore = Reprendre cette version

# La ville

nav-town = Ville
town-title = La ville
town-saved = C’est enregistré. Les écrans le montrent à la prochaine publication.
town-name = Nom
town-screens = Sur les écrans
town-languages = Langues
town-languages-hint = La première d’abord, séparées par des virgules : fr, en, de. Les écrans parlent fr, en, it, de, es, nl, ar et zh.
town-theme = Couleurs et logo
theme-parvis = Parvis : bleu nuit et papier
theme-monaco = Monaco : rouge et blanc
town-zone = Fuseau horaire
town-country = Pays
town-desk = Accueil
town-desk-hint = Où le visiteur trouve quelqu’un qui lui répond.
town-desk-name = Nom de l’accueil
town-phone = Téléphone
town-address = Adresse
town-hours = Heures d’ouverture
town-save = Enregistrer
town-root = Pour vos écrans
town-root-words = Chaque écran reçoit ce fichier une fois : il reconnaît ensuite votre ville, et elle seule. Rien n’y est secret.
town-root-take = Télécharger root.json
town-keys = Clés à mettre à l’abri
town-keys-words = Ces trois clés ne servent qu’une fois par an. Gardez-les hors ligne, sur trois clés USB, chez trois personnes, et le mot de passe à part. Sans elles, une clé volée ne peut pas être remplacée.
town-passphrase = Mot de passe des clés
town-keys-kept = J’ai copié les trois fichiers et le mot de passe, et vérifié qu’ils s’ouvrent.
town-keys-away = Les retirer de ce serveur
wrong-town-languages = Il faut au moins une langue.
wrong-town-long = Un des textes est trop long.
wrong-keys-kept = Cochez d’abord que vous avez copié les clés : elles ne se refont pas.
setup-town-next = Langues, couleurs, accueil, clés
# Sources
nav-sources = Sources
who-sources = sources
sources-title = Sources
sources-words = Ce que la ville reprend d’ailleurs : chaque source est relue à son rythme, et ce qu’elle apporte arrive sur les écrans sous votre contrôle.
sources-none = Aucune source pour l’instant. Ajoutez l’agenda de la ville, l’office de tourisme ou les actualités : leurs contenus arriveront d’eux-mêmes.
sources-back = Toutes les sources
sources-not-published = Ce que les sources ont apporté n’a pas pu être publié. Un nouvel essai suivra ; les écrans gardent ce qu’ils montrent.
sources-publishing = Ce qui est venu est publié…
source-add = Ajouter une source
source-formats-words = D’où viennent les données ? Choisissez leur forme ; l’étape suivante demande leur adresse et permet de les essayer.
source-state-doing = Lecture en cours
source-state-wanted = Va être lue
source-state-paused = En pause
source-state-never = Jamais lue
source-state-down = En panne
source-state-good = Tout va bien
source-items = Contenus ici
source-gave = Contenus donnés par la source
source-own = Modifiés ici
source-hidden = Masqués
source-problems = Problèmes
source-problems-title = Problèmes de la dernière lecture
source-good = Dernière bonne lecture
source-tried = Dernier essai
source-next = Prochaine lecture
source-no-next = Aucune : en pause
source-never = Jamais
source-down-since = La source est en panne depuis :
source-down-stays = Ce qu’elle avait donné reste affiché. Un nouvel essai a lieu au plus tard tous les quarts d’heure.
source-down-never = Elle n’a encore rien donné. Vérifiez l’adresse ; un nouvel essai a lieu au plus tard tous les quarts d’heure.
source-run = Lire maintenant
source-try = Essayer
source-edit = Modifier
source-remove = Supprimer la source
source-remove-words = Tout ce qui vient de cette source quitte les écrans, et ce que vous y avez modifié est perdu. Pour garder ses contenus sans la relire, mettez-la en pause.
source-remove-sure = Oui, supprimer la source et ses contenus
source-save = Enregistrer
source-save-hint = Une source enregistrée est lue tout de suite, puis à son rythme.
source-touched = Contenus que vous avez modifiés ou masqués
source-changed-below = { $count ->
    [one] 1 contenu modifié ici a changé à la source
   *[other] { $count } contenus modifiés ici ont changé à la source
}
touched-changed = A changé à la source
touched-own = Modifié ici
touched-hidden = Masqué
problem-left-out = Laissé de côté :
problem-licence = Aucune licence n’est indiquée : nommez-la dans les réglages de la source.
problem-outside = Se trouve hors de la commune.
problem-broken-off = La lecture s’arrête ici.
problem-title = Il n’y a pas de titre.
problem-date = Une date manque ou n’est pas comprise.
problem-twice = Cet enregistrement vient deux fois.
problem-removed = La source l’a supprimé.
problem-private = La source le dit privé.
problem-over = C’est déjà passé.
problem-picture = Une image n’a pas pu être reprise.
problem-host = Un serveur n’est pas permis : nommez-le dans « Autres serveurs ».
problem-other = Quelque chose n’a pas été compris.
ago-minutes = { $count ->
    [0] à l’instant
    [one] il y a 1 minute
   *[other] il y a { $count } minutes
}
ago-hours = il y a { $count } heures
ago-days = il y a { $count } jours
source-title = Nom de la source
source-title-hint = Comme vous l’appelez : « Agenda de la médiathèque ».
source-from = Adresse
source-key = Clé d’accès
source-key-hint = Seulement si le fournisseur en a donné une. Si elle fait partie de l’adresse, écrivez {"{key}"} à sa place dans l’adresse.
source-key-stays = Une clé est enregistrée ; elle n’est plus jamais montrée. Laissez vide pour la garder. Elle est oubliée si l’adresse change de serveur.
source-key-kept = Enregistrée
source-key-none = Aucune
source-key-forget = Oublier la clé enregistrée
source-schedule = Quand la lire
source-every = Rythme
source-at = À (heure de la ville)
source-daily = Chaque jour à une heure fixe
source-daily-at = Chaque jour à { $time }
source-every-5m = Toutes les 5 minutes
source-every-15m = Tous les quarts d’heure
source-every-30m = Toutes les demi-heures
source-every-1h = Toutes les heures
source-every-2h = Toutes les 2 heures
source-every-3h = Toutes les 3 heures
source-every-6h = Toutes les 6 heures
source-every-12h = Toutes les 12 heures
source-every-1d = Tous les jours
source-every-7d = Toutes les semaines
source-publishes = Ce que la source apporte
source-direct-yes = Est publié tout seul
source-direct-no = Attend la validation d’une personne
source-everywhere = Prendre aussi ce qui se trouve hors de la commune
source-map = En faire aussi la carte de la ville
source-paused = En pause : ne plus la lire ; ses contenus restent
source-more = Licence, crédit et autres réglages
source-licence = Licence
source-licence-hint = Pour ce qui n’en nomme pas : « Licence Ouverte 2.0 ».
source-credit = Crédit
source-credit-hint = Qui est nommé quand la source ne nomme personne.
source-allow = Autres serveurs
source-allow-hint = Où se trouvent ses images, s’ils sont ailleurs : media.exemple.fr, *.exemple.fr. Une étoile seule : tout serveur public.
source-rank = Rang de confiance
source-rank-hint = Quand deux sources parlent de la même chose, le plus petit nombre l’emporte.
source-codes = Codes de la zone
source-codes-hint = Le département de la ville, comme 81 ; plusieurs séparés par des virgules.
source-senders = Qui peut alerter
source-senders-hint = Comme les alertes nomment leur expéditeur. Vide : tout ce que donne l’adresse.
source-stops = Arrêts
source-stops-hint = Ceux dont on veut les prochains départs, par nom ou identifiant, séparés par des virgules.
source-timetable = Horaires concernés
source-timetable-none = Aucun
source-mapping = Ce que sont les lignes
source-mapping-wifi = Points d’accès Wi-Fi publics
source-mapping-fibre = Avancement de la fibre
source-mapping-road-works = Travaux et rues barrées
source-refused = Cette source ne peut pas être enregistrée ainsi :
form-wrong = À corriger avant d’enregistrer :
wrong-source-title = Donnez un nom à la source.
wrong-source-from = L’adresse doit commencer par https:// ou http://, sans nom d’utilisateur ni mot de passe.
wrong-source-key = Cette clé contient des signes impossibles ou est trop longue.
wrong-source-every = Choisissez un rythme, et l’heure si elle est fixe.
wrong-source-mapping = Choisissez ce que sont les lignes.
wrong-source-codes = Indiquez le département de la ville, sinon toute la France serait en alerte.
wrong-source-sure = Cochez la case pour confirmer la suppression.
refused-trying = Une autre source est à l’essai en ce moment. Réessayez dans une minute.
refused-imported = Ce contenu vient d’une source : il se modifie sur sa page, champ par champ.
refused-not-imported = Ce contenu a été écrit ici : il se modifie dans son formulaire.
trial-title = Résultat de l’essai
trial-settings = Ces réglages ne conviennent pas.
trial-silent = Le serveur ne répond pas en ce moment. Vérifiez l’adresse ou réessayez plus tard.
trial-refused = Le serveur ne donne rien à cette adresse, ou elle n’est pas permise.
trial-format = Ce n’est pas la forme attendue : choisissez une autre sorte de source ou vérifiez l’adresse.
trial-broken-off = La lecture s’est interrompue ; voici ce qui est venu avant.
trial-records = { $count ->
    [0] Aucun enregistrement lu.
    [one] 1 enregistrement lu.
   *[other] { $count } enregistrements lus.
}
trial-taken = { $count ->
    [0] Aucun contenu.
    [one] 1 contenu.
   *[other] { $count } contenus.
}
trial-left-out = { $count ->
    [0] Rien n’est laissé de côté.
    [one] 1 laissé de côté.
   *[other] { $count } laissés de côté.
}
trial-problems = { $count ->
    [0] Aucun problème.
    [one] 1 problème.
   *[other] { $count } problèmes.
}
trial-pictures = { $count ->
    [0] Aucune image.
    [one] 1 image.
   *[other] { $count } images.
}
trial-more-dates = { $count ->
    [one] et 1 autre date
   *[other] et { $count } autres dates
}
trial-first = Les premiers contenus
trial-what-problems = Les premiers problèmes
trial-nothing-kept = C’était un essai : rien n’a été gardé ni publié.
imported-from = Vient de
imported-since = Ici depuis
imported-unknown = Non indiqué
imported-says = Ce que dit la source
imported-read-only = Ces informations sont reprises telles quelles et se corrigent à la source.
imported-own = Modifier ici
imported-own-words = Ce que vous changez ici remplace ce que dit la source, même après la prochaine lecture. Les autres champs continuent de la suivre.
imported-set = Enregistrer ces changements
imported-source = Revenir à ce que dit la source
imported-keep = Garder nos changements
imported-changed = La source a changé
imported-changed-words = Depuis votre modification, la source dit autre chose. Les écrans montrent toujours votre version.
imported-theirs = La source dit maintenant
imported-ours = Affiché ici
imported-featured = Mettre en avant : les listes d’écrans peuvent demander ce qui porte le mot-clé « featured »
imported-hide-title = Masquer
imported-hide-words = Un contenu masqué quitte les écrans tout de suite et n’y revient pas, quoi que dise sa source.
imported-hide = Masquer sur tous les écrans
imported-show = Montrer de nouveau
source-format-openagenda = OpenAgenda
source-about-openagenda = Les événements d’un agenda OpenAgenda.
source-where-openagenda = https://api.openagenda.com/v2/agendas/NUMÉRO/events, avec une clé publique du compte OpenAgenda.
source-format-ical = Calendrier (iCalendar)
source-about-ical = Les rendez-vous d’un calendrier partagé : Google, Outlook, Nextcloud, logiciel d’une association.
source-where-ical = L’adresse de partage du calendrier, souvent terminée par .ics.
source-format-feed = Actualités (RSS, Atom)
source-about-feed = Les articles d’un site : le flux RSS, Atom ou JSON Feed.
source-where-feed = L’adresse du flux, souvent terminée par /feed ou .xml.
source-format-schema-org = Page web (schema.org)
source-about-schema-org = Événements et lieux qu’une page web décrit pour les moteurs de recherche.
source-where-schema-org = L’adresse de la page.
source-format-datatourisme = DATAtourisme
source-about-datatourisme = Lieux, événements et itinéraires des offices de tourisme.
source-where-datatourisme = L’adresse d’un flux ou de l’interface de DATAtourisme, avec la clé du compte.
source-format-apidae = Apidae
source-about-apidae = Lieux, événements et itinéraires d’un projet Apidae.
source-where-apidae = L’adresse de l’export JSON du projet (ZIP).
source-format-osm = OpenStreetMap
source-about-osm = Les lieux et la carte de la ville.
source-where-osm = L’adresse d’un extrait .osm.pbf du département.
source-format-acceslibre = Acceslibre
source-about-acceslibre = L’accessibilité des bâtiments ouverts au public.
source-where-acceslibre = https://acceslibre.beta.gouv.fr/api/erps/?commune=NOM, avec une clé.
source-format-opendatasoft = Portail de données (Opendatasoft)
source-about-opendatasoft = Les lignes d’un jeu de données d’un portail Opendatasoft.
source-where-opendatasoft = L’adresse du jeu de données.
source-format-csv = Tableau (CSV)
source-about-csv = Les lignes d’un tableau publié sur le web.
source-where-csv = L’adresse du fichier .csv.
source-format-geojson = Carte (GeoJSON)
source-about-geojson = Les objets d’un fichier GeoJSON.
source-where-geojson = L’adresse du fichier .geojson.
source-format-open-meteo = Météo (Open-Meteo)
source-about-open-meteo = Le temps qu’il fait et qu’il fera.
source-where-open-meteo = https://api.open-meteo.com
source-format-vigilance = Vigilance Météo-France
source-about-vigilance = Les vigilances météorologiques du département.
source-where-vigilance = L’adresse de l’interface Vigilance, avec la clé du compte Météo-France.
source-format-cap = Alertes (CAP)
source-about-cap = Les alertes à la population au format CAP.
source-where-cap = L’adresse d’une alerte ou d’un flux d’alertes.
source-format-gtfs = Transports (GTFS)
source-about-gtfs = Les arrêts d’un réseau, et les prochains départs de ceux que vous choisissez.
source-where-gtfs = L’adresse du fichier GTFS (ZIP).
source-format-gtfs-rt = Transports en temps réel
source-about-gtfs-rt = Perturbations et retards d’un réseau (GTFS-Realtime).
source-where-gtfs-rt = L’adresse du flux GTFS-Realtime.
source-format-gbfs = Vélos en libre-service
source-about-gbfs = Les stations et les vélos disponibles (GBFS).
source-where-gbfs = L’adresse du fichier gbfs.json.

# What is missing
nav-missing = À compléter
missing-title = Ce qui manque
missing-words = Les événements des 14 prochains jours, et les pages publiées ou bientôt publiées, auxquels il manque quelque chose pour celles et ceux qui les lisent.
missing-usual = Événements et pages
missing-lack = Il manque
missing-when = Quand
missing-found = { $count ->
    [0] Rien ne manque ici.
    [one] 1 contenu à compléter
   *[other] { $count } contenus à compléter
}
lacks-title = Ce qui manque encore
lack-translation = une traduction
lack-translation-into = une traduction : { $language }
lack-summary = un texte court
lack-picture = une image
lack-alt = la description d’une image
lack-credit = le crédit d’une image
lack-easy = une version facile à lire
lack-place = le lieu
lack-price = le prix
# Médiathèque

nav-media = Médiathèque
media-title = Médiathèque
media-choose = Choisir une image
media-choose-for = Pour :
media-take = Choisir
media-only = Montrer
media-only-all = Tout
media-only-no_alt = Sans texte de remplacement
media-only-no_credit = Sans crédit
media-only-unused = Utilisés nulle part
media-only-films = Films
media-film = Film
media-back = Revenir à la médiathèque
media-picture-itself = L’image elle-même
kib = Kio
save = Enregistrer
media-name = Nom, pour la retrouver
media-alt = Texte de remplacement
media-alt-hint = Ce que l’on voit, en une phrase, pour qui ne voit pas l’image.
media-rights = Droits
media-credit = Crédit
media-credit-hint = Qui l’a faite : s’affiche près de l’image.
media-licence = Licence
media-licence-unsaid = Non renseignée : montrée entière
media-licence-own = La commune a tous les droits
media-licence-other = Une autre licence
media-licence-other-words = Laquelle, s’il s’agit d’une autre
media-focal = Point essentiel
media-focal-hint = Ce qui doit rester visible quand l’écran coupe l’image : cliquez dessus, ou écrivez la distance en pour cent. Vide : le milieu.
media-from-left = Depuis la gauche, en %
media-from-top = Depuis le haut, en %
media-width = Largeur, en %
media-height = Hauteur, en %
media-cut = Recadrer
media-cut-hint = En pour cent de l’image d’origine, qui est gardée.
media-cut-now = Recadrer partout
media-cut-whole = Reprendre l’image entière
media-uses = Utilisée dans
media-unused = Aucun contenu ne l’utilise.
media-replace = Remplacer partout
media-replace-file = Nouveau fichier
media-replace-hint = Tous les contenus qui la montrent montrent alors ce fichier ; les écrans, à la prochaine publication.
media-replace-now = Remplacer
media-delete = Supprimer
media-delete-now = Supprimer de la médiathèque
upload-files = Ajouter des images ou des films
upload-hint = Déposez-les ici ou choisissez-les : JPEG, PNG, WebP, MP4 ou WebM. Le lieu et l’appareil notés par le téléphone sont effacés des images affichées.
upload-send = Envoyer
upload-progress = Envoi en cours
upload-failed = L’envoi s’est interrompu. Réessayez.
upload-kept = Ajouté :
upload-none = Choisissez un fichier.
upload-no-picture = Ce n’est pas une image lisible. Envoyez un JPEG, un PNG ou un WebP.
upload-no-film = Ce film ne peut pas être lu ici. Envoyez un MP4 ou un WebM courant.
upload-pdf = C’est un PDF : passez par « À partir d’une affiche », sur la page d’accueil.
upload-no-pdf = Ce PDF ne peut pas être lu : protégé, abîmé ou trop compliqué. Envoyez-le comme image.
upload-too-large = Ce fichier est trop lourd : 64 Mio au plus pour une image ou un PDF, 256 Mio pour un film.
upload-too-many-pixels = Cette image a trop de pixels : 80 millions au plus.
upload-is-there = Ce fichier est déjà dans la médiathèque sous une autre entrée.
cut-of-page = Une page de PDF ne se recadre pas ici. Envoyez l’affiche comme image.
wrong-cut = Cette partie sort de l’image, ou est trop étroite.
wrong-percent = Écrivez des pour cent de 0 à 100.
wrong-licence-of-cut = Cette licence interdit de recadrer. Reprenez d’abord l’image entière.
refused-cut = Sa licence ne permet pas de la recadrer, ou n’est pas renseignée : elle est montrée entière.
refused-slow = L’envoi a pris trop de temps. Réessayez.
refused-too-large = C’est trop à la fois. Envoyez moins de fichiers.
refused-busy = Beaucoup de fichiers arrivent en ce moment. Réessayez dans une minute.
refused-on-displays = Des écrans la montrent : demandez à une personne qui valide.
refused-in-use = Des contenus la montrent : retirez-la d’abord de ces contenus.
media-pick = Choisir dans la médiathèque
media-place = Place
media-take-out = Retirer
media-order-hint = La première est l’image principale. Choisir enregistre d’abord le brouillon.
field-media = Images et films
field-access = Accessibilité
field-registration = Réservation
field-link = Page web, adresse complète
field-ages = Âges
field-position = Position
field-contact = Contact
field-changing_table = Table à langer
field-steps = Étapes
field-documents = À apporter
field-cost = Coût
field-delay = Délai
field-online = Démarche en ligne, adresse complète
field-payment = Paiement en ligne, adresse complète
field-desk = Guichet
position-lat = Latitude
position-lon = Longitude
position-hint = En degrés : 43.7384 et 7.4246.
contact-hint = De l’organisme, jamais d’une personne privée.
part-phone = Téléphone
part-email = Adresse électronique
part-address = Adresse
part-hours = Horaires, au format OpenStreetMap
way-kind = Par
way-value = Numéro ou adresse
way-phone = Téléphone
way-email = Courrier électronique
way-link = Site web
age-from = À partir de, en années
age-to = Jusqu’à, en années
lines-hint = Une ligne chacune ; la même ligne dans chaque langue.
need-wheelchair = En fauteuil roulant
need-walking = Marche difficile
need-sight = Vue
need-hearing = Audition
need-understanding = Compréhension
need-children = Avec des enfants
access-hint = Non renseigné n’est pas non : dites ce que vous savez, de qui et depuis quand.
access-value = Accessible
access-details = Précisions
access-source = Qui le dit
access-date = Constaté le
poster-title = À partir d’une affiche
poster-words = Une affiche devient un événement : sa première page en est l’image, et vous n’écrivez qu’une fois le titre, la date et le lieu.
poster-file = L’affiche
poster-hint = Déposez-la ici ou choisissez-la : PDF, JPEG, PNG ou WebP.
poster-send = Continuer
poster-asked = Que dit l’affiche ?
poster-check = Lu sur l’affiche quand c’était possible : vérifiez.
poster-picture = L’affiche
poster-make = Créer le brouillon
media-found = { $count ->
    [0] Rien ici. Ajoutez une image ou élargissez la recherche.
    [one] 1 média
   *[other] { $count } médias
}
upload-most = Au plus { $count } Mio en une fois.
# Les écrans
nav-displays = Écrans
displays-title = Écrans
displays-none = Aucun écran pour l’instant.
displays-found = { $count ->
    [0] Aucun écran.
    [one] 1 écran
   *[other] { $count } écrans
}
displays-bad = { $count ->
    [one] dont 1 à regarder.
   *[other] dont { $count } à regarder.
}
condition-fine = Tout va bien
condition-trouble = À regarder
condition-silent = Ne répond plus
condition-new = Pas encore de nouvelles
on-unknown = On ne sait pas
on-attract = Écran d’accueil, personne ne s’en sert
on-in-use = Une personne s’en sert
on-off = Dalle éteinte
on-nothing = Rien de votre commune encore
never = Jamais
group-default = Tous les écrans ordinaires
display-name = Nom de l’écran
display-group = Groupe
display-group-hint = Un écran affiche ce qui est publié pour son groupe.
display-position = Emplacement
display-position-hint = Par exemple « Mairie, hall d’entrée ». Facultatif.
enrol-title = Ajouter un écran
enrol-step-plug = Branchez l’écran au réseau et attendez qu’il affiche un code.
enrol-step-code = Recopiez ce code ici. Il vaut dix minutes ; ensuite l’écran en montre un autre.
enrol-step-place = Dites comment l’écran s’appelle et où il se trouve.
enrol-code = Code affiché par l’écran
enrol-code-hint = 8 lettres et chiffres, avec ou sans espaces, en majuscules ou non.
enrol-unknown = Aucun écran ne montre ce code en ce moment. Vérifiez chaque signe ; si le code a changé, recopiez le nouveau. Si pourtant l’écran se dit ajouté, débranchez-le et prévenez votre service informatique.
enrol-wait = Trop de codes faux. Réessayez dans un quart d’heure.
enrol-replaces = Cet écran remplace
enrol-replaces-none = Aucun : c’est un écran de plus
enrol-replaces-hint = Le nouvel écran reprend le nom, le groupe, l’emplacement et l’historique. L’ancien n’est plus accepté dès cet instant.
enrol-new = Un écran de plus
enrol-new-hint = À remplir seulement si l’écran n’en remplace pas un autre.
enrol-now = Ajouter cet écran
enrol-done = C’est fait : l’écran le dit aussi, puis il va chercher ce qui est publié.
wrong-summary = Il reste quelque chose à corriger :
wrong-group = Choisissez un groupe de la liste.
wrong-position = L’emplacement a 100 caractères au plus.
wrong-unsure = Cochez la case pour dire que vous le voulez vraiment.
fact-seen = Dernier contact
fact-on = À l’écran
fact-shows = Publication affichée
fact-shows-since = Affichée depuis
fact-contacted = Dernière publication vérifiée
fact-clock = Horloge
fact-disk = Place libre sur le disque
fact-panel = Dalle
fact-parvis = Version de Parvis
fact-enrolled = Ajouté
clock-trusted = Fiable
gibibytes = { $count } Gio
display-faults = Pannes
display-faults-none = Aucune.
trouble-lasts = En cours
trouble-over = Terminé
trouble-network = L’écran n’atteint pas les publications : le réseau, ou ce serveur.
trouble-signature = L’écran a reçu des publications que votre commune n’a pas signées, et les refuse.
trouble-stale = Une signature de la commune est périmée : publiez à nouveau.
trouble-expired = Les signatures de la commune sont périmées : publiez à nouveau.
trouble-group = Rien n’est publié pour le groupe de cet écran.
trouble-disk = Le disque de l’écran est plein ou abîmé.
trouble-clock = L’horloge de l’écran n’est pas fiable : il n’affiche rien qui dépende de l’heure.
trouble-records = L’écran n’arrive pas à transmettre ses relevés ; il les garde.
trouble-damage = Des fichiers de l’écran sont abîmés ; il va les rechercher.
trouble-player = L’affichage ne tourne pas sur cet écran.
trouble-other = Une panne que cette page ne connaît pas.
for-it = Pour le service informatique
display-commands = Demander à l’écran
display-commands-hint = L’écran le fait dans la minute.
display-command = Demande
display-asked = Demandé par
order-identify = Montrer son nom
order-screenshot = Photographier l’affichage
order-collect = Chercher les nouveautés
order-restart = Redémarrer l’affichage
order-screen-on = Allumer la dalle
order-screen-off = Éteindre la dalle
command-waiting = En attente
command-sent = Envoyé
command-received = Reçu par l’écran
command-done = Fait
command-failed = N’a pas réussi
command-in-use = Quelqu’un se sert de l’écran : pas de photo
command-no-player = L’affichage ne tourne pas sur cet écran
command-expired = Abandonné : l’écran n’a pas répondu à temps
display-pictures = Photos de l’affichage
display-pictures-hint = Elles sont effacées au bout d’un jour.
display-picture-of = L’affichage,
display-place = Nom et emplacement
display-end = Remplacer ou retirer
display-replace = Un autre appareil le remplace
display-remove = Retirer cet écran
display-remove-sure = Cet écran ne sera plus accepté, et son historique est effacé.
save = Enregistrer
mail-silent-subject = { $count ->
    [one] Parvis : l’écran « { $name } » ne répond plus
   *[other] Parvis : { $count } écrans ne répondent plus
}
mail-back-subject = { $count ->
    [one] Parvis : l’écran « { $name } » répond de nouveau
   *[other] Parvis : { $count } écrans répondent de nouveau
}
mail-silent = Ne répond plus : { $name }, dernier contact { $at }
mail-back = Répond de nouveau : { $name }
mail-where = Voir tous les écrans :

# Le bilan du mois
nav-report = Bilan
report-title = Bilan du mois
report-months = Mois
report-csv = Télécharger en CSV
report-visits = visites
report-qr = codes QR montrés
report-without-result = recherches sans résultat
report-few = Ce que partagent moins de dix visites est regroupé sous « Autres » : personne ne peut être reconnu.
report-others = Autres
report-languages = Langues
report-needs = Besoins choisis
report-modes = Réglages d’affichage
report-screens = Pages consultées
report-items = Contenus les plus ouverts
report-count = Nombre
report-plays = Ce que les écrans ont montré
report-plays-none = Rien n’a encore été relevé ce mois-ci.
report-times = Passages
report-minutes = Minutes
need-wheelchair = Fauteuil roulant
need-walking = Marche difficile
need-sight = Vue
need-hearing = Ouïe
need-children = Enfants
mode-contrast = Contraste fort
mode-large = Grands caractères
mode-reach = À portée de main
mode-easy = Facile à lire
screen-attract = Écran d’accueil
screen-home = Accueil
screen-near = Près de moi
screen-agenda = Agenda
screen-event = Un événement
screen-places = Lieux
screen-place = Un lieu
screen-guide = Guide
screen-article = Un article
screen-services = Services
screen-service = Une démarche
screen-search = Recherche
screen-languages = Langues
screen-access = Accessibilité
screen-about = À propos
