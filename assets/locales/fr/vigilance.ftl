# Vigilance météorologique : ce qui menace, quand, et ce qu’il faut faire.
vigilance-orange = Vigilance orange : { $phenomenon }
vigilance-red = Vigilance rouge : { $phenomenon }
vigilance-times-orange = { $area } : orange, { $begin } – { $end }.
vigilance-times-red = { $area } : rouge, { $begin } – { $end }.
vigilance-moment = { $date }, { $time }
vigilance-coast = { $department } (littoral)

vigilance-wind = vent violent
vigilance-rain = pluie et inondation
vigilance-storm = orages
vigilance-flood = crues
vigilance-snow = neige et verglas
vigilance-heat = canicule
vigilance-cold = grand froid
vigilance-avalanche = avalanches
vigilance-waves = vagues et submersion
vigilance-other = danger météo

vigilance-do-wind = Restez chez vous si possible. Éloignez-vous des arbres et rangez ce que le vent peut emporter.
vigilance-do-rain = Évitez de sortir. Ne traversez jamais une route inondée et ne descendez pas au sous-sol.
vigilance-do-storm = Mettez-vous à l’abri dans un bâtiment. Éloignez-vous des arbres et de l’eau.
vigilance-do-flood = Éloignez-vous des cours d’eau. Montez à l’étage si l’eau arrive. N’allez pas chercher votre voiture.
vigilance-do-snow = Évitez de prendre la route. Marchez prudemment et couvrez-vous.
vigilance-do-heat = Buvez de l’eau souvent. Restez au frais et prenez des nouvelles des personnes seules.
vigilance-do-cold = Couvrez-vous bien et sortez peu. Appelez le 115 pour une personne sans abri.
vigilance-do-avalanche = Ne sortez pas des pistes ouvertes. Suivez les consignes de la station.
vigilance-do-waves = Éloignez-vous du bord de mer. Ne vous baignez pas et ne prenez pas la mer.
vigilance-do-other = Suivez les consignes des autorités. Reportez vos déplacements si possible.
