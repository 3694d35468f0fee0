//! Names of Asia, Africa, the Pacific and the Mediterranean east and south, in their usual Latin spelling.

use super::names::NameList;

pub(super) const AFRICAN: NameList = NameList {
    women: "Ayanda,Bongiwe,Busisiwe,Dineo,Karabo,Khanyisile,Lerato,Lindiwe,Mbali,Naledi,Nandi,Nokuthula,Nomvula,Nosipho,\
        Palesa,Refilwe,Thandeka,Thandiwe,Tshepiso,Unathi,Zanele,Zodwa",
    men: "Andile,Bheki,Bongani,Jabulani,Kagiso,Lebohang,Lwazi,Mandla,Mpho,Musa,Neo,Nkosinathi,Sandile,Sibusiso,Sipho,Siyabonga,\
        Tebogo,Thabo,Themba,Tshepo,Vusi,Xolani,Zola",
    surnames: "Buthelezi,Cele,Dlamini,Dube,Gumede,Hadebe,Khoza,Khumalo,Mabaso,Madonsela,Mahlangu,Majola,Maluleke,Maseko,\
        Mathebula,Mbatha,Mdluli,Mhlongo,Mkhize,Mnguni,Modise,Mofokeng,Mokoena,Molefe,Moloi,Motaung,Moyo,Mthembu,Ndlovu,\
        Ngcobo,Ngwenya,Nkosi,Ntuli,Nxumalo,Nyathi,Radebe,Sibiya,Sithole,Tshabalala,Vilakazi,Xaba,Zulu,Zungu,Zwane",
};

pub(super) const ARABIC: NameList = NameList {
    women: "Aisha,Amal,Amina,Asma,Dalia,Dina,Farah,Fatima,Hala,Hanan,Huda,Iman,Jamila,Khadija,Laila,Lina,Lubna,Malak,Mariam,\
        Maysa,Mouna,Nadia,Najwa,Noor,Rana,Rania,Reem,Salma,Samira,Sara,Shaima,Siham,Yasmin,Zahra,Zainab",
    men: "Abdallah,Adel,Ahmad,Ali,Amir,Anwar,Ayman,Bassam,Bilal,Fadi,Faisal,Farid,Hamza,Hassan,Hisham,Hussein,Ibrahim,Imad,\
        Jamal,Karim,Khaled,Mahmoud,Majid,Marwan,Mohammed,Mustafa,Nabil,Nasser,Omar,Osama,Rachid,Rami,Saeed,Salim,Samir,\
        Tariq,Walid,Yassine,Youssef,Ziad",
    surnames: "Abbas,Abboud,Abdel-Rahman,Abu Khalil,Al-Amin,Al-Ghamdi,Al-Harbi,Al-Hashimi,Al-Khatib,Al-Mansoori,Al-Masri,\
        Al-Najjar,Al-Qahtani,Al-Sayed,Al-Shamsi,Amrani,Awad,Aziz,Bakri,Barakat,Ben Ali,Ben Salah,Benali,Bennani,Bouazza,\
        Boukhari,Chaoui,Darwish,El Amrani,El Fassi,El Idrissi,Fares,Farouk,Ghanem,Haddad,Hakimi,Hamdan,Hamdi,Hariri,\
        Issa,Jaber,Kabbani,Kassem,Khalil,Khoury,Mansour,Mansouri,Mokhtar,Nasr,Nassar,Othman,Qasim,Rahmani,Saab,Sabbagh,\
        Said,Saleh,Shaheen,Sharif,Slimani,Tahir,Toumi,Zaidi,Ziani",
};

