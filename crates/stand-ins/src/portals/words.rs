//! Tables of words that the portals' stories are made of. Every place, office and person in them is invented.

/// Wards and communes.
pub(super) const PLACES: &[&str] = &[
    "Hòa Phú Đông",
    "An Lạc Trung",
    "Phước Mỹ Tây",
    "Thanh Lâm",
    "Sơn Hải",
    "Cẩm Vân",
    "Vĩnh Lộc Thượng",
    "Xuân Đài",
    "Bình Sa",
    "Khánh Lương",
    "Tân Hội",
    "Long Điền Nam",
    "Quế Lâm",
    "Đại Trạch",
    "Yên Thịnh",
    "Mỹ Phong",
    "Trà Bồng Hạ",
    "Lộc Ninh Tây",
    "Nam Giang Thượng",
    "Ea Drăng",
    "Kim Sơn Đoài",
    "Phú Riềng Đỏ",
    "Hưng Lợi",
    "Suối Cát",
];

/// Who acts.
pub(super) const OFFICES: &[&str] = &[
    "Ủy ban nhân dân xã {place}",
    "Hội Chữ thập đỏ {place}",
    "Đoàn thanh niên {place}",
    "Hội Nông dân {place}",
    "Trung tâm y tế {place}",
    "Công an xã {place}",
    "Hội Liên hiệp phụ nữ {place}",
    "Trường trung học {place}",
    "Ban quản lý chợ {place}",
    "Đội thủy lợi {place}",
    "Hợp tác xã {place}",
    "Thư viện {place}",
    "Ban chỉ huy quân sự {place}",
    "Trạm khuyến nông {place}",
];

/// What is done.
pub(super) const WORKS: &[&str] = &[
    "khánh thành nhà văn hóa thôn",
    "tập huấn kỹ năng số cho người cao tuổi",
    "ra quân dọn vệ sinh bờ kè",
    "bàn giao nhà đại đoàn kết",
    "trao học bổng cho học sinh nghèo",
    "diễn tập phòng chống lụt bão",
    "khai mạc hội thi làm bánh dân gian",
    "tiêm vắc xin cho đàn gia súc",
    "trồng rừng phòng hộ ven biển",
    "lắp đèn năng lượng mặt trời",
    "mở lớp dạy bơi miễn phí",
    "thả cá giống về hồ chứa",
    "đối thoại với nông dân trồng tiêu",
    "kiểm tra an toàn thực phẩm bếp ăn",
    "ra mắt tổ thu gom rác tự quản",
    "sửa chữa cầu treo qua suối",
    "khám mắt và phát thuốc",
    "tổng kết vụ lúa hè thu",
    "ký giao ước thi đua cụm",
    "gặp mặt cựu chiến binh",
    "hướng dẫn nộp hồ sơ trực tuyến",
    "phát động tết trồng cây",
];

/// For whom, with whom, how much.
pub(super) const SCALES: &[&str] = &[
    "cho {count} hộ dân",
    "với {count} người tham gia",
    "tại {count} khu dân cư",
    "trong {count} ngày",
    "với kinh phí {count} triệu đồng",
    "cho {count} học sinh",
    "trên {count} héc ta",
    "ở {count} điểm trường",
    "cùng {count} tình nguyện viên",
    "sau {count} năm chờ đợi",
];

/// Headlines.
pub(super) const TITLES: &[&str] = &[
    "{office} {work} {scale}",
    "{place}: {work} {scale}",
    "Xã {place} {work} {scale} trước mùa mưa",
    "Nông dân {place} thu {count} triệu đồng nhờ {crop}",
    "Vì sao {count} hộ ở {place} chuyển sang trồng {crop}?",
    "Chủ tịch xã {place} kiểm tra tiến độ {work}",
    "Người {place} giữ nghề {craft} qua {count} mùa nước",
    "{office} khen thưởng {count} cá nhân có thành tích tốt",
    "Mưa lớn, {count} hộ dân {place} được đưa đến nơi an toàn",
    "Con đường {count} mét làm đổi thay thôn bản {place}",
    "Giá {crop} ở {place} tăng thêm {count} nghìn đồng mỗi tạ",
    "Đêm hội {craft} {place} đón {count} lượt khách",
];

