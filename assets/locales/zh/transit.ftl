# 公共交通和共享单车。
transit-platforms-differ = 部分站台可供轮椅通行，部分不可
transit-platforms = { $count ->
   *[other] 站台：{ $platforms }
}
transit-line-to = { $line } → { $direction }
transit-about = 约 { $time }
transit-cancelled = 已取消
transit-late = 晚点 { $minutes } 分钟
transit-early = 提前 { $minutes } 分钟
transit-booked = 需电话预约
transit-driver = 需与司机约定
transit-wheelchair = 可乘轮椅
transit-no-wheelchair = 不可乘轮椅
transit-with-note = { $time }，{ $note }

transit-effect-no-service = 停止服务
transit-effect-reduced-service = 服务减少
transit-effect-delays = 严重延误
transit-effect-detour = 绕行
transit-effect-additional-service = 加开班次
transit-effect-modified-service = 服务调整
transit-effect-stop-moved = 站点迁移
transit-effect-accessibility = 通行受限
transit-in-force = 生效时间

transit-bikes = { $count ->
   *[other] { $count } 辆车
}
transit-bikes-electric = 其中 { $count } 辆电动
transit-docks = { $count ->
   *[other] { $count } 个空位
}
transit-no-hire = 目前不可租车
transit-bikes-area = 单车停放在划定区域内，无桩位。
transit-bikes-room = { $count ->
   *[other] 可停 { $count } 辆车。
}