pub(super) const CHINESE: NameList = NameList {
    women: "Ai Ling,Bihua,Chunyan,Fang,Fengying,Guiying,Hui Min,Huifang,Jia,Jiahui,Jie,Jing,Jingyi,Lan,Li Hua,Lihua,Lijuan,\
        Lin,Mei,Meiling,Min,Mingxia,Na,Pei Shan,Ping,Qian,Qing,Rui,Shu Fen,Shuang,Siyu,Ting,Wei Ling,Wen,Xia,Xiaoyan,Xin Yi,\
        Xiulan,Xue,Yan,Yanni,Yi,Ying,Yu,Yue,Yun,Zhen,Zi Han",
    men: "Bo,Bin,Chao,Chen Yu,Cheng,Chong,Dawei,Dong,Feng,Gang,Guang,Guo Liang,Hai,Hao,Haoran,Hong,Jian,Jianguo,Jie Ming,Jun,\
        Jun Wei,Kai,Kang,Lei,Liang,Long,Ming,Peng,Qiang,Qing Feng,Rong,Shan,Shaohua,Tao,Tian,Wei,Weimin,Wei Jie,Wen Bin,\
        Xiang,Xiaoming,Xin,Yang,Yi Jun,Yong,Yuan,Zhi Hao,Zhigang,Zhihong,Zhiyuan",
    surnames: "Cai,Cao,Chan,Chang,Chen,Cheng,Cheung,Chong,Chow,Chu,Cui,Deng,Ding,Dong,Du,Fan,Fang,Feng,Fu,Gao,Goh,Guo,Han,He,\
        Ho,Hsu,Hu,Huang,Jiang,Jin,Kwok,Lai,Lam,Lau,Lee,Leung,Li,Liang,Liao,Lim,Lin,Liu,Lu,Luo,Lü,Ma,Meng,Ng,Ong,Ouyang,Pan,\
        Peng,Qian,Qin,Qiu,Ren,Shao,Shen,Shi,Sim,Song,Su,Sun,Tan,Tang,Tao,Teo,Tian,Tsang,Wang,Wei,Wong,Wu,Xia,Xiao,Xie,Xu,\
        Xue,Yan,Yang,Yao,Ye,Yeung,Yi,Yin,Yu,Yuan,Zeng,Zhang,Zhao,Zheng,Zhong,Zhou,Zhu,Zou",
};

pub(super) const FILIPINO: NameList = NameList {
    women: "Analyn,Angelica,Bernadette,Bituin,Carmela,Cherry,Corazon,Cristina,Divina,Dalisay,Evangeline,Florencia,Gloria,\
        Imelda,Jasmin,Jocelyn,Josefina,Ligaya,Liwayway,Lorna,Luzviminda,Marites,Maricel,Marisol,Mayumi,Mylene,Rosalinda,\
        Rowena,Teresita,Tala",
    men: "Agapito,Amado,Antonio,Arnel,Benigno,Bayani,Crisanto,Danilo,Dante,Edgardo,Efren,Emilio,Ernesto,Ferdinand,Gregorio,\
        Honesto,Isagani,Jericho,Jun,Lito,Makisig,Manuel,Nestor,Ramon,Reynaldo,Rizalino,Rodel,Rogelio,Romulo,Virgilio",
    surnames: "Abad,Aguinaldo,Alcantara,Aquino,Bautista,Bonifacio,Cabrera,Catacutan,Cruz,Cunanan,Dacanay,David,de Guzman,\
        de la Cruz,de los Santos,del Rosario,Delos Reyes,Dimaculangan,Dizon,Domingo,Enriquez,Evangelista,Fajardo,Galang,\
        Garcia,Gatdula,Ignacio,Javier,Lacson,Lagman,Lapid,Legaspi,Limjoco,Mabini,Macapagal,Magsaysay,Manalo,Manansala,\
        Mercado,Ocampo,Ong,Pacheco,Pangilinan,Panganiban,Pascual,Punzalan,Quizon,Ramos,Reyes,Rivera,Salonga,Salvador,\
        Santos,Soriano,Sumulong,Tolentino,Tupas,Valdez,Villanueva,Yap",
};

