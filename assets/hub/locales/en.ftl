# What the pages of staff say.

skip = Skip to the content
nav = Menu
nav-home = Home
nav-items = Content
nav-publish = Publish
nav-people = People
logout = Sign out
back = Back to the home page
login-title = Sign in
login = Sign in
login-wrong = This address and this password do not belong together.
login-wait = Too many tries. Try again in a quarter of an hour.
email = E-mail address
password = Password
password-first = First password
password-hint = At least 12 characters: a sentence is easier to remember.
name = Name
setup-title = Welcome to Parvis
setup-words = Two questions, and your screens have something to show.
setup-town = What is your town called?
setup-town-hint = Name or INSEE code. Map, places and town hall come from public sources; without a network you begin with the example town.
setup-account = Who administers it?
setup-begin = Begin
setup-done = Parvis is set up here already: sign in.
setup-token = Open the address that parvis-hub has written on its console: it holds the key of this page.
setting-up-town = Looking for your town in public sources…
setting-up-content = Putting the content in its place…
setting-up-keys = Making the signing keys…
setting-up-publication = First publication…
setup-failed = The set-up has stopped. Mend the cause and start parvis-hub again.
setup-published = It is published: screens can show it.
setup-not-filled = The public sources did not answer: you begin with the example town.
setup-next = What next
setup-display = On each screen: parvis sync --hub the address of this server, then parvis play. The screen shows a code; type it under “Screens”.
setup-root-keys = Take the “root” keys of the key folder to a USB stick, offline: packaging/KEYS.md says how.
setup-go-on = Go on
wrong-town = Write the name of the town.
wrong-name = Write a name.
wrong-email = This e-mail address is not complete.
wrong-password = The password has 12 to 200 characters.
wrong-reason = Say why: whoever wrote it must be able to mend it.
wrong-self = Ask another administrator for that: so there is always one.
refused-title = This is not possible
refused-nowhere = There is nothing at this address.
refused-role = Your role does not allow it.
refused-signed-out = You are no longer signed in. Sign in and do it again.
refused-form = This form is no longer valid, or comes from another site. Open the page again.
refused-unreadable = What was sent is not understood.
refused-full = The server’s disk is full: nothing was changed.
refused-broken = The server cannot answer this now.
refused-taken = This address has an account already.
refused-gone = This content no longer exists.
refused-outdated = Somebody has changed it meanwhile. Open the page again.
refused-publish = Nothing was published; screens keep what they show.
refused-because = Refused:
who-setup = set-up
home-title = Home
home-write = Write
home-todo = To do
home-latest = Latest changes
items-title = Content
search = Search
show = Show
all = All
kind = Kind
state = State
changed = Changed
pages = Pages
page-before = Previous page
page-after = Next page
new-event = New event
new-place = New place
new-article = New page
new-service = New procedure
kind-event = Event
kind-place = Place
kind-article = Page
kind-service = Procedure
kind-itinerary = Walk
kind-alert = Warning
kind-prepared_alert = Prepared warning
kind-live = Figures of the moment
kind-layout = Layout
kind-template = Template
kind-playlist = Playlist
kind-playlist_item = Slide
kind-schedule_entry = Schedule entry
kind-campaign = Campaign
kind-advertising_curfew = Advertising pause
state-draft = Draft
state-to_moderate = To moderate
state-ready = Ready
state-refused = Refused
state-published = Published
item-no-form = This kind of content has no form yet: it comes from the town’s documents.
item-not-saved = Not saved yet
item-older-shown = Screens still show the version before.
history = History
back-to-item = Back to the content
conflict-title = Somebody else has saved meanwhile
conflict-words = Your text is in the form, theirs is here. Take over what is needed, then save.
field = Field
theirs = Theirs
ours = Yours
before = Before
after = After
field-title = Title
field-timings = Dates
field-location = Place
field-kind = Kind
field-summary = Short text, one or two sentences
field-text = Long text
field-easy = Easy to read
field-free = Free of charge
field-fee = Admission fee
field-conditions = Price and conditions
field-status = Status
field-valid = Shown
field-tags = Tags
field-groups = Display groups
field-address = Address
field-hours = Opening hours
field-id = Id
field-type = Type
hint-tags = Separated by commas.
hint-groups = Separated by commas; empty: every display.
hint-address = Street and number.
hint-hours = As OpenStreetMap writes them: Mo-Fr 09:00-12:00.
begins = Begins
ends = Ends
from = From
until = Until
timings-hint = For more dates, save: new lines appear.
location-name = Name of the place
location-address = Address
save-draft = Save as a draft
save-submit = Hand in for moderation
save-ready = Save, ready to publish
judge-title = Decide
reason = Reason for a refusal
judge-ready = Approve
judge-refuse = Refuse
judge-withdraw = Take off the screens now
publish-title = Publish
publish-now = Publish now
published = It is published.
publish-problems = What was left out
people-title = People
people-add = Add somebody
role = Role
role-contributor = Contributor: writes and hands in
role-moderator = Moderator: approves and publishes
role-administrator = Administrator: decides everything
way-in = Access
change = Change
block = Block
unblock = Unblock
choice-music = Music
choice-stage = Stage
choice-exhibition = Exhibition
choice-cinema = Cinema
choice-talk = Talk
choice-workshop = Workshop
choice-festival = Festival
choice-market = Market
choice-sport = Sport
choice-nature = Nature
choice-family = Family
choice-other = Other
choice-yes = Yes
choice-no = No
choice-unknown = Not known
choice-scheduled = Takes place as planned
choice-rescheduled = New date
choice-moved_online = Moved online
choice-postponed = Postponed
choice-full = Full
choice-cancelled = Cancelled
language-fr = French
language-en = English
language-it = Italian
language-de = German
language-es = Spanish
language-nl = Dutch
language-ar = Arabic
language-zh = Chinese
items-found = { $count ->
    [0] Nothing fits. Search for less, or write something new.
    [one] 1 item
   *[other] { $count } items
}
publish-ready = { $count ->
    [0] Nothing new is ready. Publishing renews the signatures.
    [one] 1 item is ready:
   *[other] { $count } items are ready:
}

