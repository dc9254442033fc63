# What a tourism office says of prices and hours in its own words.
section-prices = Precios
section-hours = Horario
price-from = desde { $price }
price-to = hasta { $price }
price-free = Gratis
