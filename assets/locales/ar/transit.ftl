# النقل العام والدراجات المشتركة.
transit-platforms-differ = يمكن الوصول إلى بعض الأرصفة بكرسي متحرك دون غيرها
transit-platforms = { $count ->
    [one] الرصيف { $platforms }
   *[other] الأرصفة { $platforms }
}
transit-line-to = { $line } ← { $direction }
transit-about = نحو { $time }
transit-cancelled = ملغاة
transit-late = متأخرة { $minutes } د
transit-early = مبكرة { $minutes } د
transit-booked = بالحجز الهاتفي فقط
transit-driver = بالاتفاق مع السائق
transit-wheelchair = مهيأة للكراسي المتحركة
transit-no-wheelchair = غير مهيأة للكراسي المتحركة
transit-with-note = { $time }، { $note }

transit-effect-no-service = توقف الخدمة
transit-effect-reduced-service = خدمة مخفّضة
transit-effect-delays = تأخيرات كبيرة
transit-effect-detour = تحويل المسار
transit-effect-additional-service = خدمة إضافية
transit-effect-modified-service = خدمة معدّلة
transit-effect-stop-moved = نقل المحطة
transit-effect-accessibility = وصول مقيّد
transit-in-force = السريان

transit-bikes = { $count ->
    [zero] لا دراجات
    [one] دراجة واحدة
    [two] دراجتان
    [few] { $count } دراجات
   *[other] { $count } دراجة
}
transit-bikes-electric = منها { $count } كهربائية
transit-docks = { $count ->
    [zero] لا أماكن شاغرة
    [one] مكان شاغر واحد
    [two] مكانان شاغران
    [few] { $count } أماكن شاغرة
   *[other] { $count } مكانًا شاغرًا
}
transit-no-hire = لا تأجير حاليًا
transit-bikes-area = تُترك الدراجات في منطقة محددة دون حوامل.
transit-bikes-room = { $count ->
    [one] مكان لدراجة واحدة.
    [two] مكان لدراجتين.
    [few] مكان لعدد { $count } دراجات.
   *[other] مكان لعدد { $count } دراجة.
}
