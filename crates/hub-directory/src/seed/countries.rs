//! What a country decides: languages, dialling habits, mobile numbers, streets, and whose names are common there.

use super::names::Culture;

/// One country in which a seeded organization can have a location.
pub(super) struct Country {
    /// ISO 3166-1 alpha-2.
    pub(super) code: &'static str,
    /// Language of a person, as the directory writes it (`de_DE`).
    pub(super) language: &'static str,
    /// Language of a location's mails and announcements, as calling writes it (`de_de`). Where the platform is
    /// not known to speak the language of the country, the nearest one it speaks.
    pub(super) announcement: &'static str,
    pub(super) outside_dial_digit: &'static str,
    /// The digits before the last five of a mobile number, or 0 where mobile numbers look like those of a city.
    pub(super) mobile_prefix: u64,
    /// Streets separated by `;`, with `#` where the house number goes.
    pub(super) streets: &'static str,
    /// Of a hundred people in an office here, how many bear names of which culture.
    pub(super) cultures: &'static [(Culture, usize)],
}

/// The country of a code. An unknown code, which the tests exclude for all our cities, is taken for the first.
pub(super) fn country(code: &str) -> &'static Country {
    COUNTRIES
        .iter()
        .find(|country| country.code == code)
        .unwrap_or(&COUNTRIES[0])
}

macro_rules! countries {
    ($( $code:literal $language:literal $announcement:literal $dial:literal $mobile:literal [$($culture:ident $share:literal),*] $streets:literal; )*) => {
        &[ $( Country {
            code: $code, language: $language, announcement: $announcement, outside_dial_digit: $dial,
            mobile_prefix: $mobile, streets: $streets, cultures: &[$((Culture::$culture, $share)),*],
        } ),* ]
    };
}

