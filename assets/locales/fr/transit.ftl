# Transports en commun et vélos en libre-service.
transit-platforms-differ = Certains quais sont accessibles en fauteuil roulant, d’autres non
transit-platforms = { $count ->
    [one] Quai { $platforms }
   *[other] Quais { $platforms }
}
transit-line-to = { $line } → { $direction }
transit-about = vers { $time }
transit-cancelled = supprimé
transit-late = { $minutes } min de retard
transit-early = { $minutes } min d’avance
transit-booked = sur réservation par téléphone
transit-driver = à convenir avec le conducteur
transit-wheelchair = accessible en fauteuil roulant
transit-no-wheelchair = non accessible en fauteuil roulant
transit-with-note = { $time }, { $note }

transit-effect-no-service = Service interrompu
transit-effect-reduced-service = Service réduit
transit-effect-delays = Retards importants
transit-effect-detour = Déviation
transit-effect-additional-service = Service supplémentaire
transit-effect-modified-service = Service modifié
transit-effect-stop-moved = Arrêt déplacé
transit-effect-accessibility = Accès restreint
transit-in-force = En vigueur

transit-bikes = { $count ->
    [one] { $count } vélo
   *[other] { $count } vélos
}
transit-bikes-electric = { $count ->
    [one] dont { $count } électrique
   *[other] dont { $count } électriques
}
transit-docks = { $count ->
    [one] { $count } place libre
   *[other] { $count } places libres
}
transit-no-hire = pas de location en ce moment
transit-bikes-area = Les vélos se garent dans une zone marquée, sans borne.
transit-bikes-room = { $count ->
    [one] { $count } emplacement.
   *[other] { $count } emplacements.
}
