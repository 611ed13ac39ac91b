### Phần trợ giúp của dòng lệnh. Tiếng Anh đứng ngay ở từng lệnh; ở đây mỗi câu có tên theo lệnh và tham số: `add`,
### `add-after`, `add_id`, `extract_kind_list`; tham số chung của nhiều lệnh: `any_json`.

## Khung

usage = Cách dùng: { $usage }
commands = Các lệnh
arguments = Đối số
options = Tùy chọn
default = [mặc định: { $value }]
values = Các giá trị:
placeholder-options = [TÙY CHỌN]
placeholder-command = [LỆNH]
alias = { $about } [còn gọi là: { $name }]

## Tên của giá trị

value-CHANNEL = KÊNH
value-COMMAND = LỆNH
value-FEED = NGUỒN
value-FILE = TỆP
value-FOLDER = THƯ MỤC
value-FORM = DẠNG
value-HEADLINE = TIÊU ĐỀ
value-KIND = LOẠI
value-LINK = LIÊN KẾT
value-NAME = TÊN
value-NEW = TÊN MỚI
value-PATH = ĐƯỜNG DẪN
value-STATE = TÌNH TRẠNG

## Dùng chung

any_config = Tệp cài đặt của bot; các tệp nguồn tin được tìm trong `feeds/` bên cạnh tệp ấy
any_log = Cách ghi nhật ký ra luồng lỗi chuẩn; `LOA_LOG` định mức chi tiết (error, warn, info, debug, trace)
any_log_text = cho người đọc
any_log_json = mỗi dòng một đối tượng JSON, cho chương trình đọc
any_quiet = Chỉ những gì trục trặc: trong nhật ký, và ở `status`
any_help = Hiện trợ giúp này (`-h` thì ngắn gọn)
any_version = Hiện phiên bản
any_json = Một đối tượng JSON trên đầu ra chuẩn, và không gì khác
any_feed = Mã của nguồn tin
any_state = Chỉ những tin ở tình trạng này: queued, sending, sent, unknown, dead, shown hoặc dropped
help = Hiện trợ giúp này, hoặc trợ giúp của một lệnh

## Lệnh

loa = Nguồn cấp và kênh Telegram cho những cổng tin không có
loa-after =
    Gõ `loa` không kèm lệnh thì chạy thường trực; nơi chưa cài đặt gì, Loa hỏi những điều cần biết.

    Ví dụ: loa demo
run = Chạy thường trực: đọc từng nguồn khi đến hạn, gửi tin, ghi tệp và phục vụ các nguồn cấp
run-after =
    Ví dụ:
      loa run
      loa run --once --now      một lượt qua mọi nguồn, cho cron và CI; thoát với mã 1 nếu có lần đọc, lần gửi hay tệp
      nào thất bại
run_once = Đọc những nguồn đến hạn, gửi tin, ghi tệp, rồi thoát
run_now = Đọc mọi nguồn, dù đến hạn hay chưa
init = Hỏi trang tin, bot và kênh, ghi cài đặt, rồi chạy thường trực
init-after = Ví dụ: loa init
init_api_url = Máy chủ Bot API khác với máy chủ của Telegram; được ghi vào cài đặt
demo = Cả một tòa soạn trên máy này: cổng tin mẫu, các nguồn cấp của nó, và kênh hiện ngay tại đây
demo-after =
    Ví dụ: cargo run --release -- demo

    Ctrl-C là dừng, không để lại gì.
demo_messages = Tự dừng sau chừng này tin; 0 là chạy đến khi bấm Ctrl-C
demo_quick = Nhanh hết mức, và dừng khi hết các màn
add = Xem một trang, cho thấy sẽ đăng những gì, rồi ghi định nghĩa nguồn tin
add-after =
    Ví dụ:
      loa add portal.example/tin-tuc
      loa add https://portal.example/ --example "Ra quân bảo đảm trật tự đô thị" --example "Khen thưởng ba chiến sĩ"
      loa add --opml feeds.opml --yes
add_urls = Trang có các tiêu đề; có thể đưa nhiều trang. Nếu là trang của một bài thì danh sách của nó được tìm
add_opml = Thêm mọi nguồn có tên trong một tệp OPML
add_example = Một tiêu đề trên trang, hoặc phần đầu của nó: những gì giống nó là những gì cần lấy. Có thể đưa nhiều lần
add_id = Mã của nguồn tin: tên tệp và địa chỉ của nó. Để trống thì lấy từ địa chỉ trang
add_yes = Không hỏi gì, và ghi những gì ổn
add_json = Không hỏi gì, và cho biết bằng JSON đã tìm thấy gì và kết quả ra sao
try = Sẽ tìm được gì ở một địa chỉ hay bởi một nguồn, và không đọc được gì; không lưu, không gửi
try-after =
    Ví dụ:
      loa try portal.example/tin-tuc
      loa try feeds/danang-police.toml
      loa try --explain danang-police
