# What Acceslibre's record of a building states, as one sentence each.
erp-entrance-level = Entrada a nivel, sin escalón.
erp-entrance-not-level = Un escalón o resalte en la entrada.
erp-entrance-steps = { $count ->
    [one] { $count } escalón
   *[other] { $count } escalones
} en la entrada.
erp-entrance-ramp = Rampa fija en la entrada.
erp-entrance-ramp-removable = Rampa móvil en la entrada: pídala.
erp-entrance-no-ramp = Sin rampa en la entrada.
erp-entrance-lift = Ascensor o elevador en la entrada.
erp-lift-narrow = El ascensor es demasiado pequeño para una silla de ruedas.
erp-entrance-width = Entrada de al menos { $cm } centímetros de ancho.
erp-entrance-narrow = Entrada estrecha: { $cm } centímetros.
erp-entrance-other = Una entrada aparte para personas con movilidad reducida.
erp-path-level = Camino a nivel hasta la entrada.
erp-path-not-level = El camino hasta la entrada tiene escalones o resaltes.
erp-path-steps = { $count ->
    [one] { $count } escalón
   *[other] { $count } escalones
} en el camino hasta la entrada.
erp-path-firm = Suelo firme hasta la entrada.
erp-path-loose = Suelo suelto o irregular antes de la entrada.
erp-path-narrow = El camino se estrecha a menos de 90 centímetros.
erp-path-steep = Pendiente fuerte antes de la entrada.
erp-path-slope = Pendiente suave antes de la entrada.
erp-inside-level = Sin escalones entre la entrada y la recepción.
erp-inside-not-level = Escalones o resaltes entre la entrada y la recepción.
erp-inside-steps = { $count ->
    [one] { $count } escalón
   *[other] { $count } escalones
} entre la entrada y la recepción.
erp-inside-narrow = El paso hacia la recepción se estrecha a menos de 90 centímetros.
erp-parking = Plazas de aparcamiento adaptadas en el lugar.
erp-parking-near = Plazas de aparcamiento adaptadas a menos de 200 metros.
erp-bell = Timbre o interfono en la entrada.
erp-help = Alguien puede ayudarle a desplazarse.
erp-handrail = Pasamanos en los escalones.
erp-stop-near = Parada de transporte público a menos de 200 metros.
erp-hearing-loop-portable = Bucle magnético portátil: pídalo.
erp-sign-language = Atención en lengua de signos francesa.
erp-cued-speech = Atención en palabra complementada francesa.
erp-subtitles = Subtítulos o transcripción simultánea.
erp-hearing-other = Equipos para personas con dificultades auditivas.
erp-no-hearing-equipment = Sin equipos para personas con dificultades auditivas.
erp-sound-beacon = Baliza sonora en la entrada.
erp-guide-strip = Banda guía en el suelo hasta la entrada.
erp-audio-description = Audiodescripción.
erp-glass-unmarked = Puerta de cristal sin marcas de contraste.
erp-steps-marked = Los escalones están señalados con contraste.
erp-reception-visible = La recepción está cerca de la entrada.
erp-staff-trained = Personal formado para atender a personas con discapacidad.
erp-signs-clear = Señalización clara y comprensible.
erp-label = Distintivo: { $name }.
