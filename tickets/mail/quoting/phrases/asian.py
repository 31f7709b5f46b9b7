"""Chinese, Japanese, Korean, Vietnamese, Thai, Indonesian, Hebrew, Arabic, Turkish, Persian, Hindi."""

from tickets.mail.quoting.phrases.phrases import Phrases

CHINESE = Phrases(
    opens=("在", "于", "於"),
    wrote=("写道", "寫道", "写入", "写了", "寫"),
    sender=("发件人", "寄件者", "寄件人", "發件人", "发自"),
    sent=("发送时间", "日期", "寄件日期", "发送日期", "傳送日期", "時間", "时间", "發送時間"),
    to=("收件人", "收件者"),
    copy=("抄送", "副本"),
    subject=("主题", "主旨", "主題"),
    original=("原始邮件", "原始郵件", "邮件原件", "原郵件", "回复的原邮件", "原邮件"),
    forwarded=("转发的邮件", "转发邮件", "轉寄郵件", "已转发邮件", "下面是被转发的邮件", "轉寄的訊息", "转发邮件信息"),
    sent_from=("发自我的", "從我的", "从我的", "寄自我的", "發自我的", "获取 outlook", "发送自"),
)
JAPANESE = Phrases(
    wrote=("のメール", "が書きました", "は書きました", "wrote"),
    sender=("差出人", "送信者", "送信元", "from"),
    sent=("送信日時", "日付", "日時", "送信日"),
    to=("宛先", "to"),
    subject=("件名",),
    original=("元のメッセージ", "オリジナルメッセージ", "元のメール"),
    forwarded=("転送メッセージ", "転送されたメッセージ", "転送元メッセージ"),
    sent_from=(
        "iphoneから送信",
        "私のiphoneから",
        "ipadから送信",
        "スマートフォンから送信",
        "androidから送信",
        "ios 版 outlook を入手",
        "android 版 outlook を入手",
        "ios 用 outlook を入手",
    ),
)
KOREAN = Phrases(
    wrote=("작성", "님이 작성", "님이 씀", "썼습니다"),
    sender=("보낸 사람", "보낸사람", "발신"),
    sent=("보낸 날짜", "날짜", "보낸날짜"),
    to=("받는 사람", "받는사람", "수신"),
    copy=("참조",),
    subject=("제목",),
    original=("원본 메시지", "원본메시지", "원본 메일"),
    forwarded=("전달된 메시지", "전달된 메일"),
    sent_from=("나의 iphone에서 보냄", "내 iphone에서", "iphone에서 보냄"),
)
VIETNAMESE = Phrases(
    opens=("vào", "vào lúc", "lúc"),
    wrote=("đã viết", "viết"),
    sender=("từ",),
    sent=("đã gửi", "ngày", "gửi"),
    to=("tới", "đến"),
    subject=("chủ đề", "tiêu đề"),
    original=("thư gốc", "tin nhắn gốc"),
    forwarded=("thư đã chuyển tiếp", "tin nhắn được chuyển tiếp"),
    sent_from=("đã gửi từ", "được gửi từ", "gửi từ"),
)
THAI = Phrases(
    opens=("เมื่อ", "ใน"),
    wrote=("เขียนว่า", "เขียน"),
    sender=("จาก",),
    sent=("ส่ง", "วันที่"),
    to=("ถึง",),
    subject=("เรื่อง", "หัวข้อ"),
    original=("ข้อความเดิม", "ข้อความต้นฉบับ"),
    forwarded=("ข้อความที่ส่งต่อ",),
    sent_from=("ส่งจาก",),
)
INDONESIAN = Phrases(
    opens=("pada",),
    wrote=("menulis", "tulis"),
    sender=("dari",),
    sent=("dikirim", "tanggal"),
    to=("kepada", "untuk"),
    subject=("subjek", "perihal"),
    original=("pesan asli",),
    forwarded=("pesan terusan", "pesan yang diteruskan"),
    sent_from=("dikirim dari",),
)
TURKISH = Phrases(
    opens=("tarihinde",),
    wrote=("şunu yazdı", "yazdı", "şunları yazdı"),
    sender=("kimden", "gönderen"),
    sent=("gönderildi", "tarih", "gönderme tarihi"),
    to=("kime",),
    copy=("bilgi",),
    subject=("konu",),
    original=("özgün ileti", "orijinal mesaj", "orijinal ileti"),
    forwarded=("yönlendirilmiş ileti", "iletilmiş mesaj", "iletilen mesaj"),
    sent_from=(
        "iphone'umdan gönderildi",
        "telefonumdan gönderildi",
        "ipad'imden gönderildi",
        "galaxy cihazımdan gönderildi",
    ),
)
HEBREW = Phrases(
    opens=("בתאריך", "ב-", "ביום"),
    wrote=("כתב", "כתבה", "מאת", "כתב/ה"),
    sender=("מאת",),
    sent=("נשלח", "תאריך"),
    to=("אל",),
    subject=("נושא",),
    original=("הודעה מקורית",),
    forwarded=("הודעה שהועברה",),
    sent_from=("נשלח מה", "נשלח מ"),
)
ARABIC = Phrases(
    opens=("في", "بتاريخ"),
    wrote=("كتب", "كتبت"),
    sender=("من",),
    sent=("تم الإرسال", "التاريخ", "تاريخ الإرسال"),
    to=("إلى",),
    subject=("الموضوع",),
    original=("الرسالة الأصلية", "رسالة أصلية"),
    forwarded=("رسالة معاد توجيهها",),
    sent_from=("أرسلت من", "أُرسلت من", "مرسل من", "تم الإرسال من"),
)
PERSIAN = Phrases(
    opens=("در تاریخ", "در"),
    wrote=("نوشت", "نوشته است"),
    sender=("از",),
    sent=("ارسال شده", "تاریخ"),
    to=("به",),
    subject=("موضوع",),
    original=("پیام اصلی",),
    forwarded=("پیام هدایت شده",),
    sent_from=("ارسال شده از",),
)
HINDI = Phrases(
    wrote=("ने लिखा",),
    sender=("प्रेषक",),
    sent=("भेजा गया", "दिनांक"),
    to=("प्रति",),
    subject=("विषय",),
    original=("मूल संदेश",),
    forwarded=("अग्रेषित संदेश",),
)
LANGUAGES = (CHINESE, JAPANESE, KOREAN, VIETNAMESE, THAI, INDONESIAN, TURKISH, HEBREW, ARABIC, PERSIAN, HINDI)
