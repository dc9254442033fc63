# What comes back on every screen, home, and the screens about the kiosk itself.
attract-touch = Touch to begin
attract-touch-more = Touch the screen anywhere
attract-sample = Sample
greeting = Hello
greeting-evening = Good evening
welcome = Welcome to { $town }

nav-home = Home
nav-back = Back
nav-search = Search
nav-language = Language
nav-access = Access
nav-more = Show more
nav-less = Show less
nav-all = Show all
nav-close = Close
nav-show = Show
nav-up = Up
nav-down = Down
nav-scroll = Slide to read on
nav-filters = Choose
nav-clear-filters = Clear all choices
nav-position = { $index } of { $count }
page-next = Next page
page-previous = Previous page
page-position = Page { $index } of { $count }

home-title = Home
home-tonight = Tonight
home-today = Today
home-next = Coming up
home-quiet = A quiet day. Here is what comes next.
tile-today = Today and tonight
tile-near = Near me now
tile-see = See and do
tile-around = Getting around
tile-services = Town services
tile-access = Accessible town

fact-tonight = { $count ->
    [0] Nothing more tonight
    [one] { $count } tonight
   *[other] { $count } tonight
}
fact-today = { $count ->
    [0] Nothing more today
    [one] { $count } today
   *[other] { $count } today
}
fact-tomorrow = { $count ->
    [0] A quiet day tomorrow
    [one] { $count } tomorrow
   *[other] { $count } tomorrow
}
fact-weekend = { $count ->
    [0] A quiet weekend
    [one] { $count } this weekend
   *[other] { $count } this weekend
}
fact-next = Coming up: { $title }
fact-nearest = { $kind } { $distance }
fact-closes = { $place } closes in { $minutes } min
fact-closes-soon = { $place } closes soon
fact-opens = { $place } opens at { $time }
fact-open = { $place }: open until { $time }
fact-open-count = { $count ->
    [0] See opening hours
    [one] { $count } place open now
   *[other] { $count } places open now
}
fact-places = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
fact-stop = Stop { $stop } { $distance }
fact-services = { $count ->
    [one] { $count } procedure
   *[other] { $count } procedures
}
fact-desk-open = Desk open until { $time }
fact-desk-opens = Desk opens at { $time }
fact-desk-call = We answer on { $phone }
fact-accessible = { $count ->
    [0] The guide, step by step
    [one] { $count } accessible place
   *[other] { $count } accessible places
}
fact-articles = { $count ->
    [one] { $count } page to read
   *[other] { $count } pages to read
}
fact-notices = { $count ->
    [one] { $count } notice from the town
   *[other] { $count } notices from the town
}

session-title = Are you still there?
session-more = Without an answer the screen goes back to the start and forgets everything you chose.
session-countdown = { $seconds ->
    [one] { $seconds } second left
   *[other] { $seconds } seconds left
}
session-stay = I am still here
session-leave = I have finished
session-ended = Thank you and goodbye. Everything is wiped.

languages-title = Choose your language
languages-current = { $language }, current language
languages-more = Texts from the town that do not exist in your language are shown in another one, and marked.

speak-title = Speak to someone
speak-intro = A person will answer you.
speak-phone = Telephone
speak-call = Call { $phone }
speak-desk = Desk
speak-hours = Opening hours
speak-languages = They speak { $languages }
speak-address = Address
speak-emergency = Emergencies
speak-emergency-number = { $name }: { $number }
speak-none = Ask at the town hall or the tourist office: they will help you.

directions-ahead = ahead of you
directions-ahead-right = ahead of you, to the right
directions-right = to your right
directions-behind-right = behind you, to the right
directions-behind = behind you
directions-behind-left = behind you, to the left
directions-left = to your left
directions-ahead-left = ahead of you, to the left
directions-here = right here
map-title = Map
map-you = You are here
map-goal = { $name }
map-up = The top of the map is ahead of you
map-sentence = { $name } is { $direction }, { $distance } away, about { $minutes } min on foot.
map-sentence-here = { $name } is right here, { $distance } away.
map-sentence-far = { $name } is { $direction }, { $distance } away.
map-streets = { $name } is { $direction }, { $distance } away, about { $minutes } min on foot. Street: { $street }.
map-none = We have no map of this place. Its address is written beside.
map-credit = Map: { $credit }

mark-preview = Preview
mark-preview-more = This content is not published yet.
mark-sample = Sample
mark-sample-more = Written for the demonstration, not by the town.
mark-in-language = Text in { $language }
mark-machine = Translated by a machine
mark-machine-more = Translated by a machine: there may be mistakes.
mark-easy = Easy to read
mark-source = Source: { $source }
mark-credit = { $credit }
mark-updated = Updated on { $date }
mark-picture-credit = Photo: { $credit }
mark-drawn-map = Map of the surroundings

qr-scan = Scan with your phone
qr-scan-page = Scan to read this page on your phone
qr-scan-book = Scan to book
qr-scan-online = Scan to do this online
qr-scan-pay = Scan to pay
qr-spoken = Code to scan, leads to { $address }

item-gone = The town has just removed this page. Go back home to see the rest.
date-not-known = This screen does not know the date just now. Whatever has no date is here.
alert-minor = Notice
alert-moderate = Warning
alert-severe = Severe warning
alert-extreme = Danger
alert-until = Until { $time }
item-over = This is over. Here is what comes next.
content-changed = The information has just been updated.
content-none = The town has published nothing here yet. Touch Speak to someone to ask.
notice-title = News from the town
notice-until = Until { $date }
alert-title = Attention
alert-read = I have read this

about-title = About this screen
about-what = This screen says what is on in town, where to go and how. It works without the internet.
about-privacy = Your privacy
about-privacy-text = Nothing you type is kept. No camera, no microphone. When you leave, everything is wiped. Only totals remain, such as how many times a page was opened.
about-sources = Where the information comes from
about-source-line = { $name }: { $licence }
about-credits = Credits
about-fonts = Typefaces: { $fonts }
about-software = Parvis software, version { $version }
about-preview = This screen shows a preview: its content is not published by the town.
about-sample = Some of the content is a sample, and says so.
about-updated = Last updated: { $date }
about-wrong = Is something wrong? Tell us on { $phone }.

state-selected = selected
state-open = open
state-closed = closed
