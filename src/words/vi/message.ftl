new_headlines = { $count } tin mới
minute_format = %d/%m/%Y %H:%M
day_format = %d/%m/%Y
test_message = Loa: tin thử
