# What Acceslibre's record of a building states, as one sentence each.
erp-entrance-level = مدخل مستوٍ بلا درج.
erp-entrance-not-level = درجة أو عتبة عند المدخل.
erp-entrance-steps = { $count ->
    [one] درجة واحدة
    [two] درجتان
    [few] { $count } درجات
   *[other] { $count } درجة
} عند المدخل.
erp-entrance-ramp = منحدر ثابت عند المدخل.
erp-entrance-ramp-removable = منحدر متنقل عند المدخل: اطلبوه.
erp-entrance-no-ramp = لا منحدر عند المدخل.
erp-entrance-lift = مصعد عند المدخل.
erp-lift-narrow = المصعد أصغر من أن يتسع لكرسي متحرك.
erp-entrance-width = عرض المدخل { $cm } سنتيمترًا على الأقل.
erp-entrance-narrow = مدخل ضيق: { $cm } سنتيمترًا.
erp-entrance-other = مدخل مخصص لذوي الحركة المحدودة.
erp-path-level = طريق مستوٍ إلى المدخل.
erp-path-not-level = في الطريق إلى المدخل درجات أو عتبات.
erp-path-steps = { $count ->
    [one] درجة واحدة
    [two] درجتان
    [few] { $count } درجات
   *[other] { $count } درجة
} في الطريق إلى المدخل.
erp-path-firm = أرض ثابتة حتى المدخل.
erp-path-loose = أرض غير مستوية أو رخوة قبل المدخل.
erp-path-narrow = يضيق الطريق إلى أقل من 90 سنتيمترًا.
erp-path-steep = منحدر شديد قبل المدخل.
erp-path-slope = منحدر خفيف قبل المدخل.
erp-inside-level = لا درج بين المدخل والاستقبال.
erp-inside-not-level = درجات أو عتبات بين المدخل والاستقبال.
erp-inside-steps = { $count ->
    [one] درجة واحدة
    [two] درجتان
    [few] { $count } درجات
   *[other] { $count } درجة
} بين المدخل والاستقبال.
erp-inside-narrow = يضيق الممر إلى الاستقبال إلى أقل من 90 سنتيمترًا.
erp-parking = مواقف مخصصة لذوي الإعاقة في المكان.
erp-parking-near = مواقف مخصصة لذوي الإعاقة على بعد أقل من 200 متر.
erp-bell = جرس أو هاتف داخلي عند المدخل.
erp-help = يمكن لشخص مساعدتكم على التنقل.
erp-handrail = درابزين عند الدرج.
erp-stop-near = موقف للنقل العام على بعد أقل من 200 متر.
erp-hearing-loop-portable = حلقة حث محمولة: اطلبوها.
erp-sign-language = استقبال بلغة الإشارة الفرنسية.
erp-cued-speech = استقبال بالفرنسية المنطوقة المدعومة بإشارات اليد.
erp-subtitles = ترجمة نصية أو تدوين فوري.
erp-hearing-other = تجهيزات لضعاف السمع.
erp-no-hearing-equipment = لا توجد تجهيزات لضعاف السمع.
erp-sound-beacon = إشارة صوتية عند المدخل.
erp-guide-strip = شريط إرشادي على الأرض حتى المدخل.
erp-audio-description = وصف صوتي متوفر.
erp-glass-unmarked = باب زجاجي بلا علامات متباينة.
erp-steps-marked = الدرجات معلّمة بلون متباين.
erp-reception-visible = الاستقبال قريب من المدخل.
erp-staff-trained = موظفون مدرّبون على استقبال ذوي الإعاقة.
erp-signs-clear = لافتات واضحة وسهلة الفهم.
erp-label = علامة الجودة: { $name }.
