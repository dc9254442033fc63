# City screens: what nobody touches.
signage-tonight = Vanavond in { $town }
signage-as-of = Gemeten om { $time }
signage-departures = Volgende vertrekken
signage-weather = Weer
alert-drill = Oefening: dit is geen echte waarschuwing
countdown-days = { $count ->
    [one] dag
   *[other] dagen
}
countdown-hours = { $count ->
    [one] uur
   *[other] uur
}
countdown-minutes = { $count ->
    [one] minuut
   *[other] minuten
}
signage-scan = Scan mij
