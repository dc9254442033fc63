# Names of languages, as in "text in French" or "they speak French".
language-fr = Französisch
language-en = Englisch
language-it = Italienisch
language-de = Deutsch
language-es = Spanisch
language-nl = Niederländisch
language-ar = Arabisch
language-zh = Chinesisch
language-pt = Portugiesisch
language-ru = Russisch
language-ja = Japanisch
language-pl = Polnisch
language-oc = Okzitanisch
language-ca = Katalanisch
language-lij = Monegassisch
language-other = eine andere Sprache
