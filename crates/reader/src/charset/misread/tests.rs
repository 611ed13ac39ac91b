//! Every disguise is seen through, and no language is taken for one.

use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::vietnamese::{ALPHABET, TCVN, VISCII, read_tcvn, read_vni};

const TEXT: &str = "<title>Công an thành phố Đà Nẵng</title><p>Bắt giữ nhóm đối tượng trộm cắp tài sản của người dân trên đường Nguyễn Văn \
     Linh; xe ô tô bị tạm giữ, các đối tượng đã thừa nhận hành vi phạm tội. Mời bà con cảnh giác!</p><p>Có và cá.</p>";

/// The same words in other letters, by turning round what reads them.
fn hide(text: &str, read: impl Fn(&str) -> Option<String>) -> String {
    // Small ones first.
    let signs: Vec<char> = ('\u{a1}'..='\u{ff}').rev().collect();
    let vowels = "aeiouyAEIOUYôöÔÖ";
    let codes: Vec<String> = signs
        .iter()
        .map(char::to_string)
        .chain(vowels.chars().flat_map(|vowel| signs.iter().map(move |sign| format!("{vowel}{sign}"))))
        .collect();
    let code = |letter: char| codes.iter().find(|code| read(code).as_deref() == Some(letter.to_string().as_str()));
    text.chars().map(|ch| if ch.is_ascii() { ch.to_string() } else { code(ch).unwrap_or_else(|| panic!("{ch}")).clone() }).collect()
}

fn tcvn(text: &str) -> String {
    hide(text, read_tcvn)
}

fn vni(text: &str) -> String {
    hide(text, read_vni)
}

/// UTF-8 taken for windows-1252.
fn misread(text: &str) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
}

fn unveiled(html: &str) -> (String, Vec<String>) {
    let mut problems = Vec::new();
    (undo(html.to_owned(), &mut problems), problems)
}

#[test]
fn old_letters_become_unicode() {
    assert!(tcvn(TEXT).contains("C«ng an thµnh phè §µ N½ng"), "{}", tcvn(TEXT));
    assert!(vni(TEXT).contains("Coâng an thaønh phoá Ñaø Naüng"), "{}", vni(TEXT));
    let (text, problems) = unveiled(&tcvn(TEXT));
    assert_eq!(text, TEXT);
    assert_eq!(problems, ["its Vietnamese is written in TCVN3 (ABC) letters (`B¾t`): put into Unicode"]);
    let (text, problems) = unveiled(&vni(TEXT));
    assert_eq!(text, TEXT);
    assert_eq!(problems, ["its Vietnamese is written in VNI letters (`Baét`): put into Unicode"]);
}

#[test]
fn misread_utf8_becomes_utf8() {
    for html in [misread(TEXT), misread(TEXT).replace('Ã', "&Atilde;").replace('‘', "&#8216;").replace('»', "&raquo;")] {
        let (text, problems) = unveiled(&html);
        assert_eq!(text, TEXT);
        assert_eq!(problems, ["its UTF-8 was once taken for windows-1252 (`Báº¯t`): put right"]);
    }
    // With signs that are no letters, beside text that is well.
    let html = format!("<h1>Tin tức mới nhất</h1>{}", misread("<p>“Bộ Công an” – ngày 5 đến 7… ở Đà Nẵng</p>"));
    assert_eq!(unveiled(&html).0, "<h1>Tin tức mới nhất</h1><p>“Bộ Công an” – ngày 5 đến 7… ở Đà Nẵng</p>");
}

#[test]
fn what_may_be_misread_is_told() {
    let html = misread("<p>L'été dernier, l'école a fermé; les élèves étaient déçus</p>");
    let (text, problems) = unveiled(&html);
    assert_eq!(text, html);
    assert_eq!(problems, ["text such as `dÃ©Ã§us` looks like UTF-8 that was taken for windows-1252: left as it is"]);
}

#[test]
fn references_are_letters_too() {
    let html = "<p>C&laquo;ng an th&micro;nh ph&egrave; &sect;&micro; N&frac12;ng b&frac34;t gi&divide; nh&atilde;m &reg;&egrave;i \
                t&shy;&icirc;ng tr&eacute;m xe &laquo; t&laquo; &amp; xe m&cedil;y &copy; 2004</p>";
    let said = "<p>Công an thành phố Đà Nẵng bắt giữ nhóm đối tượng trộm xe ô tô &amp; xe máy &copy; 2004</p>";
    assert_eq!(unveiled(html).0, said);
}

