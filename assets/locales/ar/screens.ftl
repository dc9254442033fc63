# The content screens: near me, agenda, places, guide, services, search.
near-title = بالقرب مني
near-intro = الأقرب سيرًا، المفتوح أولًا.
near-kind-count = { $kind }: { $count }
near-open-first = مفتوح الآن
near-others = الأماكن الأخرى
near-none = لا يوجد شيء من هذا النوع ضمن { $distance }. المس «بحث» أو «التحدث إلى شخص».
near-nearest = الأقرب: { $name }، { $distance }
near-row = { $name }، { $distance }، { $direction }

agenda-title = الفعاليات
agenda-tonight = هذا المساء
agenda-today = اليوم
agenda-tomorrow = غدًا
agenda-weekend = عطلة الأسبوع
agenda-all = الكل
agenda-day = اختر يومًا
agenda-chip = { $name }، { $count }
agenda-all-kinds = كل الأنواع
agenda-count = { $count ->
    [zero] لا فعاليات
    [one] فعالية واحدة
    [two] فعاليتان
    [few] { $count } فعاليات
    [many] { $count } فعالية
   *[other] { $count } فعالية
}
agenda-none-tonight = لا شيء آخر هذا المساء.
agenda-none-today = لا شيء آخر اليوم.
agenda-none-weekend = لم يعلن عن شيء في عطلة هذا الأسبوع.
agenda-none-day = لم يعلن عن شيء في ذلك اليوم.
agenda-none = لم يعلن عن شيء حتى الآن. المس «للمشاهدة والأنشطة»: أماكن المدينة هناك.
agenda-next-tomorrow = { $count ->
    [zero] غدًا يوم هادئ
    [one] غدًا: فعالية واحدة
    [two] غدًا: فعاليتان
    [few] غدًا: { $count } فعاليات
    [many] غدًا: { $count } فعالية
   *[other] غدًا: { $count } فعالية
}
agenda-next-day = { $count ->
    [zero] { $date }: يوم هادئ
    [one] { $date }: فعالية واحدة
    [two] { $date }: فعاليتان
    [few] { $date }: { $count } فعاليات
    [many] { $date }: { $count } فعالية
   *[other] { $date }: { $count } فعالية
}
agenda-show-next = اطّلع على ما يأتي بعد ذلك

event-kind-music = موسيقى
event-kind-stage = عروض
event-kind-exhibition = معرض
event-kind-cinema = سينما
event-kind-talk = محاضرة
event-kind-workshop = ورشة
event-kind-festival = مهرجان
event-kind-market = سوق
event-kind-sport = رياضة
event-kind-nature = طبيعة
event-kind-family = للعائلة
event-kind-other = أخرى
event-status-scheduled = مؤكد
event-status-rescheduled = تاريخ جديد
event-status-moved-online = انتقل إلى الإنترنت
event-status-postponed = مؤجل
event-status-full = اكتمل العدد
event-status-cancelled = ملغى
event-status-rescheduled-more = تغيّر التاريخ: انتبه إلى اليوم المذكور أدناه.
event-status-moved-online-more = يقام على الإنترنت. امسح الرمز للحصول على الرابط.
event-status-postponed-more = لم يعد في { $date }.
event-date-unknown = التاريخ الجديد غير معروف بعد
event-status-full-more = لم تبق أماكن.
event-status-full-ask = اسأل المنظم إن كانت هناك قائمة انتظار.
event-status-cancelled-more = لن يقام. اطّلع على ما يوجد غيره في ذلك اليوم.
event-when = متى
event-where = أين
event-price = السعر
event-free = مجاني
event-paid = بمقابل
event-price-unknown = السعر غير معروف بعد: اسأل المنظم
event-ages = من { $from } إلى { $to } سنة
event-ages-from = ابتداءً من سن { $from }
event-ages-to = حتى سن { $to }
event-online = على الإنترنت
event-mixed = حضوريًا وعلى الإنترنت
event-book = الحجز
event-book-phone = احجز على الرقم { $phone }
event-book-email = احجز بالبريد الإلكتروني: { $email }
event-book-scan = احجز بمسح الرمز
event-place = المكان: { $place }
event-other-dates = { $count ->
    [zero] لا تواريخ أخرى
    [one] تاريخ آخر
    [two] تاريخان آخران
    [few] { $count } تواريخ أخرى
    [many] { $count } تاريخًا آخر
   *[other] { $count } تاريخ آخر
}
event-all-dates = كل التواريخ
event-about = باختصار
event-organiser = تنظيم { $name }
event-see-place = اطّلع على المكان
event-same-day = في اليوم نفسه

