//! The names of the months, language by language, as sites write them in dates.

use std::{collections::HashMap, sync::LazyLock};

use super::token;

/// January first. `_` joins two words; a point inside a short form is written as it is.
/// Short forms stand here where they are told apart from the words of other languages.
const NAMES: &[(&str, &str)] = &[
    ("en", "january february march april may june july august september october november december"),
    ("en", "jan feb mar apr may jun jul aug sept oct nov dec"),
    ("en", "jan febr march apr may june july aug sep oct nov dec"),
    ("de", "januar februar märz april mai juni juli august september oktober november dezember"),
    ("de", "jan feb mär apr mai jun jul aug sept okt nov dez"),
    ("de", "jänner feber mrz april mai juni juli august sep oktober november dezember"),
    ("de", "januar februar maerz april mai juni juli august september oktober november dezember"),
    ("fr", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    ("fr", "janv févr mars avr mai juin juil août sept oct nov déc"),
    ("fr", "jan fév mars avr mai juin jui aou sep oct nov déc"),
    ("es", "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    ("es", "ene feb mar abr may jun jul ago sept oct nov dic"),
    ("es", "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre"),
    ("it", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    ("it", "gen feb mar apr mag giu lug ago set ott nov dic"),
    ("pt", "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
    ("pt", "jan fev mar abr mai jun jul ago set out nov dez"),
    ("nl", "januari februari maart april mei juni juli augustus september oktober november december"),
    ("nl", "jan feb mrt apr mei jun jul aug sep okt nov dec"),
    ("sv", "januari februari mars april maj juni juli augusti september oktober november december"),
    ("nb", "januar februar mars april mai juni juli august september oktober november desember"),
    ("nb", "jan feb mar apr mai jun jul aug sep okt nov des"),
    ("da", "januar februar marts april maj juni juli august september oktober november december"),
    (
        "fi",
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    ),
    ("fi", "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu"),
    ("fi", "tammikuun helmikuun maaliskuun huhtikuun toukokuun kesäkuun heinäkuun elokuun syyskuun lokakuun marraskuun joulukuun"),
    ("is", "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember"),
    ("pl", "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"),
    ("pl", "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"),
    ("pl", "sty lut mar kwi maj cze lip sie wrz paź lis gru"),
    ("cs", "ledna února března dubna května června července srpna září října listopadu prosince"),
    ("cs", "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec"),
    ("sk", "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra"),
    ("sk", "január február marec apríl máj jún júl august september október november december"),
    ("sl", "januar februar marec april maj junij julij avgust september oktober november december"),
    ("hr", "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca"),
    ("hr", "siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac"),
    ("sr", "јануар фебруар март април мај јун јул август септембар октобар новембар децембар"),
    ("sr", "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar"),
    ("sr", "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра"),
    ("bg", "януари февруари март април май юни юли август септември октомври ноември декември"),
    ("bg", "ян фев мар апр май юни юли авг сеп окт ное дек"),
    ("ru", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    ("ru", "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
    ("ru", "янв фев мар апр мая июн июл авг сен окт ноя дек"),
    ("ru", "янв февр март апр май июнь июль авг сент окт нояб дек"),
    ("uk", "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"),
    ("uk", "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень"),
    ("uk", "січ лют бер кві тра чер лип сер вер жов лис гру"),
    ("be", "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня"),
    ("be", "студзень люты сакавік красавік май чэрвень ліпень жнівень верасень кастрычнік лістапад снежань"),
    ("mk", "јануари февруари март април мај јуни јули август септември октомври ноември декември"),
    ("ro", "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie"),
    ("ro", "ian feb mar apr mai iun iul aug sep oct nov dec"),
    ("hu", "január február március április május június július augusztus szeptember október november december"),
    ("hu", "jan febr márc ápr máj jún júl aug szept okt nov dec"),
    ("el", "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου"),
    ("el", "ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος δεκέμβριος"),
    ("el", "ιαν φεβ μαρ απρ μαΐ ιουν ιουλ αυγ σεπ οκτ νοε δεκ"),
    ("tr", "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"),
    ("tr", "oca şub mar nis may haz tem ağu eyl eki kas ara"),
    ("az", "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr"),
    ("kk", "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"),
    ("uz", "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr"),
    ("id", "januari februari maret april mei juni juli agustus september oktober november desember"),
    ("id", "jan feb mar apr mei jun jul agt sep okt nov des"),
    ("id", "jan peb mar apr mei jun jul agu sep okt nop des"),
    ("ms", "januari februari mac april mei jun julai ogos september oktober november disember"),
    ("fil", "enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre"),
    ("sw", "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba"),
    ("lt", "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio"),
    ("lt", "sausis vasaris kovas balandis gegužė birželis liepa rugpjūtis rugsėjis spalis lapkritis gruodis"),
    ("lv", "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris"),
    ("et", "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember"),
    ("et", "jaan veebr märts apr mai juuni juuli aug sept okt nov dets"),
    ("ca", "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre"),
    ("gl", "xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro"),
    ("eu", "urtarrila otsaila martxoa apirila maiatza ekaina uztaila abuztua iraila urria azaroa abendua"),
    ("sq", "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor"),
    ("he", "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר"),
    ("he", "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר"),
    ("he", "ינואר פברואר מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר"),
    ("ar", "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
    ("ar", "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول"),
    ("ar", "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر"),
    ("ar", "يناير فبراير مارس إبريل مايو يونيه يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
    ("fa", "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر"),
    ("fa", "ژانویه فوریه مارچ اپریل می جون جولای آگوست سپتمبر اکتوبر نومبر دسمبر"),
    ("ur", "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر"),
    ("hi", "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर"),
    ("hi", "जन फर मार्च अप्रैल मई जून जुल अग सित अक्टू नव दिस"),
    ("hi", "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवम्बर दिसम्बर"),
    ("bn", "জানুয়ারী ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর"),
    ("bn", "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর"),
    ("mr", "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर"),
    ("ta", "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்"),
    ("te", "జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్"),
    ("gu", "જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ સપ્ટેમ્બર ઑક્ટોબર નવેમ્બર ડિસેમ્બર"),
    ("pa", "ਜਨਵਰੀ ਫ਼ਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ"),
    ("ml", "ജനുവരി ഫെബ്രുവരി മാർച്ച് ഏപ്രിൽ മേയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ് സെപ്റ്റംബർ ഒക്‌ടോബർ നവംബർ ഡിസംബർ"),
    ("kn", "ಜನವರಿ ಫೆಬ್ರವರಿ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋಬರ್ ನವೆಂಬರ್ ಡಿಸೆಂಬರ್"),
    ("si", "ජනවාරි පෙබරවාරි මාර්තු අප්‍රේල් මැයි ජූනි ජූලි අගෝස්තු සැප්තැම්බර් ඔක්තෝබර් නොවැම්බර් දෙසැම්බර්"),
    ("ne", "जनवरी फेब्रुअरी मार्च अप्रिल मे जुन जुलाई अगस्ट सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर"),
    ("th", "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"),
    ("th", "ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค"),
    ("lo", "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ"),
    ("km", "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ"),
    ("my", "ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ"),
    ("ka", "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი"),
    ("hy", "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի"),
    ("hy", "հունվար փետրվար մարտ ապրիլ մայիս հունիս հուլիս օգոստոս սեպտեմբեր հոկտեմբեր նոյեմբեր դեկտեմբեր"),
    ("af", "januarie februarie maart april mei junie julie augustus september oktober november desember"),
];

/// Short forms that are words or names of other languages: read where the page speaks this one.
const SHORT: &[(&str, &str)] = &[
    ("uk", "січ лют бер квіт трав черв лип серп вер жовт лист груд"),
    ("be", "сту лют сак кра мая чэр ліп жні вер кас ліс сне"),
    ("bg", "яну фев март апр май юни юли авг сеп окт ное дек"),
    ("cs", "led úno bře dub kvě čvn čvc srp zář říj lis pro"),
    ("hr", "sij velj ožu tra svi lip srp kol ruj lis stu pro"),
    ("sr", "јан феб мар апр мај јун јул авг сеп окт нов дец"),
    ("sl", "jan feb mar apr maj jun jul avg sep okt nov dec"),
    ("sq", "jan shk mar pri maj qer korr gush sht tet nën dhj"),
    ("eu", "urt ots mar api mai eka uzt abu ira urr aza abe"),
    ("ca", "gen febr març abr maig juny jul ag set oct nov des"),
    ("gl", "xan feb mar abr maio xuño xul ago set out nov dec"),
    ("lt", "saus vas kov bal geg birž liep rugp rugs spal lapkr gruod"),
    ("lv", "janv febr marts apr maijs jūn jūl aug sept okt nov dec"),
    ("az", "yan fev mar apr may iyn iyl avq sen okt noy dek"),
    ("uz", "yan fev mar apr may iyn iyl avg sen okt noy dek"),
    ("kk", "қаң ақп нау сәу мам мау шіл там қыр қаз қар жел"),
    ("ka", "იან თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ"),
    ("hy", "հնվ փտվ մրտ ապր մյս հնս հլս օգս սեպ հոկ նոյ դեկ"),
    ("he", "ינו פבר מרץ אפר מאי יוני יולי אוג ספט אוק נוב דצמ"),
    ("he", "בינו בפבר במרץ באפר במאי ביוני ביולי באוג בספט באוק בנוב בדצמ"),
    ("hi", "जन फ़र मार्च अप्रैल मई जून जुल अग सित अक्टू नव दिस"),
    ("bn", "জানু ফেব মার্চ এপ্রি মে জুন জুল আগ সেপ অক্টো নভে ডিসে"),
    ("mr", "जाने फेब्रु मार्च एप्रि मे जून जुलै ऑग सप्टें ऑक्टो नोव्हें डिसें"),
    ("ta", "ஜன பிப் மார் ஏப் மே ஜூன் ஜூலை ஆக செப் அக் நவ டிச"),
    ("te", "జన ఫిబ్ర మార్చి ఏప్రి మే జూన్ జులై ఆగ సెప్టెం అక్టో నవం డిసెం"),
    ("gu", "જાન્યુ ફેબ્રુ માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ સપ્ટે ઑક્ટો નવે ડિસે"),
    ("pa", "ਜਨ ਫ਼ਰ ਮਾਰਚ ਅਪ੍ਰੈ ਮਈ ਜੂਨ ਜੁਲਾ ਅਗ ਸਤੰ ਅਕਤੂ ਨਵੰ ਦਸੰ"),
    ("ml", "ജനു ഫെബ്രു മാർ ഏപ്രി മേയ് ജൂൺ ജൂലൈ ഓഗ സെപ്റ്റം ഒക്ടോ നവം ഡിസം"),
    ("kn", "ಜನ ಫೆಬ್ರ ಮಾರ್ಚ್ ಏಪ್ರಿ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗ ಸೆಪ್ಟೆಂ ಅಕ್ಟೋ ನವೆಂ ಡಿಸೆಂ"),
    ("si", "ජන පෙබ මාර්තු අප්‍රේල් මැයි ජූනි ජූලි අගෝ සැප් ඔක් නොවැ දෙසැ"),
    ("lo", "ມ.ກ ກ.ພ ມ.ນ ມ.ສ ພ.ພ ມິ.ຖ ກ.ລ ສ.ຫ ກ.ຍ ຕ.ລ ພ.ຈ ທ.ວ"),
    ("my", "ဇန် ဖေ မတ် ဧ မေ ဇွန် ဇူ ဩ စက် အောက် နို ဒီ"),
    ("ms", "jan feb mac apr mei jun jul ogo sep okt nov dis"),
    ("fil", "ene peb mar abr may hun hul ago set okt nob dis"),
    ("mk", "јан фев мар апр мај јун јул авг сеп окт ное дек"),
];

/// The months of the Persian calendar, from the first day of spring.
const PERSIAN: &str = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند";

/// Those of the Islamic calendar, as Arabic spells them.
const HIJRI: [&str; 2] = [
    "محرم صفر ربيع_الأول ربيع_الآخر جمادى_الأولى جمادى_الآخرة رجب شعبان رمضان شوال ذو_القعدة ذو_الحجة",
    "محرم صفر ربيع_الأول ربيع_الثاني جمادى_الأولى جمادى_الثانية رجب شعبان رمضان شوال ذي_القعدة ذي_الحجة",
];

/// A month by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Month {
    Gregorian(i8),
    Persian(i8),
    Hijri(i8),
}

/// What a name means, in which language, the first language that has it first.
static MEANINGS: LazyLock<HashMap<String, Vec<Meaning>>> = LazyLock::new(|| {
    let mut meanings: HashMap<String, Vec<Meaning>> = HashMap::new();
    for (rows, is_plain) in [(NAMES, true), (SHORT, false)] {
        for (language, names) in rows {
            for (month, name) in (1..).zip(names.split(' ')) {
                let meaning = Meaning { language, month: Month::Gregorian(month), is_plain };
                meanings.entry(token::fold(&name.replace('_', " "))).or_default().push(meaning);
            }
        }
    }
    for (month, name) in (1..).zip(PERSIAN.split(' ')) {
        let meaning = Meaning { language: "fa", month: Month::Persian(month), is_plain: true };
        meanings.entry(token::fold(name)).or_default().push(meaning);
    }
    for (month, name) in HIJRI.iter().flat_map(|names| (1..).zip(names.split(' '))) {
        let meaning = Meaning { language: "ar", month: Month::Hijri(month), is_plain: true };
        meanings.entry(token::fold(&name.replace('_', " "))).or_default().push(meaning);
    }
    meanings
});

/// What a name means in one language.
#[derive(Debug)]
struct Meaning {
    language: &'static str,
    month: Month,
    /// Whether it means that on pages of other languages too.
    is_plain: bool,
}

/// The month that `name` means in `language`, or else in the first language that has it.
pub(super) fn named(name: &str, language: &str) -> Option<Month> {
    let meanings = MEANINGS.get(name)?;
    let own = meanings.iter().find(|meaning| meaning.language == language);
    own.or_else(|| meanings.iter().find(|meaning| meaning.is_plain)).map(|meaning| meaning.month)
}

/// Whether a word begins one of the names of two words: so few that other words cost nothing.
pub(super) fn is_first_of_two(word: &str) -> bool {
    matches!(word, "کانون" | "تشرین" | "ربیع" | "جمادی" | "ذو" | "ذی")
}

/// Whether the name is written in Thai, whose years are Buddhist.
pub(super) fn is_thai(name: &str) -> bool {
    name.starts_with(|first| ('\u{e00}'..='\u{e7f}').contains(&first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_year() {
        for (language, names) in NAMES.iter().chain(SHORT) {
            assert_eq!(names.split(' ').count(), 12, "{language}: {names}");
        }
        assert!([PERSIAN].iter().chain(&HIJRI).all(|names| names.split(' ').count() == 12));
    }

    #[test]
    fn a_name_means_one_month_in_its_language() {
        for (name, meanings) in MEANINGS.iter() {
            for meaning in meanings {
                let mut same = meanings.iter().filter(|other| other.language == meaning.language);
                assert!(same.all(|other| other.month == meaning.month), "{name}: {meanings:?}");
            }
        }
    }

    #[test]
    fn a_name_that_two_languages_have_is_read_in_the_page_s_own() {
        assert_eq!(named("listopada", "pl"), Some(Month::Gregorian(11)));
        assert_eq!(named("listopada", "hr"), Some(Month::Gregorian(10)));
        assert_eq!(named("listopada", ""), Some(Month::Gregorian(11)));
    }
}
