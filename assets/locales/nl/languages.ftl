# Names of languages, as in "text in French" or "they speak French".
language-fr = Frans
language-en = Engels
language-it = Italiaans
language-de = Duits
language-es = Spaans
language-nl = Nederlands
language-ar = Arabisch
language-zh = Chinees
language-pt = Portugees
language-ru = Russisch
language-ja = Japans
language-pl = Pools
language-oc = Occitaans
language-ca = Catalaans
language-lij = Monegaskisch
language-other = een andere taal
