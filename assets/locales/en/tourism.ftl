# What a tourism office says of prices and hours in its own words.
section-prices = Prices
section-hours = Opening hours
price-from = from { $price }
price-to = up to { $price }
price-free = Free
