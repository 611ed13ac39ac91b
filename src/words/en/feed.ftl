news_of = News from { $host }
news_of_all = News from all feeds
