# What a tourism office says of prices and hours in its own words.
section-prices = الأسعار
section-hours = أوقات العمل
price-from = ابتداءً من { $price }
price-to = حتى { $price }
price-free = مجانًا
