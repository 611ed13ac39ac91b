articles = articles
newest = newest
last_poll = last look
next_poll = next look
state = state
health = health
learned = learned
overruled = overruled
page_box = box
repeated = repeated
remark = remark
rebuilt = rebuilt
left_out = left out
failed = failed { $times ->
    [one] once
   *[other] { $times } times in a row
}: { $why }
failed_since = failed { $times ->
    [one] once
   *[other] { $times } times in a row
}, first { $since }: { $why }
not_polled = not looked at yet
good = good
found_again = { $again } of { $of } headlines were found again at the last look
nothing_yet = nothing yet
overruled_by = by the feed's file: { $keys }
repeated_on = on { $pages } of { $of } article pages: `{ $begins }`
never = never
