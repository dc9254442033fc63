# Avisos meteorológicos: qué amenaza, cuándo y qué hacer.
vigilance-orange = Aviso meteorológico naranja: { $phenomenon }
vigilance-red = Aviso meteorológico rojo: { $phenomenon }
vigilance-times-orange = { $area }: naranja, { $begin } – { $end }.
vigilance-times-red = { $area }: rojo, { $begin } – { $end }.
vigilance-moment = { $date }, { $time }
vigilance-coast = { $department } (costa)

vigilance-wind = viento fuerte
vigilance-rain = lluvia e inundación
vigilance-storm = tormentas
vigilance-flood = crecidas de ríos
vigilance-snow = nieve y hielo
vigilance-heat = calor extremo
vigilance-cold = frío extremo
vigilance-avalanche = aludes
vigilance-waves = oleaje e inundación costera
vigilance-other = tiempo peligroso

vigilance-do-wind = Quédese en casa si puede. Aléjese de los árboles y guarde lo que el viento pueda llevarse.
vigilance-do-rain = Evite salir. No cruce nunca una carretera inundada y no baje a sótanos.
vigilance-do-storm = Refúgiese en un edificio. Aléjese de los árboles y del agua.
vigilance-do-flood = Aléjese de los ríos. Suba a un piso alto si llega el agua. No vaya a buscar el coche.
vigilance-do-snow = Evite conducir. Camine con cuidado y abríguese.
vigilance-do-heat = Beba agua a menudo. Manténgase fresco y pregunte por las personas que viven solas.
vigilance-do-cold = Abríguese bien y salga poco. Llame al 115 por una persona sin techo.
vigilance-do-avalanche = No salga de las pistas abiertas. Siga las indicaciones de la estación.
vigilance-do-waves = Aléjese de la orilla. No se bañe y no salga al mar.
vigilance-do-other = Siga las indicaciones de las autoridades. Aplace los viajes si puede.
