# What a tourism office says of prices and hours in its own words.
section-prices = Preise
section-hours = Öffnungszeiten
price-from = ab { $price }
price-to = bis { $price }
price-free = Kostenlos
