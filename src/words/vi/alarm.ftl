began = { $kind ->
    [host] Không đọc được { $what }
    [feed] Không đọc được “{ $what }”
    [gone] “{ $what }”: cổng tin báo danh sách đã bị gỡ hẳn
    [quiet] “{ $what }” bỗng im ắng
    [rebuilt] “{ $what }”: trang đã đổi giao diện, và các tiêu đề đã được tìm lại
    [channel] Kênh `{ $what }` không cho bot đăng bài
    [topic] Chủ đề của `{ $what }` đã đóng hoặc bị xóa: tin được đăng vào chủ đề chung của nhóm
    [silenced] Telegram chưa cho đăng gì vào `{ $what }` trong một thời gian dài
    [unsent] Hơn mười phút không đăng được gì vào `{ $what }`
    [token] Telegram từ chối token của bot
    [copy] Một chương trình khác cũng dùng token của bot
    [ops-chat] Không dùng được nhóm trực (ops chat)
    [held] Tin gửi số { $what } chờ bạn quyết định: có thể đã đăng, có thể chưa
    [dead] Telegram không bao giờ nhận tin gửi số { $what }
    [network] Máy này không kết nối được đến đâu cả
    [files] Không dùng được tệp { $what }
   *[other] { $what } không hoạt động
}
over = { $kind ->
    [host] Đã đọc lại được { $what }
    [feed] Đã đọc lại được “{ $what }”
    [gone] “{ $what }” đã trở lại
    [quiet] “{ $what }” lại có tin mới
    [channel] Kênh `{ $what }` đã mở lại
    [silenced] `{ $what }` đã đăng tin lại được
    [unsent] `{ $what }` đã đăng tin lại được
    [ops-chat] Đã dùng lại được nhóm trực (ops chat)
    [token] Telegram đã nhận token của bot
    [copy] Không còn chương trình nào khác dùng token của bot
    [network] Máy này đã kết nối lại được
    [files] Tệp { $what } đã dùng lại được
   *[other] { $what } đã hoạt động lại
}
what_to_do = { $kind ->
    [host] Hãy mở thử bằng trình duyệt. Nếu máy chủ đang hỏng thì không cần làm gì: Loa tự thử lại, và những gì đã đăng vẫn còn.
    [feed] Hãy mở trang bằng trình duyệt. Nếu tiêu đề vẫn ở đó, `loa try` cho biết Loa thấy gì; `item` và `title` trong tệp của nguồn tin chỉ ra chỗ của chúng.
    [gone] Hãy xem danh sách có chuyển sang địa chỉ khác không; nếu có, ghi địa chỉ mới vào tệp của nguồn tin, nếu không, hãy bỏ tệp ấy đi.
    [quiet] Danh sách vẫn đọc được nhưng không có gì mới. Hãy xem cổng tin có đăng ở chỗ khác không: `loa try` cho biết Loa thấy gì.
    [rebuilt] Hãy xem một lần các tiêu đề có đúng không: `loa status` kèm tên nguồn tin cho biết Loa đã học được gì.
    [channel] Hãy cho bot làm quản trị viên có quyền đăng bài, kênh sẽ tự chạy tiếp: ngay lập tức, hoặc trong vòng một phút. Tin chưa đăng vẫn được giữ.
    [topic] Hãy mở lại chủ đề, hoặc ghi `topic` khác vào phần cài đặt; sau đó `loa resume { $what }` sẽ thử lại.
    [silenced] Không cần làm gì: tin chưa đăng vẫn được giữ và sẽ đi khi Telegram cho phép. Các kênh khác vẫn chạy.
    [unsent] `loa check` cho biết máy này có vào được Telegram không; nếu mạng chặn thì `proxy` dưới `[telegram]` giúp đi vòng. Tin chưa đăng vẫn được giữ và sẽ tự đi.
    [token] Hãy lấy token ở @BotFather rồi khởi động lại Loa. Các nguồn tin vẫn chạy, tin chưa đăng vẫn được giữ.
    [copy] Nếu đó là một Loa thứ hai, hãy tắt một trong hai: cả hai đều đăng mọi tin. Nếu đó là chương trình của bạn để trả lời tin nhắn, hãy ghi `listen = false` dưới `[telegram]`; khi ấy nơi nhận bị đóng rồi mở lại được nhận ra trong vòng một phút. Nếu không biết chương trình nào như thế, hãy xin token mới ở @BotFather.
    [ops-chat] Hãy gửi /start cho bot từ nhóm ấy. Trước lúc đó, tin gửi bị mất câu trả lời có thể hiện hai lần.
    [held] Hãy xem kênh: `loa deliveries retry { $what }` gửi lại, `loa deliveries drop { $what }` thì bỏ. Các tin khác vẫn đi tiếp.
    [dead] Các tin khác vẫn đi tiếp. `loa deliveries --state dead` cho xem tin này; sửa xong, `loa deliveries retry { $what }` sẽ gửi nó.
    [network] Hãy xem mạng và máy chủ tên miền của máy này. Không nguồn tin nào bị tính lỗi, tất cả sẽ chạy tiếp khi có mạng.
    [files] Bản cũ vẫn được dùng cho đến lần khởi động sau. Hãy sửa tệp: vài giây sau là có hiệu lực, và `loa check` cho biết còn sai ở đâu.
   *[other] `loa status` cho biết thêm.
}
several = { $count } điều cần biết
see_status = `loa status` cho biết thêm về từng điều.
feeds = { $count } nguồn tin
and_more = và { $count } nguồn nữa
since = Từ { $at } ({ $length })
tried = Đã thử { $count } lần liên tiếp
next_try = lần tới lúc { $at }
no_next_try = không tự thử lại
usually = Thường có tin mới trong vòng { $length }
took = Kéo dài { $length }: từ { $from } đến { $until }
minutes = { $count } phút
hours = { $count } giờ
days = { $count } ngày
moment_format = %H:%M %d/%m (%Z)
