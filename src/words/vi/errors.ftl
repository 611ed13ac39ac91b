# Lỗi và trục trặc bằng tiếng Việt, theo các khuôn trong `en/errors.ftl`.

## fetch
unreachable = không kết nối được tới `{ $url }`
no_safe_connection = kết nối tới `{ $url }` không an toàn
no_such_host = không tra được tên miền trong `{ $url }`
not_in_full = `{ $url }` không trả lời trọn vẹn trong { $after }
too_large = `{ $url }` lớn hơn { $limit }
cut_short = câu trả lời của `{ $url }` bị đứt giữa chừng
not_unpacked = không giải nén được câu trả lời của `{ $url }`: { $why }
no_http = `{ $url }` không trả lời bằng HTTP
redirects_no_place = `{ $url }` chuyển hướng mà không nói đi đâu
redirects_too_often = `{ $url }` chuyển hướng quá nhiều lần: chỉ theo { $hops } lần
redirects_in_circle = `{ $url }` chuyển hướng vòng tròn
redirects_for_cookie = `{ $url }` chuyển hướng vòng tròn và đòi cookie
redirects_nowhere = `{ $url }` chuyển hướng tới `{ $to }`, không phải là địa chỉ
not_fetched_scheme = không đọc `{ $url }`: địa chỉ phải bắt đầu bằng `http://` hoặc `https://`
not_fetched = không đọc `{ $url }`: { $why }
robots_forbids = robots.txt của trang không cho phép
no_robots = không lấy được robots.txt của trang: { $why }
robots_hint = `ignore-robots = true` trong tệp nguồn tin bỏ qua điều đó
gone = `{ $url }` đã bị gỡ hẳn (410)
left_alone = `{ $url }` yêu cầu ngừng truy cập trong { $wait }
status = `{ $url }` trả lời { $status }
empty_page = `{ $url }` trả về trang trống
unexpected = `{ $url }` không phải { $expected }: gặp { $found }
private = `{ $url }` dẫn tới địa chỉ riêng `{ $address }`
private_hint = `allow-private = true` dưới `[fetch]` cho phép đọc nguồn ở đó
no_certificate = `{ $path }` không phải chứng thư: { $why }
ca_file_hint = nếu trang này đáng tin, `ca-file` trong tệp nguồn tin chỉ ra chứng thư còn thiếu
name_server_silent = máy chủ tên miền không trả lời
name_without_address = tên miền không có địa chỉ

## plain causes
connection_refused = kết nối bị từ chối
connection_reset = kết nối bị ngắt
connection_closed = kết nối bị đóng giữa chừng
no_answer = không có trả lời kịp thời
no_way_to_host = không có đường tới máy này
no_way_to_network = không có đường vào mạng này
network_down = mạng không hoạt động
address_in_use = địa chỉ đang được dùng
no_such_address = máy này không có địa chỉ đó
permission_denied = không có quyền
no_such_path = không có tệp hay thư mục đó
no_such_file = không có tệp đó
disk_is_full = ổ đĩa đã đầy
disk_read_only = ổ đĩa chỉ đọc
a_folder = đó là một thư mục
no_folder = một phần đường dẫn không phải thư mục
unknown_issuer = chứng thư của trang do nơi không được tin ở đây cấp
other_name = chứng thư của trang dành cho tên khác
expired = chứng thư của trang đã hết hạn
no_such_name = không có tên miền đó
no_name_server = không máy chủ tên miền nào trả lời
no_tls = ở đó không dùng TLS
refused_tls = bên kia từ chối kết nối TLS
broke_tls = bên kia ngắt kết nối TLS
bad_certificate = chứng thư của trang không dùng được
other_holds = một chương trình khác đang giữ cơ sở dữ liệu
file_read_only = không được ghi vào tệp
disk_fails = không đọc hay ghi được ổ đĩa
file_closed = không mở được tệp
file_damaged = tệp bị hỏng

