# What comes back on every screen, home, and the screens about the kiosk itself.
attract-touch = 触摸屏幕开始
attract-touch-more = 触摸屏幕任意位置
attract-sample = 示例
greeting = 您好
greeting-evening = 晚上好
welcome = 欢迎来到{ $town }

nav-home = 首页
nav-back = 返回
nav-search = 搜索
nav-language = 语言
nav-access = 无障碍
nav-more = 显示更多
nav-less = 收起
nav-all = 显示全部
nav-close = 关闭
nav-show = 显示
nav-up = 向上
nav-down = 向下
nav-scroll = 滑动继续阅读
nav-filters = 选择
nav-clear-filters = 清除选择
nav-position = 第 { $index } 项，共 { $count } 项
page-next = 下一页
page-previous = 上一页
page-position = 第 { $index } 页，共 { $count } 页

home-title = 首页
home-tonight = 今晚
home-today = 今天
home-next = 即将开始
home-quiet = 今天很清静。接下来有这些。
tile-today = 今天和今晚
tile-near = 我的附近
tile-see = 观光游玩
tile-around = 出行
tile-services = 市政服务
tile-access = 无障碍城市

fact-tonight = { $count ->
    [0] 今晚没有更多活动
   *[other] 今晚 { $count } 项
}
fact-today = { $count ->
    [0] 今天没有更多活动
   *[other] 今天 { $count } 项
}
fact-tomorrow = { $count ->
    [0] 明天很清静
   *[other] 明天 { $count } 项
}
fact-weekend = { $count ->
    [0] 清静的周末
   *[other] 本周末 { $count } 项
}
fact-next = 即将开始：{ $title }
fact-nearest = { $kind }，{ $distance }
fact-closes = { $place }还有 { $minutes } 分钟关门
fact-closes-soon = { $place }即将关门
fact-opens = { $place } { $time } 开门
fact-open = { $place }：开放至 { $time }
fact-open-count = { $count ->
    [0] 查看开放时间
   *[other] { $count } 个地点现在开放
}
fact-places = { $count ->
   *[other] { $count } 个地点
}
fact-stop = { $stop }站，{ $distance }
fact-services = { $count ->
   *[other] { $count } 项办事
}
fact-desk-open = 服务台开放至 { $time }
fact-desk-opens = 服务台 { $time } 开放
fact-desk-call = 请拨打 { $phone } 咨询
fact-accessible = { $count ->
    [0] 无障碍指南
   *[other] { $count } 个无障碍地点
}
fact-articles = { $count ->
   *[other] { $count } 页可读
}
fact-notices = { $count ->
   *[other] { $count } 条城市通知
}

session-title = 您还在吗？
session-more = 如果没有回应，屏幕将回到开始页，并忘记您的所有选择。
session-countdown = { $seconds ->
   *[other] 还剩 { $seconds } 秒
}
session-stay = 我还在
session-leave = 我用完了
session-ended = 谢谢，再见。所有内容均已清除。

languages-title = 选择您的语言
languages-current = { $language }，当前语言
languages-more = 没有您所用语言的内容会以其他语言显示，并加以注明。

speak-title = 与工作人员交谈
speak-intro = 有人为您解答。
speak-phone = 电话
speak-call = 请拨打 { $phone }
speak-desk = 服务台
speak-hours = 开放时间
speak-languages = 可使用{ $languages }
speak-address = 地址
speak-emergency = 紧急求助
speak-emergency-number = { $name }：{ $number }
speak-none = 请到市政厅或旅游咨询处询问，那里会有人帮助您。

directions-ahead = 在您前方
directions-ahead-right = 在您右前方
directions-right = 在您右边
directions-behind-right = 在您右后方
directions-behind = 在您后方
directions-behind-left = 在您左后方
directions-left = 在您左边
directions-ahead-left = 在您左前方
directions-here = 就在这里
map-title = 地图
map-you = 您在这里
map-goal = { $name }
map-up = 地图上方就是您的前方
map-sentence = { $name }{ $direction }，距离 { $distance }，步行约 { $minutes } 分钟。
map-sentence-here = { $name }就在这里，距离 { $distance }。
map-sentence-far = { $name }{ $direction }，距离 { $distance }。
map-streets = { $name }{ $direction }，距离 { $distance }，步行约 { $minutes } 分钟。街道：{ $street }。
map-none = 我们没有此地点的地图。地址写在旁边。
map-credit = 地图：{ $credit }

mark-preview = 预览
mark-preview-more = 此内容尚未发布。
mark-sample = 示例
mark-sample-more = 为演示而写，并非市政府发布。
mark-in-language = 原文语言：{ $language }
mark-machine = 机器翻译
mark-machine-more = 由机器翻译，可能有不准确之处。
mark-easy = 易读版
mark-source = 来源：{ $source }
mark-credit = { $credit }
mark-updated = 更新于 { $date }
mark-picture-credit = 图片：{ $credit }
mark-drawn-map = 周边地图

qr-scan = 用手机扫描
qr-scan-page = 扫描后可在手机上阅读此页
qr-scan-book = 扫描预订
qr-scan-online = 扫描后在线办理
qr-scan-pay = 扫描付款
qr-spoken = 二维码，通往 { $address }

item-gone = 市政府刚刚撤下了此页。请回到首页查看其他内容。
date-not-known = 本屏幕目前无法确定日期。与日期无关的内容都可查看。
alert-minor = 提示
alert-moderate = 警告
alert-severe = 严重警告
alert-extreme = 危险
alert-until = 至 { $time }
item-over = 活动已结束。接下来有这些。
content-changed = 信息刚刚更新。
content-none = 这里还没有发布内容。请触摸“与工作人员交谈”询问。
notice-title = 城市通知
notice-until = 至 { $date }
alert-title = 请注意
alert-read = 我已阅读

about-title = 关于此屏幕
about-what = 此屏幕告诉您城里有什么活动、去哪里、怎么去。无需联网即可使用。
about-privacy = 您的隐私
about-privacy-text = 您输入的内容一概不保存。没有摄像头，没有麦克风。您离开后，一切都会清除。只保留总数，例如某一页被打开的次数。
about-sources = 信息来源
about-source-line = { $name }：{ $licence }
about-credits = 鸣谢
about-fonts = 字体：{ $fonts }
about-software = Parvis 软件，版本 { $version }
about-preview = 此屏幕显示的是预览，内容并非市政府发布。
about-sample = 部分内容为示例，并已注明。
about-updated = 最近更新：{ $date }
about-wrong = 信息有误？请拨打 { $phone } 告诉我们。

state-selected = 已选择
state-open = 已展开
state-closed = 已收起
