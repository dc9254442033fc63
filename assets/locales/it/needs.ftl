# Access: how the screen behaves, what the visitor needs, what is known of each place.
access-title = Accesso e comodità
access-intro = Scegliete ciò che vi aiuta. Tutto lo schermo si adatta, e dimentica le vostre scelte quando andate via.
access-modes = Lo schermo
access-needs = Su di me
access-mode-contrast = Contrasto forte
access-mode-large = Lettere grandi
access-mode-reach = Pulsanti più in basso
access-mode-easy = Facile da leggere
access-mode-contrast-more = Lettere molto nitide su sfondo unito.
access-mode-large-more = Testi e pulsanti diventano più grandi.
access-mode-reach-more = Tutto si tocca stando seduti.
access-mode-easy-more = Testi brevi con parole semplici, quando ci sono.
access-on = Attivo
access-off = Non attivo
access-reset = Rimetti tutto come prima
access-active = { $count ->
    [one] { $count } impostazione attiva
   *[other] { $count } impostazioni attive
}

need-title = Di che cosa avete bisogno?
need-wheelchair = Uso la sedia a rotelle
need-walking = Cammino con difficoltà
need-sight = Vedo male
need-hearing = Sento male
need-children = Con bambini
need-wheelchair-short = Sedia a rotelle
need-walking-short = Camminare
need-sight-short = Vista
need-hearing-short = Udito
need-children-short = Bambini
need-change = Cambia le mie esigenze

group-confirmed = Confermato
group-confirmed-by = Fonte: { $source }
group-confirmed-source = Fonte: { $source }, { $date }
group-unknown-word = Non noto
group-unknown = Non noto: chiamate prima
group-unknown-call = Chiamate il { $phone }
group-unknown-desk = Chiedete al { $phone }, { $desk }
group-empty-confirmed = Qui non c’è ancora niente di confermato. L’elenco che segue si può verificare per telefono.
group-others = Altre risposte
group-hidden = { $count ->
    [one] { $count } luogo dice no: mostra
   *[other] { $count } luoghi dicono no: mostra
}
group-hidden-answers = { $count ->
    [one] { $count } di questi dice no: mostra
   *[other] { $count } di questi dicono no: mostra
}
group-hidden-events = { $count ->
    [one] { $count } appuntamento dice no: mostra
   *[other] { $count } appuntamenti dicono no: mostra
}
group-hide = Nascondi quelli che dicono no
group-no = Quelli che dicono no

access-facts = Accessibilità
access-wheelchair-yes = Accessibile in sedia a rotelle
access-wheelchair-no = Non accessibile in sedia a rotelle
access-wheelchair-unknown = Accesso in sedia a rotelle: non ancora noto
access-walking-yes = Facile per chi cammina con difficoltà
access-walking-no = Difficile per chi cammina a fatica
access-walking-unknown = Accesso per chi cammina con difficoltà: non ancora noto
access-sight-yes = Adatto a chi vede male
access-sight-no = Non adatto a chi vede male
access-sight-unknown = Per chi vede male: non ancora noto
access-hearing-yes = Adatto a chi sente male
access-hearing-no = Non adatto a chi sente male
access-hearing-unknown = Per chi sente male: non ancora noto
access-understanding-yes = Facile da capire
access-understanding-no = Non ancora facile da capire
access-understanding-unknown = Facilità di comprensione: non ancora nota
access-children-yes = Adatto ai bambini
access-children-no = Non adatto ai bambini
access-children-unknown = Per i bambini: non ancora noto
access-unknown-step = Nessuno ce lo ha ancora detto. Una telefonata ve lo dirà.
