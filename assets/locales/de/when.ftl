# When: hours, dates, durations and distances.
unit-meters = { $number } m
unit-kilometers = { $number } km
unit-minutes = { $number } Min.
on-foot = { $minutes } Min. zu Fuß
on-foot-distance = { $distance }, { $minutes } Min. zu Fuß
time-range = { $from } – { $to }
time-midnight = Mitternacht

open-now = Geöffnet
open-until = Geöffnet bis { $time } Uhr
open-until-midnight = Geöffnet bis Mitternacht
open-until-day = Geöffnet bis { $day }, { $time } Uhr
open-always = Rund um die Uhr geöffnet
closes-in = Schließt in { $minutes } Min.
closes-soon = Schließt in weniger als 5 Minuten
opens-in = Öffnet in { $minutes } Min.
opens-at = Öffnet um { $time } Uhr
opens-tomorrow = Öffnet morgen um { $time } Uhr
opens-day = Öffnet { $day } um { $time } Uhr
opens-date = Öffnet wieder: { $date }
closed-now = Geschlossen
closed-for-now = Zurzeit geschlossen
hours-unknown = Öffnungszeiten nicht bekannt

week-line = { $days }: { $hours }
week-range = { $first } – { $last }
week-every-day = Täglich
week-closed = geschlossen
week-unknown = nicht sicher
week-all-day = rund um die Uhr
week-remark = { $hours } ({ $remark })

when-now = Gerade jetzt
when-now-until = Gerade jetzt, bis { $time } Uhr
when-now-until-midnight = Gerade jetzt, bis Mitternacht
when-now-until-date = Gerade jetzt, bis { $date }
when-begins-in = Beginnt in { $minutes } Min.
when-today = Heute um { $time } Uhr
when-tonight = Heute Abend um { $time } Uhr
when-this-night = Heute Nacht um { $time } Uhr
when-tomorrow = Morgen um { $time } Uhr
when-date = { $date } um { $time } Uhr
when-ended = Vorbei
when-from-to = { $date }, { $from } – { $to }
date-today = Heute, { $date }
date-tomorrow = Morgen, { $date }
date-updated = Aktualisiert: { $date }
