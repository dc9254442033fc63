# When: hours, dates, durations and distances.
unit-meters = { $number } m
unit-kilometers = { $number } km
unit-minutes = { $number } min
on-foot = { $minutes } min lopen
on-foot-distance = { $distance }, { $minutes } min lopen
time-range = { $from } – { $to }
time-midnight = middernacht

open-now = Open
open-until = Open tot { $time } uur
open-until-midnight = Open tot middernacht
open-until-day = Open tot { $day } { $time } uur
open-always = Dag en nacht open
closes-in = Sluit over { $minutes } min
closes-soon = Sluit binnen 5 minuten
opens-in = Gaat open over { $minutes } min
opens-at = Gaat open om { $time } uur
opens-tomorrow = Gaat morgen open om { $time } uur
opens-day = Gaat { $day } open om { $time } uur
opens-date = Gaat open op { $date }
closed-now = Gesloten
closed-for-now = Voorlopig gesloten
hours-unknown = Openingstijden niet bekend

week-line = { $days }: { $hours }
week-range = { $first } – { $last }
week-every-day = Elke dag
week-closed = gesloten
week-unknown = niet zeker
week-all-day = dag en nacht open
week-remark = { $hours } ({ $remark })

when-now = Nu bezig
when-now-until = Nu bezig, tot { $time } uur
when-now-until-midnight = Nu bezig, tot middernacht
when-now-until-date = Nu bezig, tot { $date }
when-begins-in = Begint over { $minutes } min
when-today = Vandaag om { $time } uur
when-tonight = Vanavond om { $time } uur
when-this-night = Vannacht om { $time } uur
when-tomorrow = Morgen om { $time } uur
when-date = { $date } om { $time } uur
when-ended = Voorbij
when-from-to = { $date }, { $from } – { $to }
date-today = Vandaag, { $date }
date-tomorrow = Morgen, { $date }
date-updated = Bijgewerkt: { $date }
