# Names of languages, as in "text in French" or "they speak French".
language-fr = francese
language-en = inglese
language-it = italiano
language-de = tedesco
language-es = spagnolo
language-nl = olandese
language-ar = arabo
language-zh = cinese
language-pt = portoghese
language-ru = russo
language-ja = giapponese
language-pl = polacco
language-oc = occitano
language-ca = catalano
language-lij = monegasco
language-other = un’altra lingua
