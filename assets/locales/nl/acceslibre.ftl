# What Acceslibre's record of a building states, as one sentence each.
erp-entrance-level = Drempelloze ingang.
erp-entrance-not-level = Een trede of drempel bij de ingang.
erp-entrance-steps = { $count ->
    [one] { $count } trede
   *[other] { $count } treden
} bij de ingang.
erp-entrance-ramp = Vaste helling bij de ingang.
erp-entrance-ramp-removable = Losse helling bij de ingang: vraag erom.
erp-entrance-no-ramp = Geen helling bij de ingang.
erp-entrance-lift = Lift bij de ingang.
erp-lift-narrow = De lift is te klein voor een rolstoel.
erp-entrance-width = Ingang minstens { $cm } centimeter breed.
erp-entrance-narrow = Smalle ingang: { $cm } centimeter.
erp-entrance-other = Een aparte ingang voor mensen met beperkte mobiliteit.
erp-path-level = Drempelloos pad naar de ingang.
erp-path-not-level = Het pad naar de ingang heeft treden of drempels.
erp-path-steps = { $count ->
    [one] { $count } trede
   *[other] { $count } treden
} op het pad naar de ingang.
erp-path-firm = Vaste ondergrond tot aan de ingang.
erp-path-loose = Oneffen of losse ondergrond voor de ingang.
erp-path-narrow = Het pad wordt smaller dan 90 centimeter.
erp-path-steep = Steile helling voor de ingang.
erp-path-slope = Lichte helling voor de ingang.
erp-inside-level = Geen treden tussen ingang en onthaal.
erp-inside-not-level = Treden of drempels tussen ingang en onthaal.
erp-inside-steps = { $count ->
    [one] { $count } trede
   *[other] { $count } treden
} tussen ingang en onthaal.
erp-inside-narrow = De weg naar het onthaal wordt smaller dan 90 centimeter.
erp-parking = Aangepaste parkeerplaatsen ter plaatse.
erp-parking-near = Aangepaste parkeerplaatsen binnen 200 meter.
erp-bell = Bel of intercom bij de ingang.
erp-help = Iemand kan u helpen bij het verplaatsen.
erp-handrail = Leuning bij de treden.
erp-stop-near = Halte van het openbaar vervoer binnen 200 meter.
erp-hearing-loop-portable = Draagbare ringleiding: vraag erom.
erp-sign-language = Onthaal in Franse gebarentaal.
erp-cued-speech = Onthaal in Frans gesproken taal met handgebaren.
erp-subtitles = Ondertiteling of gelijktijdige transcriptie.
erp-hearing-other = Hulpmiddelen voor slechthorenden.
erp-no-hearing-equipment = Geen hulpmiddelen voor slechthorenden.
erp-sound-beacon = Geluidsbaken bij de ingang.
erp-guide-strip = Geleidestrook op de grond tot aan de ingang.
erp-audio-description = Audiodescriptie.
erp-glass-unmarked = Glazen deur zonder contrasterende markering.
erp-steps-marked = De treden zijn met contrast gemarkeerd.
erp-reception-visible = Het onthaal is dicht bij de ingang.
erp-staff-trained = Personeel opgeleid om mensen met een handicap te ontvangen.
erp-signs-clear = Duidelijke, begrijpelijke borden.
erp-label = Keurmerk: { $name }.
