looking = looking at every feed and channel
all_good = All is well: { $feeds ->
    [one] 1 feed
   *[other] { $feeds } feeds
}, { $channels ->
    [one] 1 channel
   *[other] { $channels } channels
}.
needs_you = { $problems ->
    [one] 1 thing needs you:
   *[other] { $problems } things need you:
}
no_feeds = no feeds: `loa add ADDRESS` looks at a page and makes one
no_channels = no channels: a `[[channel]]` in bot.toml names the chat that is told
feed = FEED
title = TITLE
articles = ARTICLES
newest = NEWEST
newest_article = { $when }: { $title }
next_look_head = NEXT LOOK
not_yet = not yet
channel = CHANNEL
chat = CHAT
queued = QUEUED
sent = SENT
unknown = UNKNOWN
dead_head = DEAD
state = STATE
failed = failed { $times ->
    [one] once
   *[other] { $times } times in a row
}: { $why }; the next look is { $next }
ignores_robots = robots.txt is passed over
failing = { $title } (`{ $feed }`) could not be read { $times } times in a row
failing_since = { $title } (`{ $feed }`) has not been read for { $length } ({ $times } times in a row)
next_look = the next look is { $next }; `loa try { $feed }` shows what is found now
overdue = nobody looks: { $feeds ->
    [one] 1 feed has
   *[other] { $feeds } feeds have
} been due for { $length }
    hint: is the daemon running? `loa run` starts it
channel_paused = channel `{ $channel }` ({ $chat }) is paused, { $queued } wait: { $why }
    hint: `loa check` says what the bot may do there; it is tried again by itself
held = channel `{ $channel }` ({ $chat }): { $count ->
    [one] 1 delivery
   *[other] { $count } deliveries
} may have been sent or not, so look into the channel
held_each = `loa deliveries retry { $id }` sends it again, `loa deliveries drop { $id }` gives it up
dead = channel `{ $channel }` ({ $chat }): { $count ->
    [one] 1 delivery was
   *[other] { $count } deliveries were
} refused for good
dead_hint = hint: `loa deliveries --state dead` lists them; `retry` or `drop` settles each
hampered = channel `{ $channel }` ({ $chat }): { $why }
paused = paused
waits = waits, goes on { $until }
undecided = needs a decision
looked_into = { $count } unclear, being looked into
shown = { $count } shown in the terminal: there was no token
on_their_way = on their way
good = good
feed_rests = it is paused; `loa resume { $feed }` lets it go on
channel_rests = paused by you
trouble = { $began } ({ $since })
worker = worker { $name }, started { $started }: { $polls ->
    [one] 1 poll
   *[other] { $polls } polls
}, { $hosts ->
    [one] 1 host is
   *[other] { $hosts } hosts are
} being asked
worker_silent = it was heard of last { $when }
no_worker = no loa works at the moment: `loa run` starts it
worker_late = polls begin late by { $median } (half of them less), { $most } (99 of 100), { $worst } (the worst)
differing = not all workers define { $feeds } alike: give all the same files, or keep definitions in the store
worker_store = the store costs { $statements } statements and { $millis } ms a poll