pub(super) const HEBREW: NameList = NameList {
    women: "Adi,Avigail,Ayelet,Dafna,Dana,Einat,Galit,Hadas,Hila,Keren,Liat,Maayan,Meital,Michal,Moran,Naama,Neta,Noa,Orit,\
        Revital,Ronit,Rotem,Sapir,Shira,Sigal,Tal,Tamar,Yael",
    men: "Alon,Amir,Amit,Assaf,Avi,Barak,Boaz,Doron,Eitan,Eyal,Gal,Gil,Guy,Ido,Ilan,Itamar,Lior,Matan,Moshe,Nadav,Nir,Noam,\
        Ofer,Omer,Oren,Ran,Ronen,Shai,Tomer,Uri,Yair,Yaniv,Yoav,Yonatan,Yossi,Ziv",
    surnames: "Abramov,Adler,Agassi,Alon,Amar,Aviv,Azoulay,Bar-Lev,Ben-Ami,Ben-David,Ben-Haim,Biton,Blau,Carmi,Cohen,Dagan,Dayan,\
        Eliyahu,Epstein,Feldman,Friedman,Gabay,Golan,Goldberg,Halevi,Harel,Hazan,Kaplan,Katz,Klein,Levi,Levin,Malka,Mizrahi,\
        Mor,Nissim,Ohana,Oz,Peled,Peretz,Rabin,Regev,Rosen,Sasson,Segal,Shaked,Shalom,Shamir,Sharabi,Shapira,Stern,Tzur,\
        Vaknin,Weiss,Yosef,Zohar",
};

pub(super) const INDIAN: NameList = NameList {
    women: "Aarti,Aditi,Aishwarya,Ananya,Anjali,Ankita,Archana,Bhavana,Chitra,Deepa,Deepika,Divya,Fatima,Gauri,Geeta,Harpreet,\
        Indira,Ishita,Jaya,Jyoti,Kavita,Kavya,Kiran,Lakshmi,Lata,Madhuri,Manpreet,Meena,Meera,Mira,Nandini,Neha,Nidhi,Nisha,\
        Padma,Pallavi,Pooja,Priya,Priyanka,Radha,Rashmi,Rekha,Ritu,Sangeeta,Sarita,Shalini,Shreya,Simran,Sneha,Sunita,Swati,\
        Tanvi,Uma,Usha,Vandana,Vidya",
    men: "Abhishek,Aditya,Ajay,Akash,Amit,Anand,Anil,Arjun,Arun,Ashok,Ashwin,Balaji,Bharat,Chandan,Deepak,Dinesh,Farhan,Ganesh,\
        Gaurav,Girish,Gopal,Gurpreet,Harish,Imran,Jagdish,Karan,Karthik,Krishna,Kunal,Mahesh,Manish,Manoj,Mohan,Mukesh,Nikhil,\
        Nitin,Pankaj,Prakash,Pranav,Praveen,Rahul,Rajesh,Rakesh,Ramesh,Ravi,Rohan,Rohit,Sachin,Sandeep,Sanjay,Satish,Shankar,\
        Siddharth,Srinivas,Subramaniam,Sunil,Suresh,Tarun,Varun,Venkatesh,Vijay,Vikram,Vinod,Vivek,Yash",
    surnames: "Agarwal,Ahuja,Anand,Bajaj,Balakrishnan,Banerjee,Basu,Bhandari,Bhat,Bhattacharya,Bose,Chakraborty,Chandra,\
        Chatterjee,Chaudhary,Chauhan,Chopra,Das,Desai,Deshmukh,Deshpande,Dhawan,Dixit,Dutta,Fernandes,Gandhi,Ganguly,Ghosh,\
        Gill,Gokhale,Gowda,Goyal,Grewal,Gupta,Hegde,Iyengar,Iyer,Jain,Jha,Joshi,Kamath,Kapoor,Kaul,Khan,Khanna,Kulkarni,\
        Kumar,Mahajan,Malhotra,Mathur,Mehra,Mehta,Menon,Mishra,Mitra,Mukherjee,Murthy,Nair,Naidu,Narayan,Natarajan,Pai,\
        Pandey,Parekh,Patel,Patil,Pillai,Pradhan,Prasad,Purohit,Raghavan,Rajan,Ramakrishnan,Raman,Rana,Rao,Rastogi,Reddy,\
        Roy,Saini,Saxena,Sen,Seth,Shah,Sharma,Shetty,Shukla,Sidhu,Singh,Sinha,Soni,Srinivasan,Srivastava,Subramanian,Tandon,\
        Thakur,Tiwari,Trivedi,Varma,Venkataraman,Verma,Vyas,Yadav",
};

