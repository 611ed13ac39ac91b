//! The words that sample stories are made of. The city, its wards and all events are invented.

/// A story with gaps: `{place}` a ward, `{count}` a number, `{day}` a day as `17-1`.
pub(super) struct Text {
    pub title: &'static str,
    pub lead: &'static str,
    pub paragraphs: &'static [&'static str],
    pub caption: Option<&'static str>,
}

/// Wards of a city that does not exist.
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
];

/// Pen names.
pub(super) const AUTHORS: &[&str] = &["AN NHIÊN", "SÔNG BIỂN", "MỘC MIÊN", "HẢI ĐĂNG", "MAI VÀNG", "ĐỒNG XANH", "LAM THỦY"];

pub(super) const TEXTS: &[Text] = &[
    Text {
        title: "Công an phường {place} tặng {count} suất quà cho học sinh vượt khó",
        lead: "Sáng {day}, Công an phường {place} phối hợp với các trường học trên địa bàn trao {count} suất quà cho học sinh có hoàn cảnh khó khăn.",
        paragraphs: &[
            "Mỗi suất quà gồm cặp sách, vở viết, áo ấm và một khoản tiền mặt, trích từ quỹ tiết kiệm của cán bộ, chiến sĩ trong đơn vị.",
            "Tại buổi trao quà, đại diện nhà trường cho biết các em nhận quà đều có kết quả học tập tốt, nhiều em đạt giải trong các kỳ thi cấp thành phố.",
            "Hoạt động này được đơn vị duy trì nhiều năm nay, góp phần thắt chặt tình cảm giữa lực lượng Công an và nhân dân trên địa bàn.",
        ],
        caption: Some("Các em học sinh phường {place} nhận quà trong buổi sáng {day}"),
    },
    Text {
        title: "Cảnh báo thủ đoạn giả danh nhân viên \"điện lực\" & ngân hàng để lừa đảo tại phường {place}",
        lead: "Trong ba tuần qua, Công an phường {place} tiếp nhận {count} tin báo về các cuộc gọi tự xưng là nhân viên điện lực hoặc ngân hàng.",
        paragraphs: &[
            "Các đối tượng thông báo người dân còn nợ cước, yêu cầu cài đặt một ứng dụng lạ để \"tra cứu hóa đơn\", sau đó chiếm quyền điều khiển điện thoại.",
            "Cơ quan Công an khuyến cáo người dân không cài đặt ứng dụng qua đường dẫn gửi trong tin nhắn, không cung cấp mã xác thực cho bất kỳ ai.",
            "Khi nhận cuộc gọi đáng ngờ, người dân cần bình tĩnh, ghi lại số điện thoại và báo ngay cho Công an nơi gần nhất.",
            "Đơn vị cũng đã in {count} tấm áp phích, dán tại nhà văn hóa các khu dân cư để bà con dễ nhận biết.",
        ],
        caption: None,
    },
    Text {
        title: "Diễn tập chữa cháy và cứu nạn tại chợ {place}",
        lead: "Chiều {day}, gần {count} tiểu thương cùng lực lượng chữa cháy cơ sở tham gia diễn tập xử lý tình huống cháy tại chợ {place}.",
        paragraphs: &[
            "Tình huống giả định là chập điện tại một quầy vải ở tầng một, khói lan nhanh và có người mắc kẹt phía trong.",
            "Sau sáu phút, đội chữa cháy cơ sở đã cắt điện, dùng bình bột khống chế ngọn lửa và đưa người bị nạn ra ngoài an toàn.",
            "Ban quản lý chợ cam kết kiểm tra lại toàn bộ đường dây điện, sắp xếp hàng hóa thông thoáng và giữ lối thoát nạn không bị che chắn.",
        ],
        caption: Some("Tiểu thương chợ {place} thực hành sử dụng bình chữa cháy"),
    },
    Text {
        title: "Cấp căn cước lưu động cho người cao tuổi phường {place}",
        lead: "Tổ cấp căn cước lưu động đã đến tận nhà {count} người cao tuổi, người khuyết tật ở phường {place} để làm thủ tục.",
        paragraphs: &[
            "Thay vì phải đến trụ sở, bà con chỉ cần đăng ký với cảnh sát khu vực, tổ công tác sẽ hẹn ngày đến thu nhận hồ sơ.",
            "Toàn bộ máy ảnh, máy quét vân tay được đóng gói gọn trong hai chiếc va li, có thể lắp đặt trong mười phút.",
            "Dự kiến đến cuối tháng, đơn vị hoàn thành việc cấp căn cước cho tất cả các trường hợp đặc biệt trên địa bàn.",
            "Nhiều gia đình bày tỏ sự cảm kích trước cách làm vì dân của tổ công tác.",
        ],
        caption: Some("Tổ công tác thu nhận hồ sơ tại nhà một cụ bà 92 tuổi"),
    },
    Text {
        title: "Phường {place} ra mắt mô hình “Camera với an ninh, trật tự”",
        lead: "Ngày {day}, phường {place} ra mắt mô hình camera an ninh với {count} mắt camera lắp đặt tại các ngã ba, ngã tư và cổng trường học.",
        paragraphs: &[
            "Kinh phí thực hiện do người dân và doanh nghiệp đóng góp, tín hiệu được truyền về trụ sở Công an phường để theo dõi suốt ngày đêm.",
            "Chỉ sau một tuần chạy thử, hệ thống đã giúp tìm lại hai chiếc xe đạp điện bị lấy cắp và xác định một trường hợp đổ rác sai nơi quy định.",
            "Thời gian tới, mô hình sẽ được nhân rộng ra các khu dân cư còn lại.",
        ],
        caption: Some("Hệ thống màn hình theo dõi đặt tại trụ sở"),
    },
    Text {
        title: "Hội thao \"Khỏe để bảo vệ bình yên\" & những con số ấn tượng ở {place}",
        lead: "Hội thao chào mừng ngày truyền thống diễn ra trong hai ngày tại sân vận động {place} với {count} đội tham gia.",
        paragraphs: &[
            "Các vận động viên tranh tài ở bốn nội dung: chạy việt dã, kéo co, bóng chuyền và võ thuật.",
            "Kết thúc hội thao, ban tổ chức trao giải nhất toàn đoàn cho đội chủ nhà, đội thanh niên xung kích về nhì.",
            "Điểm mới của năm nay là phần thi tuyên truyền về an toàn giao thông, được khán giả cổ vũ nồng nhiệt.",
        ],
        caption: Some("Phần thi kéo co giữa hai đội mạnh nhất"),
    },
    Text {
        title: "Tuần tra ban đêm, kịp thời hỗ trợ người đi đường gặp nạn ở {place}",
        lead: "Khoảng 23 giờ 40 ngày {day}, tổ tuần tra đi qua địa bàn {place} phát hiện một người đàn ông ngã xe bên đường và lập tức sơ cứu.",
        paragraphs: &[
            "Nạn nhân bị thương ở chân, được tổ công tác băng bó tạm thời rồi dùng xe chuyên dụng đưa đến bệnh viện gần nhất.",
            "Chiếc xe máy và túi xách của nạn nhân, trong đó có {count} triệu đồng, được niêm phong và bàn giao lại cho gia đình ngay trong đêm.",
            "Theo thống kê, từ đầu năm các tổ tuần tra đã hỗ trợ hàng chục trường hợp tương tự.",
        ],
        caption: None,
    },
    Text {
        title: "Tuyên truyền an toàn giao thông cho {count} lớp học tại phường {place}",
        lead: "Từ ngày {day}, cảnh sát giao thông phối hợp với các trường ở phường {place} tổ chức những tiết học về an toàn giao thông.",
        paragraphs: &[
            "Mỗi tiết học kéo dài 45 phút, gồm phần xem phim ngắn, trả lời câu hỏi và thực hành đội mũ bảo hiểm đúng cách.",
            "Học sinh lớp lớn còn được hướng dẫn cách nhận biết điểm mù của xe tải và kỹ năng qua đường an toàn.",
            "Phụ huynh ký cam kết không giao xe máy cho con em chưa đủ tuổi điều khiển.",
            "Ban tổ chức tặng mũ bảo hiểm cho những em trả lời đúng nhiều câu hỏi nhất.",
            "Chương trình sẽ tiếp tục ở các trường còn lại trong học kỳ này.",
        ],
        caption: Some("Học sinh phường {place} thực hành đội mũ bảo hiểm"),
    },
    Text {
        title: "Cẩn trọng với tin nhắn chứa đường dẫn lạ và thẻ <b>khuyến mãi</b> ở {place}",
        lead: "Nhiều người dân phường {place} nhận được tin nhắn có dòng chữ <b>khuyến mãi</b> kèm đường dẫn, dẫn tới trang thu thập thông tin cá nhân.",
        paragraphs: &[
            "Theo cơ quan chức năng, trang này sao chép giao diện của một sàn thương mại, yêu cầu nhập số thẻ & mã bảo mật.",
            "Đã có {count} người nhập thông tin trước khi nhận ra dấu hiệu bất thường; rất may ngân hàng đã kịp thời khóa thẻ.",
            "Người dân cần kiểm tra kỹ tên miền, chỉ giao dịch trên ứng dụng chính thức và bật cảnh báo biến động số dư.",
        ],
        caption: None,
    },
    Text {
        title: "Ngày hội toàn dân bảo vệ an ninh tại khu dân cư số {count}, phường {place}",
        lead: "Tối {day}, đông đảo bà con khu dân cư số {count}, phường {place} tham dự ngày hội với nhiều tiết mục văn nghệ tự biên.",
        paragraphs: &[
            "Mở đầu chương trình, ban công tác mặt trận điểm lại kết quả một năm thực hiện quy ước khu dân cư: không có cháy nổ, không có trộm cắp.",
            "Ba tập thể và năm gia đình tiêu biểu được biểu dương vì có nhiều đóng góp cho phong trào.",
            "Sau phần lễ là bữa cơm đoàn kết do chính bà con chuẩn bị.",
        ],
        caption: Some("Tiết mục mở màn của đội văn nghệ khu dân cư"),
    },
    Text {
        title: "Trao trả tài sản {count} triệu đồng cho người đánh rơi ở phường {place}",
        lead: "Nhặt được chiếc ví có {count} triệu đồng, một em học sinh lớp 7 ở phường {place} đã mang đến trụ sở Công an nhờ tìm người mất.",
        paragraphs: &[
            "Qua giấy tờ trong ví, cán bộ trực ban xác định chủ nhân là một du khách đang lưu trú trên địa bàn và liên hệ trao trả trong buổi chiều {day}.",
            "Nhận lại tài sản, vị khách xúc động gửi lời cảm ơn và tặng em một bộ sách.",
            "Nhà trường đã tuyên dương em trong giờ chào cờ đầu tuần.",
        ],
        caption: Some("Chủ nhân chiếc ví nhận lại tài sản"),
    },
    Text {
        title: "Đường hoa & bích họa thay rác thải ở hẻm {count}, phường {place}",
        lead: "Con hẻm số {count} từng là điểm tập kết rác nay được đoàn viên thanh niên và cảnh sát khu vực phường {place} biến thành đường hoa.",
        paragraphs: &[
            "Gần hai trăm chậu hoa được trồng từ vỏ lốp xe cũ, mảng tường dài bốn mươi mét được vẽ tranh về biển và những con thuyền.",
            "Người dân trong hẻm phân công nhau tưới cây mỗi sáng, nhắc nhở khách vãng lai bỏ rác đúng nơi quy định.",
            "Từ khi có đường hoa, tình trạng đổ trộm rác không còn tái diễn.",
        ],
        caption: Some("Bức tường cũ nay là nơi nhiều người ghé chụp ảnh"),
    },
    Text {
        title: "Thông báo lịch tiếp công dân tháng này của Công an phường {place}",
        lead: "Công an phường {place} thông báo lịch tiếp công dân định kỳ vào sáng thứ Ba và chiều thứ Năm hằng tuần, bắt đầu từ {day}.",
        paragraphs: &[
            "Buổi sáng từ 7 giờ 30 đến 11 giờ, buổi chiều từ 13 giờ 30 đến 16 giờ 30, tại phòng tiếp dân ở tầng một.",
            "Công dân đến làm việc mang theo căn cước, đơn thư cần ghi rõ họ tên và địa chỉ liên hệ.",
            "Các trường hợp khẩn cấp được tiếp nhận ngoài giờ qua số điện thoại trực ban.",
        ],
        caption: None,
    },
    Text {
        title: "Giải cứu chú chó mắc kẹt dưới cống, cả xóm ở {place} vỡ òa",
        lead: "Sau gần {count} phút nỗ lực, lực lượng cứu nạn đã đưa một chú chó mắc kẹt dưới cống thoát nước ở {place} lên an toàn.",
        paragraphs: &[
            "Nhận tin báo lúc 9 giờ sáng {day}, tổ công tác mang theo đèn, dây và thang đến hiện trường, dùng máy bơm hạ mực nước trong cống.",
            "Một cán bộ trong tổ chui qua đoạn ống rộng chưa đầy năm mươi phân để tiếp cận con vật.",
            "Khi chú chó được đưa lên, bà con đứng hai bên đường vỗ tay không ngớt.",
            "Đơn vị thoát nước cho biết sẽ lắp lại nắp cống bị vỡ ngay trong ngày.",
        ],
        caption: Some("Chú chó được lau khô và trao lại cho chủ"),
    },
];