// Mobile prefixes: where the numbering authority keeps a range for drama (GB, FR, AU) it is that one or its
// neighbourhood; elsewhere the numbers are synthetic, well-formed and of the length that the country uses.
static COUNTRIES: &[Country] = countries! {
    "US" "en_US" "en_us" "9" 0 [English 56, Spanish 14, Indian 7, Chinese 5, Irish 5, Italian 3, Vietnamese 2, Korean 2, German 2, Arabic 2, Nigerian 2]
        "# Main Street;# Market Street;# Commerce Street;# Park Avenue;# Liberty Street;# Lakeside Drive;# Union Square;# Foundry Row";
    "CA" "en_CA" "en_us" "9" 0 [English 54, French 14, Chinese 9, Indian 9, Irish 5, Filipino 4, Arabic 3, Ukrainian 2]
        "# King Street West;# Queen Street;# Bay Street;# Granville Street;# Wellington Street;# Maple Avenue";
    "MX" "es_MX" "es_mx" "9" 5256555 [Spanish 94, English 2, French 2, Arabic 2]
        "Avenida Reforma #;Calle Hidalgo #;Avenida Insurgentes #;Calle Morelos #;Avenida Juárez #";
    "BR" "pt_BR" "pt_br" "0" 55119555 [Portuguese 84, Italian 7, Japanese 4, German 3, Arabic 2]
        "Avenida Paulista #;Rua das Flores #;Rua XV de Novembro #;Avenida Brasil #;Rua da Consolação #";
    "AR" "es_AR" "es_co" "0" 54911555 [Spanish 74, Italian 22, German 2, Arabic 2]
        "Avenida Corrientes #;Calle Florida #;Avenida Santa Fe #;Calle San Martín #";
    "CL" "es_CL" "es_co" "0" 569555 [Spanish 92, German 4, Italian 4]
        "Avenida Providencia #;Calle Huérfanos #;Avenida Apoquindo #";
    "CO" "es_CO" "es_co" "0" 5730055 [Spanish 97, Arabic 3]
        "Carrera 7 No. #;Calle 93 No. #;Avenida Chile No. #";
    "GB" "en_GB" "en_gb" "9" 4477009 [English 66, Irish 7, Indian 10, Polish 5, Nigerian 4, Chinese 3, Arabic 3, Italian 2]
        "# High Street;# Station Road;# Victoria Street;# Queen's Road;# Mill Lane;# King Street;# Bridge Street";
    "IE" "en_IE" "en_gb" "0" 3538555 [Irish 72, English 12, Polish 8, Portuguese 4, Indian 4]
        "# O'Connell Street;# Grand Canal Quay;# Merrion Road;# Patrick Street;# Harcourt Street";
    "FR" "fr_FR" "fr_fr" "0" 336399 [French 78, Arabic 10, Portuguese 4, Italian 3, Vietnamese 2, Spanish 3]
        "# rue de la République;# avenue Victor Hugo;# boulevard Voltaire;# quai de la Gare;# rue Jean Jaurès";
    "DE" "de_DE" "de_de" "0" 4917138 [German 76, Turkish 9, Polish 5, Ukrainian 4, Italian 3, Arabic 3]
        "Hauptstraße #;Bahnhofstraße #;Gartenweg #;Schillerstraße #;Lindenallee #;Königsplatz #;Am Mühlbach #";
    "AT" "de_AT" "de_de" "0" 4366455 [German 80, Hungarian 6, Turkish 6, Czech 8]
        "Mariahilfer Straße #;Landstraßer Hauptstraße #;Praterstraße #;Währinger Straße #";
    "CH" "de_CH" "de_de" "0" 417955 [German 62, French 22, Italian 12, Portuguese 4]
        "Bahnhofstrasse #;Seestrasse #;Rue du Rhône #;Hardturmstrasse #";
    "NL" "nl_NL" "nl_nl" "0" 316555 [Dutch 82, Turkish 6, Arabic 6, Indian 3, German 3]
        "Herengracht #;Stationsplein #;Kerkstraat #;Coolsingel #;Zuidas #";
    "BE" "fr_BE" "fr_fr" "0" 324705 [French 50, Dutch 38, Italian 6, Arabic 6]
        "Rue de la Loi #;Avenue Louise #;Boulevard Anspach #;Rue du Commerce #";
    "SE" "sv_SE" "sv_se" "0" 467017 [Nordic 84, Finnish 6, Arabic 6, Polish 4]
        "Drottninggatan #;Sveavägen #;Storgatan #;Östra Hamngatan #;Kungsgatan #";
    "NO" "nb_NO" "nb_no" "0" 47405 [Nordic 92, Polish 5, Vietnamese 3]
        "Karl Johans gate #;Storgata #;Dronning Eufemias gate #;Bjørvika #";
    "DK" "da_DK" "da_dk" "0" 45205 [Nordic 93, Turkish 4, Arabic 3]
        "Vesterbrogade #;Nørregade #;Østergade #;Kalvebod Brygge #";
    "FI" "fi_FI" "en_gb" "0" 3584055 [Finnish 90, Nordic 8, Ukrainian 2]
        "Mannerheimintie #;Esplanadi #;Hämeentie #;Itämerenkatu #";
    "PL" "pl_PL" "pl_pl" "0" 486015 [Polish 94, Ukrainian 5, Vietnamese 1]
        "ulica Marszałkowska #;ulica Długa #;aleja Solidarności #;ulica Świętojańska #";
    "CZ" "cs_CZ" "cs_cz" "0" 4206015 [Czech 92, Ukrainian 4, Vietnamese 4]
        "Národní třída #;Vinohradská #;Na Příkopě #;Křižíkova #";
    "HU" "hu_HU" "hu_hu" "0" 363055 [Hungarian 96, German 4]
        "Andrássy út #;Váci utca #;Rákóczi út #;Kossuth Lajos utca #";
    "IT" "it_IT" "it_it" "0" 3934755 [Italian 93, Arabic 3, Romanian 4]
        "Via Roma #;Corso Garibaldi #;Via Dante #;Piazza della Libertà #;Viale Monza #";
    "ES" "es_ES" "es_es" "0" 346005 [Spanish 93, Romanian 4, Arabic 3]
        "Calle Mayor #;Gran Vía #;Avenida de la Constitución #;Paseo de Gracia #;Calle de Alcalá #";
    "PT" "pt_PT" "pt_pt" "0" 3519155 [Portuguese 97, Ukrainian 3]
        "Avenida da Liberdade #;Rua Augusta #;Rua de São Bento #;Avenida da Boavista #";
    "GR" "el_GR" "en_gb" "0" 3069455 [Greek 100]
        "# Ermou Street;# Syngrou Avenue;# Panepistimiou Street;# Kifisias Avenue";
    "TR" "tr_TR" "tr_tr" "0" 9053255 [Turkish 100]
        "Büyükdere Caddesi #;İstiklal Caddesi #;Bağdat Caddesi #;Atatürk Bulvarı #";
    "AE" "en_AE" "en_gb" "9" 9715055 [Arabic 40, Indian 36, English 14, Filipino 10]
        "# Sheikh Zayed Road;# Al Wasl Road;# Marina Walk;# Al Khail Street";
    "IL" "he_IL" "en_us" "9" 9725055 [Hebrew 84, Ukrainian 10, Arabic 6]
        "# Rothschild Boulevard;# Dizengoff Street;# Begin Road;# HaBarzel Street";
    "IN" "en_IN" "en_gb" "0" 9198455 [Indian 100]
        "# MG Road;# Residency Road;# Outer Ring Road;# Link Road;# Station Road";
    "SG" "en_SG" "en_gb" "9" 65815 [Chinese 66, Indian 14, Malay 14, English 6]
        "# Raffles Place;# Robinson Road;# Marina Boulevard;# Anson Road";
    "JP" "ja_JP" "ja_jp" "0" 8190555 [Japanese 97, Korean 3]
        "#-2 Marunouchi;#-14 Shinjuku;#-5 Nakanoshima;#-8 Sakae";
    "KR" "ko_KR" "ko_kr" "9" 8210555 [Korean 100]
        "# Teheran-ro;# Sejong-daero;# Gangnam-daero;# Yeouido-dong";
    "HK" "zh_HK" "zh_hk" "9" 852655 [Chinese 88, English 8, Indian 4]
        "# Queen's Road Central;# Nathan Road;# Des Voeux Road;# Canton Road";
    "VN" "vi_VN" "en_gb" "0" 849055 [Vietnamese 100]
        "# Lê Lợi;# Nguyễn Huệ;# Hai Bà Trưng;# Điện Biên Phủ";
    "PH" "en_PH" "en_us" "9" 6391755 [Filipino 95, Chinese 5]
        "# Ayala Avenue;# Makati Avenue;# Roxas Boulevard;# Ortigas Avenue";
    "AU" "en_AU" "en_au" "0" 614915 [English 66, Irish 6, Chinese 8, Indian 7, Greek 4, Italian 5, Vietnamese 4]
        "# George Street;# Collins Street;# Queen Street;# Pitt Street;# Bourke Street";
    "NZ" "en_NZ" "en_nz" "1" 642155 [English 72, Maori 14, Chinese 7, Indian 7]
        "# Queen Street;# Lambton Quay;# Ponsonby Road;# Victoria Street West";
    "ZA" "en_ZA" "en_gb" "0" 278255 [African 46, English 28, Dutch 18, Indian 8]
        "# Rivonia Road;# Long Street;# Jan Smuts Avenue;# Adderley Street";
    "NG" "en_NG" "en_gb" "9" 23480355 [Nigerian 100]
        "# Awolowo Road;# Broad Street;# Adeola Odeku Street;# Marina";
};