## polls
found_none = không tìm thấy tiêu đề nào
found_none_of = không thấy tiêu đề nào, thường có { $usual }
found_none_vacant = không thấy tiêu đề nào, thường có { $usual }; chỗ của chúng vẫn còn nhưng trống
unrelated = không còn tiêu đề đã biết nào trên trang, và { $found } tiêu đề ở đó không giống chúng: không xuất bản gì
leads_to_article = trang danh sách nay dẫn tới `{ $url }`, là một bài của chính nó
unconfirmed_links = { $found } liên kết trông như tiêu đề nhưng không liên kết nào dẫn tới bài viết
older = chỉ còn { $again } trên { $usual } tiêu đề thường có, thay vào đó là tin cũ hơn: chưa xuất bản gì cho tới khi một nửa trở lại
vanished = chỉ còn { $again } trên { $usual } tiêu đề thường có, lại ở chỗ khác trước: chưa xuất bản gì cho tới khi một nửa trở lại
vanished_vacant = chỉ còn { $again } trên { $usual } tiêu đề thường có, lại ở chỗ khác trước, còn chỗ cũ thì trống: chưa xuất bản gì cho tới khi một nửa trở lại
unverified = trang đã được làm lại, và chưa xác minh được `{ $title }` ({ $why }): chưa xuất bản gì cho tới khi xác minh được
other_words = trang của bài nói điều khác
rebuilt_same_place = trang đã được làm lại: tìm lại được { $again } trên { $of } tiêu đề ở chỗ cũ, giữa các phần tử mang tên khác, và đã xác minh trên { $verified }
rebuilt = trang đã được làm lại: tìm lại được { $again } trên { $of } tiêu đề và đã xác minh trên { $verified }
took_too_long = đọc trang mất hơn { $limit } nên đã bỏ
reader_broke = bộ đọc bị lỗi ở trang này: { $why }
article_unread = không đọc được `{ $title }`: { $why }
further_page_unread = không đọc được trang { $number } của bài: { $why }
no_site_kind = không lấy được { $kind } của trang: { $why }
future_date = ngày của bài ở tương lai, nên dùng lúc thấy bài lần đầu
hidden = `{ $url }` có trả lời nhưng không có nội dung bài viết
silent_host = chưa hỏi, vì máy chủ yêu cầu ngừng truy cập

## obstacles
scripts = trang này do JavaScript vẽ ra, tiêu đề chỉ có sau khi chạy nó
frames = trang này chỉ hiển thị một trang khác, tự nó không có tiêu đề
frames_hint = `{ $url }` là địa chỉ của trang đó
login = trang yêu cầu đăng nhập
challenge = trang kiểm tra trình duyệt (cookie hoặc JavaScript), trước đó không hiện gì
maintenance = trang đang bảo trì
parked = ở địa chỉ này không có trang tin, chỉ có trang của nơi bán tên miền hoặc của máy chủ
is_article = đây là trang của một bài viết, không phải danh sách tiêu đề
bare = trang không có liên kết nào ngoài trình đơn
login_hint = hãy cho địa chỉ một danh sách ai cũng đọc được, hoặc gửi kèm thông tin đăng nhập bằng `headers` trong tệp nguồn tin
challenge_hint = hãy nhờ người quản trị trang cho Loa vào, hoặc gửi cookie của trình duyệt bằng `headers` trong tệp nguồn tin
maintenance_hint = không cần làm gì: thử lại khi trang hoạt động trở lại
parked_hint = hãy kiểm tra địa chỉ: trang có thể đã chuyển sang tên miền khác
article_hint = hãy cho địa chỉ danh sách có tiêu đề của bài
bare_hint = hãy kiểm tra địa chỉ: danh sách hôm nay có thể trống, hoặc ở trang khác
scripts_form_hint = chúng nằm trong dữ liệu của trang nhưng không có địa chỉ: `link` trong `[source.json]` cho biết địa chỉ bài được tạo thế nào, chẳng hạn `link = "{ $form }"`, từ { $names }
scripts_at_hint = có vẻ chúng đến từ `{ $url }`: hãy ghi địa chỉ đó làm `url` trong `[source.json]`
scripts_named_hint = trang có dữ liệu (`{ $name }`) nhưng không thấy danh sách tiêu đề trong đó
scripts_look_hint = công cụ nhà phát triển của trình duyệt, mục Network, cho thấy dữ liệu được lấy từ đâu: hãy ghi địa chỉ đó làm `url` trong `[source.json]`

