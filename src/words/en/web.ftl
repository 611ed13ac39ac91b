title = Loa: feeds
purpose = News from pages that offer no feed, for the feed reader of your choice.
all = All feeds
all_purpose = Everything new in one feed.
every_feed = OPML list
newest = newest
none_yet = There are no feeds yet.
none_yet_hint = A feed appears here once its page has been read for the first time.
subscribe = Subscribe to
articles = { $count ->
    [one] 1 article
   *[other] { $count } articles
}
day_format = %-d %B %Y
moment = { $time }, { $day } ({ $zone })
