# Names of languages, as in "text in French" or "they speak French".
language-fr = francés
language-en = inglés
language-it = italiano
language-de = alemán
language-es = español
language-nl = neerlandés
language-ar = árabe
language-zh = chino
language-pt = portugués
language-ru = ruso
language-ja = japonés
language-pl = polaco
language-oc = occitano
language-ca = catalán
language-lij = monegasco
language-other = otro idioma
