# City screens: what nobody touches.
signage-tonight = Heute Abend in { $town }
signage-as-of = Stand { $time }
signage-departures = Nächste Abfahrten
signage-weather = Wetter
alert-drill = Übung: keine echte Warnung
countdown-days = { $count ->
    [one] Tag
   *[other] Tage
}
countdown-hours = { $count ->
    [one] Stunde
   *[other] Stunden
}
countdown-minutes = { $count ->
    [one] Minute
   *[other] Minuten
}
signage-scan = Scannen
