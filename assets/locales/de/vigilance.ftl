# Wetterwarnungen: was droht, wann, und was zu tun ist.
vigilance-orange = Wetterwarnung Orange: { $phenomenon }
vigilance-red = Wetterwarnung Rot: { $phenomenon }
vigilance-times-orange = { $area }: orange, { $begin } – { $end }.
vigilance-times-red = { $area }: rot, { $begin } – { $end }.
vigilance-moment = { $date }, { $time }
vigilance-coast = { $department } (Küste)

vigilance-wind = starker Wind
vigilance-rain = Regen und Überschwemmung
vigilance-storm = Gewitter
vigilance-flood = Hochwasser
vigilance-snow = Schnee und Glätte
vigilance-heat = große Hitze
vigilance-cold = große Kälte
vigilance-avalanche = Lawinen
vigilance-waves = Wellen und Sturmflut
vigilance-other = gefährliches Wetter

vigilance-do-wind = Bleiben Sie möglichst im Haus. Meiden Sie Bäume und räumen Sie weg, was der Wind mitreißen kann.
vigilance-do-rain = Gehen Sie möglichst nicht hinaus. Überqueren Sie nie eine überflutete Straße und gehen Sie nicht in Keller.
vigilance-do-storm = Suchen Sie Schutz in einem Gebäude. Meiden Sie Bäume und Wasser.
vigilance-do-flood = Meiden Sie Flüsse. Gehen Sie nach oben, wenn das Wasser kommt. Holen Sie nicht Ihr Auto.
vigilance-do-snow = Fahren Sie möglichst nicht. Gehen Sie vorsichtig und ziehen Sie sich warm an.
vigilance-do-heat = Trinken Sie oft Wasser. Bleiben Sie im Kühlen und fragen Sie nach Menschen, die allein leben.
vigilance-do-cold = Ziehen Sie sich warm an und gehen Sie wenig hinaus. Rufen Sie 115 für Menschen ohne Obdach.
vigilance-do-avalanche = Bleiben Sie auf geöffneten Pisten. Folgen Sie den Anweisungen der Station.
vigilance-do-waves = Meiden Sie das Ufer. Baden Sie nicht und fahren Sie nicht aufs Meer.
vigilance-do-other = Folgen Sie den Anweisungen der Behörden. Verschieben Sie Fahrten, wenn möglich.
