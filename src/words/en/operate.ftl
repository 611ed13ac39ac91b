unchanged = `{ $feed }`: unchanged; the next poll is { $next }
polled = `{ $feed }`: { $found } headlines, { $new } new, { $corrected } corrected; the next poll is { $next }
not_polled = `{ $feed }` could not be read
stays = what is published stays; the next poll is { $next }
working = at work
feed = feed `{ $id }`
channel = channel `{ $id }`
reread_changed = it says something else now: the feed has it
reread_same = it says the same as before
backfill_page = page { $page } of { $of }: { $found } { $found ->
    [one] headline
   *[other] headlines
}, { $new } new
backfilled = `{ $feed }`: { $articles } { $articles ->
    [one] article
   *[other] articles
} of the past; { $pages } further { $pages ->
    [one] page is
   *[other] pages are
} read, and no channel was told
backfilled_whole = `{ $feed }`: { $articles } { $articles ->
    [one] article
   *[other] articles
} of the past; the list has no more than { $pages } further { $pages ->
    [one] page
   *[other] pages
}, and no channel was told
paused = { $what } is paused; `loa resume` lets it go on
paused_already = { $what } is paused already
resumed = { $what } goes on
not_paused = { $what } was not paused
removed = `{ $feed }` is removed; its articles stay. Its definition is kept as `{ $file }`: put it back under its old name, and it goes on
removed_from_store = `{ $feed }` is removed; its articles stay. Its definition was as follows: with `loa feeds import`, or `loa add`, it goes on
renamed = `{ $feed }` is `{ $to }` now; readers of its old addresses are led on
nothing_changed = nothing has changed
feed_added = feed `{ $id }` added
feed_changed = feed `{ $id }` changed
feed_removed = feed `{ $id }` removed
feeds_same = { $count } { $count ->
    [one] feed is
   *[other] feeds are
} as before
settings_changed = the settings are taken up
after_restart = `{ $key }` counts after a restart
announced = queued: { $title }
announced_already = said already, or about to be: { $title }
