# Names of languages, as in "text in French" or "they speak French".
language-fr = French
language-en = English
language-it = Italian
language-de = German
language-es = Spanish
language-nl = Dutch
language-ar = Arabic
language-zh = Chinese
language-pt = Portuguese
language-ru = Russian
language-ja = Japanese
language-pl = Polish
language-oc = Occitan
language-ca = Catalan
language-lij = Monegasque
language-other = another language
