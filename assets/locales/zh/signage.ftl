# City screens: what nobody touches.
signage-tonight = { $town }今晚
signage-as-of = { $time } 数据
signage-departures = 即将发车
signage-weather = 天气
alert-drill = 演习：这不是真实警报
countdown-days = { $count ->
   *[other] 天
}
countdown-hours = { $count ->
   *[other] 小时
}
countdown-minutes = { $count ->
   *[other] 分钟
}
signage-scan = 扫码
