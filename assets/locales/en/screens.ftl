# The content screens: near me, agenda, places, guide, services, search.
near-title = Near me now
near-intro = The nearest on foot, open ones first.
near-kind-count = { $kind }: { $count }
near-open-first = Open now
near-others = The others
near-none = None of these within { $distance }. Touch Search, or Speak to someone.
near-nearest = Nearest: { $name }, { $distance }
near-row = { $name }, { $distance }, { $direction }

agenda-title = What’s on
agenda-tonight = Tonight
agenda-today = Today
agenda-tomorrow = Tomorrow
agenda-weekend = This weekend
agenda-all = All
agenda-day = Choose a day
agenda-chip = { $name }, { $count }
agenda-all-kinds = All kinds
agenda-count = { $count ->
    [one] { $count } event
   *[other] { $count } events
}
agenda-none-tonight = Nothing more tonight.
agenda-none-today = Nothing more today.
agenda-none-weekend = Nothing announced this weekend.
agenda-none-day = Nothing announced that day.
agenda-none = Nothing announced for now. Touch See and do: the places of the town are there.
agenda-next-tomorrow = { $count ->
    [one] Tomorrow: { $count } event
   *[other] Tomorrow: { $count } events
}
agenda-next-day = { $count ->
    [one] { $date }: { $count } event
   *[other] { $date }: { $count } events
}
agenda-show-next = See what comes next

event-kind-music = Music
event-kind-stage = On stage
event-kind-exhibition = Exhibition
event-kind-cinema = Cinema
event-kind-talk = Talk
event-kind-workshop = Workshop
event-kind-festival = Festival
event-kind-market = Market
event-kind-sport = Sport
event-kind-nature = Nature
event-kind-family = For families
event-kind-other = Others
event-status-scheduled = Confirmed
event-status-rescheduled = New date
event-status-moved-online = Moved online
event-status-postponed = Postponed
event-status-full = Fully booked
event-status-cancelled = Cancelled
event-status-rescheduled-more = The date has changed: look closely at the day below.
event-status-moved-online-more = It takes place on the internet. Scan the code for the link.
event-status-postponed-more = It does not take place on { $date }.
event-date-unknown = New date not known yet
event-status-full-more = There are no places left.
event-status-full-ask = Ask the organiser whether there is a waiting list.
event-status-cancelled-more = It will not take place. See what else is on that day.
event-when = When
event-where = Where
event-price = Price
event-free = Free
event-paid = Paid entry
event-price-unknown = Price not known yet: ask the organiser
event-ages = Ages { $from } to { $to }
event-ages-from = From age { $from }
event-ages-to = Up to age { $to }
event-online = Online
event-mixed = On site and online
event-book = Book
event-book-phone = Book on { $phone }
event-book-email = Book by email: { $email }
event-book-scan = Book by scanning the code
event-place = At: { $place }
event-other-dates = { $count ->
    [one] { $count } other date
   *[other] { $count } other dates
}
event-all-dates = All dates
event-about = In a few words
event-organiser = Organised by { $name }
event-see-place = See the place
event-same-day = The same day

places-title = See and do
places-around-title = Getting around
places-access-title = Accessible town
places-count = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
places-all = All
places-open = Open now
places-none = No place of this kind for now. Touch All to see the whole list.
places-none-open = Everything is closed at this hour. First to open: { $place }, { $time }.

place-group-sights = Sights
place-group-culture = Culture
place-group-nature = Nature
place-group-eat = Eat and drink
place-group-shops = Shops
place-group-sport = Sport
place-group-town = Town and health
place-hours = Opening hours
place-hours-week = This week
place-hours-today = Today: { $hours }
place-hours-ask = Hours not known. Call { $phone } before you go.
place-hours-holiday = Hours may differ on public holidays.
place-contact = Contact
place-phone = Telephone: { $phone }
place-email = Email: { $email }
place-website = Website
place-address = Address
place-events = Coming up here
place-events-count = { $count ->
    [one] { $count } event here
   *[other] { $count } events here
}
place-fee-yes = Paid entry
place-fee-no = Free entry
place-fee-unknown = Price not known yet
place-changing-yes = Baby-changing table
place-changing-no = No baby-changing table
place-changing-unknown = Baby-changing table: not known yet
place-near = Close by
place-unnamed = { $kind } near { $near }

guide-title = Guide
guide-all = All subjects
guide-count = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}
section-accessibility = Accessibility guide
section-getting-around = Getting around
section-discover = Discover
section-nature = Nature
section-rain = When it rains
section-history = History
section-practical = Good to know
section-notice = News from the town
article-easy = Easy to read
article-full = Full text
article-no-easy = This page does not exist in easy reading yet.
article-related = What this page is about
article-reading = { $minutes } min to read

services-title = Town services
services-intro = What to do, what to bring, how long it takes.
services-none = No procedure is explained here for now. A person can answer you.
service-steps = What to do
service-step = Step { $number }
service-bring = What to bring
service-bring-nothing = Nothing to bring
service-cost = Cost
service-cost-free = Free
service-delay = How long it takes
service-online = Do it online
service-payment = Pay online
service-desk = At the desk
service-help = Need help?

search-title = Search
search-prompt = What are you looking for?
search-hint = A place, an outing, a procedure
search-count = { $count ->
    [one] { $count } answer
   *[other] { $count } answers
}
search-none = We did not find “{ $text }”. Try another word, or touch Speak to someone.
search-none-short = Keep typing, one or two more letters.
search-instead = Perhaps: { $text }
search-try = Often asked
search-group-events = Events
search-group-places = Places
search-group-articles = Guide
search-group-services = Services
search-private = Nothing you type is kept.
search-clear = Clear all

key-space = Space
key-delete = Delete
key-hide = Hide the keyboard
key-shift = Shift
key-letters = Letters
key-digits = Digits
key-done = Search
key-clear = Clear all
key-accents = Accents
key-keyboard = Keyboard
key-arabic = عربي
key-latin = ABC

pairing-title = This screen waits for its code to be typed
pairing-do = For the town hall: in Parvis open “Screens”, then “Add a screen”, and type this code. It changes every ten minutes.
placed-title = This screen is added
placed-more = It now fetches what the town publishes.
identify-title = The name of this screen
