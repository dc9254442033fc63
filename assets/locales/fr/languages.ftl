# Noms des langues, comme dans « texte en anglais » ou « on y parle français ».
language-fr = français
language-en = anglais
language-it = italien
language-de = allemand
language-es = espagnol
language-nl = néerlandais
language-ar = arabe
language-zh = chinois
language-pt = portugais
language-ru = russe
language-ja = japonais
language-pl = polonais
language-oc = occitan
language-ca = catalan
language-lij = monégasque
language-other = une autre langue
