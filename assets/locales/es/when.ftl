# When: hours, dates, durations and distances.
unit-meters = { $number } m
unit-kilometers = { $number } km
unit-minutes = { $number } min
on-foot = { $minutes } min a pie
on-foot-distance = { $distance }, { $minutes } min a pie
time-range = { $from } – { $to }
time-midnight = medianoche

open-now = Abierto
open-until = Abierto hasta { $time } h
open-until-midnight = Abierto hasta medianoche
open-until-day = Abierto hasta el { $day }, { $time } h
open-always = Abierto las 24 horas
closes-in = Cierra en { $minutes } min
closes-soon = Cierra en menos de 5 minutos
opens-in = Abre en { $minutes } min
opens-at = Abre hoy, { $time } h
opens-tomorrow = Abre mañana, { $time } h
opens-day = Abre el { $day }, { $time } h
opens-date = Abre el { $date }
closed-now = Cerrado
closed-for-now = Cerrado por el momento
hours-unknown = Horario no conocido

week-line = { $days }: { $hours }
week-range = { $first } – { $last }
week-every-day = Todos los días
week-closed = cerrado
week-unknown = por confirmar
week-all-day = las 24 horas
week-remark = { $hours } ({ $remark })

when-now = Ahora mismo
when-now-until = Ahora mismo, hasta { $time } h
when-now-until-midnight = Ahora mismo, hasta medianoche
when-now-until-date = Ahora mismo, hasta el { $date }
when-begins-in = Empieza en { $minutes } min
when-today = Hoy, { $time } h
when-tonight = Esta noche, { $time } h
when-this-night = Esta madrugada, { $time } h
when-tomorrow = Mañana, { $time } h
when-date = { $date }, { $time } h
when-ended = Terminado
when-from-to = { $date }, { $from } – { $to }
date-today = Hoy, { $date }
date-tomorrow = Mañana, { $date }
date-updated = Actualizado: { $date }