pub(super) const JAPANESE: NameList = NameList {
    women: "Ai,Airi,Akari,Akemi,Akiko,Asuka,Aya,Ayaka,Ayumi,Chie,Chiharu,Emi,Eriko,Fumiko,Hana,Haruka,Hina,Hiroko,Honoka,\
        Junko,Kana,Kaori,Keiko,Kumiko,Mai,Mariko,Mayumi,Megumi,Miho,Miki,Misaki,Miyuki,Momoko,Nanami,Naoko,Natsumi,Noriko,Reiko,\
        Rie,Rina,Risa,Sachiko,Sakura,Satomi,Shiori,Tomoko,Yoko,Yui,Yuka,Yukiko,Yumi",
    men: "Akira,Daiki,Daisuke,Eiji,Fumio,Haruto,Hideki,Hiroki,Hiroshi,Isamu,Jiro,Jun,Junichi,Katsuo,Kazuki,Kazuo,Kei,Keisuke,\
        Ken,Kenichi,Kenji,Kenta,Kōji,Makoto,Manabu,Masahiro,Masaru,Masashi,Minoru,Naoki,Noboru,Osamu,Ren,Ryō,Ryota,Satoshi,\
        Shigeru,Shin,Shinji,Shō,Shota,Sota,Susumu,Tadashi,Takashi,Takeshi,Takuya,Tarō,Tatsuya,Tetsuya,Toshio,Tsubasa,Yamato,\
        Yasuo,Yoshio,Yuki,Yūta,Yūto",
    surnames: "Abe,Aoki,Arai,Chiba,Endō,Fujii,Fujita,Fujiwara,Fukuda,Gotō,Hara,Harada,Hasegawa,Hashimoto,Hayashi,Hirano,Honda,\
        Igarashi,Iida,Ikeda,Imai,Inoue,Ishida,Ishii,Ishikawa,Itō,Iwasaki,Kaneko,Katō,Kawaguchi,Kikuchi,Kimura,Kinoshita,\
        Kobayashi,Kojima,Kondō,Kōno,Kubo,Kudō,Maeda,Maruyama,Masuda,Matsuda,Matsui,Matsumoto,Matsuo,Miura,Miyamoto,Miyazaki,\
        Mori,Morita,Murakami,Nakagawa,Nakajima,Nakamura,Nakano,Nakayama,Nishimura,Noguchi,Nomura,Ogawa,Ōno,Okada,Okamoto,\
        Ōta,Ōtsuka,Saitō,Sakai,Sakamoto,Sakurai,Sasaki,Satō,Shibata,Shimada,Shimizu,Sugawara,Sugiyama,Suzuki,Takada,Takagi,\
        Takahashi,Takeda,Tamura,Tanaka,Taniguchi,Uchida,Ueda,Ueno,Wada,Watanabe,Yamada,Yamaguchi,Yamamoto,Yamashita,\
        Yamazaki,Yokoyama,Yoshida",
};

