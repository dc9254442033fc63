# The content screens: near me, agenda, places, guide, services, search.
near-title = 我的附近
near-intro = 步行最近的地点，开放的排在前面。
near-kind-count = { $kind }：{ $count }
near-open-first = 现在开放
near-others = 其他
near-none = { $distance }以内没有此类地点。请触摸“搜索”或“与工作人员交谈”。
near-nearest = 最近：{ $name }，{ $distance }
near-row = { $name }，{ $distance }，{ $direction }

agenda-title = 活动日程
agenda-tonight = 今晚
agenda-today = 今天
agenda-tomorrow = 明天
agenda-weekend = 本周末
agenda-all = 全部
agenda-day = 选择日期
agenda-chip = { $name }，{ $count }
agenda-all-kinds = 所有类型
agenda-count = { $count ->
   *[other] { $count } 项活动
}
agenda-none-tonight = 今晚没有更多活动。
agenda-none-today = 今天没有更多活动。
agenda-none-weekend = 本周末暂无活动。
agenda-none-day = 当天暂无活动。
agenda-none = 目前暂无活动。请触摸“观光游玩”，查看城里的好去处。
agenda-next-tomorrow = { $count ->
   *[other] 明天：{ $count } 项活动
}
agenda-next-day = { $count ->
   *[other] { $date }：{ $count } 项活动
}
agenda-show-next = 查看接下来的活动

event-kind-music = 音乐
event-kind-stage = 演出
event-kind-exhibition = 展览
event-kind-cinema = 电影
event-kind-talk = 讲座
event-kind-workshop = 工作坊
event-kind-festival = 节庆
event-kind-market = 市集
event-kind-sport = 体育
event-kind-nature = 自然
event-kind-family = 亲子
event-kind-other = 其他
event-status-scheduled = 如期举行
event-status-rescheduled = 日期更改
event-status-moved-online = 改为线上
event-status-postponed = 延期
event-status-full = 名额已满
event-status-cancelled = 已取消
event-status-rescheduled-more = 日期已更改，请看清下方的日期。
event-status-moved-online-more = 活动在网上举行。请扫描二维码获取链接。
event-status-postponed-more = 不再于{ $date }举行。
event-date-unknown = 新日期尚未公布
event-status-full-more = 名额已满。
event-status-full-ask = 请向主办方询问是否有候补名单。
event-status-cancelled-more = 活动不会举行。请看看当天的其他活动。
event-when = 时间
event-where = 地点
event-price = 价格
event-free = 免费
event-paid = 收费
event-price-unknown = 价格未知，请向主办方询问
event-ages = { $from } 至 { $to } 岁
event-ages-from = { $from } 岁以上
event-ages-to = { $to } 岁以下
event-online = 线上
event-mixed = 现场与线上
event-book = 预订
event-book-phone = 预订电话 { $phone }
event-book-email = 预订邮箱：{ $email }
event-book-scan = 扫描二维码预订
event-place = 地点：{ $place }
event-other-dates = { $count ->
   *[other] 另有 { $count } 个日期
}
event-all-dates = 所有日期
event-about = 简介
event-organiser = 主办：{ $name }
event-see-place = 查看地点
event-same-day = 同一天

places-title = 观光游玩
places-around-title = 出行
places-access-title = 无障碍城市
places-count = { $count ->
   *[other] { $count } 个地点
}
places-all = 全部
places-open = 现在开放
places-none = 目前没有此类地点。请触摸“全部”查看完整列表。
places-none-open = 此时都已关门。最早开门：{ $place }，{ $time }。

place-group-sights = 景点
place-group-culture = 文化
place-group-nature = 自然
place-group-eat = 餐饮
place-group-shops = 购物
place-group-sport = 运动
place-group-town = 市政与医疗
place-hours = 开放时间
place-hours-week = 本周
place-hours-today = 今天：{ $hours }
place-hours-ask = 开放时间未知。出发前请拨打 { $phone }。
place-hours-holiday = 公共假日的开放时间可能不同。
place-contact = 联系方式
place-phone = 电话：{ $phone }
place-email = 邮箱：{ $email }
place-website = 网站
place-address = 地址
place-events = 此处近期活动
place-events-count = { $count ->
   *[other] 此处 { $count } 项活动
}
place-fee-yes = 收费
place-fee-no = 免费入场
place-fee-unknown = 价格未知
place-changing-yes = 有婴儿护理台
place-changing-no = 没有婴儿护理台
place-changing-unknown = 婴儿护理台：未知
place-near = 旁边
place-unnamed = { $near }附近的{ $kind }

guide-title = 指南
guide-all = 全部主题
guide-count = { $count ->
   *[other] { $count } 页
}
section-accessibility = 无障碍指南
section-getting-around = 出行
section-discover = 发现
section-nature = 自然
section-rain = 下雨天
section-history = 历史
section-practical = 实用信息
section-notice = 城市通知
article-easy = 易读版
article-full = 完整版
article-no-easy = 此页还没有易读版。
article-related = 此页谈到的内容
article-reading = 阅读约 { $minutes } 分钟

services-title = 市政服务
services-intro = 怎么办、带什么、要多久。
services-none = 这里暂无办事说明。有人可以为您解答。
service-steps = 怎么办
service-step = 第 { $number } 步
service-bring = 需要携带
service-bring-nothing = 无需携带任何材料
service-cost = 费用
service-cost-free = 免费
service-delay = 所需时间
service-online = 在线办理
service-payment = 在线付款
service-desk = 到服务台办理
service-help = 需要帮助吗？

search-title = 搜索
search-prompt = 您在找什么？
search-hint = 地点、活动、办事
search-count = { $count ->
   *[other] { $count } 个答案
}
search-none = 我们没有找到“{ $text }”。请换一个词，或触摸“与工作人员交谈”。
search-none-short = 请继续输入一两个字母。
search-instead = 您是不是要找：{ $text }
search-try = 大家常问
search-group-events = 活动
search-group-places = 地点
search-group-articles = 指南
search-group-services = 服务
search-private = 您输入的内容一概不保存。
search-clear = 全部清除

key-space = 空格
key-delete = 删除
key-hide = 收起键盘
key-shift = 大写
key-letters = 字母
key-digits = 数字
key-done = 搜索
key-clear = 全部清除
key-accents = 重音字母
key-keyboard = 键盘
key-arabic = عربي
key-latin = ABC

pairing-title = 此屏幕正在等待输入代码
pairing-do = 市政厅：请在 Parvis 中打开“Écrans”（Screens），再打开“Ajouter un écran”（Add a screen），输入此代码。代码每十分钟更换一次。
placed-title = 此屏幕已添加
placed-more = 它正在获取本市发布的内容。
identify-title = 此屏幕的名称
