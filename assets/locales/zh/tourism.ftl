# What a tourism office says of prices and hours in its own words.
section-prices = 价格
section-hours = 开放时间
price-from = { $price }起
price-to = 最高{ $price }
price-free = 免费
