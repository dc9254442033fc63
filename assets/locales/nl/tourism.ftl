# What a tourism office says of prices and hours in its own words.
section-prices = Prijzen
section-hours = Openingstijden
price-from = vanaf { $price }
price-to = tot { $price }
price-free = Gratis