## the reader
no_list = không tìm thấy danh sách tiêu đề nào
no_article_text = không tìm thấy nội dung bài viết
time_unknown = không rõ giờ
no_match = `{ $key }` `{ $selector }` không khớp với gì
silent_items = { $silent } trên { $all } mục không có tiêu đề hoặc liên kết
first_links = chỉ xem { $count } liên kết đầu của trang
costly = đọc trang này tốn công hơn các trang cùng cỡ: một số phần bị bỏ qua
charset_unreadable = không đọc được { $words } (đọc theo `{ $charset }`)
charset_two = máy chủ nói `{ $server }`, trang nói `{ $page }`: đọc theo `{ $charset }`
charset_wrong = tự nhận là `{ $said }` nhưng không phải: đọc theo `{ $charset }`
charset_none = không nêu bảng mã nào quen biết: đoán và đọc theo `{ $charset }`
charset_unknown = `{ $charset }` không phải bảng mã quen biết
no_date = trang của nó không có ngày, trong khi các trang khác có
no_page = trang của nó không tồn tại
no_article = trang của nó không phải bài mà tiêu đề nói tới
as_a_menu = nó có cả ở các trang khác, như một trình đơn
others_are_none = trang của những liên kết cùng chỗ không phải bài viết
nothing_confirms = không có gì trên trang của nó hay trong danh sách cho thấy đó là bài viết
on_other_pages = nó có cả ở các trang khác
in_no_order = các bài của nó không xếp theo ngày như danh sách
come_round = bài cũ quay lại trong đó
taken_out = tệp nguồn tin loại nó ra
has_nothing = nó không có gì giống các tiêu đề trong danh sách
other_section = nó có bài của mục khác
other_heading = tên của nó cho thấy đó là thứ khác
came_later = nó xuất hiện sau và không có tiêu đề nào của danh sách

## explained
short_text = chữ của nó ngắn
few_words_in_address = địa chỉ của nó ít từ
few_alike = ít liên kết giống nó
no_overlap = các từ của nó không có trong địa chỉ
no_heading = nó không phải đề mục
no_identifier = địa chỉ của nó không có số hay khóa
no_picture_beside = bên cạnh không có ảnh
no_date_beside = bên cạnh không có ngày
among_others = nằm giữa các liên kết không phải tiêu đề
scored_line = được { $score } điểm, ngưỡng là { $line }
scored_floor = được { $score } điểm, danh sách bắt đầu từ { $floor }
comments_of = bình luận của mục { $place }
in_the_box = nằm trong khối “{ $name }”: { $why }
other_kind = khác loại với các tiêu đề tốt nhất, vốn có ngày
no_letter = không có chữ nào
bare_date = chỉ có ngày
accompanies = đi kèm mục { $place }
accompanies_better = đi kèm một tiêu đề tốt hơn
by_turns = xen kẽ với các tiêu đề tốt hơn
in_chrome = nằm ở trình đơn, đầu hoặc chân trang
other_site = dẫn sang trang khác
in_a_sentence = nằm trong một câu
a_section = một chuyên mục: có địa chỉ khác nằm dưới nó
same_address = cùng địa chỉ với mục { $place }
a_file = một tệp, không phải trang

