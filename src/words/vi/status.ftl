looking = đang xem các nguồn và kênh
all_good = Mọi thứ đều ổn: { $feeds } nguồn tin, { $channels } kênh.
needs_you = Có { $problems } việc cần bạn xử lý:
no_feeds = chưa có nguồn tin nào: `loa add ĐỊA-CHỈ` xem một trang và tạo nguồn
no_channels = chưa có kênh nào: `[[channel]]` trong bot.toml cho biết tin được gửi vào đâu
feed = NGUỒN
title = TÊN
articles = SỐ BÀI
newest = MỚI NHẤT
newest_article = { $when }: { $title }
next_look_head = LẦN XEM TỚI
not_yet = chưa có
channel = KÊNH
chat = NƠI NHẬN
queued = CHỜ GỬI
sent = ĐÃ GỬI
unknown = CHƯA RÕ
dead_head = BỊ TỪ CHỐI
state = TÌNH TRẠNG
failed = không đọc được { $times ->
    [1] một lần
   *[other] { $times } lần liền
}: { $why }; lần xem tới: { $next }
ignores_robots = bỏ qua robots.txt
failing = { $title } (`{ $feed }`): không đọc được { $times ->
    [1] một lần
   *[other] { $times } lần liền
}
failing_since = { $title } (`{ $feed }`): không đọc được đã { $length } ({ $times ->
    [1] một lần
   *[other] { $times } lần liền
})
next_look = lần xem tới: { $next }; `loa try { $feed }` cho thấy bây giờ tìm được gì
overdue = không ai xem tin: { $feeds } nguồn đã quá hạn { $length }
    gợi ý: chương trình nền có đang chạy không? `loa run` khởi động nó
channel_paused = kênh `{ $channel }` ({ $chat }) tạm dừng, { $queued } tin đang chờ: { $why }
    gợi ý: `loa check` cho biết bot được làm gì ở đó; Loa sẽ tự thử lại
held = kênh `{ $channel }` ({ $chat }): { $count } tin không rõ đã gửi hay chưa, xin xem trong kênh
held_each = `loa deliveries retry { $id }` gửi lại, `loa deliveries drop { $id }` bỏ tin đó
dead = kênh `{ $channel }` ({ $chat }): { $count } tin bị từ chối hẳn
dead_hint = gợi ý: `loa deliveries --state dead` liệt kê các tin đó; `retry` hoặc `drop` để xử lý từng tin
hampered = kênh `{ $channel }` ({ $chat }): { $why }
paused = tạm dừng
waits = đang đợi, tiếp tục { $until }
undecided = cần bạn quyết định
looked_into = { $count } tin chưa rõ, đang kiểm tra
shown = { $count } tin hiện trong cửa sổ lệnh: chưa có token
on_their_way = đang gửi
good = tốt
feed_rests = đang tạm dừng; `loa resume { $feed }` cho nó chạy tiếp
channel_rests = bạn đã tạm dừng
trouble = { $began } ({ $since })
worker = tiến trình { $name }, chạy từ { $started }: { $polls } lần xem, đang hỏi { $hosts } máy chủ
worker_silent = lần cuối có tin của tiến trình này: { $when }
no_worker = hiện không có tiến trình loa nào chạy: `loa run` khởi động nó
worker_late = xem trễ { $median } (một nửa số lần ít hơn), { $most } (99 trên 100 lần), { $worst } (lần tệ nhất)
differing = các Loa không định nghĩa { $feeds } giống nhau: hãy đặt cùng các tệp cho tất cả, hoặc giữ định nghĩa trong kho dữ liệu
worker_store = kho dữ liệu tốn { $statements } câu lệnh và { $millis } ms cho mỗi lần xem