try_what = Một địa chỉ, một tệp nguồn tin, hoặc mã của một nguồn
try_explain = Mỗi tiêu đề do đâu mà tìm ra, chắc đến mức nào, và vì sao các liên kết khác bị loại
try_json = Bằng JSON
check = Mọi thứ đã ổn chưa: cài đặt, nguồn tin, và quyền của bot trong từng kênh
check-after =
    Thoát với mã 1 khi có gì sai. --message cho thấy bài mới nhất đúng như từng kênh sẽ nhận, và không gửi gì.

    Ví dụ:
      loa check
      loa check --send                       đăng tin thử lên từng kênh
      loa check --message danang-police      cho thấy bài mới nhất sẽ được báo thế nào
check_send = Đăng tin thử lên từng kênh
check_message = Cho thấy bài mới nhất của một nguồn đúng như Telegram sẽ hiện, và chỉ thế
status = Mọi nguồn và mọi kênh: đã làm gì, còn chờ gì, sai ở đâu
status-after =
    Thoát với mã 1 khi có việc cần người xử lý.

    Ví dụ: loa status
           loa status --quiet || mail -s "Loa" me@example.org
           loa status --json
           loa status danang-police
status_feed = Xem kỹ một nguồn: đã học được gì về trang, và trang đã được dựng lại mấy lần
deliveries = Hộp gửi: đã báo gì, còn chờ gì, chưa rõ gì
deliveries-after =
    Ví dụ:
      loa deliveries --state unknown
      loa deliveries retry 12      gửi (lại) tin này
      loa deliveries drop 12       thôi không gửi nữa
      loa deliveries retry --channel main        mọi tin unknown hoặc dead của một kênh
      loa deliveries drop --state dead           mọi tin dead, của mọi kênh
      loa deliveries retry --all
deliveries-retry = Đưa những tin unknown hoặc dead trở lại hàng đợi
deliveries-drop = Thôi không gửi những tin queued, unknown hoặc dead
deliveries-retry_id = Một tin trong số đó
deliveries-retry_channel = Những tin của kênh này
deliveries-retry_of_state = Những tin ở tình trạng này: unknown hoặc dead, với `drop` thì cả queued
deliveries-retry_all = Những tin của mọi kênh, ở mọi tình trạng như vậy
deliveries-drop_id = Một tin trong số đó
deliveries-drop_channel = Những tin của kênh này
deliveries-drop_of_state = Những tin ở tình trạng này: unknown hoặc dead, với `drop` thì cả queued
deliveries-drop_all = Những tin của mọi kênh, ở mọi tình trạng như vậy
poll = Đọc một nguồn ngay bây giờ, dù đến hạn hay chưa
poll-after = Ví dụ: loa poll danang-police
pause = Cho một nguồn hay một kênh nghỉ: nguồn không được đọc, kênh không nói gì
pause-after =
    Ví dụ:
      loa pause danang-police          những gì đã đăng vẫn còn
      loa pause --channel main         tin mới của kênh nằm chờ trong hàng đợi
      loa resume main                  kênh không cho bot vào nữa thì được thử lại ngay
pause_name = Mã của một nguồn; hoặc của một kênh, nếu không có nguồn nào tên như vậy
pause_channel = Mã của một kênh
resume = Cho một nguồn hay một kênh chạy tiếp
resume-after =
    Ví dụ:
      loa pause danang-police          những gì đã đăng vẫn còn
      loa pause --channel main         tin mới của kênh nằm chờ trong hàng đợi
      loa resume main                  kênh không cho bot vào nữa thì được thử lại ngay
resume_name = Mã của một nguồn; hoặc của một kênh, nếu không có nguồn nào tên như vậy
resume_channel = Mã của một kênh
announce = Báo lên kênh bài mới nhất của một nguồn, nếu chưa báo
announce-after = Ví dụ: loa announce danang-police --channel main
announce_channel = Mã của kênh
feeds = Định nghĩa của các nguồn: đưa vào từ một thư mục, ghi ra một thư mục, liệt kê
feeds-after =
    `[feeds] from` cho biết định nghĩa được giữ ở đâu: trong thư mục `feeds/`, hoặc trong kho dữ liệu, dùng chung cho mọi máy.

    Ví dụ:
      loa feeds import feeds/            mọi tệp trong thư mục, thay định nghĩa đang có của từng nguồn
      loa feeds export /tmp/feeds        thành tệp, từng byte y như lúc đưa vào
      loa feeds list
      loa feeds remove danang-police
feeds-import = Nhận các tệp trong một thư mục: `TÊN.toml` định nghĩa nguồn `TÊN`. Nguồn không có tệp ở đó thì giữ nguyên
feeds-import_folder = Thư mục có các tệp
feeds-export = Ghi mọi định nghĩa vào một thư mục, không ghi đè tệp có nội dung khác
feeds-export_folder = Thư mục để ghi vào; chưa có thì được tạo
feeds-list = Mọi nguồn, và định nghĩa của nó sai ở đâu
feeds-remove = Bỏ một nguồn, như `loa remove`; các bài của nó vẫn còn
remove = Bỏ một nguồn; các bài của nó vẫn còn
remove-after = Ví dụ: loa remove danang-police
rename = Đổi tên một nguồn; địa chỉ cũ dẫn sang địa chỉ mới
rename-after = Ví dụ: loa rename danang-police cong-an-da-nang
rename_to = Mã mới
reread = Đọc lại trang của một bài, hoặc trang của những bài mới nhất của một nguồn
reread-after =
    Ví dụ:
      loa reread https://portal.example/tin/ra-quan-4711.html
      loa reread danang-police          mười bài mới nhất của nguồn

    Nguồn cấp có nội dung hiện nay của trang; không kênh nào bị báo lại. Trang không đọc được thì không thay đổi gì.
