# Weerwaarschuwingen: wat er dreigt, wanneer, en wat te doen.
vigilance-orange = Weerwaarschuwing oranje: { $phenomenon }
vigilance-red = Weerwaarschuwing rood: { $phenomenon }
vigilance-times-orange = { $area }: oranje, { $begin } – { $end }.
vigilance-times-red = { $area }: rood, { $begin } – { $end }.
vigilance-moment = { $date }, { $time }
vigilance-coast = { $department } (kust)

vigilance-wind = harde wind
vigilance-rain = regen en wateroverlast
vigilance-storm = onweer
vigilance-flood = hoogwater
vigilance-snow = sneeuw en gladheid
vigilance-heat = extreme hitte
vigilance-cold = extreme kou
vigilance-avalanche = lawines
vigilance-waves = golven en kustoverstroming
vigilance-other = gevaarlijk weer

vigilance-do-wind = Blijf binnen als het kan. Blijf weg van bomen en berg op wat de wind kan meenemen.
vigilance-do-rain = Ga liever niet naar buiten. Steek nooit een ondergelopen weg over en ga niet naar kelders.
vigilance-do-storm = Schuil in een gebouw. Blijf weg van bomen en water.
vigilance-do-flood = Blijf weg van rivieren. Ga naar boven als het water komt. Ga uw auto niet halen.
vigilance-do-snow = Rijd liever niet. Loop voorzichtig en kleed u warm aan.
vigilance-do-heat = Drink vaak water. Blijf koel en vraag hoe het gaat met mensen die alleen wonen.
vigilance-do-cold = Kleed u warm aan en ga weinig naar buiten. Bel 115 voor iemand zonder onderdak.
vigilance-do-avalanche = Blijf op geopende pistes. Volg de aanwijzingen van het skigebied.
vigilance-do-waves = Blijf weg van de kust. Ga niet zwemmen en ga de zee niet op.
vigilance-do-other = Volg de aanwijzingen van de overheid. Stel reizen uit als het kan.
