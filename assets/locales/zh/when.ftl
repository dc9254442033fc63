# When: hours, dates, durations and distances.
unit-meters = { $number } 米
unit-kilometers = { $number } 公里
unit-minutes = { $number } 分钟
on-foot = 步行 { $minutes } 分钟
on-foot-distance = { $distance }，步行 { $minutes } 分钟
time-range = { $from } – { $to }
time-midnight = 午夜

open-now = 开放中
open-until = 开放至 { $time }
open-until-midnight = 开放至午夜
open-until-day = 开放至{ $day } { $time }
open-always = 24 小时开放
closes-in = { $minutes } 分钟后关门
closes-soon = 不到 5 分钟就关门
opens-in = { $minutes } 分钟后开门
opens-at = { $time } 开门
opens-tomorrow = 明天 { $time } 开门
opens-day = { $day } { $time } 开门
opens-date = { $date }开门
closed-now = 已关门
closed-for-now = 暂停开放
hours-unknown = 开放时间未知

week-line = { $days }：{ $hours }
week-range = { $first }至{ $last }
week-every-day = 每天
week-closed = 不开放
week-unknown = 不确定
week-all-day = 24 小时
week-remark = { $hours }（{ $remark }）

when-now = 正在进行
when-now-until = 正在进行，至 { $time }
when-now-until-midnight = 正在进行，至午夜
when-now-until-date = 正在进行，至 { $date }
when-begins-in = { $minutes } 分钟后开始
when-today = 今天 { $time }
when-tonight = 今晚 { $time }
when-this-night = 今夜 { $time }
when-tomorrow = 明天 { $time }
when-date = { $date } { $time }
when-ended = 已结束
when-from-to = { $date }，{ $from } – { $to }
date-today = 今天，{ $date }
date-tomorrow = 明天，{ $date }
date-updated = 更新：{ $date }
