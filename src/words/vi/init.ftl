welcome = Loa theo dõi một trang tin, tạo nguồn tin RSS từ trang ấy và báo tin mới lên kênh Telegram.
    Chỉ vài câu hỏi; nhấn Enter là chọn câu trả lời trong ngoặc hoặc bỏ qua, Ctrl-C để dừng.
no_terminal = ở đây không có ai để hỏi
which_page = Trang nào liệt kê các tiêu đề? Địa chỉ trang:
nothing_added = không có trang nào để theo dõi
private_address = Địa chỉ này nằm trên máy này hoặc trong mạng riêng. Cho phép Loa đọc những địa chỉ như vậy?
written = đã ghi: { $path }
serving = Các nguồn tin đã có tại:
as_message = Bài mới nhất, dưới dạng tin nhắn:
token = Muốn báo lên kênh Telegram cần có bot: trong Telegram, gửi /newbot cho @BotFather, nó sẽ trả lời một mã token.
    Token (Enter: tạm thời chỉ cần nguồn tin):
token_bad = Đây không phải token: token gồm các chữ số, dấu hai chấm rồi các chữ cái, đúng như @BotFather đã gửi.
bot_is = Đây là @{ $name }.
bot_fails = Telegram không chấp nhận: { $why }
channel = Bây giờ hãy cho @{ $name } làm quản trị viên kênh của bạn rồi đăng một tin bất kỳ lên kênh, hoặc chuyển tiếp một tin của kênh cho bot.
    Đang chờ (Enter: để sau) …
heard_channel = Đã thấy “{ $title }”. Đúng kênh này chứ?
may_not_post = Bot chưa được đăng trong “{ $title }”: hãy cho @{ $name } làm quản trị viên có quyền đăng tin rồi đăng lại một tin. Đang chờ (Enter: để sau) …
heard_person = “{ $title }” vừa nhắn cho bot. Gửi cảnh báo đến đó?
ops_chat = Cảnh báo sẽ gửi đến “{ $title }”.
post_now = Đăng “{ $title }” lên kênh ngay bây giờ?
posted = Đã đăng: { $title }
not_posted = Chưa đăng được: { $why }
skipped_bot = Chưa có bot thì chỉ có nguồn tin. `loa init` sẽ hỏi lại.
goes_on = Xong trong { $seconds } giây. Loa đang chạy: đọc trang tin, phục vụ nguồn tin và báo tin mới. Ctrl-C để dừng; chạy `loa` để bắt đầu lại.
