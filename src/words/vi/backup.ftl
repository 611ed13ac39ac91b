holds = `{ $file }` chứa { $contents }
contents = { $articles } bài của { $feeds } nguồn tin ({ $size })
contents_until = { $articles } bài của { $feeds } nguồn tin, bài mới nhất ghi lúc { $changed } ({ $size })
restored = đã phục hồi: { $contents }
kept = cơ sở dữ liệu trước đó được giữ ở `{ $file }`
unannounced = tin đăng từ sau bản sao được ghi lại ở lần xem tốt tiếp theo của mỗi nguồn, không báo lên kênh
announced = tin đăng từ sau bản sao và tin còn chờ trong đó đều được báo
dropped = { $count } tin còn chờ trong bản sao không được gửi: `loa deliveries --state dropped` liệt kê
moment_format = %H:%M %d/%m/%Y UTC
copying = đang sao chép cơ sở dữ liệu
moving = { $done } trên { $of } dòng
moved = { $rows } dòng đã ở trong `{ $to }`, được đọc lại và so từng dòng
moved_hash = mã băm của tất cả các dòng: { $hash }
moved_next = để dùng nơi mới, hãy ghi `url = "{ $url }"` dưới `[store]` trong `bot.toml`
moved_stays = `{ $from }` vẫn nguyên như trước