# Preview

preview = Preview
preview-words = This is what screens would show. Nothing is saved.
preview-language = Language of the preview
preview-show = Show the preview
preview-drawing = Drawing…
preview-lost = The preview could not be asked for. It is asked for again when you type.
preview-outdated = The form has changed meanwhile: ask for the preview again.
preview-no-renderer = No preview here: the program parvis is not installed beside parvis-hub. What you write is saved and published all the same.
preview-failed = The picture could not be drawn: { $why }
preview-faults = To look at
preview-spoken = What is read aloud
view-portrait = Totem, upright
view-landscape = Wide screen
view-large = Large print
view-contrast = High contrast
view-reach = Within reach of a wheelchair
view-alt-portrait = The content on an upright totem
view-alt-landscape = The content on a wide screen
view-alt-large = The content in large print
view-alt-contrast = The content in high contrast
view-alt-reach = The content with its controls within reach of a wheelchair
fault-clipped = A text does not fit into its place.
fault-whole_words = A word is too long and is broken.
fault-contrast = A text does not stand out from what is behind it.
fault-legible = A text is too small.
fault-overlap = Parts lie on top of each other.
fault-in_passing = There are too many words to be read in passing.
fault-other = The screen breaks a rule of legibility.

# Urgent messages

nav-alerts = Urgent
alerts-title = Urgent message
alerts-standing = On the screens at this moment
alerts-none = No urgent message.
alerts-unknown = What is shown is not known: the program that signs does not answer.
alerts-until = Until:
alerts-groups = Groups:
alerts-drill-mark = Exercise
alerts-clear = Take down
alerts-new = New message
alerts-words = The message takes every screen, in place of all else, as soon as it reaches them: two seconds where they are connected.
alert-title = What happens
alert-hint-title = In a few words: “Valley road closed”.
alert-instruction = What to do
alert-hint-instruction = Begin with a verb: “Cross at the mill bridge”.
alert-text = More about it
alert-hint-text = Not required.
alert-severity = How grave
severity-moderate = Moderate
severity-severe = Severe
severity-extreme = Extreme
alert-hours = For how long
alert-groups = Screens
alert-groups-hint = None chosen: all screens.
alert-drill = This is an exercise: only screens that are set to show exercises show it
alert-sure = I have read it again. This message can go out now.
alert-raise = Show it now
wrong-alert-title = Say in a few words what happens.
wrong-alert-sure = Tick “I have read it again”: the message goes out at once.
wrong-alert-long = One of the texts is too long to be read at a glance.
refused-alert = The message could not be changed.