/// Headlines of notices and decisions.
pub(super) const NOTICES: &[&str] = &[
    "Thông báo lịch tiếp công dân {office} đợt {count}",
    "Thông báo tạm ngừng cấp nước {count} giờ tại khu vực {place}",
    "Quyết định số {count} về việc phân bổ kinh phí {work}",
    "Thông báo mời thầu gói số {count}: {work} tại {place}",
    "V/v triển khai kế hoạch {work} trên địa bàn {place}, đợt {count}",
    "Kế hoạch số {count} về {work} của {office}",
    "Danh sách {count} hồ sơ đủ điều kiện xét tuyển tại {place}",
];

/// Headlines of films.
pub(super) const FILMS: &[&str] = &[
    "Phóng sự: một ngày cùng thợ {craft} ở {place}, tập {count}",
    "Bản tin truyền hình {place} số {count}",
    "Nhịp sống {place}: mùa {crop} thứ {count}",
];

pub(super) const CROPS: &[&str] =
    &["cam sành", "hồ tiêu", "sầu riêng", "lúa nếp", "rau thủy canh", "măng tre", "dưa lưới", "cà phê", "nấm rơm", "chè shan"];

pub(super) const CRAFTS: &[&str] = &["đan lát", "dệt chiếu", "làm gốm", "nấu đường phên", "đóng ghe", "rèn dao", "thêu tay", "làm nón"];

/// Leads.
pub(super) const LEADS: &[&str] = &[
    "{office} vừa phối hợp với các đơn vị trên địa bàn {work} {scale}, một việc được bà con mong đợi từ đầu năm nay.",
    "Từ sáng sớm, đông đảo người dân {place} đã có mặt để cùng {office} {work}, với sự góp sức của {count} tình nguyện viên.",
    "Sau nhiều tháng chuẩn bị, việc {work} ở {place} đã hoàn thành {scale}, sớm hơn kế hoạch {count} tuần.",
    "Nhờ {crop} và nghề {craft}, nhiều gia đình ở {place} có thêm thu nhập, bình quân {count} triệu đồng mỗi vụ.",
    "Ông {person}, người gắn bó với {place} suốt {count} năm, cho rằng {work} là bước đi đúng của địa phương.",
    "Thời tiết diễn biến thất thường khiến {office} phải thay đổi kế hoạch {work}, song {count} hộ dân vẫn được hỗ trợ kịp thời.",
];

