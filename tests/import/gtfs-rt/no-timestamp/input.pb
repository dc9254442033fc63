

2.0
a*R


Déviationfr
b