pub(super) const KOREAN: NameList = NameList {
    women: "Ae-ri,Bo-young,Chae-won,Da-eun,Eun-ji,Eun-jung,Eun-young,Ga-young,Ha-eun,Hae-won,Hye-jin,Hyo-jin,Hyun-joo,Jae-eun,\
        Ji-eun,Ji-hye,Ji-min,Ji-woo,Ji-yeon,Ji-young,Kyung-hee,Mi-kyung,Mi-ran,Min-ji,Min-seo,Na-young,Seo-hyun,Seo-yeon,So-yeon,\
        Soo-ah,Soo-jin,Su-bin,Sun-hee,Yoo-jin,Yoon-ah,Young-mi",
    men: "Byung-ho,Chang-min,Chul-soo,Do-hyun,Dong-hyun,Dong-wook,Geon-woo,Hyun-soo,Hyun-woo,In-ho,Jae-hyun,Jae-won,Ji-ho,\
        Ji-hoon,Ji-sung,Jin-woo,Jong-hyun,Joon-ho,Jun-seo,Jung-ho,Kwang-soo,Kyung-soo,Min-ho,Min-jae,Min-jun,Min-su,Sang-woo,\
        Seong-min,Seung-ho,Seung-hyun,Si-woo,Sung-jin,Tae-hyung,Tae-yang,Woo-jin,Ye-jun,Yong-ho,Young-ho,Young-jae",
    surnames: "Ahn,Bae,Baek,Bang,Byun,Cha,Chae,Cho,Choi,Chung,Do,Eom,Gil,Go,Gong,Ha,Han,Heo,Hong,Hwang,Im,Jang,Jeon,Jeong,Jin,Joo,\
        Kang,Kim,Ko,Kong,Koo,Kwak,Kwon,Lee,Lim,Ma,Min,Moon,Na,Nam,Namkoong,Noh,Oh,Pae,Park,Pyo,Ra,Ryu,Seo,Seok,Shin,Sim,Son,\
        Song,Suh,Sung,Tak,Um,Wi,Woo,Yang,Yeo,Yeon,Yoo,Yoon,Yu",
};

pub(super) const MALAY: NameList = NameList {
    women: "Aisyah,Aminah,Azlina,Farah,Faridah,Fauziah,Hafizah,Halimah,Haslinda,Intan,Latifah,Mariam,Nadia,Norhayati,Nur Aini,\
        Nurul Huda,Rohana,Rosnah,Salmah,Siti Hajar,Siti Nurhaliza,Suraya,Wati,Zainab,Zaleha",
    men: "Abdul Rahman,Adnan,Ahmad,Amirul,Anuar,Azlan,Azman,Faizal,Firdaus,Hafiz,Hakim,Hamzah,Hidayat,Iskandar,Ismail,Jamaluddin,\
        Kamal,Khairul,Mahmud,Muhammad,Nizam,Razak,Ridzuan,Rosli,Shahril,Syafiq,Zainal,Zulkifli",
    surnames: "Abdullah,Abu Bakar,Ariffin,Awang,Aziz,Bakri,Daud,Halim,Hamid,Haron,Hashim,Hassan,Hussin,Ibrahim,Idris,Jaafar,\
        Kadir,Kassim,Latif,Mansor,Mat Isa,Mokhtar,Mustafa,Omar,Osman,Rahim,Rahmat,Ramli,Rashid,Sabri,Saleh,Salim,Samad,\
        Sulaiman,Suhaimi,Talib,Wahab,Yaacob,Yunus,Yusof,Zakaria",
};

pub(super) const MAORI: NameList = NameList {
    women: "Ahorangi,Anahera,Aroha,Awhina,Hana,Hinemoa,Huia,Kahurangi,Kiri,Mahina,Marama,Mere,Moana,Ngaio,Ngāhuia,Rangimārie,\
        Roimata,Tui,Waimarie,Wikitōria",
    men: "Ariki,Hemi,Hēnare,Hohepa,Kahu,Kauri,Manaaki,Matiu,Mikaere,Nikau,Paora,Rangi,Rāwiri,Tama,Tāne,Te Ariki,Tiaki,Wiremu,\
        Witi",
    surnames: "Hēnare,Herangi,Hetaraka,Kaa,Kawhia,Kereama,Kingi,Mahuta,Māhuika,Maniapoto,Morehu,Ngata,Ngatai,Paki,Parata,Pōmare,\
        Poutama,Rangihuna,Rāpata,Ruru,Tamihana,Taonui,Tāwhai,Te Aho,Te Heuheu,Te Rangi,Te Whata,Tipene,Waaka,Waititi,Whaanga",
};

