# تحذيرات الطقس: ما الخطر، ومتى، وماذا تفعل.
vigilance-orange = تحذير جوي برتقالي: { $phenomenon }
vigilance-red = تحذير جوي أحمر: { $phenomenon }
vigilance-times-orange = برتقالي، { $area }: { $begin } – { $end }.
vigilance-times-red = أحمر، { $area }: { $begin } – { $end }.
vigilance-moment = { $date }، { $time }
vigilance-coast = ساحل { $department }

vigilance-wind = رياح شديدة
vigilance-rain = أمطار وسيول
vigilance-storm = عواصف رعدية
vigilance-flood = فيضان الأنهار
vigilance-snow = ثلج وجليد
vigilance-heat = حر شديد
vigilance-cold = برد شديد
vigilance-avalanche = انهيارات ثلجية
vigilance-waves = أمواج عالية وغمر الساحل
vigilance-other = طقس خطر

vigilance-do-wind = ابقوا في الداخل إن أمكن. ابتعدوا عن الأشجار وأدخلوا ما قد تحمله الرياح.
vigilance-do-rain = تجنبوا الخروج. لا تعبروا أبدًا طريقًا غمرته المياه ولا تنزلوا إلى الأقبية.
vigilance-do-storm = احتموا داخل مبنى. ابتعدوا عن الأشجار والماء.
vigilance-do-flood = ابتعدوا عن الأنهار. اصعدوا إلى طابق أعلى إذا وصل الماء. لا تذهبوا لإحضار السيارة.
vigilance-do-snow = تجنبوا القيادة. امشوا بحذر وارتدوا ملابس دافئة.
vigilance-do-heat = اشربوا الماء كثيرًا. ابقوا في مكان بارد واطمئنوا على من يعيشون وحدهم.
vigilance-do-cold = ارتدوا ملابس دافئة وقللوا الخروج. اتصلوا بالرقم 115 لمن لا مأوى له.
vigilance-do-avalanche = لا تخرجوا عن مسارات التزلج المفتوحة. اتبعوا تعليمات المحطة.
vigilance-do-waves = ابتعدوا عن الشاطئ. لا تسبحوا ولا تخرجوا إلى البحر.
vigilance-do-other = اتبعوا تعليمات السلطات. أجّلوا تنقلاتكم إن أمكن.
