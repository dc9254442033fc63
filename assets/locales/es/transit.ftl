# Transporte público y bicicletas compartidas.
transit-platforms-differ = A algunos andenes se llega en silla de ruedas, a otros no
transit-platforms = { $count ->
    [one] Andén { $platforms }
   *[other] Andenes { $platforms }
}
transit-line-to = { $line } → { $direction }
transit-about = hacia las { $time }
transit-cancelled = cancelado
transit-late = { $minutes } min de retraso
transit-early = { $minutes } min de adelanto
transit-booked = solo con reserva por teléfono
transit-driver = a convenir con el conductor
transit-wheelchair = apto para silla de ruedas
transit-no-wheelchair = no apto para silla de ruedas
transit-with-note = { $time }, { $note }

transit-effect-no-service = Servicio interrumpido
transit-effect-reduced-service = Servicio reducido
transit-effect-delays = Retrasos importantes
transit-effect-detour = Desvío
transit-effect-additional-service = Servicio adicional
transit-effect-modified-service = Servicio modificado
transit-effect-stop-moved = Parada trasladada
transit-effect-accessibility = Acceso restringido
transit-in-force = En vigor

transit-bikes = { $count ->
    [one] { $count } bicicleta
   *[other] { $count } bicicletas
}
transit-bikes-electric = { $count ->
    [one] { $count } eléctrica
   *[other] { $count } eléctricas
}
transit-docks = { $count ->
    [one] { $count } anclaje libre
   *[other] { $count } anclajes libres
}
transit-no-hire = sin alquiler por ahora
transit-bikes-area = Las bicicletas se dejan en una zona señalada, sin anclajes.
transit-bikes-room = { $count ->
    [one] Espacio para { $count } bicicleta.
   *[other] Espacio para { $count } bicicletas.
}
