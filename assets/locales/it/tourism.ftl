# What a tourism office says of prices and hours in its own words.
section-prices = Prezzi
section-hours = Orari
price-from = da { $price }
price-to = fino a { $price }
price-free = Gratuito