## previews
nobody_confirms = { $found } liên kết trông như tiêu đề, nhưng không trang bài viết nào xác nhận
mostly_none = { $refused } trên { $all } liên kết trông như tiêu đề không dẫn tới bài viết
only_found = chỉ tìm thấy { $count }
undated = cả danh sách lẫn bài viết đều không cho biết ngày đăng
unfound = không tiêu đề nào trên trang có `{ $words }`
no_room = không có chỗ cho cơ sở dữ liệu tạm
no_address = `{ $words }` không phải địa chỉ: cần một địa chỉ như `{ $example }`
address_taken = nguồn tin `{ $by }` đã có địa chỉ này: `{ $url }`
id_taken = mã `{ $id }` đã được dùng: đó là tên của `{ $url }`
id_taken_by_unusable = mã `{ $id }` đã được dùng: đó là tên của một nguồn tin có định nghĩa hỏng
id_taken_meanwhile = mã `{ $id }` đã được dùng
no_definition = `{ $feed }` không có định nghĩa nào để bỏ
file_otherwise = đã có `{ $path }`, và nội dung của nó khác
name_empty_folder = hãy nêu một thư mục trống
is_no_folder = `{ $path }` không phải là thư mục
bad_feed_id = `{ $id }` không thể là tên nguồn tin: cần 1 đến 64 ký tự `a`–`z`, `0`–`9` và `-`, bắt đầu bằng chữ hoặc số, và không phải `all`
unwritten = không ghi được `{ $path }`: { $why }
unwritten_bare = không ghi được `{ $path }`
cannot_read = không đọc được `{ $path }`
no_list_of_feeds = `{ $path }` không phải danh sách nguồn tin
no_xml = không phải XML: { $why }
no_outline = không `outline` nào trong đó có `xmlUrl` hay `htmlUrl`
one_id = `--id` chỉ đặt tên cho một nguồn tin, mà có { $count } địa chỉ
shows_hint = `loa try { $by }` cho thấy nó có gì; tệp của nó là `{ $file }`
other_id_hint = `--id TÊN` tạo một nguồn khác; `loa try { $id }` cho thấy nguồn kia có gì
name_it_hint = hãy đặt tên bằng `--id TÊN`
example_hint = hãy nêu một hai tiêu đề của trang bằng `--example "…"`, hoặc cho địa chỉ trang khác

## settings
unknown_key = khóa lạ `{ $key }`: cần một trong { $keys }
unknown_key_here = khóa lạ `{ $key }`: ở đây không có khóa nào
missing_key = thiếu khóa { $key }
did_you_mean = có phải bạn muốn nói `{ $word }`?
wrong_kind = sai kiểu giá trị: gặp { $found }, cần { $expected }
wrong_value = sai giá trị: gặp { $found }, cần { $expected }
unknown_value = giá trị lạ `{ $found }`, cần { $expected }
bad_duration = cần khoảng thời gian như `15m`, gặp `{ $found }`
bad_size = cần dung lượng như `10MB`, gặp `{ $found }`
bad_address = cần địa chỉ như `{ $example }`, gặp `{ $found }`
bad_zone = cần tên như `Asia/Ho_Chi_Minh`, gặp `{ $found }`
bad_chat = `{ $found }` không phải nơi nhận: cần `@tên` hoặc một số như `{ $example }`
bad_hours = `{ $found }` không phải khoảng giờ: cần dạng như `22:00-06:00`
bad_selector = `{ $key }` không phải bộ chọn CSS: gặp `{ $found }`
too_short = cần ít nhất `1m`
too_short_found = cần ít nhất `1m`, gặp `{ $found }`
short_hint = khoảng ngắn hơn chỉ dành cho địa chỉ riêng: { $key } trong `bot.toml`
cannot_be_read = không đọc được: { $why }
config_hint = chỉ tệp khác bằng `--config TỆP`, hoặc bắt đầu từ `bot.toml` của dự án
bad_token = đây không phải token của bot: cần các chữ số, `:` và chữ cái, đúng như @BotFather gửi
token_copy_hint = hãy chép lại trọn vẹn từ @BotFather: chữ số, dấu hai chấm, chữ cái
token_file_hint = `telegram.token-file` chỉ tới tệp chỉ chứa token
rename_file_hint = hãy đổi tên tệp: tên tệp là địa chỉ của nguồn tin
two_channels = hai kênh cùng tên `{ $id }`
two_channels_hint = tên là khóa của các tin gửi: hãy đặt mỗi kênh một tên
names_no_feed = kênh `{ $channel }` nêu nguồn tin `{ $id }`, mà không có nguồn tin nào tên như vậy
all_feeds_hint = `"*"` là mọi nguồn tin