/// Sentences; a paragraph is two or three of them.
pub(super) const SENTENCES: &[&str] = &[
    "Theo bà {person}, phụ trách công việc này ở {place}, đã có {count} gia đình đăng ký ngay trong tuần đầu tiên.",
    "{office} cho biết kinh phí được lấy từ nguồn xã hội hóa, trong đó riêng bà con {place} đóng góp {count} triệu đồng.",
    "Ông {person} kể rằng trước đây muốn đến {place} phải đi bộ gần {count} phút men theo bờ suối.",
    "Vụ vừa rồi, {count} sào {crop} của gia đình anh {person} cho năng suất cao hơn hẳn so với cách làm cũ.",
    "Đoàn công tác do ông {person} dẫn đầu đã đi kiểm tra {count} điểm và ghi nhận nhiều cách làm sáng tạo.",
    "Nghề {craft} tưởng đã mai một nay được {count} người trẻ ở {place} học lại và bán sản phẩm qua mạng.",
    "Trong số đó, {count} trường hợp khó khăn nhất được {office} cử người đến tận nhà giúp đỡ.",
    "Chị {person} chia sẻ, điều khiến chị vui nhất là lũ trẻ ở {place} không còn phải nghỉ học khi nước lên.",
    "Đến cuối buổi chiều, toàn bộ {count} phần việc đã xong và được bàn giao cho {office} quản lý.",
    "Anh {person}, thợ {craft} lâu năm, nhận dạy miễn phí cho {count} thanh niên trong xóm.",
    "Thống kê của {office} cho thấy lượng khách ghé {place} đã tăng gấp đôi, có ngày đón {count} đoàn.",
    "Thời gian tới, địa phương dự định mở rộng diện tích {crop} thêm {count} héc ta ở vùng đồi phía tây {place}.",
    "Bà {person} nhắc bà con giữ lại giống {crop} bản địa, bởi {count} năm qua nó chưa bao giờ phụ người trồng.",
    "Tại buổi gặp, {count} ý kiến của người dân {place} về nước sạch và đường đi đã được trả lời trực tiếp.",
    "Nhóm của {person} đã dành {count} buổi tối để vẽ lại bản đồ các hộ cần giúp khi có lũ.",
    "Ông {person} đề nghị {office} sớm bố trí người trực, vì {count} cụ già sống một mình rất cần được thăm hỏi.",
    "Cây cầu mới dài {count} mét, rộng đủ cho hai xe tránh nhau, nối {place} với vùng trồng {crop} bên kia sông.",
    "Em {person}, học sinh lớp chín ở {place}, lần đầu tiên được cầm trên tay chiếc máy tính do {count} nhà hảo tâm góp tặng.",
    "Giá bán {crop} tại vườn hiện ở mức {count} nghìn đồng, thương lái đến {place} đặt cọc từ khi quả còn xanh.",
    "{office} lưu ý người dân không nghe theo lời mời chào qua điện thoại; đã có {count} cuộc gọi như vậy bị báo lại.",
    "Bếp ăn tập thể ở {place} mỗi ngày nấu {count} suất, do bà {person} cùng các chị em thay nhau đứng bếp.",
    "Trong 10 tháng năm 2026, {office} đã giải quyết {count} hồ sơ, trong đó phần lớn được trả trước hạn.",
    "Hạn nộp hồ sơ: 05/12/2026, tại bộ phận một cửa của {office}; ai cần hỏi thêm xin gặp {person} ở phòng số {count}.",
    "Sau cơn mưa, {person} cùng {count} dân quân dựng lại hàng rào và khơi thông cống rãnh quanh chợ.",
];

/// What a picture shows.
pub(super) const CAPTIONS: &[&str] = &[
    "Bà con {place} trong ngày {work}, với sự có mặt của {person}",
    "Ông {person} giới thiệu sản phẩm {craft} của {place}",
    "Vườn {crop} rộng {count} héc ta ở {place} nhìn từ trên cao",
    "{count} phần quà được xếp sẵn ở sân nhà văn hóa {place}",
];

/// What a table counts.
pub(super) const TABLES: &[&str] = &[
    "Bảng tổng hợp hỗ trợ tại {place}, đợt {count}",
    "Sản lượng {crop} của {place} qua {count} vụ",
    "Lịch {work} tại {place}, tổ {count}",
];

/// The first cells of a table.
pub(super) const HEADERS: &[[&str; 3]] = &[
    ["Thôn, bản", "Số hộ", "Kinh phí (triệu đồng)"],
    ["Đơn vị", "Diện tích (ha)", "Sản lượng (tạ)"],
    ["Khu dân cư", "Thời gian", "Địa điểm"],
];

/// Files that hang below a text.
pub(super) const FILES: &[&str] =
    &["Quyết định số {count}.pdf", "Kế hoạch số {count} của {place}.pdf", "Danh sách kèm theo công văn {count}.pdf"];

pub(super) const SURNAMES: &[&str] = &["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Lý", "Y"];
pub(super) const MIDDLES: &[&str] = &["Văn", "Thị", "Minh", "Thanh", "Đức", "Ngọc", "Hữu", "Quốc"];
pub(super) const GIVEN: &[&str] =
    &["An", "Bình", "Châu", "Dũng", "Giang", "Hạnh", "Khoa", "Lan", "Mạnh", "Nga", "Oanh", "Phúc", "Quyên", "Sang", "Tuyết", "Vinh"];

/// Who signs the stories.
pub(super) const AUTHORS: &[&str] =
    &["An Nhiên", "Hoàng Sa Pa", "Mộc Miên", "Hải Đăng", "Thu Nguyệt", "Lam Thủy", "Trọng Khôi", "Vân Khánh"];
