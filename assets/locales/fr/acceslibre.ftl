# What Acceslibre's record of a building states, as one sentence each.
erp-entrance-level = Entrée de plain-pied.
erp-entrance-not-level = Une marche ou un ressaut à l’entrée.
erp-entrance-steps = { $count ->
    [one] { $count } marche
   *[other] { $count } marches
} à l’entrée.
erp-entrance-ramp = Rampe fixe à l’entrée.
erp-entrance-ramp-removable = Rampe amovible à l’entrée : demandez-la.
erp-entrance-no-ramp = Pas de rampe à l’entrée.
erp-entrance-lift = Ascenseur ou élévateur à l’entrée.
erp-lift-narrow = L’ascenseur est trop petit pour un fauteuil roulant.
erp-entrance-width = Entrée large d’au moins { $cm } centimètres.
erp-entrance-narrow = Entrée étroite : { $cm } centimètres.
erp-entrance-other = Une entrée à part pour les personnes à mobilité réduite.
erp-path-level = Chemin de plain-pied jusqu’à l’entrée.
erp-path-not-level = Le chemin jusqu’à l’entrée a des marches ou des ressauts.
erp-path-steps = { $count ->
    [one] { $count } marche
   *[other] { $count } marches
} sur le chemin vers l’entrée.
erp-path-firm = Sol stable jusqu’à l’entrée.
erp-path-loose = Sol meuble ou irrégulier avant l’entrée.
erp-path-narrow = Le chemin se rétrécit à moins de 90 centimètres.
erp-path-steep = Forte pente avant l’entrée.
erp-path-slope = Légère pente avant l’entrée.
erp-inside-level = Pas de marche entre l’entrée et l’accueil.
erp-inside-not-level = Des marches ou des ressauts entre l’entrée et l’accueil.
erp-inside-steps = { $count ->
    [one] { $count } marche
   *[other] { $count } marches
} entre l’entrée et l’accueil.
erp-inside-narrow = Le passage vers l’accueil se rétrécit à moins de 90 centimètres.
erp-parking = Places de parking adaptées sur place.
erp-parking-near = Places de parking adaptées à moins de 200 mètres.
erp-bell = Sonnette ou interphone à l’entrée.
erp-help = Une personne peut vous aider à vous déplacer.
erp-handrail = Main courante aux marches.
erp-stop-near = Arrêt de transport en commun à moins de 200 mètres.
erp-hearing-loop-portable = Boucle à induction portative : demandez-la.
erp-sign-language = Accueil en langue des signes française.
erp-cued-speech = Accueil en langue française parlée complétée.
erp-subtitles = Sous-titrage ou transcription simultanée.
erp-hearing-other = Équipements pour les personnes malentendantes.
erp-no-hearing-equipment = Pas d’équipement pour les personnes malentendantes.
erp-sound-beacon = Balise sonore à l’entrée.
erp-guide-strip = Bande de guidage au sol jusqu’à l’entrée.
erp-audio-description = Audiodescription proposée.
erp-glass-unmarked = Porte vitrée sans repère contrasté.
erp-steps-marked = Les marches sont signalées par un contraste.
erp-reception-visible = L’accueil est proche de l’entrée.
erp-staff-trained = Personnel formé à l’accueil des personnes handicapées.
erp-signs-clear = Signalétique lisible et compréhensible.
erp-label = Label : { $name }.
