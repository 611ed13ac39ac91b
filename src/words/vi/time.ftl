never = chưa lần nào
now = bây giờ
ago = { $length } trước
ahead = sau { $length } nữa
seconds = { $count } giây
minutes = { $count } phút
hours = { $count } giờ
days = { $count } ngày
