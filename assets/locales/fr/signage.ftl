# City screens: what nobody touches.
signage-tonight = Ce soir à { $town }
signage-as-of = Relevé à { $time }
signage-departures = Prochains départs
signage-weather = Météo
alert-drill = Exercice : ce n’est pas une vraie alerte
countdown-days = { $count ->
    [one] jour
   *[other] jours
}
countdown-hours = { $count ->
    [one] heure
   *[other] heures
}
countdown-minutes = { $count ->
    [one] minute
   *[other] minutes
}
signage-scan = Scannez
