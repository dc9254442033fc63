# What Acceslibre's record of a building states, as one sentence each.
erp-entrance-level = Level entrance.
erp-entrance-not-level = A step or ledge at the entrance.
erp-entrance-steps = { $count ->
    [one] { $count } step
   *[other] { $count } steps
} at the entrance.
erp-entrance-ramp = Fixed ramp at the entrance.
erp-entrance-ramp-removable = Removable ramp at the entrance: ask for it.
erp-entrance-no-ramp = No ramp at the entrance.
erp-entrance-lift = Lift at the entrance.
erp-lift-narrow = The lift is too small for a wheelchair.
erp-entrance-width = Entrance at least { $cm } centimetres wide.
erp-entrance-narrow = Narrow entrance: { $cm } centimetres.
erp-entrance-other = A separate entrance for people with reduced mobility.
erp-path-level = Level path to the entrance.
erp-path-not-level = The path to the entrance has steps or ledges.
erp-path-steps = { $count ->
    [one] { $count } step
   *[other] { $count } steps
} on the path to the entrance.
erp-path-firm = Firm ground up to the entrance.
erp-path-loose = Uneven or loose ground before the entrance.
erp-path-narrow = The path narrows to less than 90 centimetres.
erp-path-steep = Steep slope before the entrance.
erp-path-slope = Slight slope before the entrance.
erp-inside-level = No steps between the entrance and the reception.
erp-inside-not-level = Steps or ledges between the entrance and the reception.
erp-inside-steps = { $count ->
    [one] { $count } step
   *[other] { $count } steps
} between the entrance and the reception.
erp-inside-narrow = The way to the reception narrows to less than 90 centimetres.
erp-parking = Parking spaces for disabled people on site.
erp-parking-near = Parking spaces for disabled people within 200 metres.
erp-bell = Bell or intercom at the entrance.
erp-help = Someone can help you move around.
erp-handrail = Handrail at the steps.
erp-stop-near = Bus, tram or train stop within 200 metres.
erp-hearing-loop-portable = Portable induction loop: ask for it.
erp-sign-language = Staff use French Sign Language.
erp-cued-speech = Staff use French cued speech.
erp-subtitles = Subtitles or live captions.
erp-hearing-other = Equipment for people who hear badly.
erp-no-hearing-equipment = No equipment for people who hear badly.
erp-sound-beacon = Sound beacon at the entrance.
erp-guide-strip = Guide strip on the ground up to the entrance.
erp-audio-description = Audio description.
erp-glass-unmarked = Glass door without contrasting marks.
erp-steps-marked = The steps are marked with contrast.
erp-reception-visible = The reception is close to the entrance.
erp-staff-trained = Staff trained to welcome disabled people.
erp-signs-clear = Clear signs, easy to understand.
erp-label = Label: { $name }.
