# Quand : horaires, dates, durées et distances.
unit-meters = { $number } m
unit-kilometers = { $number } km
unit-minutes = { $number } min
on-foot = { $minutes } min à pied
on-foot-distance = { $distance }, { $minutes } min à pied
time-range = { $from } – { $to }
time-midnight = minuit

open-now = Ouvert
open-until = Ouvert jusqu’à { $time }
open-until-midnight = Ouvert jusqu’à minuit
open-until-day = Ouvert jusqu’à { $day }, { $time }
open-always = Ouvert 24 h sur 24
closes-in = Ferme dans { $minutes } min
closes-soon = Ferme dans moins de 5 minutes
opens-in = Ouvre dans { $minutes } min
opens-at = Ouvre à { $time }
opens-tomorrow = Ouvre demain à { $time }
opens-day = Ouvre { $day } à { $time }
opens-date = Ouvre le { $date }
closed-now = Fermé
closed-for-now = Fermé pour le moment
hours-unknown = Horaires inconnus

week-line = { $days } : { $hours }
week-range = { $first } – { $last }
week-every-day = Tous les jours
week-closed = fermé
week-unknown = à vérifier
week-all-day = 24 h sur 24
week-remark = { $hours } ({ $remark })

when-now = En ce moment
when-now-until = En ce moment, jusqu’à { $time }
when-now-until-midnight = En ce moment, jusqu’à minuit
when-now-until-date = En ce moment, jusqu’au { $date }
when-begins-in = Commence dans { $minutes } min
when-today = Aujourd’hui à { $time }
when-tonight = Ce soir à { $time }
when-this-night = Cette nuit à { $time }
when-tomorrow = Demain à { $time }
when-date = { $date } à { $time }
when-ended = Terminé
when-from-to = { $date }, { $from } – { $to }
date-today = Aujourd’hui, { $date }
date-tomorrow = Demain, { $date }
date-updated = Mis à jour : { $date }
