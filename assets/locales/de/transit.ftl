# Öffentlicher Verkehr und Leihräder.
transit-platforms-differ = Einige Bahnsteige sind mit dem Rollstuhl erreichbar, andere nicht
transit-platforms = { $count ->
    [one] Steig { $platforms }
   *[other] Steige { $platforms }
}
transit-line-to = { $line } → { $direction }
transit-about = etwa { $time }
transit-cancelled = fällt aus
transit-late = { $minutes } Min. später
transit-early = { $minutes } Min. früher
transit-booked = nur nach Anmeldung per Telefon
transit-driver = nach Absprache mit dem Fahrpersonal
transit-wheelchair = rollstuhlgerecht
transit-no-wheelchair = nicht rollstuhlgerecht
transit-with-note = { $time }, { $note }

transit-effect-no-service = Kein Verkehr
transit-effect-reduced-service = Eingeschränkter Verkehr
transit-effect-delays = Erhebliche Verspätungen
transit-effect-detour = Umleitung
transit-effect-additional-service = Zusätzliche Fahrten
transit-effect-modified-service = Geänderter Verkehr
transit-effect-stop-moved = Haltestelle verlegt
transit-effect-accessibility = Zugang eingeschränkt
transit-in-force = Gültig

transit-bikes = { $count ->
    [one] { $count } Rad
   *[other] { $count } Räder
}
transit-bikes-electric = davon { $count } elektrisch
transit-docks = { $count ->
    [one] { $count } freier Platz
   *[other] { $count } freie Plätze
}
transit-no-hire = zurzeit kein Verleih
transit-bikes-area = Die Räder stehen in einem markierten Bereich, ohne Station.
transit-bikes-room = { $count ->
    [one] Platz für { $count } Rad.
   *[other] Platz für { $count } Räder.
}
