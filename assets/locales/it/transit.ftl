# Trasporto pubblico e biciclette condivise.
transit-platforms-differ = Alcune banchine sono accessibili in sedia a rotelle, altre no
transit-platforms = { $count ->
    [one] Banchina { $platforms }
   *[other] Banchine { $platforms }
}
transit-line-to = { $line } → { $direction }
transit-about = verso le { $time }
transit-cancelled = soppresso
transit-late = { $minutes } min di ritardo
transit-early = { $minutes } min di anticipo
transit-booked = solo su prenotazione telefonica
transit-driver = da concordare con il conducente
transit-wheelchair = accessibile in sedia a rotelle
transit-no-wheelchair = non accessibile in sedia a rotelle
transit-with-note = { $time }, { $note }

transit-effect-no-service = Servizio sospeso
transit-effect-reduced-service = Servizio ridotto
transit-effect-delays = Forti ritardi
transit-effect-detour = Deviazione
transit-effect-additional-service = Servizio aggiuntivo
transit-effect-modified-service = Servizio modificato
transit-effect-stop-moved = Fermata spostata
transit-effect-accessibility = Accesso limitato
transit-in-force = In vigore

transit-bikes = { $count ->
    [one] { $count } bicicletta
   *[other] { $count } biciclette
}
transit-bikes-electric = { $count ->
    [one] di cui { $count } elettrica
   *[other] di cui { $count } elettriche
}
transit-docks = { $count ->
    [one] { $count } posto libero
   *[other] { $count } posti liberi
}
transit-no-hire = noleggio al momento sospeso
transit-bikes-area = Le biciclette si lasciano in un’area segnalata, senza stalli.
transit-bikes-room = { $count ->
    [one] Posto per { $count } bicicletta.
   *[other] Posto per { $count } biciclette.
}
