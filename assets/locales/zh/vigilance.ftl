# 天气预警：有何危险、何时发生、该怎么做。
vigilance-orange = 橙色天气预警：{ $phenomenon }
vigilance-red = 红色天气预警：{ $phenomenon }
vigilance-times-orange = { $area }：橙色，{ $begin } – { $end }。
vigilance-times-red = { $area }：红色，{ $begin } – { $end }。
vigilance-moment = { $date } { $time }
vigilance-coast = { $department }（沿海）

vigilance-wind = 大风
vigilance-rain = 暴雨和内涝
vigilance-storm = 雷暴
vigilance-flood = 河水上涨
vigilance-snow = 冰雪
vigilance-heat = 高温
vigilance-cold = 严寒
vigilance-avalanche = 雪崩
vigilance-waves = 海浪和海水倒灌
vigilance-other = 危险天气

vigilance-do-wind = 请尽量留在室内。远离树木，收好容易被风吹走的物品。
vigilance-do-rain = 请尽量不要外出。切勿穿越被水淹没的道路，不要进入地下室。
vigilance-do-storm = 请进入建筑物内躲避。远离树木和水边。
vigilance-do-flood = 请远离河流。水来时请上楼。不要去取车。
vigilance-do-snow = 请尽量不要开车。走路小心，注意保暖。
vigilance-do-heat = 请经常喝水。待在凉爽的地方，关心独居的人。
vigilance-do-cold = 请注意保暖，减少外出。看到无家可归的人请拨打115。
vigilance-do-avalanche = 请勿离开开放的雪道。遵守滑雪场的指示。
vigilance-do-waves = 请远离海边。不要下水，不要出海。
vigilance-do-other = 请听从当局的指示。尽量推迟出行。
