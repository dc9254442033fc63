# City screens: what nobody touches.
signage-tonight = Stasera a { $town }
signage-as-of = Rilevato alle { $time }
signage-departures = Prossime partenze
signage-weather = Meteo
alert-drill = Esercitazione: non è una vera allerta
countdown-days = { $count ->
    [one] giorno
   *[other] giorni
}
countdown-hours = { $count ->
    [one] ora
   *[other] ore
}
countdown-minutes = { $count ->
    [one] minuto
   *[other] minuti
}
signage-scan = Inquadra
