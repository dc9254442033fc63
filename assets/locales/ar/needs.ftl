# Access: how the screen behaves, what the visitor needs, what is known of each place.
access-title = إمكانية الوصول والراحة
access-intro = اختر ما يساعدك. تتكيف الشاشة كلها، وتنسى اختياراتك عندما تغادر.
access-modes = الشاشة
access-needs = عنّي
access-mode-contrast = تباين قوي
access-mode-large = حروف كبيرة
access-mode-reach = أزرار أخفض
access-mode-easy = سهل القراءة
access-mode-contrast-more = حروف واضحة جدًا على خلفية موحدة.
access-mode-large-more = تكبر النصوص والأزرار.
access-mode-reach-more = يمكن لمس كل شيء أثناء الجلوس.
access-mode-easy-more = نصوص قصيرة بكلمات بسيطة، عند توفرها.
access-on = مفعّل
access-off = غير مفعّل
access-reset = إعادة كل شيء كما كان
access-active = { $count ->
    [zero] الإعدادات
    [one] إعداد واحد مفعّل
    [two] إعدادان مفعّلان
    [few] { $count } إعدادات مفعّلة
    [many] { $count } إعدادًا مفعّلًا
   *[other] { $count } إعداد مفعّل
}

need-title = ما الذي تحتاج إليه؟
need-wheelchair = أستخدم كرسيًا متحركًا
need-walking = أمشي بصعوبة
need-sight = لا أرى جيدًا
need-hearing = لا أسمع جيدًا
need-children = مع أطفال
need-wheelchair-short = كرسي متحرك
need-walking-short = المشي
need-sight-short = البصر
need-hearing-short = السمع
need-children-short = أطفال
need-change = تغيير احتياجاتي

group-confirmed = مؤكد
group-confirmed-by = المصدر: { $source }
group-confirmed-source = المصدر: { $source }، { $date }
group-unknown-word = غير معروف
group-unknown = غير معروف: اتصل أولًا
group-unknown-call = اتصل بالرقم { $phone }
group-unknown-desk = اسأل على الرقم { $phone }، { $desk }
group-empty-confirmed = لا شيء مؤكد هنا بعد. يمكن التحقق من القائمة التالية بالهاتف.
group-others = إجابات أخرى
group-hidden = { $count ->
    [zero] عرض ما لا يناسب
    [one] مكان واحد يقول لا: اعرضه
    [two] مكانان يقولان لا: اعرضهما
    [few] { $count } أماكن تقول لا: اعرضها
    [many] { $count } مكانًا يقول لا: اعرضها
   *[other] { $count } مكان يقول لا: اعرضها
}
group-hidden-answers = { $count ->
    [zero] عرض ما لا يناسب
    [one] واحد منها يقول لا: اعرضه
    [two] اثنان منها يقولان لا: اعرضهما
    [few] { $count } منها تقول لا: اعرضها
    [many] { $count } منها تقول لا: اعرضها
   *[other] { $count } منها تقول لا: اعرضها
}
group-hidden-events = { $count ->
    [zero] عرض ما لا يناسب
    [one] فعالية واحدة تقول لا: اعرضها
    [two] فعاليتان تقولان لا: اعرضهما
    [few] { $count } فعاليات تقول لا: اعرضها
    [many] { $count } فعالية تقول لا: اعرضها
   *[other] { $count } فعالية تقول لا: اعرضها
}
group-hide = إخفاء ما يقول لا
group-no = ما يقول لا

access-facts = إمكانية الوصول
access-wheelchair-yes = يمكن الوصول إليه بالكرسي المتحرك
access-wheelchair-no = لا يمكن الوصول إليه بالكرسي المتحرك
access-wheelchair-unknown = الوصول بالكرسي المتحرك: غير معروف بعد
access-walking-yes = سهل لمن يمشي بصعوبة
access-walking-no = صعب على من يمشي بصعوبة
access-walking-unknown = الوصول لمن يمشي بصعوبة: غير معروف بعد
access-sight-yes = مناسب لضعاف البصر
access-sight-no = غير مناسب لضعاف البصر
access-sight-unknown = لضعاف البصر: غير معروف بعد
access-hearing-yes = مناسب لضعاف السمع
access-hearing-no = غير مناسب لضعاف السمع
access-hearing-unknown = لضعاف السمع: غير معروف بعد
access-understanding-yes = سهل الفهم
access-understanding-no = ليس سهل الفهم بعد
access-understanding-unknown = سهولة الفهم: غير معروفة بعد
access-children-yes = مناسب للأطفال
access-children-no = غير مناسب للأطفال
access-children-unknown = للأطفال: غير معروف بعد
access-unknown-step = لم يخبرنا أحد بذلك بعد. مكالمة هاتفية تعطيك الجواب.
