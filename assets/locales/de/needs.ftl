# Access: how the screen behaves, what the visitor needs, what is known of each place.
access-title = Zugang und Komfort
access-intro = Wählen Sie, was Ihnen hilft. Der ganze Bildschirm passt sich an und vergisst Ihre Wahl, wenn Sie gehen.
access-modes = Der Bildschirm
access-needs = Über mich
access-mode-contrast = Starker Kontrast
access-mode-large = Große Schrift
access-mode-reach = Tasten weiter unten
access-mode-easy = Leicht zu lesen
access-mode-contrast-more = Sehr klare Buchstaben auf ruhigem Grund.
access-mode-large-more = Texte und Tasten werden größer.
access-mode-reach-more = Alles lässt sich im Sitzen berühren.
access-mode-easy-more = Kurze Texte in einfachen Worten, wo es sie gibt.
access-on = Ein
access-off = Aus
access-reset = Alles zurücksetzen
access-active = { $count ->
    [one] { $count } Einstellung aktiv
   *[other] { $count } Einstellungen aktiv
}

need-title = Was brauchen Sie?
need-wheelchair = Ich benutze einen Rollstuhl
need-walking = Das Gehen fällt mir schwer
need-sight = Ich sehe schlecht
need-hearing = Ich höre schlecht
need-children = Mit Kindern
need-wheelchair-short = Rollstuhl
need-walking-short = Gehen
need-sight-short = Sehen
need-hearing-short = Hören
need-children-short = Kinder
need-change = Meine Angaben ändern

group-confirmed = Bestätigt
group-confirmed-by = Quelle: { $source }
group-confirmed-source = Quelle: { $source }, { $date }
group-unknown-word = Nicht bekannt
group-unknown = Nicht bekannt: vorher anrufen
group-unknown-call = Rufen Sie { $phone } an
group-unknown-desk = Fragen Sie unter { $phone }, { $desk }
group-empty-confirmed = Hier ist noch nichts bestätigt. Die nächste Liste lässt sich telefonisch klären.
group-others = Weitere Antworten
group-hidden = { $count ->
    [one] { $count } Ort sagt Nein: zeigen
   *[other] { $count } Orte sagen Nein: zeigen
}
group-hidden-answers = { $count ->
    [one] { $count } davon sagt Nein: zeigen
   *[other] { $count } davon sagen Nein: zeigen
}
group-hidden-events = { $count ->
    [one] { $count } Veranstaltung sagt Nein: zeigen
   *[other] { $count } Veranstaltungen sagen Nein: zeigen
}
group-hide = Ausblenden, was Nein sagt
group-no = Diese sagen Nein

access-facts = Barrierefreiheit
access-wheelchair-yes = Mit dem Rollstuhl zugänglich
access-wheelchair-no = Nicht mit dem Rollstuhl zugänglich
access-wheelchair-unknown = Zugang mit dem Rollstuhl: noch nicht bekannt
access-walking-yes = Leicht, wenn das Gehen schwerfällt
access-walking-no = Schwierig, wenn das Gehen schwerfällt
access-walking-unknown = Zugang, wenn das Gehen schwerfällt: noch nicht bekannt
access-sight-yes = Geeignet, wenn man schlecht sieht
access-sight-no = Nicht geeignet, wenn man schlecht sieht
access-sight-unknown = Für Menschen, die schlecht sehen: noch nicht bekannt
access-hearing-yes = Geeignet, wenn man schlecht hört
access-hearing-no = Nicht geeignet, wenn man schlecht hört
access-hearing-unknown = Für Menschen, die schlecht hören: noch nicht bekannt
access-understanding-yes = Leicht zu verstehen
access-understanding-no = Noch nicht leicht zu verstehen
access-understanding-unknown = Ob es leicht zu verstehen ist: noch nicht bekannt
access-children-yes = Gut für Kinder
access-children-no = Nicht für Kinder geeignet
access-children-unknown = Für Kinder: noch nicht bekannt
access-unknown-step = Das hat uns noch niemand gesagt. Ein Anruf klärt es.