reread_what = Địa chỉ của một bài, hoặc mã của một nguồn
backfill = Đọc các trang tiếp theo của danh sách để lấy bài cũ; không kênh nào bị báo
backfill-after =
    Ví dụ:
      loa backfill danang-police               mười trang tiếp theo của danh sách
      loa backfill danang-police --pages 50

    Các bài vào nguồn cấp và kho lưu trữ; không kênh nào bị báo. Đọc xong trang nào ghi ngay trang ấy: chạy lại lệnh này
    là đọc tiếp từ chỗ lần trước dừng hoặc bị ngắt. `backfill = 10` trong tệp nguồn tin làm việc ấy khi nguồn bắt đầu.
backfill_pages = Bao nhiêu trang tiếp theo, tính từ trang đầu
reload = Bảo Loa đang chạy đọc lại cài đặt và nguồn tin ngay; tự nó cũng làm vậy trong vài giây
backup = Sao chép cơ sở dữ liệu, kể cả khi Loa đang chạy
backup-after =
    Ví dụ: loa backup /var/backups/loa-monday.db

    Bản sao trọn vẹn dù lúc ấy đang ghi gì, và không ai khác đọc được: trong đó có mọi bài và những gì đã gửi.
    `bot.toml` và `feeds/` không nằm trong đó. `loa restore TỆP` khôi phục từ bản sao.
backup_file = Một tệp mới: không ghi đè lên tệp nào
restore = Khôi phục cơ sở dữ liệu từ bản sao; không tin nào bị báo hai lần vì thế
restore-after =
    Ví dụ: loa restore /var/backups/loa-monday.db

    Hãy dừng Loa trước. Cơ sở dữ liệu đang có được giữ lại dưới tên khác.
    Những gì các cổng đã đăng từ khi sao chép có thể đã được báo rồi; những gì còn chờ gửi lúc sao chép cũng vậy. Loa
    xem lại từng kênh và báo những gì chưa có ở đó; kênh nào không xem được thì không báo.
    Có `--announce` thì Loa báo tất cả mà không xem lại, và một phần bị báo hai lần.
restore_file = Tệp do `loa backup` tạo
restore_announce = Báo những gì đã đăng từ khi sao chép và gửi những gì còn chờ trong bản sao, không xem lại kênh
move = Chuyển mọi thứ đã lưu sang một nơi lưu trống thuộc cơ sở dữ liệu khác
move-after =
    Ví dụ: loa move --to postgres://loa@db.example/loa

    Hãy dừng trước mọi Loa đang dùng nơi này hay nơi kia. Từng dòng được đọc lại và so sánh; cuối cùng hoặc đủ tất cả,
    hoặc không có gì. Nơi lưu cũ còn nguyên, và với nơi mới không tin nào bị báo lại.
move_to = Một nơi lưu trống: `sqlite:` và một tệp, hoặc `postgres://` và một cơ sở dữ liệu
extract = Dùng riêng hai bộ đọc: các tiêu đề của trang danh sách, hoặc bài viết của trang bài
extract-after =
    Ví dụ:
      loa extract list --url https://portal.example/tin-tuc page.html
      loa extract article --json article.html
      echo '{ "{" }"file": "page.html", "url": "https://portal.example/"{ "}" }' | loa extract list --batch
extract_kind = Đọc các trang như là gì
extract_kind_list = các tiêu đề của một trang danh sách
extract_kind_article = bài viết trên trang của chính nó
extract_pages = Những trang đã lưu
extract_url = Địa chỉ mà các tệp được lấy về; các liên kết được tính từ đó
extract_json = Mỗi trang một đối tượng JSON trên đầu ra chuẩn, và không gì khác
extract_batch = Đọc từ đầu vào chuẩn mỗi dòng một `{ "{" }"file": path, "url": address{ "}" }` và đáp lại mỗi dòng một JSON, không dùng mạng
opml = OPML 2.0 của mọi nguồn, để nhập vào trình đọc tin
version = Chương trình này là gì: phiên bản, nền tảng, tính năng, SQLite
completions = Phần tự điền lệnh cho shell
completions-after =
    Ví dụ:
      loa completions bash > ~/.local/share/bash-completion/completions/loa
      loa completions zsh > ~/.zfunc/_loa
      loa completions fish > ~/.config/fish/completions/loa.fish
completions_shell = Shell nào
man = Trang hướng dẫn, cho `man`
man-after =
    Ví dụ:
      loa man | man -l -
      loa man status | man -l -
      loa man > /usr/local/share/man/man1/loa.1
man_command = Trang của một lệnh
