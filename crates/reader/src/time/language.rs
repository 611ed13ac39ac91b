//! The words of dates in the languages that news sites use: units of time, days, zones. Months are in [`super::months`].
//!
//! All of them are written as [`super::token::Tokens`] folds them: lower case, no accents.

/// Whether a month's name is sure to be one where no year follows: `5 set` and `2 out` are not.
pub(super) fn is_month_without_year(word: &str) -> bool {
    // Names in other scripts are short, and no words of languages that have the same letters.
    word.chars().count() >= if word.is_ascii() { 5 } else { 3 }
        || matches!(word, "jan" | "feb" | "apr" | "may" | "june" | "jun" | "july" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec")
}

/// Vietnamese numerals as they follow `tháng` and `thứ`.
pub(super) fn numeral(word: &str) -> Option<i8> {
    let numerals = ["mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"];
    (1..).zip(numerals).find(|(_, numeral)| *numeral == word).map(|(value, _)| value)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

/// The unit that a word of a relative date names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    let unit = match word {
        "giay" | "second" | "seconds" | "sec" | "secs" | "sekunden" | "secondes" | "segundos" => Unit::Seconds,
        "phut" | "p" | "minute" | "minutes" | "min" | "mins" | "minuten" | "minutos" | "minuti" | "минут" | "минуту" | "минуты" => {
            Unit::Minutes
        }
        "gio" | "tieng" | "hour" | "hours" | "hr" | "hrs" | "h" | "stunde" | "stunden" | "heure" | "heures" | "hora" | "horas" | "ora"
        | "ore" | "час" | "часа" | "часов" => Unit::Hours,
        "ngay" | "day" | "days" | "tag" | "tagen" | "jour" | "jours" | "dia" | "dias" | "giorno" | "giorni" | "день" | "дня" | "днеи" => {
            Unit::Days
        }
        "tuan" | "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines" | "semana" | "semanas" => Unit::Weeks,
        "thang" | "month" | "months" | "monat" | "monaten" | "mois" | "mes" | "meses" => Unit::Months,
        "nam" | "year" | "years" | "jahr" | "jahren" | "an" | "ans" | "ano" | "anos" => Unit::Years,
        _ => return None,
    };
    Some(unit)
}

/// "Hours ago" in writing without spaces, after the number.
pub(super) const UNITS_AGO: &[(&str, Unit)] = &[
    ("秒前", Unit::Seconds),
    ("秒钟前", Unit::Seconds),
    ("초전", Unit::Seconds),
    ("分前", Unit::Minutes),
    ("分钟前", Unit::Minutes),
    ("分鐘前", Unit::Minutes),
    ("분전", Unit::Minutes),
    ("時間前", Unit::Hours),
    ("小时前", Unit::Hours),
    ("小時前", Unit::Hours),
    ("시간전", Unit::Hours),
    ("日前", Unit::Days),
    ("天前", Unit::Days),
    ("일전", Unit::Days),
    ("周前", Unit::Weeks),
    ("週間前", Unit::Weeks),
    ("个月前", Unit::Months),
    ("個月前", Unit::Months),
    ("か月前", Unit::Months),
    ("개월전", Unit::Months),
    ("年前", Unit::Years),
    ("년전", Unit::Years),
];

pub(super) fn is_ago(word: &str) -> bool {
    matches!(word, "truoc" | "ago" | "fa" | "назад" | "тому" | "geleden" | "atras")
}

/// Words in front of a number that make what follows relative: `cách đây`, `vor`, `hace`, `il y a`.
pub(super) fn begins_ago(before: Option<&str>, word: &str) -> bool {
    matches!((before, word), (Some("cach"), "day") | (_, "vor" | "hace" | "ha") | (Some("y"), "a"))
}

/// How many days before today a word means, alone or with the word after it, and of how many words that is.
pub(super) fn days_back(word: &str, next: Option<&str>, language: &str) -> Option<(i64, usize)> {
    match (word, next) {
        // German has `hier`, here, and English `dun`.
        ("hier", _) if language == "fr" => Some((1, 1)),
        ("dun", _) if language == "tr" => Some((1, 1)),
        ("hom", Some("nay")) | ("今", Some("天" | "日")) | ("오", Some("늘")) => Some((0, 2)),
        ("hom", Some("qua")) | ("昨", Some("天" | "日")) | ("어", Some("제")) => Some((1, 2)),
        ("hom", Some("kia")) => Some((2, 2)),
        ("sang" | "trua" | "chieu" | "toi", Some("nay")) => Some((0, 2)),
        ("chieu" | "toi" | "dem", Some("qua")) => Some((1, 2)),
        (
            "today" | "heute" | "hoy" | "hoje" | "oggi" | "aujourd" | "сегодня" | "сьогодні" | "vandaag" | "bugun" | "dnes" | "dzis"
            | "dzisiaj" | "idag",
            _,
        ) => Some((0, 1)),
        ("yesterday" | "gestern" | "ayer" | "ontem" | "ieri" | "вчера" | "вчора" | "gisteren" | "vcera" | "wczoraj", _) => {
            Some((1, 1))
        }
        _ => None,
    }
}

/// Words that may stand between a date and its time of day.
pub(super) fn is_between(word: &str) -> bool {
    matches!(
        word,
        "luc"
            | "vao"
            | "hoi"
            | "ngay"
            | "cn"
            | "at"
            | "on"
            | "um"
            | "a"
            | "as"
            | "las"
            | "alle"
            | "ore"
            | "в"
            | "o"
            | "godz"
            | "om"
            | "kl"
            | "klo"
            | "pukul"
            | "jam"
            | "saat"
            | "ساعت"
            | "الساعه"
            | "เวลา"
            | "г"
            | "года"
            | "р"
            | "року"
            | "v"
            | "u"
            | "ob"
            | "ora"
            | "orele"
            | "στις"
            | "בשעה"
            | "h"
            | "d"
            | "թ"
            | "am"
            | "pm"
    ) || is_weekday(word)
}

fn is_weekday(word: &str) -> bool {
    matches!(
        word,
        "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
            | "月" | "火" | "水" | "木" | "金" | "土" | "日" | "曜" | "星" | "期" | "周" | "週" | "一" | "二" | "三" | "四" | "五" | "六" | "天"
            | "월" | "화" | "수" | "목" | "금" | "토" | "일" | "요"
            | "pazartesi" | "sali" | "carsamba" | "persembe" | "cuma" | "cumartesi" | "pazar"
            | "hetfo" | "kedd" | "szerda" | "csutortok" | "pentek" | "szombat" | "vasarnap"
            | "pirmadienis" | "antradienis" | "treciadienis" | "ketvirtadienis" | "penktadienis" | "sestadienis" | "sekmadienis"
            // Halves of the day stand before the hour and are read with it.
            | "上" | "下" | "中" | "午" | "前" | "後" | "晚" | "早" | "凌" | "清" | "晨" | "傍" | "오" | "전" | "후"
    )
}

/// Offsets in minutes of the zone names that mean one offset only.
pub(super) fn zone(word: &str) -> Option<i32> {
    let hours = match word {
        "utc" | "gmt" | "ut" | "wet" => 0,
        "ict" | "wib" => 7,
        "wita" | "sgt" | "hkt" => 8,
        "wit" => 9,
        "cet" | "bst" | "mez" => 1,
        "cest" | "eet" | "mesz" => 2,
        "eest" | "msk" => 3,
        "jst" | "kst" => 9,
        "edt" => -4,
        "est" | "cdt" => -5,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        _ => return None,
    };
    Some(hours * 60)
}
