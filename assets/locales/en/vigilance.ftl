# Weather warnings: what threatens, when, and what to do.
vigilance-orange = Orange weather warning: { $phenomenon }
vigilance-red = Red weather warning: { $phenomenon }
vigilance-times-orange = { $area }: orange, { $begin } – { $end }.
vigilance-times-red = { $area }: red, { $begin } – { $end }.
vigilance-moment = { $date }, { $time }
vigilance-coast = { $department } (coast)

vigilance-wind = strong wind
vigilance-rain = rain and flooding
vigilance-storm = thunderstorms
vigilance-flood = river floods
vigilance-snow = snow and ice
vigilance-heat = extreme heat
vigilance-cold = extreme cold
vigilance-avalanche = avalanches
vigilance-waves = waves and coastal flooding
vigilance-other = dangerous weather

vigilance-do-wind = Stay indoors if you can. Keep away from trees and put away what the wind can carry off.
vigilance-do-rain = Avoid going out. Never cross a flooded road and do not go down to basements.
vigilance-do-storm = Take shelter inside a building. Keep away from trees and water.
vigilance-do-flood = Keep away from rivers. Go upstairs if the water comes. Do not go to fetch your car.
vigilance-do-snow = Avoid driving. Walk carefully and dress warmly.
vigilance-do-heat = Drink water often. Stay cool and check on people who live alone.
vigilance-do-cold = Dress warmly and go out little. Call 115 for anyone without shelter.
vigilance-do-avalanche = Stay on open ski runs. Follow the instructions of the resort.
vigilance-do-waves = Keep away from the shore. Do not swim and do not go out to sea.
vigilance-do-other = Follow the instructions of the authorities. Put off journeys if you can.