## store
in_use = `{ $store }` đang được một loa khác dùng
in_use_hint = hãy dừng chương trình kia, hoặc đặt `[store] url` riêng cho chương trình này
newer = `{ $store }` do bản loa mới hơn ghi (định dạng { $found }, bản này chỉ biết tới { $known })
newer_hint = hãy cài lại bản mới hơn, hoặc phục hồi bản sao trước đó; chưa có gì thay đổi
damaged = `{ $store }` bị hỏng hoặc không phải cơ sở dữ liệu của loa: { $why }
damaged_hint = hãy dời nó đi rồi phục hồi bản sao, hoặc bắt đầu với tệp mới; tệp chưa bị đụng tới
missing = chưa có `{ $store }`
missing_hint = hãy chạy `loa run` một lần; nó sẽ tạo kho dữ liệu
no_backup = không phục hồi được từ `{ $file }`: { $why }
no_backup_hint = `loa backup TỆP` tạo tệp phục hồi được; chưa có gì thay đổi
there_already = `{ $file }` đã có sẵn
there_already_hint = hãy chọn tên tệp mới; chưa ghi gì
not_copied = không ghi được bản sao vào `{ $file }`
not_copied_hint = hãy kiểm tra thư mục có tồn tại, ghi được, và ổ đĩa còn chỗ
not_opened = không mở được `{ $store }`
not_opened_hint = hãy kiểm tra thư mục có tồn tại và ghi được
store_failed = cơ sở dữ liệu bị lỗi
unreachable_store = `{ $store }` không trả lời
unreachable_store_hint = hãy kiểm tra máy chủ có đang chạy ở đó không, và `[store] url` ghi gì
refused_by_store = `{ $store }` không cho loa vào: { $why }
refused_by_store_hint = hãy kiểm tra tên, mật khẩu và cơ sở dữ liệu trong `[store] url`, `password-file` và PGPASSWORD
role_without_rights = tài khoản của `{ $store }` không có quyền mà loa cần: { $why }
role_without_rights_hint = hãy cho tài khoản làm chủ cơ sở dữ liệu, hoặc một schema riêng
old_server = `{ $store }` là PostgreSQL { $found }
old_server_hint = loa cần PostgreSQL 15 trở lên
older_format = `{ $store }` do bản loa cũ hơn ghi (định dạng { $found }, bản này cần { $known })
older_format_hint = hãy chạy `loa run` một lần; nó sẽ nâng lên định dạng mới
foreign = `{ $store }` chứa bảng của một chương trình khác
foreign_hint = hãy cho loa một cơ sở dữ liệu riêng, hoặc một schema riêng: `?options=-csearch_path%3Dloa`
other_settings = một loa khác trên `{ $store }` có { $what } khác
other_settings_hint = hãy đặt cùng một `bot.toml` cho tất cả, hoặc cho loa này một nơi lưu riêng; hãy dừng tất cả trước khi thay đổi
not_empty_store = `{ $store }` không trống
not_empty_store_hint = hãy chọn tệp mới, hoặc một cơ sở dữ liệu hay schema trống; chưa ghi gì
same_store = mọi thứ đã nằm trong `{ $store }` rồi
same_store_hint = hãy chọn tệp khác, hoặc một cơ sở dữ liệu hay schema khác; chưa có gì thay đổi
not_alike_store = dữ liệu chuyển sang `{ $store }` đọc lại thấy khác, ở bảng `{ $table }`
not_alike_store_hint = không giữ lại gì ở đó; nơi lưu cũ vẫn nguyên như trước
no_file_store = `{ $store }` không phải là tệp: { $what } chỉ dùng khi dữ liệu nằm trong tệp
no_file_store_hint = hãy dùng `pg_dump` và `pg_restore`, hoặc `loa move` sang một tệp
store_away = cơ sở dữ liệu không trả lời
store_busy = quá nhiều việc cùng lúc với cơ sở dữ liệu

