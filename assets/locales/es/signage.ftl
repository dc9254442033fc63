# City screens: what nobody touches.
signage-tonight = Esta noche en { $town }
signage-as-of = Dato de las { $time }
signage-departures = Próximas salidas
signage-weather = El tiempo
alert-drill = Simulacro: no es una alerta real
countdown-days = { $count ->
    [one] día
   *[other] días
}
countdown-hours = { $count ->
    [one] hora
   *[other] horas
}
countdown-minutes = { $count ->
    [one] minuto
   *[other] minutos
}
signage-scan = Escanee
