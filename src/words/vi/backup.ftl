holds = `{ $file }` chứa { $contents }
contents = { $articles } bài của { $feeds } nguồn tin ({ $size })
contents_until = { $articles } bài của { $feeds } nguồn tin, bài mới nhất ghi lúc { $changed } ({ $size })
restored = đã phục hồi: { $contents }
kept = cơ sở dữ liệu trước đó được giữ ở `{ $file }`
asked = tin đăng từ sau bản sao chỉ được báo khi kênh chưa có; docs/DELIVERY.md cho biết khi nào Loa xem được kênh
announced = tin đăng từ sau bản sao và tin còn chờ trong đó đều được báo, không xem kênh trước
doubtful = { $count } tin còn chờ trong bản sao cũng được tìm trong kênh trước
moment_format = %H:%M %d/%m/%Y UTC
copying = đang sao chép cơ sở dữ liệu
moving = { $done } trên { $of } dòng
moved = { $rows } dòng đã ở trong `{ $to }`, được đọc lại và so từng dòng
moved_hash = mã băm của tất cả các dòng: { $hash }
moved_next = để dùng nơi mới, hãy ghi `url = "{ $url }"` dưới `[store]` trong `bot.toml`
moved_stays = `{ $from }` vẫn nguyên như trước
