holds = `{ $file }` holds { $contents }
contents = { $articles ->
    [one] 1 article
   *[other] { $articles } articles
} of { $feeds ->
    [one] 1 feed
   *[other] { $feeds } feeds
} ({ $size })
contents_until = { $articles ->
    [one] 1 article
   *[other] { $articles } articles
} of { $feeds ->
    [one] 1 feed
   *[other] { $feeds } feeds
}, the newest recorded at { $changed } ({ $size })
restored = restored: { $contents }
kept = the database of before is kept as `{ $file }`
asked = what was published since the backup is announced where the channel does not show it yet; docs/DELIVERY.md says where Loa can look
announced = what was published since the backup is announced without looking, and so is what waited in it
doubtful = { $count ->
    [one] 1 delivery that waited in the backup is looked for, too
   *[other] { $count } deliveries that waited in the backup are looked for, too
}
moment_format = %Y-%m-%d %H:%M UTC
copying = copying the database
moving = { $done } of { $of } rows
moved = { $rows ->
    [one] 1 row is
   *[other] { $rows } rows are
} in `{ $to }`, read back and compared one by one
moved_hash = hash of all rows: { $hash }
moved_next = to work with it, write `url = "{ $url }"` under `[store]` in `bot.toml`
moved_stays = `{ $from }` stays as it was