places-title = للمشاهدة والأنشطة
places-around-title = التنقل
places-access-title = مدينة ميسّرة للجميع
places-count = { $count ->
    [zero] الأماكن
    [one] مكان واحد
    [two] مكانان
    [few] { $count } أماكن
    [many] { $count } مكانًا
   *[other] { $count } مكان
}
places-all = الكل
places-open = مفتوحة الآن
places-none = لا يوجد مكان من هذا النوع حاليًا. المس «الكل» لرؤية القائمة كاملة.
places-none-open = كل الأماكن مغلقة في هذه الساعة. أول ما يفتح: { $place }، { $time }.

place-group-sights = معالم
place-group-culture = ثقافة
place-group-nature = طبيعة
place-group-eat = مطاعم ومقاهٍ
place-group-shops = متاجر
place-group-sport = رياضة
place-group-town = المدينة والصحة
place-hours = مواعيد العمل
place-hours-week = هذا الأسبوع
place-hours-today = اليوم: { $hours }
place-hours-ask = المواعيد غير معروفة. اتصل بالرقم { $phone } قبل الذهاب.
place-hours-holiday = قد تختلف المواعيد في أيام العطل الرسمية.
place-contact = للاتصال
place-phone = الهاتف: { $phone }
place-email = البريد الإلكتروني: { $email }
place-website = الموقع على الإنترنت
place-address = العنوان
place-events = قريبًا هنا
place-events-count = { $count ->
    [zero] لا فعاليات هنا
    [one] فعالية واحدة هنا
    [two] فعاليتان هنا
    [few] { $count } فعاليات هنا
    [many] { $count } فعالية هنا
   *[other] { $count } فعالية هنا
}
place-fee-yes = الدخول بمقابل
place-fee-no = الدخول مجاني
place-fee-unknown = السعر غير معروف بعد
place-changing-yes = طاولة لتغيير حفاض الأطفال
place-changing-no = لا توجد طاولة لتغيير حفاض الأطفال
place-changing-unknown = طاولة تغيير حفاض الأطفال: غير معروف بعد
place-near = بجوار هذا المكان
place-unnamed = { $kind } قرب { $near }

guide-title = الدليل
guide-all = كل المواضيع
guide-count = { $count ->
    [zero] الصفحات
    [one] صفحة واحدة
    [two] صفحتان
    [few] { $count } صفحات
    [many] { $count } صفحة
   *[other] { $count } صفحة
}
section-accessibility = دليل إمكانية الوصول
section-getting-around = التنقل
section-discover = اكتشف
section-nature = الطبيعة
section-rain = عندما تمطر
section-history = التاريخ
section-practical = معلومات مفيدة
section-notice = أخبار المدينة
article-easy = سهل القراءة
article-full = النص الكامل
article-no-easy = هذه الصفحة غير متوفرة بعد بنص سهل القراءة.
article-related = ما تتحدث عنه هذه الصفحة
article-reading = { $minutes } د للقراءة

services-title = خدمات المدينة
services-intro = ما عليك فعله، وما تحضره معك، وكم يستغرق ذلك.
services-none = لا توجد إجراءات مشروحة هنا حاليًا. يمكن لشخص أن يجيبك.
service-steps = ما عليك فعله
service-step = الخطوة { $number }
service-bring = ما تحضره معك
service-bring-nothing = لا حاجة لإحضار شيء
service-cost = التكلفة
service-cost-free = مجاني
service-delay = المدة
service-online = إتمام الإجراء على الإنترنت
service-payment = الدفع على الإنترنت
service-desk = في مكتب الاستقبال
service-help = هل تحتاج إلى مساعدة؟

search-title = بحث
search-prompt = عمّ تبحث؟
search-hint = مكان أو فعالية أو إجراء
search-count = { $count ->
    [zero] لا إجابات بعد
    [one] إجابة واحدة
    [two] إجابتان
    [few] { $count } إجابات
    [many] { $count } إجابة
   *[other] { $count } إجابة
}
search-none = لم نعثر على «{ $text }». جرّب كلمة أخرى، أو المس «التحدث إلى شخص».
search-none-short = تابع الكتابة، حرفًا أو حرفين آخرين.
search-instead = ربما: { $text }
search-try = يسأل عنه كثيرًا
search-group-events = الفعاليات
search-group-places = الأماكن
search-group-articles = الدليل
search-group-services = الخدمات
search-private = لا نحتفظ بأي شيء تكتبه.
search-clear = محو الكل

key-space = مسافة
key-delete = حذف
key-hide = إخفاء لوحة المفاتيح
key-shift = حرف كبير
key-letters = حروف
key-digits = أرقام
key-done = بحث
key-clear = محو الكل
key-accents = علامات الحروف
key-keyboard = لوحة المفاتيح
key-arabic = عربي
key-latin = ABC

pairing-title = هذه الشاشة تنتظر إدخال رمزها
pairing-do = للبلدية: افتحوا في Parvis صفحة «Écrans» ثم «Ajouter un écran» واكتبوا هذا الرمز. يتغير الرمز كل عشر دقائق.
placed-title = أُضيفت هذه الشاشة
placed-more = تجلب الآن ما تنشره البلدية.
identify-title = اسم هذه الشاشة
