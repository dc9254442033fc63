# Access: how the screen behaves, what the visitor needs, what is known of each place.
access-title = 无障碍与舒适
access-intro = 选择对您有帮助的选项。整个屏幕会随之调整，您离开后便会忘记。
access-modes = 屏幕
access-needs = 关于我
access-mode-contrast = 高对比度
access-mode-large = 大字
access-mode-reach = 按钮下移
access-mode-easy = 易读版
access-mode-contrast-more = 纯色背景，字迹清晰。
access-mode-large-more = 文字和按钮变大。
access-mode-reach-more = 坐着也能触摸到所有按钮。
access-mode-easy-more = 如有易读版，则显示简短易懂的文字。
access-on = 已开启
access-off = 已关闭
access-reset = 全部恢复
access-active = { $count ->
   *[other] 已开启 { $count } 项设置
}

need-title = 您需要什么？
need-wheelchair = 我使用轮椅
need-walking = 我行走不便
need-sight = 我视力不好
need-hearing = 我听力不好
need-children = 带着孩子
need-wheelchair-short = 轮椅
need-walking-short = 行走
need-sight-short = 视力
need-hearing-short = 听力
need-children-short = 孩子
need-change = 更改我的需要

group-confirmed = 已确认
group-confirmed-by = 来源：{ $source }
group-confirmed-source = 来源：{ $source }，{ $date }
group-unknown-word = 未知
group-unknown = 未知：请先致电
group-unknown-call = 请拨打 { $phone }
group-unknown-desk = 请致电 { $phone }，{ $desk }
group-empty-confirmed = 这里还没有已确认的内容。下面的列表可以打电话核实。
group-others = 其他结果
group-hidden = { $count ->
   *[other] { $count } 个地点表示不可以：显示
}
group-hidden-answers = { $count ->
   *[other] 其中 { $count } 项表示不可以：显示
}
group-hidden-events = { $count ->
   *[other] { $count } 项活动表示不可以：显示
}
group-hide = 隐藏表示不可以的
group-no = 表示不可以的

access-facts = 无障碍
access-wheelchair-yes = 轮椅可以进入
access-wheelchair-no = 轮椅无法进入
access-wheelchair-unknown = 轮椅能否进入：未知
access-walking-yes = 行走不便者容易到达
access-walking-no = 行走不便者较难到达
access-walking-unknown = 行走不便者能否到达：未知
access-sight-yes = 适合视力不好的人
access-sight-no = 不适合视力不好的人
access-sight-unknown = 是否适合视力不好的人：未知
access-hearing-yes = 适合听力不好的人
access-hearing-no = 不适合听力不好的人
access-hearing-unknown = 是否适合听力不好的人：未知
access-understanding-yes = 容易理解
access-understanding-no = 尚不容易理解
access-understanding-unknown = 是否容易理解：未知
access-children-yes = 适合孩子
access-children-no = 不适合孩子
access-children-unknown = 是否适合孩子：未知
access-unknown-step = 还没有人告诉我们。打个电话便可知道。
