//! The words of dates in the languages that news sites use: months, units of time, days, parts of the day.
//!
//! All of them are written as [`super::token::Tokens`] folds them: lower case, no accents.

use std::{collections::HashMap, sync::LazyLock};

/// Names and short forms, January first.
const MONTHS: [&str; 12] = [
    "january jan januar janner jan januari janv janvier enero ene gennaio gen janeiro styczen stycznia январь января янв січень січня січ leden ledna ocak oca tammikuuta ianuarie ian ιανουαριου ιαν",
    "february feb februar februari fevrier fevr fev febrero febbraio fevereiro luty lutego февраль февраля фев лютии лютого лют unor unora subat sub helmikuuta februarie φεβρουαριου φεβ",
    "march mar marz maerz mrz mars marzo marco maart maret marzec marca март марта мар березень березня бер brezen brezna mart maaliskuuta marcius martie μαρτιου μαρ",
    "april apr avril avr abril abr aprile kwiecien kwietnia апрель апреля апр квітень квітня кві duben dubna nisan nis huhtikuuta aprilis aprilie απριλιου απρ",
    "may mai mayo maggio mag maio mei maj maja маи мая травень травня тра kveten kvetna mayis toukokuuta majus μαιου μαι",
    "june jun juni juin junio giugno giu junho czerwiec czerwca июнь июня июн червень червня чер cerven cervna haziran haz kesakuuta junius iunie ιουνιου ιουν",
    "july jul juli juillet juil julio luglio lug julho lipiec lipca июль июля июл липень липня лип cervenec cervence temmuz tem heinakuuta julius iulie ιουλιου ιουλ",
    "august aug aout agosto ago augustus sierpien sierpnia август августа авг серпень серпня сер srpen srpna agustos agu agustus elokuuta augusztus αυγουστου αυγ",
    "september sep sept septembre septiembre settembre set setembro wrzesien wrzesnia сентябрь сентября сен сент вересень вересня вер zari eylul eyl syyskuuta szeptember septembrie σεπτεμβριου σεπ",
    "october oct oktober okt octobre octubre ottobre ott outubro out pazdziernik pazdziernika октябрь октября окт жовтень жовтня жов rijen rijna ekim eki lokakuuta octombrie οκτωβριου οκτ",
    "november nov novembre noviembre novembro listopad listopada listopadu ноябрь ноября ноя листопад листопада лис kasim kas marraskuuta noiembrie νοεμβριου νοε",
    "december dec dezember dez decembre diciembre dic dicembre dezembro desember des grudzien grudnia декабрь декабря дек грудень грудня гру prosinec prosince aralik ara joulukuuta decembrie δεκεμβριου δεκ",
];

static MONTH_OF: LazyLock<HashMap<&str, i8>> =
    LazyLock::new(|| (1..).zip(MONTHS).flat_map(|(month, names)| names.split(' ').map(move |name| (name, month))).collect());

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<i8> {
    MONTH_OF.get(word).copied()
}

/// Whether a month's name is sure to be one where no year follows: `5 set` and `2 out` are not.
pub(super) fn is_month_without_year(word: &str) -> bool {
    word.chars().count() >= 5
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
        "phut" | "minute" | "minutes" | "min" | "mins" | "minuten" | "minutos" | "minuti" | "минут" | "минуту" | "минуты" => {
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

/// How many days before today a word means, alone or with the word before it.
pub(super) fn days_back(word: &str, next: Option<&str>) -> Option<(i64, usize)> {
    match (word, next) {
        ("hom", Some("nay")) | ("今", Some("天" | "日")) | ("오", Some("늘")) => Some((0, 2)),
        ("hom", Some("qua")) | ("昨", Some("天" | "日")) | ("어", Some("제")) => Some((1, 2)),
        ("hom", Some("kia")) => Some((2, 2)),
        ("today" | "heute" | "hoy" | "oggi" | "aujourd" | "сегодня" | "vandaag", _) => Some((0, 1)),
        ("yesterday" | "gestern" | "ayer" | "ieri" | "вчера" | "gisteren", _) => Some((1, 1)),
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
    ) || is_weekday(word)
}

fn is_weekday(word: &str) -> bool {
    matches!(
        word,
        "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
            | "月" | "火" | "水" | "木" | "金" | "土" | "日" | "曜" | "星" | "期" | "周" | "週" | "一" | "二" | "三" | "四" | "五" | "六" | "天"
            | "월" | "화" | "수" | "목" | "금" | "토" | "일" | "요"
            // Halves of the day stand before the hour and are read with it.
            | "上" | "下" | "午" | "前" | "後" | "오" | "전" | "후"
    )
}

/// Offsets in minutes of the zone names that mean one offset only.
pub(super) fn zone(word: &str) -> Option<i32> {
    let hours = match word {
        "utc" | "gmt" | "ut" | "wet" => 0,
        "ict" => 7,
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