pub(super) const NIGERIAN: NameList = NameList {
    women: "Abimbola,Adaeze,Adunni,Aisha,Amarachi,Amina,Bisi,Blessing,Bukola,Chiamaka,Chidinma,Chinelo,Chioma,Damilola,Ebele,\
        Ebun,Efua,Folake,Funmilayo,Gloria,Halima,Hauwa,Ifeoma,Ijeoma,Kemi,Ngozi,Nkechi,Nneka,Obioma,Oluchi,Omolara,Onyinye,\
        Rukayat,Shade,Simisola,Temitope,Titilayo,Uche,Yetunde,Zainab",
    men: "Abdullahi,Abubakar,Ade,Adebayo,Adewale,Akin,Aliyu,Ayodele,Babatunde,Bello,Chibuike,Chidi,Chijioke,Chinedu,Chukwuemeka,\
        Dayo,Ebuka,Emeka,Femi,Gbenga,Ifeanyi,Ikenna,Jide,Kayode,Kelechi,Kunle,Lanre,Musa,Nnamdi,Obinna,Okechukwu,Olumide,\
        Oluwaseun,Rotimi,Sani,Segun,Seyi,Sunday,Tunde,Tobenna,Uzoma,Yakubu,Yusuf",
    surnames: "Abiola,Abubakar,Adebayo,Adegoke,Adekunle,Adeleke,Adeniyi,Adeyemi,Afolabi,Agu,Ajayi,Akande,Akinola,Akintola,Akpan,\
        Alabi,Amadi,Anyanwu,Awolowo,Ayodele,Azikiwe,Babangida,Balogun,Bello,Chukwu,Danjuma,Danladi,Effiong,Egwu,Ekwueme,\
        Etim,Eze,Ezeudu,Fashola,Garba,Gowon,Ibekwe,Ibrahim,Igwe,Iheanacho,Iwu,Kalu,Lawal,Madu,Mbah,Mohammed,Musa,Nnadi,\
        Nnamani,Nwachukwu,Nwosu,Obasi,Obi,Odukoya,Ogbonna,Ogunbanjo,Ojo,Okafor,Okeke,Okonkwo,Okoro,Okoye,Olatunji,Onwudiwe,\
        Onyango,Opara,Osagie,Oyelaran,Sanusi,Shonekan,Suleiman,Uba,Uche,Udo,Umeh,Usman,Uzor,Yakubu",
};