# Several items at once, and back to what was

bulk-tick = Choose
bulk-words = With what is ticked:
bulk-done = { $count ->
    [0] Nothing was changed.
    [one] { $count } item went on.
   *[other] { $count } items went on.
}
bulk-left = { $count ->
    [one] { $count } item stayed as it was: it was changed meanwhile, or had no need of it.
   *[other] { $count } items stayed as they were: they were changed meanwhile, or had no need of it.
}
restore = Take this version again

# The town

nav-town = Town
town-title = The town
town-saved = Saved. Screens show it with the next publication.
town-name = Name
town-screens = On the screens
town-languages = Languages
town-languages-hint = The first one first, with commas: fr, en, de. Screens speak fr, en, it, de, es, nl, ar and zh.
town-theme = Colours and logo
theme-parvis = Parvis: night blue and paper
theme-monaco = Monaco: red and white
town-zone = Time zone
town-country = Country
town-desk = Front desk
town-desk-hint = Where visitors find somebody who answers them.
town-desk-name = Name of the desk
town-phone = Telephone
town-address = Address
town-hours = Opening hours
town-save = Save
town-root = For your screens
town-root-words = Each screen is given this file once: it then knows your town, and no other. Nothing in it is secret.
town-root-take = Download root.json
town-keys = Keys to put away
town-keys-words = These three keys are needed once a year. Keep them offline, on three USB sticks, with three people, and the passphrase apart. Without them a stolen key cannot be replaced.
town-passphrase = Passphrase of the keys
town-keys-kept = I have copied the three files and the passphrase, and seen that they open.
town-keys-away = Remove them from this server
wrong-town-languages = At least one language is needed.
wrong-town-long = One of the texts is too long.
wrong-keys-kept = Tick first that you have copied the keys: they cannot be made again.
setup-town-next = Languages, colours, desk, keys
# Sources
nav-sources = Sources
who-sources = sources
sources-title = Sources
sources-words = What the town takes from elsewhere: each source is read in its own rhythm, and what it brings reaches the screens under your control.
sources-none = No source yet. Add the town’s agenda, the tourist office or the news: their content then comes by itself.
sources-back = All sources
sources-not-published = What the sources brought could not be published. It is tried again; screens keep what they show.
sources-publishing = What came is being published…
source-add = Add a source
source-formats-words = Where does the data come from? Choose its form; the next step asks for its address and lets you try it.
source-state-doing = Being read
source-state-wanted = About to be read
source-state-paused = Paused
source-state-never = Never read
source-state-down = Down
source-state-good = All is well
source-items = Items here
source-gave = Items the source gave
source-own = Changed here
source-hidden = Hidden
source-problems = Problems
source-problems-title = Problems of the last reading
source-good = Last good reading
source-tried = Last try
source-next = Next reading
source-no-next = None: paused
source-never = Never
source-down-since = The source has been down since:
source-down-stays = What it gave before stays on the screens. It is tried again within a quarter of an hour.
source-down-never = It has given nothing yet. Check the address; it is tried again within a quarter of an hour.
source-run = Read now
source-try = Try
source-edit = Change
source-remove = Remove the source
source-remove-words = All that comes from this source leaves the screens, and what you changed of it is lost. To keep its content without reading it again, pause it.
source-remove-sure = Yes, remove the source and its content
source-save = Save
source-save-hint = A source that is saved is read at once, then in its rhythm.
source-touched = Content that you changed or hid
source-changed-below = { $count ->
    [one] 1 item changed here has changed at the source
   *[other] { $count } items changed here have changed at the source
}
touched-changed = Changed at the source
touched-own = Changed here
touched-hidden = Hidden
problem-left-out = Left out:
problem-licence = No licence is named: name it in the settings of the source.
problem-outside = Lies outside of the town.
problem-broken-off = The reading ends here.
problem-title = There is no title.
problem-date = A date is missing or not understood.
problem-twice = This record comes twice.
problem-removed = The source has removed it.
problem-private = The source calls it private.
problem-over = It is over already.
problem-picture = A picture could not be taken over.
problem-host = A server is not permitted: name it under “Other servers”.
problem-other = Something was not understood.
ago-minutes = { $count ->
    [0] just now
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
ago-hours = { $count } hours ago
ago-days = { $count } days ago
source-title = Name of the source
source-title-hint = As you call it: “Agenda of the library”.
source-from = Address
source-key = Access key
source-key-hint = Only if the provider gave you one. If it belongs into the address, write {"{key}"} in its place there.
source-key-stays = A key is saved; it is never shown again. Leave this empty to keep it. It is forgotten if the address goes to another server.
source-key-kept = Saved
source-key-none = None
source-key-forget = Forget the saved key
source-schedule = When to read it
source-every = Rhythm
source-at = At (the town’s time)
source-daily = Every day at a fixed time
source-daily-at = Every day at { $time }
source-every-5m = Every 5 minutes
source-every-15m = Every quarter of an hour
source-every-30m = Every half hour
source-every-1h = Every hour
source-every-2h = Every 2 hours
source-every-3h = Every 3 hours
source-every-6h = Every 6 hours
source-every-12h = Every 12 hours
source-every-1d = Every day
source-every-7d = Every week
source-publishes = What the source brings
source-direct-yes = Is published by itself
source-direct-no = Waits for somebody’s approval
source-everywhere = Also take what lies outside of the town
source-map = Also make the town’s map of it
source-paused = Paused: do not read it any more; its content stays
source-more = Licence, credit and other settings
source-licence = Licence
source-licence-hint = For what names none: “Licence Ouverte 2.0”.
source-credit = Credit
source-credit-hint = Who is named when the source names nobody.
source-allow = Other servers
source-allow-hint = Where its pictures lie, if elsewhere: media.example.org, *.example.org. A star alone: every public server.
source-rank = Rank of trust
source-rank-hint = When two sources speak of the same thing, the lower number is believed.
source-codes = Codes of the area
source-codes-hint = The town’s department, like 81; several with commas between.
source-senders = Who may warn
source-senders-hint = As alerts name their sender. Empty: all that the address gives.
source-stops = Stops
source-stops-hint = Those whose next departures are wanted, by name or number, with commas between.
source-timetable = Timetable concerned
source-timetable-none = None
source-mapping = What the rows are
source-mapping-wifi = Public Wi-Fi
source-mapping-fibre = Progress of fibre
source-mapping-road-works = Road works and closed streets
source-refused = This source cannot be saved like this:
form-wrong = To be corrected before saving:
wrong-source-title = Give the source a name.
wrong-source-from = The address has to begin with https:// or http://, without a user’s name or password.
wrong-source-key = This key has impossible signs in it or is too long.
wrong-source-every = Choose a rhythm, and the time if it is fixed.
wrong-source-mapping = Choose what the rows are.
wrong-source-codes = Name the town’s department, or all of France would be warned of.
wrong-source-sure = Tick the box to confirm the removal.
refused-trying = Another source is being tried right now. Try again in a minute.
refused-imported = This content comes from a source: it is changed on its own page, field by field.
refused-not-imported = This content was written here: it is changed in its form.
trial-title = Result of the try
trial-settings = These settings do not do.
trial-silent = The server does not answer now. Check the address or try again later.
trial-refused = The server gives nothing at this address, or it is not permitted.
trial-format = This is not the form that was expected: choose another kind of source or check the address.
trial-broken-off = The reading broke off; this is what came before.
trial-records = { $count ->
    [0] No record read.
    [one] 1 record read.
   *[other] { $count } records read.
}
trial-taken = { $count ->
    [0] No item.
    [one] 1 item.
   *[other] { $count } items.
}
trial-left-out = { $count ->
    [0] Nothing left out.
    [one] 1 left out.
   *[other] { $count } left out.
}
trial-problems = { $count ->
    [0] No problem.
    [one] 1 problem.
   *[other] { $count } problems.
}
trial-pictures = { $count ->
    [0] No picture.
    [one] 1 picture.
   *[other] { $count } pictures.
}
trial-more-dates = { $count ->
    [one] and 1 other date
   *[other] and { $count } other dates
}
trial-first = The first items
trial-what-problems = The first problems
trial-nothing-kept = This was a try: nothing was kept or published.
imported-from = Comes from
imported-since = Here since
imported-unknown = Not said
imported-says = What the source says
imported-read-only = This is taken over as it is, and is corrected at the source.
imported-own = Change here
imported-own-words = What you change here stands in place of what the source says, also after the next reading. The other fields go on following it.
imported-set = Save these changes
imported-source = Back to what the source says
imported-keep = Keep our changes
imported-changed = The source has changed
imported-changed-words = Since you changed this, the source says something else. Screens still show your version.
imported-theirs = The source says now
imported-ours = Shown here
imported-featured = Feature it: playlists can ask for what has the tag “featured”
imported-hide-title = Hide
imported-hide-words = What is hidden leaves the screens at once and does not come back, whatever its source says.
imported-hide = Hide on all screens
imported-show = Show again
source-format-openagenda = OpenAgenda
source-about-openagenda = The events of an OpenAgenda agenda.
source-where-openagenda = https://api.openagenda.com/v2/agendas/NUMBER/events, with a public key of the OpenAgenda account.
source-format-ical = Calendar (iCalendar)
source-about-ical = The dates of a shared calendar: Google, Outlook, Nextcloud, a club’s software.
source-where-ical = The sharing address of the calendar, often with .ics at its end.
source-format-feed = News (RSS, Atom)
source-about-feed = The articles of a site: its RSS, Atom or JSON Feed.
source-where-feed = The address of the feed, often with /feed or .xml at its end.
source-format-schema-org = Web page (schema.org)
source-about-schema-org = Events and places that a web page describes for search engines.
source-where-schema-org = The address of the page.
source-format-datatourisme = DATAtourisme
source-about-datatourisme = Places, events and itineraries of French tourist offices.
source-where-datatourisme = The address of a DATAtourisme flux or of its interface, with the account’s key.
source-format-apidae = Apidae
source-about-apidae = Places, events and itineraries of an Apidae project.
source-where-apidae = The address of the project’s JSON export (ZIP).
source-format-osm = OpenStreetMap
source-about-osm = The places and the map of the town.
source-where-osm = The address of an .osm.pbf extract of the department.
source-format-acceslibre = Acceslibre
source-about-acceslibre = The accessibility of buildings that are open to the public.
source-where-acceslibre = https://acceslibre.beta.gouv.fr/api/erps/?commune=NAME, with a key.
source-format-opendatasoft = Data portal (Opendatasoft)
source-about-opendatasoft = The rows of a data set of an Opendatasoft portal.
source-where-opendatasoft = The address of the data set.
source-format-csv = Table (CSV)
source-about-csv = The rows of a table on the web.
source-where-csv = The address of the .csv file.
source-format-geojson = Map (GeoJSON)
source-about-geojson = The features of a GeoJSON file.
source-where-geojson = The address of the .geojson file.
source-format-open-meteo = Weather (Open-Meteo)
source-about-open-meteo = The weather, now and in the days to come.
source-where-open-meteo = https://api.open-meteo.com
source-format-vigilance = Météo-France warnings
source-about-vigilance = The weather warnings of the department.
source-where-vigilance = The address of the Vigilance interface, with the key of the Météo-France account.
source-format-cap = Alerts (CAP)
source-about-cap = Warnings to the public in the CAP format.
source-where-cap = The address of an alert or of a feed of alerts.
source-format-gtfs = Public transport (GTFS)
source-about-gtfs = The stops of a network, and the next departures of those you choose.
source-where-gtfs = The address of the GTFS file (ZIP).
source-format-gtfs-rt = Public transport, live
source-about-gtfs-rt = Disruptions and delays of a network (GTFS-Realtime).
source-where-gtfs-rt = The address of the GTFS-Realtime feed.
source-format-gbfs = Shared bicycles
source-about-gbfs = The stations and the bicycles that are free (GBFS).
source-where-gbfs = The address of its gbfs.json.

# What is missing
nav-missing = To complete
missing-title = What is missing
missing-words = The events of the next 14 days, and the pages that are published or soon will be, that lack something for those who read them.
missing-usual = Events and pages
missing-lack = Missing
missing-when = When
missing-found = { $count ->
    [0] Nothing is missing here.
    [one] 1 item to complete
   *[other] { $count } items to complete
}
lacks-title = What is still missing
lack-translation = a translation
lack-translation-into = a translation: { $language }
lack-summary = a short text
lack-picture = a picture
lack-alt = the description of a picture
lack-credit = the credit of a picture
lack-easy = an easy-to-read version
lack-place = the place
lack-price = the price
# Media library

nav-media = Media
media-title = Media library
media-choose = Choose a picture
media-choose-for = For:
media-take = Choose
media-only = Show
media-only-all = Everything
media-only-no_alt = Without alternative text
media-only-no_credit = Without credit
media-only-unused = Not used
media-only-films = Films
media-film = Film
media-back = Back to the media library
media-picture-itself = The picture itself
kib = KiB
save = Save
media-name = Name, to find it by
media-alt = Alternative text
media-alt-hint = What there is to see, in one sentence, for whoever does not see the picture.
media-rights = Rights
media-credit = Credit
media-credit-hint = Who made it: shown beside the picture.
media-licence = Licence
media-licence-unsaid = Not said: shown whole
media-licence-own = The town holds all rights
media-licence-other = Another licence
media-licence-other-words = Which, if it is another one
media-focal = Focal point
media-focal-hint = What must stay visible where a screen cuts the picture: click on it, or write the distance in percent. Empty: the middle.
media-from-left = From the left, in %
media-from-top = From the top, in %
media-width = Width, in %
media-height = Height, in %
media-cut = Crop
media-cut-hint = In percent of the original picture, which is kept.
media-cut-now = Crop everywhere
media-cut-whole = Take the whole picture again
media-uses = Used in
media-unused = Nothing uses it.
media-replace = Replace everywhere
media-replace-file = New file
media-replace-hint = Everything that shows it then shows this file; displays do after the next publication.
media-replace-now = Replace
media-delete = Delete
media-delete-now = Delete from the media library
upload-files = Add pictures or films
upload-hint = Drop them here or choose them: JPEG, PNG, WebP, MP4 or WebM. Place and device noted by the telephone are erased from the pictures that are shown.
upload-send = Send
upload-progress = Sending
upload-failed = Sending broke off. Try again.
upload-kept = Added:
upload-none = Choose a file.
upload-no-picture = This is no picture that can be read. Send a JPEG, a PNG or a WebP.
upload-no-film = This film cannot be read here. Send a common MP4 or WebM.
upload-pdf = This is a PDF: use “From a poster” on the home page.
upload-no-pdf = This PDF cannot be read: locked, damaged or too complicated. Send it as a picture.
upload-too-large = This file is too large: 64 MiB at most for a picture or a PDF, 256 MiB for a film.
upload-too-many-pixels = This picture has too many pixels: 80 million at most.
upload-is-there = This file is in the media library already, as another entry.
cut-of-page = A page of a PDF cannot be cropped here. Send the poster as a picture.
wrong-cut = This part goes beyond the picture, or is too narrow.
wrong-percent = Write percent from 0 to 100.
wrong-licence-of-cut = This licence forbids cropping. Take the whole picture again first.
refused-cut = Its licence does not allow it to be cropped, or is not said: it is shown whole.
refused-slow = Sending took too long. Try again.
refused-too-large = This is too much at once. Send fewer files.
refused-busy = Many files are coming in just now. Try again in a minute.
refused-on-displays = Displays show it: ask somebody who moderates.
refused-in-use = Something shows it: take it out there first.
media-pick = Choose from the media library
media-place = Place
media-take-out = Take out
media-order-hint = The first one is the main picture. Choosing saves the draft first.
field-media = Pictures and films
field-access = Access
field-registration = Booking
field-link = Web page, whole address
field-ages = Ages
field-position = Position
field-contact = Contact
field-changing_table = Changing table
field-steps = Steps
field-documents = What to bring
field-cost = Cost
field-delay = How long it takes
field-online = Online procedure, whole address
field-payment = Online payment, whole address
field-desk = Desk
position-lat = Latitude
position-lon = Longitude
position-hint = In degrees: 43.7384 and 7.4246.
contact-hint = Of the organisation, never of a private person.
part-phone = Telephone
part-email = E-mail
part-address = Address
part-hours = Opening hours, as in OpenStreetMap
way-kind = By
way-value = Number or address
way-phone = Telephone
way-email = E-mail
way-link = Website
age-from = From, in years
age-to = To, in years
lines-hint = One line each; the same line in every language.
need-wheelchair = In a wheelchair
need-walking = Walking is hard
need-sight = Sight
need-hearing = Hearing
need-understanding = Understanding
need-children = With children
access-hint = Not said is not no: say what you know, from whom and since when.
access-value = Accessible
access-details = Details
access-source = Who says so
access-date = As of
poster-title = From a poster
poster-words = A poster becomes an event: its first page is the picture, and you write title, date and place only once.
poster-file = The poster
poster-hint = Drop it here or choose it: PDF, JPEG, PNG or WebP.
poster-send = Go on
poster-asked = What does the poster say?
poster-check = Read from the poster where that was possible: please check.
poster-picture = The poster
poster-make = Make the draft
media-found = { $count ->
    [0] Nothing here. Add a picture or search for less.
    [one] 1 picture or film
   *[other] { $count } pictures and films
}
upload-most = At most { $count } MiB at once.
# Displays
nav-displays = Screens
displays-title = Screens
displays-none = No screen yet.
displays-found = { $count ->
    [0] No screen.
    [one] 1 screen
   *[other] { $count } screens
}
displays-bad = { $count ->
    [one] 1 of them needs a look.
   *[other] { $count } of them need a look.
}
condition-fine = All is well
condition-trouble = Needs a look
condition-silent = Does not answer
condition-new = No news yet
on-unknown = Not known
on-attract = Welcome screen, nobody is using it
on-in-use = Somebody is using it
on-off = Panel switched off
on-nothing = Nothing of your town yet
never = Never
group-default = All ordinary screens
display-name = Name of the screen
display-group = Group
display-group-hint = A screen shows what is published for its group.
display-position = Where it stands
display-position-hint = For example “Town hall, entrance”. Optional.
enrol-title = Add a screen
enrol-step-plug = Connect the screen to the network and wait until it shows a code.
enrol-step-code = Copy the code here. It holds for ten minutes; then the screen shows another.
enrol-step-place = Say what the screen is called and where it stands.
enrol-code = Code on the screen
enrol-code-hint = 8 letters and digits, with or without spaces, in capitals or not.
enrol-unknown = No screen shows this code now. Check each sign; if the code has changed, copy the new one. If the screen says nevertheless that it was added, unplug it and tell your IT department.
enrol-wait = Too many wrong codes. Try again in a quarter of an hour.
enrol-replaces = This screen replaces
enrol-replaces-none = None: it is one more
enrol-replaces-hint = The new screen takes over name, group, place and history. The old one is not accepted any more from that moment.
enrol-new = One more screen
enrol-new-hint = Only to be filled in if the screen does not replace another.
enrol-now = Add this screen
enrol-done = It is done: the screen says so as well, and then fetches what is published.
wrong-summary = Something is still to be corrected:
wrong-group = Choose a group of the list.
wrong-position = The place has at most 100 characters.
wrong-unsure = Tick the box to say that you really want it.
fact-seen = Last contact
fact-on = On the screen
fact-shows = Publication shown
fact-shows-since = Shown since
fact-contacted = Last publication verified
fact-clock = Clock
fact-disk = Free space on the disk
fact-panel = Panel
fact-parvis = Version of Parvis
fact-enrolled = Added
clock-trusted = Reliable
gibibytes = { $count } GiB
display-faults = Trouble
display-faults-none = None.
trouble-lasts = Now
trouble-over = Over
trouble-network = The screen does not reach the publications: the network, or this server.
trouble-signature = The screen was given publications that your town has not signed, and refuses them.
trouble-stale = A signature of the town has ended: publish again.
trouble-expired = The signatures of the town have ended: publish again.
trouble-group = Nothing is published for the group of this screen.
trouble-disk = The disk of the screen is full or damaged.
trouble-clock = The clock of the screen is not reliable: it shows nothing that depends on the time.
trouble-records = The screen cannot hand in its records; it keeps them.
trouble-damage = Files of the screen are damaged; it fetches them again.
trouble-player = The player does not run on this screen.
trouble-other = Trouble that this page does not know.
for-it = For the IT department
display-commands = Ask the screen
display-commands-hint = The screen does it within a minute.
display-command = Request
display-asked = Asked by
order-identify = Show its name
order-screenshot = Take a picture of what it shows
order-collect = Look for news
order-restart = Restart the player
order-screen-on = Switch the panel on
order-screen-off = Switch the panel off
command-waiting = Waiting
command-sent = Sent
command-received = Received by the screen
command-done = Done
command-failed = Did not work
command-in-use = Somebody is using the screen: no picture
command-no-player = The player does not run on this screen
command-expired = Given up: the screen did not answer in time
display-pictures = Pictures of what it shows
display-pictures-hint = They are deleted after a day.
display-picture-of = What it shows,
display-place = Name and place
display-end = Replace or remove
display-replace = Another machine replaces it
display-remove = Remove this screen
display-remove-sure = This screen will not be accepted any more, and its history is deleted.
save = Save
mail-silent-subject = { $count ->
    [one] Parvis: the screen “{ $name }” does not answer
   *[other] Parvis: { $count } screens do not answer
}
mail-back-subject = { $count ->
    [one] Parvis: the screen “{ $name }” answers again
   *[other] Parvis: { $count } screens answer again
}
mail-silent = Does not answer: { $name }, last contact { $at }
mail-back = Answers again: { $name }
mail-where = See all screens:

# The report of a month
nav-report = Report
report-title = Report of the month
report-months = Months
report-csv = Download as CSV
report-visits = visits
report-qr = QR codes shown
report-without-result = searches without result
report-few = What fewer than ten visits share stands under “Others”: nobody can be told apart.
report-others = Others
report-languages = Languages
report-needs = Needs chosen
report-modes = Display settings
report-screens = Pages opened
report-items = Most opened content
report-count = Count
report-plays = What the screens have shown
report-plays-none = Nothing was recorded this month yet.
report-times = Times
report-minutes = Minutes
need-wheelchair = Wheelchair
need-walking = Walking is difficult
need-sight = Sight
need-hearing = Hearing
need-children = Children
mode-contrast = High contrast
mode-large = Large text
mode-reach = Within reach
mode-easy = Easy to read
screen-attract = Welcome screen
screen-home = Home
screen-near = Near me
screen-agenda = Agenda
screen-event = An event
screen-places = Places
screen-place = A place
screen-guide = Guide
screen-article = An article
screen-services = Services
screen-service = A service
screen-search = Search
screen-languages = Languages
screen-access = Access
screen-about = About
