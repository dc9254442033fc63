# Openbaar vervoer en deelfietsen.
transit-platforms-differ = Sommige perrons zijn per rolstoel bereikbaar, andere niet
transit-platforms = { $count ->
    [one] Perron { $platforms }
   *[other] Perrons { $platforms }
}
transit-line-to = { $line } → { $direction }
transit-about = rond { $time }
transit-cancelled = rijdt niet
transit-late = { $minutes } min. later
transit-early = { $minutes } min. eerder
transit-booked = alleen na telefonische reservering
transit-driver = in overleg met de bestuurder
transit-wheelchair = toegankelijk per rolstoel
transit-no-wheelchair = niet toegankelijk per rolstoel
transit-with-note = { $time }, { $note }

transit-effect-no-service = Geen dienst
transit-effect-reduced-service = Beperkte dienst
transit-effect-delays = Grote vertragingen
transit-effect-detour = Omleiding
transit-effect-additional-service = Extra ritten
transit-effect-modified-service = Gewijzigde dienst
transit-effect-stop-moved = Halte verplaatst
transit-effect-accessibility = Beperkte toegang
transit-in-force = Van kracht

transit-bikes = { $count ->
    [one] { $count } fiets
   *[other] { $count } fietsen
}
transit-bikes-electric = waarvan { $count } elektrisch
transit-docks = { $count ->
    [one] { $count } vrije plaats
   *[other] { $count } vrije plaatsen
}
transit-no-hire = nu geen verhuur
transit-bikes-area = De fietsen staan in een gemarkeerd vak, zonder stalling.
transit-bikes-room = { $count ->
    [one] Plaats voor { $count } fiets.
   *[other] Plaats voor { $count } fietsen.
}