pub(super) const TURKISH: NameList = NameList {
    women: "Asuman,Aslı,Ayça,Aylin,Ayşe,Başak,Berna,Burcu,Canan,Ceren,Çağla,Çiğdem,Damla,Deniz,Derya,Didem,Ebru,Ece,Elif,Emine,Esra,\
        Fatma,Figen,Filiz,Gamze,Gizem,Gökçe,Gül,Gülay,Hacer,Hande,Hatice,Hülya,Işıl,İpek,Melike,Meltem,Merve,Müge,Nazlı,\
        Nesrin,Nilüfer,Nur,Özge,Özlem,Pelin,Pınar,Selin,Şebnem,Sevgi,Şule,Tuğba,Yasemin,Zehra,Zeynep",
    men: "Ahmet,Ali,Alper,Arda,Aydın,Barış,Berk,Burak,Bülent,Can,Cem,Cemal,Çağrı,Çetin,Doğan,Ekrem,Emre,Engin,Erdem,Erhan,Erkan,\
        Fatih,Ferhat,Gökhan,Güney,Hakan,Halil,Hasan,Hüseyin,İbrahim,İlker,İsmail,Kaan,Kadir,Kemal,Kerem,Koray,Levent,Mehmet,\
        Mert,Metin,Murat,Mustafa,Necati,Oğuz,Okan,Onur,Orhan,Osman,Özgür,Ömer,Ramazan,Recep,Selçuk,Serdar,Serkan,Sinan,Şükrü,\
        Tarık,Tolga,Tuncay,Uğur,Ümit,Volkan,Yavuz,Yiğit,Yusuf",
    surnames: "Acar,Akbulut,Akın,Aksoy,Aktaş,Altun,Arslan,Aslan,Aydın,Aydoğan,Bayram,Bilgin,Bozkurt,Bulut,Can,Candan,Coşkun,Çakır,\
        Çelik,Çetin,Çiftçi,Demir,Demirci,Doğan,Duman,Durmaz,Ekinci,Erdem,Erdoğan,Ergin,Eroğlu,Ersoy,Genç,Gök,Güler,Gündüz,\
        Güneş,Gürbüz,Işık,İnan,Kaplan,Kara,Karaca,Karadağ,Karakaya,Kaya,Keskin,Kılıç,Koç,Korkmaz,Köse,Kurt,Öz,Özcan,Özçelik,\
        Özdemir,Özer,Özkan,Öztürk,Polat,Sarı,Sönmez,Soylu,Şahin,Şen,Şimşek,Taş,Tekin,Toprak,Tuna,Tunç,Turan,Türk,Uçar,Uysal,\
        Ünal,Yalçın,Yavuz,Yazıcı,Yıldırım,Yıldız,Yılmaz,Yüksel,Zengin",
};

pub(super) const VIETNAMESE: NameList = NameList {
    women: "Ánh,Bích Ngọc,Cẩm Tú,Diễm,Diệu Linh,Dung,Hà,Hằng,Hạnh,Hiền,Hoa,Hoài,Hồng,Hồng Nhung,Hương,Huyền,Khánh Linh,Kim Chi,\
        Lan,Lan Anh,Liên,Linh,Loan,Mai,Mai Phương,Minh Châu,Mỹ Duyên,Nga,Ngân,Ngọc,Ngọc Ánh,Nhung,Oanh,Phương,Phương Thảo,\
        Quỳnh,Quỳnh Anh,Tâm,Thanh,Thảo,Thu,Thu Hà,Thủy,Thùy Dung,Trâm,Trang,Trúc,Tuyết,Uyên,Vân,Xuân,Yến",
    men: "An,Anh Tuấn,Bảo,Bình,Chiến,Công,Cường,Đạt,Đình Phong,Đông,Đức,Đức Anh,Dũng,Dương,Duy,Gia Bảo,Giang,Hải,Hiếu,Hòa,Hoàng,\
        Hùng,Hưng,Huy,Khải,Khang,Khánh,Khoa,Kiên,Lâm,Long,Lộc,Mạnh,Minh,Minh Quân,Nam,Nghĩa,Nhật,Phong,Phúc,Quân,Quang,Quốc,\
        Sơn,Tân,Tài,Thắng,Thành,Thịnh,Tiến,Toàn,Trí,Trung,Tuấn,Tùng,Văn,Việt,Vinh,Vũ",
    surnames: "Bùi,Cao,Châu,Chu,Đàm,Đặng,Đào,Diệp,Đinh,Đỗ,Đoàn,Dương,Hà,Hồ,Hoàng,Huỳnh,Kiều,La,Lâm,Lê,Lương,Lưu,Lý,Mạc,Mai,Ngô,\
        Nguyễn,Nguyễn Phúc,Nguyễn Văn/Nguyễn Thị,Nông,Ông,Phạm,Phan,Phùng,Quách,Quang,Tạ,Tăng,Thái,Thân,Tô,Tôn Thất,Tống,\
        Trần,Trần Văn/Trần Thị,Triệu,Trịnh,Trương,Từ,Văn,Võ,Vũ,Vương",
};