## commands
no_feed = không có nguồn tin `{ $id }`
the_feeds_hint = các nguồn tin: { $known }
no_channel = không có kênh `{ $id }`
no_delivery = không có tin gửi số { $id }
wrong_state = tin gửi số { $id } đang là `{ $state }`: cần { $states }
lists_hint = `loa status` liệt kê
lists_deliveries_hint = `loa deliveries` liệt kê
no_article_yet = `{ $feed }` chưa có bài nào
no_articles_yet = `{ $feed }` chưa có bài nào
poll_now_hint = `loa poll { $feed }` xem ngay
poll_all_hint = `loa run --once --now` xem mọi nguồn tin
unusable = tệp của `{ $id }` không dùng được
unusable_unpolled = tệp của `{ $id }` không dùng được, nên không xem
check_says_hint = `loa check` cho biết sai ở đâu
name_taken = đã có, hoặc từng có, nguồn tin `{ $id }`
other_name_hint = hãy chọn tên khác
such_as_hint = chẳng hạn `{ $example }`
no_article_at = không nguồn tin nào có bài ở `{ $url }`
reread_hint = `loa reread NGUỒN` đọc lại các bài mới nhất của một nguồn; `loa status` liệt kê các nguồn
no_full_text = `{ $id }` chỉ giữ những gì danh sách nói, vì tệp của nó có `full-text = false`
no_full_text_hint = bỏ dòng đó đi thì bài mới được đọc
daemon_unheard = không hỏi được chương trình nền
daemon_gone = chương trình nền tắt trước khi trả lời
daemon_unreadable = không hiểu câu trả lời của chương trình nền: nó thuộc bản khác
daemon_knows_not = chương trình nền không biết lệnh này
daemon_knows_not_hint = nó thuộc bản khác: hãy khởi động lại
cannot_listen = không mở được cổng `{ $address }`
cannot_listen_hint = có thể chương trình khác đang dùng; `[web] listen` chọn địa chỉ khác
no_command = không có lệnh `{ $name }`
help_hint = `loa --help` liệt kê

## deliveries
none_reached = không tới được nơi nào trong số này: { $hosts }
not_sent = chưa gửi: { $why }
answer_lost = mất câu trả lời: { $why }
asks_to_wait = bên kia yêu cầu chờ { $seconds } giây
message_refused = tin nhắn bị từ chối: { $why }
picture_refused = ảnh bị từ chối: { $why }
chat_closed = bot không vào được nơi nhận: { $why }
chat_moved = nơi nhận đã chuyển sang { $to }
token_refused = token của bot bị từ chối: { $why }
cannot_look_for = không dò được tin đã gửi qua nơi nhận cảnh báo: { $why }
not_found_out = không biết được tin đã gửi hay chưa: { $why }
taken_over = một loa khác đã nhận việc gửi này
removed = bot đã bị đưa ra khỏi nơi nhận, hoặc không còn được đăng ở đó

## how headlines are found
repetition = sự lặp lại
selectors = bộ chọn
data = dữ liệu
of_text = văn bản

## templates
line_of_template = dòng { $line }: { $why }
template_html = kết quả không phải HTML của Telegram: { $why }
template_empty = kết quả không có nội dung gì
template_long = kết quả có { $found } ký tự: nhiều nhất là { $limit }

## what was learned
headings_in = đề mục trong { $place }
links_in = liên kết trong { $place }
addresses_look = địa chỉ của chúng có dạng { $forms }
no-state = không có tình trạng `{ $state }`: cần một trong { $states }

## documents
document_not_had = không lấy được văn bản đính kèm: { $why }
document_unread = không đọc được văn bản đính kèm: { $why }
document_unknown = không phải tệp PDF hay DOCX
document_locked = phải có mật khẩu mới mở được
document_pictures = không có chữ: các trang là ảnh chụp
document_too_large = giải nén ra lớn hơn văn bản cùng loại
document_damaged = tệp bị hỏng
