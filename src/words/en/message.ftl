new_headlines = { $count ->
    [one] 1 new headline
   *[other] { $count } new headlines
}
minute_format = %-d %b %Y %H:%M
day_format = %-d %b %Y
test_message = Loa: a test message
