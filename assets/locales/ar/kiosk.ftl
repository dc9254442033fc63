# What comes back on every screen, home, and the screens about the kiosk itself.
attract-touch = المس الشاشة للبدء
attract-touch-more = المس الشاشة في أي مكان
attract-sample = مثال
greeting = مرحبًا
greeting-evening = مساء الخير
welcome = مرحبًا بكم في { $town }

nav-home = الرئيسية
nav-back = رجوع
nav-search = بحث
nav-language = اللغة
nav-access = الوصول
nav-more = عرض المزيد
nav-less = عرض أقل
nav-all = عرض الكل
nav-close = إغلاق
nav-show = عرض
nav-up = إلى الأعلى
nav-down = إلى الأسفل
nav-scroll = اسحب لمتابعة القراءة
nav-filters = اختيار
nav-clear-filters = إلغاء الاختيارات
nav-position = { $index } من { $count }
page-next = الصفحة التالية
page-previous = الصفحة السابقة
page-position = الصفحة { $index } من { $count }

home-title = الرئيسية
home-tonight = هذا المساء
home-today = اليوم
home-next = قريبًا
home-quiet = يوم هادئ. إليكم ما يأتي بعده.
tile-today = اليوم وهذا المساء
tile-near = بالقرب مني
tile-see = للمشاهدة والأنشطة
tile-around = التنقل
tile-services = خدمات المدينة
tile-access = مدينة ميسّرة للجميع

fact-tonight = { $count ->
    [zero] لا شيء آخر هذا المساء
    [one] موعد واحد هذا المساء
    [two] موعدان هذا المساء
    [few] { $count } مواعيد هذا المساء
    [many] { $count } موعدًا هذا المساء
   *[other] { $count } موعد هذا المساء
}
fact-today = { $count ->
    [zero] لا شيء آخر اليوم
    [one] موعد واحد اليوم
    [two] موعدان اليوم
    [few] { $count } مواعيد اليوم
    [many] { $count } موعدًا اليوم
   *[other] { $count } موعد اليوم
}
fact-tomorrow = { $count ->
    [zero] غدًا يوم هادئ
    [one] موعد واحد غدًا
    [two] موعدان غدًا
    [few] { $count } مواعيد غدًا
    [many] { $count } موعدًا غدًا
   *[other] { $count } موعد غدًا
}
fact-weekend = { $count ->
    [zero] عطلة أسبوع هادئة
    [one] موعد واحد في عطلة الأسبوع
    [two] موعدان في عطلة الأسبوع
    [few] { $count } مواعيد في عطلة الأسبوع
    [many] { $count } موعدًا في عطلة الأسبوع
   *[other] { $count } موعد في عطلة الأسبوع
}
fact-next = قريبًا: { $title }
fact-nearest = { $kind } على بعد { $distance }
fact-closes = { $minutes ->
    [few] { $place }: يغلق بعد { $minutes } دقائق
   *[other] { $place }: يغلق بعد { $minutes } دقيقة
}
fact-closes-soon = { $place }: يغلق قريبًا
fact-opens = { $place }: يفتح في الساعة { $time }
fact-open = { $place }: مفتوح حتى الساعة { $time }
fact-open-count = { $count ->
    [zero] اطّلع على المواعيد
    [one] مكان واحد مفتوح الآن
    [two] مكانان مفتوحان الآن
    [few] { $count } أماكن مفتوحة الآن
    [many] { $count } مكانًا مفتوحًا الآن
   *[other] { $count } مكان مفتوح الآن
}
fact-places = { $count ->
    [zero] الأماكن
    [one] مكان واحد
    [two] مكانان
    [few] { $count } أماكن
    [many] { $count } مكانًا
   *[other] { $count } مكان
}
fact-stop = موقف { $stop } على بعد { $distance }
fact-services = { $count ->
    [zero] الإجراءات
    [one] إجراء واحد
    [two] إجراءان
    [few] { $count } إجراءات
    [many] { $count } إجراءً
   *[other] { $count } إجراء
}
fact-desk-open = مكتب الاستقبال مفتوح حتى الساعة { $time }
fact-desk-opens = مكتب الاستقبال يفتح في الساعة { $time }
fact-desk-call = نجيبكم على الرقم { $phone }
fact-accessible = { $count ->
    [zero] الدليل خطوة بخطوة
    [one] مكان واحد ميسّر
    [two] مكانان ميسّران
    [few] { $count } أماكن ميسّرة
    [many] { $count } مكانًا ميسّرًا
   *[other] { $count } مكان ميسّر
}
fact-articles = { $count ->
    [zero] صفحات للقراءة
    [one] صفحة واحدة للقراءة
    [two] صفحتان للقراءة
    [few] { $count } صفحات للقراءة
    [many] { $count } صفحة للقراءة
   *[other] { $count } صفحة للقراءة
}
fact-notices = { $count ->
    [zero] أخبار المدينة
    [one] خبر واحد من المدينة
    [two] خبران من المدينة
    [few] { $count } أخبار من المدينة
    [many] { $count } خبرًا من المدينة
   *[other] { $count } خبر من المدينة
}

