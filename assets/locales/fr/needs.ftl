# Accès : réglages de l'écran, besoins du visiteur, ce que l'on sait de chaque lieu.
access-title = Accès et confort
access-intro = Choisissez ce qui vous aide. Tout l’écran s’adapte, puis oublie vos choix quand vous partez.
access-modes = L’écran
access-needs = Moi
access-mode-contrast = Contraste fort
access-mode-large = Grandes lettres
access-mode-reach = Boutons plus bas
access-mode-easy = Facile à lire
access-mode-contrast-more = Lettres très nettes, sur fond uni.
access-mode-large-more = Les textes et les boutons grandissent.
access-mode-reach-more = Tout se touche en étant assis.
access-mode-easy-more = Des textes courts, avec des mots simples, quand ils existent.
access-on = Activé
access-off = Désactivé
access-reset = Tout remettre comme avant
access-active = { $count ->
    [one] { $count } réglage actif
   *[other] { $count } réglages actifs
}

need-title = De quoi avez-vous besoin ?
need-wheelchair = Je suis en fauteuil roulant
need-walking = Je marche difficilement
need-sight = Je vois mal
need-hearing = J’entends mal
need-children = Avec des enfants
need-wheelchair-short = Fauteuil roulant
need-walking-short = Marche difficile
need-sight-short = Vue
need-hearing-short = Audition
need-children-short = Enfants
need-change = Changer mes besoins

group-confirmed = Confirmé
group-confirmed-by = Source : { $source }
group-confirmed-source = Source : { $source }, { $date }
group-unknown-word = Pas encore vérifié
group-unknown = Pas encore vérifié : appelez d’abord
group-unknown-call = Appelez le { $phone }
group-unknown-desk = Demandez au { $phone }, { $desk }
group-empty-confirmed = Rien de confirmé ici pour l’instant. La liste suivante reste à vérifier par téléphone.
group-others = Autres réponses
group-hidden = { $count ->
    [one] { $count } lieu dit non : afficher
   *[other] { $count } lieux disent non : afficher
}
group-hidden-answers = { $count ->
    [one] { $count } de ces réponses dit non : afficher
   *[other] { $count } de ces réponses disent non : afficher
}
group-hidden-events = { $count ->
    [one] { $count } rendez-vous dit non : afficher
   *[other] { $count } rendez-vous disent non : afficher
}
group-hide = Masquer ceux qui disent non
group-no = Ceux qui disent non

access-facts = Accessibilité
access-wheelchair-yes = Accessible en fauteuil roulant
access-wheelchair-no = Pas accessible en fauteuil roulant
access-wheelchair-unknown = Accès en fauteuil roulant : pas encore connu
access-walking-yes = Facile quand on marche difficilement
access-walking-no = Difficile quand on marche mal
access-walking-unknown = Accès quand on marche mal : pas encore connu
access-sight-yes = Adapté quand on voit mal
access-sight-no = Pas adapté quand on voit mal
access-sight-unknown = Accueil quand on voit mal : pas encore connu
access-hearing-yes = Adapté quand on entend mal
access-hearing-no = Pas adapté quand on entend mal
access-hearing-unknown = Accueil quand on entend mal : pas encore connu
access-understanding-yes = Facile à comprendre
access-understanding-no = Pas encore facile à comprendre
access-understanding-unknown = Accueil facile à comprendre : pas encore connu
access-children-yes = Adapté aux enfants
access-children-no = Pas adapté aux enfants
access-children-unknown = Accueil des enfants : pas encore connu
access-unknown-step = Personne ne nous l’a encore dit. Un appel vous le dira.
