# One place of a kind.
kind-toilets = Toilettes
kind-drinking-water = Eau potable
kind-pharmacy = Pharmacie
kind-cash = Distributeur de billets
kind-playground = Aire de jeux
kind-stop = Arrêt
kind-parking = Parking
kind-lift = Ascenseur
kind-bench = Banc
kind-defibrillator = Défibrillateur
kind-bicycle-parking = Stationnement vélo
kind-charging-station = Borne de recharge
kind-recycling = Point de tri
kind-post-box = Boîte aux lettres
kind-telephone = Téléphone public
kind-shelter = Abri
kind-museum = Musée
kind-gallery = Galerie d’art
kind-attraction = Site à visiter
kind-monument = Monument
kind-artwork = Œuvre d’art
kind-viewpoint = Point de vue
kind-historic = Lieu historique
kind-worship = Lieu de culte
kind-park = Parc
kind-garden = Jardin
kind-beach = Plage
kind-fountain = Fontaine
kind-picnic = Table de pique-nique
kind-theatre = Salle de spectacle
kind-cinema = Cinéma
kind-library = Bibliothèque
kind-community-centre = Centre culturel et social
kind-casino = Casino
kind-nightlife = Discothèque
kind-restaurant = Restaurant
kind-cafe = Café
kind-bar = Bar
kind-fast-food = Restauration rapide
kind-ice-cream = Glacier
kind-hotel = Hôtel
kind-shop = Magasin
kind-supermarket = Supermarché
kind-bakery = Boulangerie
kind-market = Marché
kind-sport = Équipement sportif
kind-pool = Piscine
kind-marina = Port de plaisance
kind-town-hall = Mairie
kind-information = Office de tourisme
kind-post-office = Bureau de poste
kind-bank = Banque
kind-police = Police
kind-fire-station = Pompiers
kind-hospital = Hôpital
kind-doctor = Cabinet médical
kind-veterinary = Vétérinaire
kind-school = École
kind-kindergarten = Crèche ou maternelle
kind-university = Université
kind-embassy = Ambassade ou consulat
kind-taxi = Station de taxis
kind-car-rental = Location de voitures
kind-bicycle-rental = Location de vélos
kind-fuel = Station-service
kind-station = Gare
kind-ferry = Embarcadère
kind-other = Lieu

# A place without a name of its own, by the nearest thing that has one.
# $initial: what sound $name begins with, vowel or consonant.
kind-near = { $kind }, près { $initial ->
    [vowel] d’
   *[consonant] de{" "}
}{ $name }

# Headings over several places of a kind.
kinds-toilets = Toilettes
kinds-drinking-water = Eau potable
kinds-pharmacy = Pharmacies
kinds-cash = Distributeurs de billets
kinds-playground = Aires de jeux
kinds-stop = Arrêts
kinds-parking = Parkings
kinds-lift = Ascenseurs
kinds-bench = Bancs
kinds-defibrillator = Défibrillateurs
kinds-bicycle-parking = Stationnements vélo
kinds-charging-station = Bornes de recharge
kinds-recycling = Points de tri
kinds-post-box = Boîtes aux lettres
kinds-telephone = Téléphones publics
kinds-shelter = Abris
kinds-museum = Musées
kinds-gallery = Galeries d’art
kinds-attraction = Sites à visiter
kinds-monument = Monuments
kinds-artwork = Œuvres d’art
kinds-viewpoint = Points de vue
kinds-historic = Lieux historiques
kinds-worship = Lieux de culte
kinds-park = Parcs
kinds-garden = Jardins
kinds-beach = Plages
kinds-fountain = Fontaines
kinds-picnic = Tables de pique-nique
kinds-theatre = Salles de spectacle
kinds-cinema = Cinémas
kinds-library = Bibliothèques
kinds-community-centre = Centres culturels et sociaux
kinds-casino = Casinos
kinds-nightlife = Discothèques
kinds-restaurant = Restaurants
kinds-cafe = Cafés
kinds-bar = Bars
kinds-fast-food = Restauration rapide
kinds-ice-cream = Glaciers
kinds-hotel = Hôtels
kinds-shop = Magasins
kinds-supermarket = Supermarchés
kinds-bakery = Boulangeries
kinds-market = Marchés
kinds-sport = Équipements sportifs
kinds-pool = Piscines
kinds-marina = Ports de plaisance
kinds-town-hall = Mairies
kinds-information = Offices de tourisme
kinds-post-office = Bureaux de poste
kinds-bank = Banques
kinds-police = Police
kinds-fire-station = Pompiers
kinds-hospital = Hôpitaux
kinds-doctor = Cabinets médicaux
kinds-veterinary = Vétérinaires
kinds-school = Écoles
kinds-kindergarten = Crèches et maternelles
kinds-university = Universités
kinds-embassy = Ambassades et consulats
kinds-taxi = Stations de taxis
kinds-car-rental = Locations de voitures
kinds-bicycle-rental = Locations de vélos
kinds-fuel = Stations-service
kinds-station = Gares
kinds-ferry = Embarcadères
kinds-other = Autres lieux

# What a place's record states about it, as one sentence.
place-wheelchair-partly = Accessible en partie en fauteuil roulant.
place-toilets-wheelchair = Toilettes accessibles en fauteuil roulant.
place-toilets-no-wheelchair = Toilettes non accessibles en fauteuil roulant.
place-disabled-parking = Places réservées aux personnes handicapées.
place-disabled-parking-count = { $count ->
    [one] { $count } place réservée
   *[other] { $count } places réservées
} aux personnes handicapées.
place-no-tactile-paving = Sans bande podotactile.
place-tactile-paving = Bande podotactile au sol.
place-hearing-loop = Boucle à induction pour les appareils auditifs.
place-no-hearing-loop = Sans boucle à induction.
place-changing-table = Table à langer.
place-kids-area = Espace pour les enfants.
place-highchair = Chaise haute pour les petits.
place-minimum-age = À partir de { $age } ans.
place-seat = Banc pour s’asseoir.
place-backrest = Banc avec dossier.
place-no-backrest = Banc sans dossier.
place-ground-firm = Sol dur.
place-ground-uneven = Sol pavé, inégal.
place-ground-loose = Sol meuble : gravier ou sable.
place-ground-natural = Sol naturel : terre ou herbe.
place-customers-only = Réservé aux clients.
place-stop-lines = { $count ->
    [one] Ligne { $lines }
   *[other] Lignes { $lines }
}