session-title = هل ما زلت هنا؟
session-more = دون إجابة تعود الشاشة إلى البداية وتنسى كل ما اخترته.
session-countdown = { $seconds ->
    [zero] انتهى الوقت
    [one] بقيت ثانية واحدة
    [two] بقيت ثانيتان
    [few] بقيت { $seconds } ثوانٍ
    [many] بقيت { $seconds } ثانية
   *[other] بقيت { $seconds } ثانية
}
session-stay = ما زلت هنا
session-leave = انتهيت
session-ended = شكرًا وإلى اللقاء. تم محو كل شيء.

languages-title = اختر لغتك
languages-current = { $language }، اللغة الحالية
languages-more = نصوص المدينة غير المتوفرة بلغتك تظهر بلغة أخرى مع الإشارة إلى ذلك.

speak-title = التحدث إلى شخص
speak-intro = شخص حقيقي يجيبك.
speak-phone = الهاتف
speak-call = اتصل بالرقم { $phone }
speak-desk = مكتب الاستقبال
speak-hours = مواعيد العمل
speak-languages = لغات الحديث هناك: { $languages }
speak-address = العنوان
speak-emergency = الطوارئ
speak-emergency-number = { $name }: { $number }
speak-none = اسأل في دار البلدية أو مكتب السياحة: سيساعدونك.

directions-ahead = أمامك
directions-ahead-right = أمامك إلى اليمين
directions-right = إلى يمينك
directions-behind-right = خلفك إلى اليمين
directions-behind = خلفك
directions-behind-left = خلفك إلى اليسار
directions-left = إلى يسارك
directions-ahead-left = أمامك إلى اليسار
directions-here = هنا تمامًا
map-title = الخريطة
map-you = أنت هنا
map-goal = { $name }
map-up = أعلى الخريطة هو أمامك
map-sentence = { $name }: { $direction }، على بعد { $distance }، نحو { $minutes } د سيرًا.
map-sentence-here = { $name }: هنا تمامًا، على بعد { $distance }.
map-sentence-far = { $name }: { $direction }، على بعد { $distance }.
map-streets = { $name }: { $direction }، على بعد { $distance }، نحو { $minutes } د سيرًا. الشارع: { $street }.
map-none = ليست لدينا خريطة لهذا المكان. العنوان مكتوب بجانبه.
map-credit = الخريطة: { $credit }

mark-preview = معاينة
mark-preview-more = هذا المحتوى لم ينشر بعد.
mark-sample = مثال
mark-sample-more = كتب للعرض، وليس من المدينة.
mark-in-language = لغة النص: { $language }
mark-machine = ترجمة آلية
mark-machine-more = ترجمة آلية: قد تكون غير دقيقة.
mark-easy = سهل القراءة
mark-source = المصدر: { $source }
mark-credit = { $credit }
mark-updated = آخر تحديث: { $date }
mark-picture-credit = الصورة: { $credit }
mark-drawn-map = خريطة المنطقة المحيطة

qr-scan = امسح الرمز بهاتفك
qr-scan-page = امسح الرمز لقراءة هذه الصفحة على هاتفك
qr-scan-book = امسح الرمز للحجز
qr-scan-online = امسح الرمز لإتمام الإجراء على الإنترنت
qr-scan-pay = امسح الرمز للدفع
qr-spoken = رمز للمسح يؤدي إلى { $address }

item-gone = أزالت المدينة هذه الصفحة للتو. عد إلى الرئيسية لرؤية الباقي.
date-not-known = لا تعرف هذه الشاشة التاريخ الآن. كل ما ليس له تاريخ متاح هنا.
alert-minor = تنبيه
alert-moderate = تحذير
alert-severe = تحذير شديد
alert-extreme = خطر
alert-until = حتى { $time }
item-over = انتهى هذا الموعد. إليكم ما يأتي بعده.
content-changed = تم تحديث المعلومات للتو.
content-none = لم تنشر المدينة شيئًا هنا بعد. المس «التحدث إلى شخص» للسؤال.
notice-title = أخبار المدينة
notice-until = حتى { $date }
alert-title = تنبيه
alert-read = قرأت ذلك

about-title = عن هذه الشاشة
about-what = تخبرك هذه الشاشة بما يجري في المدينة وإلى أين تذهب وكيف. تعمل دون إنترنت.
about-privacy = خصوصيتك
about-privacy-text = لا نحتفظ بأي شيء تكتبه. لا كاميرا ولا ميكروفون. عندما تغادر يمحى كل شيء. تبقى الأعداد الإجمالية فقط، مثل عدد مرات فتح صفحة ما.
about-sources = مصادر المعلومات
about-source-line = { $name }: { $licence }
about-credits = شكر وتقدير
about-fonts = الخطوط: { $fonts }
about-software = برنامج Parvis، الإصدار { $version }
about-preview = تعرض هذه الشاشة معاينة: محتواها غير منشور من المدينة.
about-sample = جزء من المحتوى مثال، ومكتوب عليه ذلك.
about-updated = آخر تحديث: { $date }
about-wrong = هل توجد معلومة غير صحيحة؟ أخبرنا على الرقم { $phone }.

state-selected = مختار
state-open = مفتوح
state-closed = مغلق
