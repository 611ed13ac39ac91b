began = { $kind ->
    [host] { $what } cannot be read
    [feed] “{ $what }” cannot be read
    [gone] “{ $what }”: its portal says that the list is gone for good
    [quiet] “{ $what }” has gone quiet
    [rebuilt] “{ $what }”: the page was rebuilt, and its headlines were found again
    [channel] The channel `{ $what }` is closed to the bot
    [topic] The topic of `{ $what }` is closed or deleted: its messages go to the chat’s general topic
    [silenced] Telegram lets nothing be posted in `{ $what }` for a long time
    [unsent] Nothing could be posted in `{ $what }` for more than ten minutes
    [token] Telegram refuses the bot’s token
    [copy] Another program uses the bot’s token
    [ops-chat] The ops chat cannot be used
    [held] Delivery { $what } waits for you: it may have been sent or not
    [dead] Delivery { $what } will never be taken by Telegram
    [network] This machine reaches nobody
    [files] { $what } cannot be used as it is
   *[other] { $what } does not work
}
over = { $kind ->
    [host] { $what } can be read again
    [feed] “{ $what }” can be read again
    [gone] “{ $what }” is back
    [quiet] “{ $what }” has something new again
    [channel] The channel `{ $what }` is open again
    [silenced] `{ $what }` speaks again
    [unsent] `{ $what }` speaks again
    [ops-chat] The ops chat can be used again
    [token] Telegram takes the bot’s token again
    [copy] No other program uses the bot’s token any more
    [network] This machine reaches the others again
    [files] { $what } can be used again
   *[other] { $what } works again
}
what_to_do = { $kind ->
    [host] Open it in a browser. If it is down, there is nothing to do: it is tried again by itself, and what is published stays.
    [feed] Open the page in a browser. If its headlines are there, `loa try` shows what Loa sees of them, and `item` and `title` in the feed’s file say where they are.
    [gone] See whether the list has moved: then write its new address into the feed’s file. Else take the file away.
    [quiet] The list is read and shows nothing new. Look whether the portal publishes elsewhere now: `loa try` shows what Loa sees.
    [rebuilt] Look once whether they are the right ones: `loa status` with the feed’s name shows what was learned.
    [channel] Make the bot an administrator that may post messages, and it goes on by itself: at once, or within a minute. What was to be posted waits.
    [topic] Open the topic again, or write another `topic` into the settings; `loa resume { $what }` then tries it.
    [silenced] There is nothing to do: what was to be posted waits, and goes out when Telegram allows it. The other channels go on.
    [unsent] `loa check` says whether this machine reaches Telegram; where a network blocks it, `proxy` under `[telegram]` leads around that. What was to be posted waits, and goes out by itself.
    [token] Get the token from @BotFather and start Loa with it. Feeds go on, and what was to be posted waits.
    [copy] If it is a second Loa, stop one of the two: both tell everything. If it is a program of yours that answers messages, write `listen = false` under `[telegram]`; a chat that is closed and opened again is then noticed within a minute. If you know of neither, get a new token from @BotFather.
    [ops-chat] Write /start to the bot from that chat. Until then a send whose answer is lost may be seen twice.
    [held] Look into the channel: `loa deliveries retry { $what }` sends it again, `loa deliveries drop { $what }` gives it up. The others go on.
    [dead] The others go on. `loa deliveries --state dead` shows it; after a mend `loa deliveries retry { $what }` sends it.
    [network] Look at this machine’s network and name server. No feed is blamed, and all go on when it is back.
    [files] What was in force before goes on until the next start. Mend the file: it counts within seconds, and `loa check` says what is left.
   *[other] `loa status` says more.
}
several = { $count ->
    [one] One thing to know
   *[other] { $count } things to know
}
see_status = `loa status` says more of each.
feeds = { $count ->
    [one] 1 feed
   *[other] { $count } feeds
}
and_more = and { $count } more
since = Since { $at } ({ $length })
tried = { $count ->
    [one] Tried once
   *[other] Tried { $count } times in a row
}
next_try = next at { $at }
no_next_try = not tried again by itself
usually = Usually something new comes within { $length }
took = It took { $length }: { $from } to { $until }
minutes = { $count } min
hours = { $count } h
days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
moment_format = %-d %b %H:%M %Z
