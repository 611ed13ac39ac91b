articles = số bài
newest = mới nhất
last_poll = lần xem trước
next_poll = lần xem tới
state = tình trạng
health = tìm lại được
learned = đã học được
overruled = ghi đè
page_box = khối
repeated = lặp lại
remark = lưu ý
rebuilt = trang đổi mới
left_out = bỏ qua
failed = không đọc được { $times ->
    [1] một lần
   *[other] { $times } lần liền
}: { $why }
failed_since = không đọc được { $times ->
    [1] một lần
   *[other] { $times } lần liền
}, lần đầu { $since }: { $why }
not_polled = chưa xem lần nào
good = tốt
found_again = { $again } trên { $of } tin đã biết ở lần xem trước
nothing_yet = chưa có gì
overruled_by = theo tệp của nguồn: { $keys }
repeated_on = ở { $pages } trên { $of } trang bài: `{ $begins }`
never = chưa lần nào
