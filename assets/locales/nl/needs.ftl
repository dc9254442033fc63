# Access: how the screen behaves, what the visitor needs, what is known of each place.
access-title = Toegang en gemak
access-intro = Kies wat u helpt. Het hele scherm past zich aan, en vergeet uw keuzes als u weggaat.
access-modes = Het scherm
access-needs = Over mij
access-mode-contrast = Sterk contrast
access-mode-large = Grote letters
access-mode-reach = Knoppen lager
access-mode-easy = Makkelijk te lezen
access-mode-contrast-more = Heel scherpe letters op een effen achtergrond.
access-mode-large-more = Teksten en knoppen worden groter.
access-mode-reach-more = Alles is zittend aan te raken.
access-mode-easy-more = Korte teksten in eenvoudige woorden, als die er zijn.
access-on = Aan
access-off = Uit
access-reset = Alles terugzetten
access-active = { $count ->
    [one] { $count } instelling aan
   *[other] { $count } instellingen aan
}

need-title = Wat hebt u nodig?
need-wheelchair = Ik gebruik een rolstoel
need-walking = Lopen gaat moeilijk
need-sight = Ik zie slecht
need-hearing = Ik hoor slecht
need-children = Met kinderen
need-wheelchair-short = Rolstoel
need-walking-short = Lopen
need-sight-short = Zien
need-hearing-short = Horen
need-children-short = Kinderen
need-change = Wijzigen wat ik nodig heb

group-confirmed = Bevestigd
group-confirmed-by = Bron: { $source }
group-confirmed-source = Bron: { $source }, { $date }
group-unknown-word = Niet bekend
group-unknown = Niet bekend: bel eerst
group-unknown-call = Bel { $phone }
group-unknown-desk = Vraag het op { $phone }, { $desk }
group-empty-confirmed = Hier is nog niets bevestigd. De volgende lijst kunt u telefonisch navragen.
group-others = Andere antwoorden
group-hidden = { $count ->
    [one] { $count } plek zegt nee: tonen
   *[other] { $count } plekken zeggen nee: tonen
}
group-hidden-answers = { $count ->
    [one] { $count } hiervan zegt nee: tonen
   *[other] { $count } hiervan zeggen nee: tonen
}
group-hidden-events = { $count ->
    [one] { $count } activiteit zegt nee: tonen
   *[other] { $count } activiteiten zeggen nee: tonen
}
group-hide = Verbergen wat nee zegt
group-no = Deze zeggen nee

access-facts = Toegankelijkheid
access-wheelchair-yes = Toegankelijk met een rolstoel
access-wheelchair-no = Niet toegankelijk met een rolstoel
access-wheelchair-unknown = Toegang met een rolstoel: nog niet bekend
access-walking-yes = Makkelijk als lopen moeilijk gaat
access-walking-no = Lastig als lopen moeilijk gaat
access-walking-unknown = Toegang als lopen moeilijk gaat: nog niet bekend
access-sight-yes = Geschikt als u slecht ziet
access-sight-no = Niet geschikt als u slecht ziet
access-sight-unknown = Als u slecht ziet: nog niet bekend
access-hearing-yes = Geschikt als u slecht hoort
access-hearing-no = Niet geschikt als u slecht hoort
access-hearing-unknown = Als u slecht hoort: nog niet bekend
access-understanding-yes = Makkelijk te begrijpen
access-understanding-no = Nog niet makkelijk te begrijpen
access-understanding-unknown = Of het makkelijk te begrijpen is: nog niet bekend
access-children-yes = Goed voor kinderen
access-children-no = Niet geschikt voor kinderen
access-children-unknown = Voor kinderen: nog niet bekend
access-unknown-step = Niemand heeft het ons nog verteld. Een telefoontje maakt het duidelijk.