#[test]
fn fonts_of_capitals_show_capitals() {
    let html = tcvn("<font face='.VnTimeH'>Bắt nhóm trộm cắp tài sản <b>tại Đà Nẵng</b> &amp; Huế</font><p>Tin mới nhất trong ngày</p>");
    let said = "<font face='.VnTimeH'>BẮT NHÓM TRỘM CẮP TÀI SẢN <b>TẠI ĐÀ NẴNG</b> &amp; HUẾ</font><p>Tin mới nhất trong ngày</p>";
    assert_eq!(unveiled(&html).0, said);
    let html = "<p>C¤NG AN THµNH PHè §µ N½NG, UBND, H§ND; Bé C«ng an</p>";
    assert_eq!(unveiled(html).0, "<p>CÔNG AN THÀNH PHỐ Đà NẴNG, UBND, HĐND; Bộ Công an</p>");
}

#[test]
fn a_text_in_old_letters_between_others_is_found() {
    let well = "<ul><li>Có cá</li><li>Bán</li><li>Công an các đơn vị, địa phương toàn quốc</li></ul>";
    for hidden in [tcvn(TEXT), vni(TEXT)] {
        let (text, _) = unveiled(&format!("{well}{hidden}{well}"));
        // Of the last paragraph, two words are words either way.
        let start = format!("{well}{}", TEXT.trim_end_matches("<p>Có và cá.</p>"));
        assert!(text.starts_with(&start), "{text}");
        assert!(text.ends_with(well), "{text}");
    }
}

#[test]
fn addresses_and_code_stay_as_they_are() {
    let text = tcvn(TEXT);
    let html = format!("<a href='/tin/C«ng-an' title='C«ng an'>x</a><script>t = 'C«ng'</script>{text}");
    let (read, _) = unveiled(&html);
    assert!(read.starts_with("<a href='/tin/C«ng-an' title='Công an'>x</a><script>t = 'C«ng'</script>"), "{read}");
}

#[test]
fn bytes_are_recognised_by_their_words() {
    let table = |table: &crate::vietnamese::Table| -> Vec<u8> {
        let code = |ch: char| (0..=255).find(|byte| table.letter(*byte) == ch).unwrap_or_else(|| panic!("{ch}"));
        TEXT.chars().map(code).collect()
    };
    let latin = |text: &str| text.chars().map(|ch| u8::try_from(u32::from(ch)).unwrap()).collect::<Vec<_>>();
    for bytes in [table(&VISCII), table(&TCVN), latin(&tcvn(TEXT)), latin(&vni(TEXT))] {
        for said in
            [None, Some("text/html; charset=iso-8859-1"), Some("text/html; charset=x-user-defined"), Some("text/html; charset=utf-8")]
        {
            assert_eq!(crate::charset::decode(&bytes, said).0, TEXT, "{said:?}");
        }
    }
    for (label, bytes) in [("viscii", table(&VISCII)), ("csVISCII", table(&VISCII)), ("x-viet-tcvn5712", table(&TCVN))] {
        let page = [format!("<meta charset={label}>").as_bytes(), &bytes].concat();
        let (text, problems) = crate::charset::decode(&page, None);
        assert!(text.ends_with(TEXT), "{text}");
        assert_eq!(problems, [""; 0], "{label}");
    }
    assert_eq!(
        crate::charset::decode(&table(&VISCII), Some("text/html; charset=iso-8859-1")).1,
        ["said to be `windows-1252`, which it is not: read as `VISCII`"]
    );
}

