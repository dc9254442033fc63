# When: hours, dates, durations and distances.
unit-meters = { $number } م
unit-kilometers = { $number } كم
unit-minutes = { $number } د
on-foot = { $minutes } د سيرًا
on-foot-distance = { $distance }، { $minutes } د سيرًا
time-range = { $from } – { $to }
time-midnight = منتصف الليل

open-now = مفتوح
open-until = مفتوح حتى الساعة { $time }
open-until-midnight = مفتوح حتى منتصف الليل
open-until-day = مفتوح حتى { $day }، الساعة { $time }
open-always = مفتوح على مدار الساعة
closes-in = { $minutes ->
    [few] يغلق بعد { $minutes } دقائق
   *[other] يغلق بعد { $minutes } دقيقة
}
closes-soon = يغلق بعد أقل من 5 دقائق
opens-in = { $minutes ->
    [one] يفتح بعد دقيقة واحدة
    [two] يفتح بعد دقيقتين
    [few] يفتح بعد { $minutes } دقائق
   *[other] يفتح بعد { $minutes } دقيقة
}
opens-soon = يفتح بعد أقل من دقيقة
opens-at = يفتح في الساعة { $time }
opens-tomorrow = يفتح غدًا في الساعة { $time }
opens-day = يفتح { $day } في الساعة { $time }
opens-date = يفتح { $date }
closed-now = مغلق
closed-for-now = مغلق حاليًا
hours-unknown = المواعيد غير معروفة

week-line = { $days }: { $hours }
week-range = { $first } – { $last }
week-every-day = كل يوم
week-closed = مغلق
week-unknown = غير مؤكد
week-all-day = على مدار الساعة
week-remark = { $hours } ({ $remark })

when-now = جارٍ الآن
when-now-until = جارٍ الآن، حتى الساعة { $time }
when-now-until-midnight = جارٍ الآن، حتى منتصف الليل
when-now-until-date = جارٍ الآن، حتى { $date }
when-begins-in = { $minutes ->
    [one] يبدأ بعد دقيقة واحدة
    [two] يبدأ بعد دقيقتين
    [few] يبدأ بعد { $minutes } دقائق
   *[other] يبدأ بعد { $minutes } دقيقة
}
when-begins-soon = يبدأ بعد أقل من دقيقة
when-today = اليوم في الساعة { $time }
when-tonight = هذا المساء في الساعة { $time }
when-this-night = هذه الليلة في الساعة { $time }
when-tonight-until = هذا المساء حتى الساعة { $time }
when-tomorrow = غدًا في الساعة { $time }
when-date = { $date } في الساعة { $time }
when-ended = انتهى
when-from-to = { $date }، { $from } – { $to }
date-today = اليوم، { $date }
date-tomorrow = غدًا، { $date }
date-updated = آخر تحديث: { $date }
