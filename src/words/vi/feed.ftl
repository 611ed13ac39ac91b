news_of = Tin mới trên { $host }
news_of_all = Tin mới từ mọi nguồn
