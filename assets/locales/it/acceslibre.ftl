# What Acceslibre's record of a building states, as one sentence each.
erp-entrance-level = Ingresso senza gradini.
erp-entrance-not-level = Un gradino o un dislivello all’ingresso.
erp-entrance-steps = { $count ->
    [one] { $count } gradino
   *[other] { $count } gradini
} all’ingresso.
erp-entrance-ramp = Rampa fissa all’ingresso.
erp-entrance-ramp-removable = Rampa mobile all’ingresso: chiedetela.
erp-entrance-no-ramp = Nessuna rampa all’ingresso.
erp-entrance-lift = Ascensore o elevatore all’ingresso.
erp-lift-narrow = L’ascensore è troppo piccolo per una sedia a rotelle.
erp-entrance-width = Ingresso largo almeno { $cm } centimetri.
erp-entrance-narrow = Ingresso stretto: { $cm } centimetri.
erp-entrance-other = Un ingresso a parte per le persone a mobilità ridotta.
erp-path-level = Percorso senza gradini fino all’ingresso.
erp-path-not-level = Il percorso fino all’ingresso ha gradini o dislivelli.
erp-path-steps = { $count ->
    [one] { $count } gradino
   *[other] { $count } gradini
} sul percorso fino all’ingresso.
erp-path-firm = Fondo stabile fino all’ingresso.
erp-path-loose = Fondo sconnesso prima dell’ingresso.
erp-path-narrow = Il percorso si restringe a meno di 90 centimetri.
erp-path-steep = Forte pendenza prima dell’ingresso.
erp-path-slope = Lieve pendenza prima dell’ingresso.
erp-inside-level = Nessun gradino tra l’ingresso e l’accoglienza.
erp-inside-not-level = Gradini o dislivelli tra l’ingresso e l’accoglienza.
erp-inside-steps = { $count ->
    [one] { $count } gradino
   *[other] { $count } gradini
} tra l’ingresso e l’accoglienza.
erp-inside-narrow = Il passaggio verso l’accoglienza si restringe a meno di 90 centimetri.
erp-parking = Posti auto riservati ai disabili sul posto.
erp-parking-near = Posti auto riservati ai disabili entro 200 metri.
erp-bell = Campanello o citofono all’ingresso.
erp-help = Qualcuno può aiutarvi a spostarvi.
erp-handrail = Corrimano ai gradini.
erp-stop-near = Fermata dei mezzi pubblici entro 200 metri.
erp-hearing-loop-portable = Anello a induzione portatile: chiedetelo.
erp-sign-language = Accoglienza in lingua dei segni francese.
erp-cued-speech = Accoglienza in lingua francese parlata completata.
erp-subtitles = Sottotitoli o trascrizione simultanea.
erp-hearing-other = Dispositivi per chi sente male.
erp-no-hearing-equipment = Nessun dispositivo per chi sente male.
erp-sound-beacon = Segnale acustico all’ingresso.
erp-guide-strip = Percorso tattile a terra fino all’ingresso.
erp-audio-description = Audiodescrizione.
erp-glass-unmarked = Porta a vetri senza segni di contrasto.
erp-steps-marked = I gradini sono segnalati con contrasto.
erp-reception-visible = L’accoglienza è vicina all’ingresso.
erp-staff-trained = Personale formato all’accoglienza delle persone con disabilità.
erp-signs-clear = Segnaletica chiara e comprensibile.
erp-label = Marchio: { $name }.
