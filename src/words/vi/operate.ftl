unchanged = `{ $feed }`: không có gì thay đổi; lần xem tới: { $next }
polled = `{ $feed }`: { $found } tiêu đề, { $new } tin mới, { $corrected } tin được sửa; lần xem tới: { $next }
not_polled = không đọc được `{ $feed }`: { $why }
    hint: những gì đã xuất bản vẫn giữ nguyên; lần xem tới: { $next }
paused = { $what } tạm dừng; `loa resume` cho nó chạy tiếp
paused_already = { $what } đã tạm dừng từ trước
resumed = { $what } chạy tiếp
not_paused = { $what } không hề tạm dừng
removed = đã bỏ `{ $feed }`; các bài của nó vẫn còn. Định nghĩa được giữ ở `{ $file }`: đổi lại tên cũ là nguồn chạy tiếp
renamed = `{ $feed }` nay là `{ $to }`; người đọc ở địa chỉ cũ được dẫn sang
nothing_changed = không có gì thay đổi
feed_added = thêm nguồn `{ $id }`
feed_changed = nguồn `{ $id }` thay đổi
feed_removed = bỏ nguồn `{ $id }`
settings_changed = thiết đặt mới đã có hiệu lực
after_restart = `{ $key }` có hiệu lực sau khi khởi động lại
announced = đã xếp hàng: { $title }
announced_already = đã báo rồi, hoặc sắp báo: { $title }
