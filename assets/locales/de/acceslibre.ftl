# What Acceslibre's record of a building states, as one sentence each.
erp-entrance-level = Stufenloser Eingang.
erp-entrance-not-level = Stufe oder Absatz am Eingang.
erp-entrance-steps = { $count ->
    [one] { $count } Stufe
   *[other] { $count } Stufen
} am Eingang.
erp-entrance-ramp = Feste Rampe am Eingang.
erp-entrance-ramp-removable = Mobile Rampe am Eingang: bitte danach fragen.
erp-entrance-no-ramp = Keine Rampe am Eingang.
erp-entrance-lift = Aufzug am Eingang.
erp-lift-narrow = Der Aufzug ist für einen Rollstuhl zu klein.
erp-entrance-width = Eingang mindestens { $cm } Zentimeter breit.
erp-entrance-narrow = Schmaler Eingang: { $cm } Zentimeter.
erp-entrance-other = Eigener Eingang für Menschen mit eingeschränkter Mobilität.
erp-path-level = Stufenloser Weg zum Eingang.
erp-path-not-level = Der Weg zum Eingang hat Stufen oder Absätze.
erp-path-steps = { $count ->
    [one] { $count } Stufe
   *[other] { $count } Stufen
} auf dem Weg zum Eingang.
erp-path-firm = Fester Boden bis zum Eingang.
erp-path-loose = Unebener oder loser Boden vor dem Eingang.
erp-path-narrow = Der Weg wird schmaler als 90 Zentimeter.
erp-path-steep = Steiler Weg vor dem Eingang.
erp-path-slope = Leichte Steigung vor dem Eingang.
erp-inside-level = Keine Stufen zwischen Eingang und Empfang.
erp-inside-not-level = Stufen oder Absätze zwischen Eingang und Empfang.
erp-inside-steps = { $count ->
    [one] { $count } Stufe
   *[other] { $count } Stufen
} zwischen Eingang und Empfang.
erp-inside-narrow = Der Weg zum Empfang wird schmaler als 90 Zentimeter.
erp-parking = Behindertenparkplätze vor Ort.
erp-parking-near = Behindertenparkplätze im Umkreis von 200 Metern.
erp-bell = Klingel oder Sprechanlage am Eingang.
erp-help = Jemand kann Ihnen beim Fortbewegen helfen.
erp-handrail = Handlauf an den Stufen.
erp-stop-near = Haltestelle im Umkreis von 200 Metern.
erp-hearing-loop-portable = Tragbare Induktionsschleife: bitte danach fragen.
erp-sign-language = Empfang in französischer Gebärdensprache.
erp-cued-speech = Empfang in französischer Lautsprache mit Handzeichen.
erp-subtitles = Untertitel oder Schriftdolmetschen.
erp-hearing-other = Hilfsmittel für Menschen, die schlecht hören.
erp-no-hearing-equipment = Keine Hilfsmittel für Menschen, die schlecht hören.
erp-sound-beacon = Akustisches Signal am Eingang.
erp-guide-strip = Leitstreifen am Boden bis zum Eingang.
erp-audio-description = Audiodeskription.
erp-glass-unmarked = Glastür ohne kontrastreiche Markierung.
erp-steps-marked = Die Stufen sind kontrastreich markiert.
erp-reception-visible = Der Empfang liegt nahe am Eingang.
erp-staff-trained = Für den Empfang behinderter Menschen geschultes Personal.
erp-signs-clear = Klare, leicht verständliche Schilder.
erp-label = Auszeichnung: { $name }.
