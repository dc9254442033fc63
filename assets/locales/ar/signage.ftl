# City screens: what nobody touches.
signage-tonight = الليلة في { $town }
signage-as-of = قيس عند { $time }
signage-departures = المغادرات القادمة
signage-weather = الطقس
alert-drill = تمرين: هذا ليس إنذارًا حقيقيًا
countdown-days = { $count ->
    [zero] أيام
    [one] يوم
    [two] يومان
    [few] أيام
    [many] يومًا
   *[other] يوم
}
countdown-hours = { $count ->
    [zero] ساعات
    [one] ساعة
    [two] ساعتان
    [few] ساعات
    [many] ساعة
   *[other] ساعة
}
countdown-minutes = { $count ->
    [zero] دقائق
    [one] دقيقة
    [two] دقيقتان
    [few] دقائق
    [many] دقيقة
   *[other] دقيقة
}
signage-scan = امسحوا الرمز
