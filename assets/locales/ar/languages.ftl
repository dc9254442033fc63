# Names of languages, as in "text in French" or "they speak French".
language-fr = الفرنسية
language-en = الإنجليزية
language-it = الإيطالية
language-de = الألمانية
language-es = الإسبانية
language-nl = الهولندية
language-ar = العربية
language-zh = الصينية
language-pt = البرتغالية
language-ru = الروسية
language-ja = اليابانية
language-pl = البولندية
language-oc = الأوكسيتانية
language-ca = الكتالونية
language-lij = لغة موناكو
language-other = لغة أخرى