/// Sentences with as many marks as their languages have, as text and in the charset of their old pages.
#[test]
fn other_languages_stay_as_they_are() {
    for (label, text) in [
        (
            "windows-1252",
            "Où est passé le maïs ? Là où l'été a été très sec, « à côté » du château, \
             l'ambiguë naïveté déçut Noël; aérien, goût, août, haï, poêle",
        ),
        (
            "windows-1252",
            "Für die größten Städte müssen schöne Straßen über Österreich führen; ähnliche Bücher hören Schüler übrigens später gern",
        ),
        (
            "windows-1252",
            "Åtta får åt gräs på ängen där flöjtspelaren övade; hösten närmar sig, kändes som förr i världen, sägs det. Öde ö, å och ån",
        ),
        (
            "windows-1252",
            "Não há razão para ação: são três irmãos, à tarde, até o avô chegar às reuniões; saúde, aéreo, coração, pôs, «lições» NÃO",
        ),
        (
            "windows-1252",
            "El niño comió piña; ¿qué pasó después? ¡Ojalá esté aquí el pingüino! Año 1º, 2ª, señor, aún, país, ahínco, lingüística",
        ),
        (
            "windows-1252",
            "Rødgrød med fløde på øen; sælgeren får åbnet døren, når æblerne bliver grønne, så går vi ud i gården og hører måger",
        ),
        (
            "windows-1252",
            "Hän söi pöydässä äidin tekemää kääretorttua; yö pimeä, työtön, näköjään hyvää päivää, leveä ja korkeampi keväällä",
        ),
        ("windows-1252", "Perché città è più bella? Così però già sarà, né può essere; lì, sì, cioè, università, giù, quaggiù, ciò"),
        ("windows-1250", "Příliš žluťoučký kůň úpěl ďábelské ódy; děti běžely přes můstek, šťastně křičely a házely míčem"),
        ("windows-1250", "Zażółć gęślą jaźń; chłopiec wyszedł z kościoła, wciąż myśląc o świętach, życzył im szczęścia"),
        ("windows-1250", "Árvíztűrő tükörfúrógép; a gyönyörű őszi időben több ezer ember gyűlt össze a főváros terén"),
        ("windows-1254", "Pijamalı hasta yağız şoföre çabucak güvendi; öğretmenler için büyük bir gün olan bugün İstanbul'da"),
        ("windows-1257", "Ąžuolų šlamėjimas žiemą; vėjas pūtė į žąsų pulką, o ūkininkas šėrė žąsis"),
        ("windows-1251", "Жители города встретили новый учебный год в обновлённых школах; «хорошо», сказал мэр"),
        ("windows-1253", "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία· η πόλη γιόρτασε χθες την επέτειο"),
    ] {
        let html = format!("<html><body><p>{text}</p><p>{text}</p></body></html>");
        assert_eq!(unveiled(&html), (html.clone(), vec![]), "{text}");
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let (bytes, _, failed) = encoding.encode(&html);
        assert!(!failed, "{text}");
        let said = format!("text/html; charset={label}");
        assert_eq!(crate::charset::decode(&bytes, Some(&said)), (html.clone(), vec![]), "{text}");
        // Each bare, the words of Western languages pass the quick look or fail the slow one.
        for disguise in [Disguise::Utf8, Disguise::Tcvn, Disguise::Vni] {
            assert!(!Evidence::of(disguise, &html).is_clear(), "{disguise:?}: {text}");
        }
    }
}

#[test]
fn good_vietnamese_passes_the_quick_look() {
    for text in [TEXT.to_owned(), TEXT.to_uppercase(), "<p>toàn khoá ngoài quân xuân quê thuê hoà quý tuý uỷ oẻ xoèn kèo</p>".repeat(9)]
    {
        assert_eq!(suspects(&text), [], "{text}");
        assert_eq!(unveiled(&text), (text.clone(), vec![]));
    }
    let apart: String = TEXT.nfd().collect();
    assert_eq!(unveiled(&apart).0, apart);
}

/// Each letter by itself, in a page that leaves no doubt.
#[test]
fn every_letter_survives_the_round_trip() {
    let word = |letter: char| match letter {
        'đ' => "xa đi".to_owned(),
        'ỳ' | 'ỷ' | 'ỹ' | 'ý' | 'ỵ' => format!("k{letter}"),
        _ => format!("x{letter}n"),
    };
    let words = ALPHABET.chars().filter(|letter| !letter.is_ascii()).map(word);
    let words: Vec<String> = words.flat_map(|word| [word.clone(), format!("{}{}", word[..1].to_uppercase(), &word[1..])]).collect();
    let html = format!("{TEXT}<p>{}</p>", words.join(" "));
    for hidden in [tcvn(&html), vni(&html), misread(&html)] {
        assert_eq!(unveiled(&hidden).0, html);
    }
    let html = html.to_uppercase();
    for hidden in [vni(&html), misread(&html)] {
        assert_eq!(unveiled(&hidden).0, html);
    }
}

#[test]
fn a_page_may_break_off_anywhere() {
    let page = [tcvn(TEXT), vni(TEXT), misread(TEXT), "<a title='&#171;&laquo;x".to_owned()].concat();
    for (at, _) in page.char_indices().step_by(11) {
        unveiled(&page[..at]);
        unveiled(&page[at..]);
    }
}
