# City screens: what nobody touches.
signage-tonight = Tonight in { $town }
signage-as-of = As of { $time }
signage-departures = Next departures
signage-weather = Weather
alert-drill = Exercise: this is not a real alert
countdown-days = { $count ->
    [one] day
   *[other] days
}
countdown-hours = { $count ->
    [one] hour
   *[other] hours
}
countdown-minutes = { $count ->
    [one] minute
   *[other] minutes
}
signage-scan = Scan me
