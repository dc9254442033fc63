# Names of languages, as in "text in French" or "they speak French".
language-fr = 法语
language-en = 英语
language-it = 意大利语
language-de = 德语
language-es = 西班牙语
language-nl = 荷兰语
language-ar = 阿拉伯语
language-zh = 中文
language-pt = 葡萄牙语
language-ru = 俄语
language-ja = 日语
language-pl = 波兰语
language-oc = 奥克语
language-ca = 加泰罗尼亚语
language-lij = 摩纳哥语
language-other = 其他语言
