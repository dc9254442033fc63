# What a tourism office says of prices and hours in its own words.
section-prices = Tarifs
section-hours = Horaires
price-from = à partir de { $price }
price-to = jusqu’à { $price }
price-free = Gratuit
