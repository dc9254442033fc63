# Public transport and shared bicycles.
transit-platforms-differ = Some platforms can be reached by wheelchair, others cannot
transit-platforms = { $count ->
    [one] Platform { $platforms }
   *[other] Platforms { $platforms }
}
transit-line-to = { $line } → { $direction }
transit-about = about { $time }
transit-cancelled = cancelled
transit-late = { $minutes } min late
transit-early = { $minutes } min early
transit-booked = only if booked by phone
transit-driver = arrange with the driver
transit-wheelchair = takes wheelchairs
transit-no-wheelchair = no wheelchairs
transit-with-note = { $time }, { $note }

transit-effect-no-service = No service
transit-effect-reduced-service = Reduced service
transit-effect-delays = Significant delays
transit-effect-detour = Detour
transit-effect-additional-service = Additional service
transit-effect-modified-service = Changed service
transit-effect-stop-moved = Stop moved
transit-effect-accessibility = Access restricted
transit-in-force = In force

transit-bikes = { $count ->
    [one] { $count } bike
   *[other] { $count } bikes
}
transit-bikes-electric = of which { $count } electric
transit-docks = { $count ->
    [one] { $count } free dock
   *[other] { $count } free docks
}
transit-no-hire = no hire at present
transit-bikes-area = Bikes stand in a marked area, without docks.
transit-bikes-room = { $count ->
    [one] Room for { $count } bike.
   *[other] Room for { $count } bikes.
}
