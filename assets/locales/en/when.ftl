# When: hours, dates, durations and distances.
unit-meters = { $number } m
unit-kilometers = { $number } km
unit-minutes = { $number } min
on-foot = { $minutes } min on foot
on-foot-distance = { $distance }, { $minutes } min on foot
time-range = { $from } – { $to }
time-midnight = midnight

open-now = Open
open-until = Open until { $time }
open-until-midnight = Open until midnight
open-until-day = Open until { $day }, { $time }
open-always = Open 24 hours
closes-in = Closes in { $minutes } min
closes-soon = Closes in less than 5 minutes
opens-in = Opens in { $minutes } min
opens-at = Opens at { $time }
opens-tomorrow = Opens tomorrow at { $time }
opens-day = Opens { $day } at { $time }
opens-date = Opens on { $date }
closed-now = Closed
closed-for-now = Closed for now
hours-unknown = Hours not known

week-line = { $days }: { $hours }
week-range = { $first } – { $last }
week-every-day = Every day
week-closed = closed
week-unknown = not certain
week-all-day = open 24 hours
week-remark = { $hours } ({ $remark })

when-now = On now
when-now-until = On now, until { $time }
when-now-until-midnight = On now, until midnight
when-now-until-date = On now, until { $date }
when-begins-in = Begins in { $minutes } min
when-today = Today at { $time }
when-tonight = Tonight at { $time }
when-this-night = Tonight at { $time }
when-tomorrow = Tomorrow at { $time }
when-date = { $date } at { $time }
when-ended = Over
when-from-to = { $date }, { $from } – { $to }
date-today = Today, { $date }
date-tomorrow = Tomorrow, { $date }
date-updated = Updated: { $date }
