//! A time as the pages say it: in the portal's own zone, which is named.

use loa_reader::time::{Precision, Stamp};

use crate::words::{Language, web};

/// `07:29, 18/01/2024 (UTC+7)`, or the day alone where the page gave no more.
pub fn moment(language: Language, stamp: &Stamp) -> String {
    let at = &stamp.at;
    let day = at.strftime(&web::day_format(language)).to_string();
    match stamp.precision {
        Precision::Day => day,
        Precision::Minute => web::moment(language, &at.strftime("%H:%M").to_string(), &day, &zone(at.offset().seconds())),
    }
}

fn zone(seconds: i32) -> String {
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs() / 60);
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_do() {
        let stamp = |text: &str, precision| Stamp { at: text.parse().unwrap(), precision };
        let minute = stamp("2024-01-08T07:29+07:00[Asia/Ho_Chi_Minh]", Precision::Minute);
        assert_eq!(moment(Language::Vietnamese, &minute), "07:29, 08/01/2024 (UTC+7)");
        assert_eq!(moment(Language::English, &minute), "07:29, 8 January 2024 (UTC+7)");
        let day = stamp("2024-01-08T00:00+05:30[Asia/Kolkata]", Precision::Day);
        assert_eq!(moment(Language::Vietnamese, &day), "08/01/2024");
        assert_eq!([19_800, 0, -12_600].map(zone), ["UTC+5:30", "UTC", "UTC-3:30"]);
    }
}
