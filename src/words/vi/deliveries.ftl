none = không có tin nào
id = SỐ
channel = KÊNH
state = TÌNH TRẠNG
queued = XẾP HÀNG
title = TIÊU ĐỀ
state_name = { $state ->
    [queued] chờ gửi
    [sending] đang gửi
    [sent] đã gửi
    [unknown] chưa rõ
    [dead] bị từ chối
    [shown] đã hiện
    [dropped] đã bỏ
   *[other] { $state }
}
unclear = chưa rõ: có thể đã gửi hoặc chưa, xin xem trong kênh; `loa deliveries retry { $id }` gửi lại, `loa deliveries drop { $id }` bỏ tin đó
queued_again = tin { $id } được xếp hàng lại
dropped = tin { $id } sẽ không được gửi
all_queued_again = { $count } tin được xếp hàng lại
all_dropped = { $count } tin sẽ không được gửi
