feed = nguồn tin
page = trang
from_folder = { $count } nguồn tin, mỗi nguồn định nghĩa bằng một tệp trong `feeds/`
from_store = { $count } nguồn tin, định nghĩa nằm trong kho dữ liệu
exported = đã ghi { $count } định nghĩa vào `{ $folder }`
same_there = { $count } định nghĩa đã có sẵn ở đó
