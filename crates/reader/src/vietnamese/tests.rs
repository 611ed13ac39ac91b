//! Each table against the same letters as another source lists them.

use super::*;

fn both_cases() -> String {
    format!("{ALPHABET}{}", ALPHABET.to_uppercase())
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

#[test]
fn the_alphabet_has_134_letters_of_its_own() {
    assert_eq!(both_cases().chars().filter(|letter| !letter.is_ascii()).count(), 134);
}

/// The bytes are what `iconv -t VISCII` and Perl's Encode make of the alphabet.
#[test]
fn viscii_has_every_letter() {
    let bytes = bytes(
        "61e0e4e3e1d5e5a2c6c7a1a3e2a5a6e7a4a765e8eba8e9a9eaabacadaaae69ecefeeedb86ff2f6f5f3f7f4b0b1b2afb5bdb6b7debefe75f9fcfbfaf8dfd7d8e6\
         d1f179cfd6dbfddcf041c0c4c3c180c58202058183c2858606848745c8cb88c989ca8b8c8d8a8e49cc9bcecd984fd299a0d39ad49091928f93b49697b39594\
         55d99c9dda9ebfbbbcffbab9599f1419dd1ed0",
    );
    assert_eq!(VISCII.decode(&bytes), both_cases());
}

/// The bytes are what `iconv -t TCVN5712-1` makes of the alphabet; X11's table of TCVN has the same from 0x80.
#[test]
fn tcvn_has_every_letter() {
    let bytes = bytes(
        "61b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacb65cccecfd0d1aad2d3d4d5d669d7d8dcddde6fdfe1e2e3e4abe5e6e7e8e9aceaebecedee75eff1f2f3f4adf5f6f7\
         f8f979fafbfcfdfeae418081828384a1afbabfc085a2c1c2c3c486458788898a8ba3c5cdd9da8c498d8e8f90914f9293949596a4dbe0f0ff97a598999a9b9c55\
         9d9e9f0102a60405061112591314151617a7",
    );
    assert_eq!(TCVN.decode(&bytes), both_cases());
}

/// As converters list the characters.
#[test]
fn abc_text_is_read() {
    let listed = "aµ¶·¸¹¨»¼½¾Æ©ÇÈÉÊËeÌÎÏÐÑªÒÓÔÕÖi×ØÜÝÞoßáâãä«åæçèé¬êëìíîuïñòóô\u{ad}õö÷øùyúûüýþ®";
    let letters = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
    for (code, letter) in letters(listed).iter().zip(letters(ALPHABET)) {
        assert_eq!(read_tcvn(code), Some(letter), "{code}");
    }
    for (code, letter) in letters("¡¢£¤¥¦§").iter().zip(letters("ĂÂÊÔƠƯĐ")) {
        assert_eq!(read_tcvn(code), Some(letter), "{code}");
    }
    for (code, word) in
        [("C«ng", "Công"), ("§µ", "Đà"), ("N½ng", "Nẵng"), ("N½NG", "NẴNG"), ("HéI", "HỘI"), ("H§ND", "HĐND"), ("¢Ên", "Ấn"), ("A¸", "Á")]
    {
        assert_eq!(read_tcvn(code).as_deref(), Some(word));
    }
    assert_eq!(read_tcvn("Đà"), None);
}

/// As an input method for X11 lists them: each vowel level, acute, grave, hook, tilde, dot.
#[test]
fn vni_has_every_letter() {
    let listed = "a aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë e eù eø eû eõ eï eâ eá eà eå eã eä o où oø oû oõ oï oâ oá oà oå oã \
                  oä ô ôù ôø ôû ôõ ôï u uù uø uû uõ uï ö öù öø öû öõ öï i í ì æ ó ò y yù yø yû yõ î ñ";
    let letters = "a á à ả ã ạ â ấ ầ ẩ ẫ ậ ă ắ ằ ẳ ẵ ặ e é è ẻ ẽ ẹ ê ế ề ể ễ ệ o ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ \
                   ơ ớ ờ ở ỡ ợ u ú ù ủ ũ ụ ư ứ ừ ử ữ ự i í ì ỉ ĩ ị y ý ỳ ỷ ỹ ỵ đ";
    for (code, letter) in listed.split(' ').zip(letters.split_whitespace()) {
        assert_eq!(read_vni(code).as_deref(), Some(letter), "{code}");
        assert_eq!(read_vni(&code.to_uppercase()), Some(letter.to_uppercase()), "{code}");
    }
    assert_eq!(listed.split(' ').count(), ALPHABET.chars().count());
    for (code, word) in [("Coâng", "Công"), ("Ñaø", "Đà"), ("Naüng", "Nẵng"), ("HOÄI", "HỘI"), ("tröôùc", "trước"), ("HÑND", "HĐND")]
    {
        assert_eq!(read_vni(code).as_deref(), Some(word));
    }
    for strange in ["été", "für", "năm", "ção", "cuộc"] {
        assert_eq!(read_vni(strange), None, "{strange}");
    }
}
