# When: hours, dates, durations and distances.
unit-meters = { $number } m
unit-kilometers = { $number } km
unit-minutes = { $number } min
on-foot = { $minutes } min a piedi
on-foot-distance = { $distance }, { $minutes } min a piedi
time-range = { $from } – { $to }
time-midnight = mezzanotte

open-now = Aperto
open-until = Aperto fino alle ore { $time }
open-until-midnight = Aperto fino a mezzanotte
open-until-day = Aperto fino a { $day }, ore { $time }
open-always = Aperto 24 ore su 24
closes-in = Chiude tra { $minutes } min
closes-soon = Chiude tra meno di 5 minuti
opens-in = Apre tra { $minutes } min
opens-at = Apre alle ore { $time }
opens-tomorrow = Apre domani alle ore { $time }
opens-day = Apre { $day } alle ore { $time }
opens-date = Apre { $date }
closed-now = Chiuso
closed-for-now = Chiuso per il momento
hours-unknown = Orari non noti

week-line = { $days }: { $hours }
week-range = { $first } – { $last }
week-every-day = Tutti i giorni
week-closed = chiuso
week-unknown = da verificare
week-all-day = 24 ore su 24
week-remark = { $hours } ({ $remark })

when-now = In corso
when-now-until = In corso, fino alle ore { $time }
when-now-until-midnight = In corso, fino a mezzanotte
when-now-until-date = In corso, fino a { $date }
when-begins-in = Inizia tra { $minutes } min
when-today = Oggi alle ore { $time }
when-tonight = Stasera alle ore { $time }
when-this-night = Stanotte alle ore { $time }
when-tomorrow = Domani alle ore { $time }
when-date = { $date } alle ore { $time }
when-ended = Terminato
when-from-to = { $date }, { $from } – { $to }
date-today = Oggi, { $date }
date-tomorrow = Domani, { $date }
date-updated = Aggiornato: { $date }
