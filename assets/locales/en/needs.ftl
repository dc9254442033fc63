# Access: how the screen behaves, what the visitor needs, what is known of each place.
access-title = Access and comfort
access-intro = Choose what helps you. The whole screen adapts, and forgets your choices when you leave.
access-modes = The screen
access-needs = About me
access-mode-contrast = High contrast
access-mode-large = Large letters
access-mode-reach = Lower buttons
access-mode-easy = Easy to read
access-mode-contrast-more = Very sharp letters on a plain background.
access-mode-large-more = Texts and buttons grow.
access-mode-reach-more = Everything can be touched while seated.
access-mode-easy-more = Short texts in simple words, where there are any.
access-on = On
access-off = Off
access-reset = Put everything back
access-active = { $count ->
    [one] { $count } setting on
   *[other] { $count } settings on
}

need-title = What do you need?
need-wheelchair = I use a wheelchair
need-walking = I walk with difficulty
need-sight = I see badly
need-hearing = I hear badly
need-children = With children
need-wheelchair-short = Wheelchair
need-walking-short = Walking
need-sight-short = Sight
need-hearing-short = Hearing
need-children-short = Children
need-change = Change my needs

group-confirmed = Confirmed
group-confirmed-by = Source: { $source }
group-confirmed-source = Source: { $source }, { $date }
group-unknown-word = Not known
group-unknown = Not known: call first
group-unknown-call = Call { $phone }
group-unknown-desk = Ask on { $phone }, { $desk }
group-empty-confirmed = Nothing here is confirmed yet. The next list can be checked by phone.
group-others = Other answers
group-hidden = { $count ->
    [one] { $count } place says no: show it
   *[other] { $count } places say no: show them
}
group-hidden-answers = { $count ->
    [one] { $count } of these says no: show it
   *[other] { $count } of these say no: show them
}
group-hidden-events = { $count ->
    [one] { $count } event says no: show it
   *[other] { $count } events say no: show them
}
group-hide = Hide those that say no
group-no = Those that say no

access-facts = Accessibility
access-wheelchair-yes = Accessible by wheelchair
access-wheelchair-no = Not accessible by wheelchair
access-wheelchair-unknown = Access by wheelchair: not known yet
access-walking-yes = Easy if walking is hard for you
access-walking-no = Hard if walking is difficult for you
access-walking-unknown = Access if walking is hard: not known yet
access-sight-yes = Suited to people who see badly
access-sight-no = Not suited to people who see badly
access-sight-unknown = For people who see badly: not known yet
access-hearing-yes = Suited to people who hear badly
access-hearing-no = Not suited to people who hear badly
access-hearing-unknown = For people who hear badly: not known yet
access-understanding-yes = Easy to understand
access-understanding-no = Not yet easy to understand
access-understanding-unknown = Easy to understand or not: not known yet
access-children-yes = Good for children
access-children-no = Not suited to children
access-children-unknown = For children: not known yet
access-unknown-step = Nobody has told us yet. A phone call will tell you.
