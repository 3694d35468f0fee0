//! A hundred cities: the medium organization has offices in the first twenty, the large one in all of them.

/// A city, with what an office there needs to be told.
pub(super) struct City {
    pub(super) name: &'static str,
    pub(super) state: &'static str,
    pub(super) country: &'static str,
    pub(super) time_zone: &'static str,
    pub(super) latitude: &'static str,
    pub(super) longitude: &'static str,
    pub(super) postal_code: &'static str,
    /// The digits of an E.164 number before the last four.
    pub(super) number_prefix: u64,
}

macro_rules! cities {
    ($( $name:literal $state:literal $country:literal $zone:literal $latitude:literal $longitude:literal $postal:literal $prefix:literal; )*) => {
        &[ $( City {
            name: $name, state: $state, country: $country, time_zone: $zone,
            latitude: $latitude, longitude: $longitude, postal_code: $postal, number_prefix: $prefix,
        } ),* ]
    };
}

pub(super) const CITIES: &[City] = cities! {
    "New York" "NY" "US" "America/New_York" "40.7528" "-73.9765" "10017" 1212555;
    "Chicago" "IL" "US" "America/Chicago" "41.8837" "-87.6325" "60601" 1312555;
    "London" "England" "GB" "Europe/London" "51.5142" "-0.0931" "EC2V 7HN" 44207946;
    "Dallas" "TX" "US" "America/Chicago" "32.7831" "-96.8067" "75201" 1214555;
    "Toronto" "ON" "CA" "America/Toronto" "43.6486" "-79.3817" "M5H 2N2" 1416555;
    "Munich" "BY" "DE" "Europe/Berlin" "48.1391" "11.5802" "80331" 498999998;
    "Paris" "Île-de-France" "FR" "Europe/Paris" "48.8698" "2.3316" "75009" 3319900;
    "San Francisco" "CA" "US" "America/Los_Angeles" "37.7897" "-122.3972" "94105" 1415555;
    "Bengaluru" "KA" "IN" "Asia/Kolkata" "12.9716" "77.5946" "560001" 91805555;
    "Madrid" "Madrid" "ES" "Europe/Madrid" "40.4200" "-3.7025" "28013" 3491555;
    "Warsaw" "Mazowieckie" "PL" "Europe/Warsaw" "52.2319" "21.0067" "00-124" 4822555;
    "Stockholm" "Stockholm" "SE" "Europe/Stockholm" "59.3326" "18.0649" "111 21" 468465;
    "São Paulo" "SP" "BR" "America/Sao_Paulo" "-23.5614" "-46.6559" "01310-100" 55115555;
    "Milan" "MI" "IT" "Europe/Rome" "45.4654" "9.1859" "20121" 3902555;
    "Amsterdam" "Noord-Holland" "NL" "Europe/Amsterdam" "52.3676" "4.9041" "1012 JS" 3120555;
    "Tokyo" "Tokyo" "JP" "Asia/Tokyo" "35.6812" "139.7671" "100-0005" 8135555;
    "Ho Chi Minh City" "Ho Chi Minh" "VN" "Asia/Ho_Chi_Minh" "10.7769" "106.7009" "700000" 84285555;
    "Sydney" "NSW" "AU" "Australia/Sydney" "-33.8651" "151.2099" "2000" 6125550;
    "Istanbul" "Istanbul" "TR" "Europe/Istanbul" "41.0766" "29.0133" "34394" 90212555;
    "Atlanta" "GA" "US" "America/New_York" "33.7590" "-84.3880" "30303" 1404555;
    "Boston" "MA" "US" "America/New_York" "42.3555" "-71.0565" "02110" 1617555;
    "Seattle" "WA" "US" "America/Los_Angeles" "47.6080" "-122.3352" "98101" 1206555;
    "Denver" "CO" "US" "America/Denver" "39.7439" "-104.9877" "80202" 1303555;
    "Houston" "TX" "US" "America/Chicago" "29.7589" "-95.3677" "77002" 1713555;
    "Austin" "TX" "US" "America/Chicago" "30.2672" "-97.7431" "78701" 1512555;
    "Los Angeles" "CA" "US" "America/Los_Angeles" "34.0505" "-118.2551" "90071" 1213555;
    "San Jose" "CA" "US" "America/Los_Angeles" "37.3337" "-121.8907" "95113" 1408555;
    "Phoenix" "AZ" "US" "America/Phoenix" "33.4500" "-112.0740" "85004" 1602555;
    "Minneapolis" "MN" "US" "America/Chicago" "44.9763" "-93.2710" "55402" 1612555;
    "Philadelphia" "PA" "US" "America/New_York" "39.9526" "-75.1652" "19103" 1215555;
    "Washington" "DC" "US" "America/New_York" "38.9007" "-77.0364" "20005" 1202555;
    "Miami" "FL" "US" "America/New_York" "25.7689" "-80.1914" "33131" 1305555;
    "Charlotte" "NC" "US" "America/New_York" "35.2271" "-80.8431" "28202" 1704555;
    "Nashville" "TN" "US" "America/Chicago" "36.1627" "-86.7816" "37203" 1615555;
    "Detroit" "MI" "US" "America/Detroit" "42.3314" "-83.0458" "48226" 1313555;
    "Raleigh" "NC" "US" "America/New_York" "35.7796" "-78.6382" "27601" 1919555;
    "Salt Lake City" "UT" "US" "America/Denver" "40.7608" "-111.8910" "84101" 1801555;
    "Vancouver" "BC" "CA" "America/Vancouver" "49.2846" "-123.1119" "V6C 1H2" 1604555;
    "Montréal" "QC" "CA" "America/Toronto" "45.5017" "-73.5673" "H3B 2Y5" 1514555;
    "Calgary" "AB" "CA" "America/Edmonton" "51.0478" "-114.0593" "T2P 2M5" 1403555;
    "Ottawa" "ON" "CA" "America/Toronto" "45.4215" "-75.6972" "K1P 5M9" 1613555;
    "Mexico City" "CDMX" "MX" "America/Mexico_City" "19.4270" "-99.1677" "06600" 52555555;
    "Monterrey" "NL" "MX" "America/Monterrey" "25.6866" "-100.3161" "64000" 52815555;
    "Guadalajara" "JAL" "MX" "America/Mexico_City" "20.6597" "-103.3496" "44100" 52335555;
    "Rio de Janeiro" "RJ" "BR" "America/Sao_Paulo" "-22.9068" "-43.1729" "20040-020" 55215555;
    "Curitiba" "PR" "BR" "America/Sao_Paulo" "-25.4284" "-49.2733" "80020-310" 55415555;
    "Buenos Aires" "CABA" "AR" "America/Argentina/Buenos_Aires" "-34.6037" "-58.3816" "C1043" 54115555;
    "Santiago" "RM" "CL" "America/Santiago" "-33.4489" "-70.6693" "8320000" 5622555;
    "Bogotá" "DC" "CO" "America/Bogota" "4.7110" "-74.0721" "110221" 57601555;
    "Manchester" "England" "GB" "Europe/London" "53.4794" "-2.2453" "M2 5DB" 44161496;
    "Birmingham" "England" "GB" "Europe/London" "52.4796" "-1.9026" "B2 5DB" 44121496;
    "Edinburgh" "Scotland" "GB" "Europe/London" "55.9533" "-3.1883" "EH2 2ER" 44131496;
    "Leeds" "England" "GB" "Europe/London" "53.7997" "-1.5492" "LS1 4AP" 44113496;
    "Dublin" "Leinster" "IE" "Europe/Dublin" "53.3441" "-6.2675" "D02 X285" 3531555;
    "Cork" "Munster" "IE" "Europe/Dublin" "51.8985" "-8.4756" "T12 W26F" 35321555;
    "Lyon" "Auvergne-Rhône-Alpes" "FR" "Europe/Paris" "45.7640" "4.8357" "69002" 3346571;
    "Toulouse" "Occitanie" "FR" "Europe/Paris" "43.6047" "1.4442" "31000" 3353649;
    "Lille" "Hauts-de-France" "FR" "Europe/Paris" "50.6292" "3.0573" "59000" 3335301;
    "Nantes" "Pays de la Loire" "FR" "Europe/Paris" "47.2184" "-1.5536" "44000" 3326191;
    "Berlin" "BE" "DE" "Europe/Berlin" "52.5200" "13.4050" "10117" 493023125;
    "Hamburg" "HH" "DE" "Europe/Berlin" "53.5511" "9.9937" "20095" 494066969;
    "Frankfurt am Main" "HE" "DE" "Europe/Berlin" "50.1109" "8.6821" "60311" 496990009;
    "Cologne" "NW" "DE" "Europe/Berlin" "50.9375" "6.9603" "50667" 492214710;
    "Vienna" "Wien" "AT" "Europe/Vienna" "48.2082" "16.3738" "1010" 431555;
    "Zürich" "ZH" "CH" "Europe/Zurich" "47.3769" "8.5417" "8001" 4144555;
    "Geneva" "GE" "CH" "Europe/Zurich" "46.2044" "6.1432" "1204" 4122555;
    "Rotterdam" "Zuid-Holland" "NL" "Europe/Amsterdam" "51.9225" "4.4792" "3011 AA" 3110555;
    "Brussels" "Brussels" "BE" "Europe/Brussels" "50.8466" "4.3528" "1000" 322555;
    "Gothenburg" "Västra Götaland" "SE" "Europe/Stockholm" "57.7089" "11.9746" "411 03" 4631390;
    "Oslo" "Oslo" "NO" "Europe/Oslo" "59.9139" "10.7522" "0154" 472155;
    "Copenhagen" "Hovedstaden" "DK" "Europe/Copenhagen" "55.6761" "12.5683" "1620" 453355;
    "Helsinki" "Uusimaa" "FI" "Europe/Helsinki" "60.1699" "24.9384" "00100" 3589555;
    "Kraków" "Małopolskie" "PL" "Europe/Warsaw" "50.0614" "19.9366" "31-042" 4812555;
    "Wrocław" "Dolnośląskie" "PL" "Europe/Warsaw" "51.1079" "17.0385" "50-106" 4871555;
    "Prague" "Praha" "CZ" "Europe/Prague" "50.0833" "14.4241" "110 00" 42025555;
    "Budapest" "Budapest" "HU" "Europe/Budapest" "47.4979" "19.0402" "1061" 361555;
    "Rome" "RM" "IT" "Europe/Rome" "41.9028" "12.4964" "00184" 3906555;
    "Turin" "TO" "IT" "Europe/Rome" "45.0703" "7.6869" "10121" 39011555;
    "Barcelona" "Catalunya" "ES" "Europe/Madrid" "41.3874" "2.1686" "08007" 3493555;
    "Valencia" "Comunitat Valenciana" "ES" "Europe/Madrid" "39.4699" "-0.3763" "46002" 3496555;
    "Lisbon" "Lisboa" "PT" "Europe/Lisbon" "38.7223" "-9.1393" "1250-096" 35121555;
    "Porto" "Porto" "PT" "Europe/Lisbon" "41.1579" "-8.6291" "4000-322" 35122555;
    "Athens" "Attica" "GR" "Europe/Athens" "37.9838" "23.7275" "105 63" 30210555;
    "Dubai" "Dubai" "AE" "Asia/Dubai" "25.2048" "55.2708" "00000" 9714555;
    "Tel Aviv" "Tel Aviv" "IL" "Asia/Jerusalem" "32.0853" "34.7818" "6688312" 9723555;
    "Hyderabad" "TS" "IN" "Asia/Kolkata" "17.4435" "78.3772" "500081" 91405555;
    "Mumbai" "MH" "IN" "Asia/Kolkata" "19.0760" "72.8777" "400051" 91225555;
    "Pune" "MH" "IN" "Asia/Kolkata" "18.5204" "73.8567" "411001" 91205555;
    "Singapore" "Singapore" "SG" "Asia/Singapore" "1.2840" "103.8510" "048616" 656555;
    "Osaka" "Osaka" "JP" "Asia/Tokyo" "34.6937" "135.5023" "530-0005" 8165555;
    "Nagoya" "Aichi" "JP" "Asia/Tokyo" "35.1815" "136.9066" "460-0008" 8152555;
    "Seoul" "Seoul" "KR" "Asia/Seoul" "37.5012" "127.0396" "06164" 822555;
    "Hong Kong" "Hong Kong" "HK" "Asia/Hong_Kong" "22.2819" "114.1582" "999077" 8522555;
    "Manila" "Metro Manila" "PH" "Asia/Manila" "14.5547" "121.0244" "1226" 6328555;
    "Melbourne" "VIC" "AU" "Australia/Melbourne" "-37.8136" "144.9631" "3000" 6135550;
    "Brisbane" "QLD" "AU" "Australia/Brisbane" "-27.4698" "153.0251" "4000" 6175550;
    "Auckland" "Auckland" "NZ" "Pacific/Auckland" "-36.8485" "174.7633" "1010" 649555;
    "Johannesburg" "GP" "ZA" "Africa/Johannesburg" "-26.1076" "28.0567" "2196" 2711555;
    "Cape Town" "WC" "ZA" "Africa/Johannesburg" "-33.9249" "18.4241" "8001" 2721555;
    "Lagos" "Lagos" "NG" "Africa/Lagos" "6.4281" "3.4219" "101241" 2341555;
};
