# Allerte meteo: che cosa minaccia, quando, e che cosa fare.
vigilance-orange = Allerta meteo arancione: { $phenomenon }
vigilance-red = Allerta meteo rossa: { $phenomenon }
vigilance-times-orange = { $area }: arancione, { $begin } – { $end }.
vigilance-times-red = { $area }: rossa, { $begin } – { $end }.
vigilance-moment = { $date }, { $time }
vigilance-coast = { $department } (costa)

vigilance-wind = vento forte
vigilance-rain = pioggia e allagamenti
vigilance-storm = temporali
vigilance-flood = piene dei fiumi
vigilance-snow = neve e ghiaccio
vigilance-heat = caldo estremo
vigilance-cold = freddo estremo
vigilance-avalanche = valanghe
vigilance-waves = onde e mareggiate
vigilance-other = tempo pericoloso

vigilance-do-wind = Resti in casa se può. Stia lontano dagli alberi e metta al riparo ciò che il vento può portare via.
vigilance-do-rain = Eviti di uscire. Non attraversi mai una strada allagata e non scenda nei seminterrati.
vigilance-do-storm = Si ripari in un edificio. Stia lontano dagli alberi e dall’acqua.
vigilance-do-flood = Stia lontano dai fiumi. Salga ai piani alti se arriva l’acqua. Non vada a prendere l’auto.
vigilance-do-snow = Eviti di guidare. Cammini con prudenza e si copra bene.
vigilance-do-heat = Beva acqua spesso. Resti al fresco e chieda notizie delle persone sole.
vigilance-do-cold = Si copra bene ed esca poco. Chiami il 115 per chi è senza riparo.
vigilance-do-avalanche = Non esca dalle piste aperte. Segua le indicazioni della stazione.
vigilance-do-waves = Stia lontano dalla riva. Non faccia il bagno e non esca in mare.
vigilance-do-other = Segua le indicazioni delle autorità. Rimandi gli spostamenti se può.
