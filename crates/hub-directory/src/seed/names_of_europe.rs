//! Names of Europe, and of the Americas where they are of European origin.

use super::names::NameList;

pub(super) const ENGLISH: NameList = NameList {
    women: "Abigail,Alexandra,Alice,Amanda,Amelia,Amy,Audrey,Beth,Brooke,Caroline,Charlotte,Chloe,Claire,Danielle,\
        Diana,Eleanor,Elizabeth,Emily,Emma,Erin,Evelyn,Faith,Fiona,Georgia,Grace,Hannah,Hazel,Heather,Holly,Imogen,\
        Isabel,Jane,Jasmine,Jennifer,Jessica,Joanna,Julia,Karen,Katherine,Kimberly,Laura,Lauren,Lily,Linda,Lucy,\
        Margaret,Megan,Melissa,Michelle,Molly,Naomi,Natalie,Nicole,Olivia,Patricia,Paula,Phoebe,Rachel,Rebecca,Rose,\
        Ruby,Samantha,Sarah,Sophie,Stephanie,Susan,Tara,Vanessa,Victoria,Zoe",
    men: "Aaron,Adam,Adrian,Aidan,Alexander,Andrew,Anthony,Benjamin,Blake,Bradley,Brandon,Caleb,Cameron,Charles,\
        Christopher,Cody,Colin,Connor,Craig,Daniel,David,Derek,Dominic,Douglas,Dylan,Edward,Elliot,Eric,Ethan,Evan,\
        Felix,Frank,Gareth,George,Graham,Gregory,Harry,Henry,Ian,Isaac,Jack,Jacob,James,Jason,Jeffrey,Jonathan,Joseph,\
        Joshua,Justin,Keith,Kyle,Leo,Lewis,Logan,Lucas,Malcolm,Marcus,Matthew,Maxwell,Michael,Nathan,Nicholas,Oliver,\
        Owen,Patrick,Peter,Philip,Richard,Robert,Ryan,Samuel,Scott,Simon,Spencer,Stephen,Thomas,Timothy,Toby,William,\
        Zachary",
    surnames: "Abbott,Adams,Allen,Anderson,Armstrong,Atkinson,Bailey,Baker,Barker,Barnes,Bell,Bennett,Booth,Bradley,\
        Brooks,Brown,Butler,Campbell,Carpenter,Carter,Chambers,Chapman,Clark,Clarke,Coleman,Collins,Cook,Cooper,Cox,\
        Crawford,Cunningham,Davies,Davis,Dawson,Dixon,Douglas,Edwards,Elliott,Ellis,Evans,Ferguson,Fisher,Fleming,\
        Fletcher,Ford,Foster,Fox,Fraser,Freeman,Gardner,Gibson,Gordon,Graham,Grant,Gray,Green,Griffin,Griffiths,Hall,\
        Hamilton,Harris,Harrison,Hart,Harvey,Hawkins,Hayes,Henderson,Hill,Holmes,Howard,Hudson,Hughes,Hunt,Hunter,\
        Ingram,Jackson,Jenkins,Johnson,Johnston,Jones,Jordan,Kelly,King,Knight,Lambert,Lawson,Lewis,Lloyd,Long,Marsh,\
        Marshall,Martin,Mason,Matthews,Miller,Mills,Mitchell,Moore,Morgan,Morris,Murray,Nelson,Newman,Nichols,Owen,\
        Palmer,Parker,Patterson,Payne,Pearson,Perkins,Perry,Phillips,Porter,Powell,Price,Reed,Reid,Reynolds,Richards,\
        Richardson,Roberts,Robertson,Robinson,Rogers,Rose,Ross,Russell,Sanders,Saunders,Scott,Shaw,Simpson,Smith,\
        Spencer,Stevens,Stewart,Stone,Sutton,Taylor,Thompson,Thornton,Tucker,Turner,Walker,Wallace,Walsh,Ward,\
        Washington,Watson,Watts,Webb,Wells,West,Wheeler,White,Wilkinson,Williams,Willis,Wilson,Wood,Woods,Wright,Young",
};

pub(super) const IRISH: NameList = NameList {
    women: "Aisling,Aoife,Bríd,Bronagh,Caoimhe,Ciara,Clodagh,Deirdre,Éabha,Eimear,Fionnuala,Gráinne,Líadan,Máire,\
        Maeve,Niamh,Nuala,Orla,Róisín,Saoirse,Sinéad,Siobhán,Sorcha,Úna",
    men: "Aodhán,Barry,Brendan,Cathal,Ciarán,Cian,Colm,Cormac,Declan,Diarmuid,Donal,Eamon,Eoin,Fergus,Finbarr,Fionn,\
        Kevin,Liam,Lorcan,Niall,Oisín,Pádraig,Rónán,Seán,Séamus,Tadhg",
    surnames: "Brennan,Burke,Byrne,Callaghan,Carroll,Connolly,Daly,Doherty,Doyle,Duffy,Dunne,Fitzgerald,Fitzpatrick,\
        Flynn,Foley,Gallagher,Healy,Hennessy,Kavanagh,Keane,Kenny,Lynch,MacCarthy,Maguire,McGrath,McLoughlin,Moran,\
        Mullen,Murphy,Nolan,O'Brien,O'Callaghan,O'Connor,O'Doherty,O'Donnell,O'Leary,O'Neill,O'Reilly,O'Shea,\
        O'Sullivan,Power,Quinn,Redmond,Ryan,Sheehan,Sweeney,Tierney,Whelan,Ó Briain/Ní Bhriain,Ó Súilleabháin/Ní Shúilleabháin",
};

pub(super) const SPANISH: NameList = NameList {
    women: "Adriana,Alba,Alejandra,Alicia,Ana María,Andrea,Ángela,Beatriz,Camila,Carmen,Carolina,Catalina,Cecilia,Clara,\
        Claudia,Cristina,Daniela,Dolores,Elena,Esperanza,Fernanda,Gabriela,Guadalupe,Inés,Isabel,Jimena,Juana,Laura,\
        Leticia,Lorena,Lucía,Luz,Magdalena,Marisol,Marta,Mercedes,Mónica,Natalia,Paloma,Paola,Patricia,Pilar,Raquel,\
        Rocío,Rosa,Sofía,Soledad,Teresa,Valentina,Ximena,Yolanda",
    men: "Alberto,Alejandro,Alfonso,Álvaro,Andrés,Ángel,Antonio,Armando,Arturo,Carlos,César,Cristián,Diego,Domingo,\
        Eduardo,Emilio,Enrique,Esteban,Federico,Felipe,Fernando,Francisco,Gerardo,Gonzalo,Guillermo,Gustavo,Héctor,\
        Hernán,Ignacio,Iván,Javier,Jesús,Joaquín,Jorge,José,Juan Carlos,Julio,Leonardo,Luis,Manuel,Mario,Martín,Mateo,\
        Miguel,Nicolás,Óscar,Pablo,Pedro,Rafael,Ramón,Raúl,Ricardo,Rodrigo,Salvador,Santiago,Sergio,Tomás,Vicente",
    surnames: "Acosta,Aguilar,Alonso,Álvarez,Arroyo,Ávila,Benítez,Blanco,Bravo,Cabrera,Calderón,Campos,Cárdenas,Carmona,\
        Castillo,Castro,Cortés,Cruz,de la Cruz,de la Fuente,del Río,Delgado,Díaz,Domínguez,Espinoza,Estrada,Fernández,\
        Figueroa,Flores,Fuentes,Gallego,García,Gil,Gómez,González,Guerrero,Gutiérrez,Guzmán,Hernández,Herrera,Ibáñez,\
        Iglesias,Jiménez,Lara,León,López,Lozano,Luna,Maldonado,Marín,Márquez,Martínez,Medina,Mejía,Méndez,Mendoza,\
        Molina,Montero,Morales,Moreno,Muñoz,Navarro,Núñez,Ochoa,Ortega,Ortiz,Pacheco,Parra,Peña,Pérez,Prieto,Quintero,\
        Ramírez,Ramos,Reyes,Ríos,Rivera,Robles,Rodríguez,Rojas,Romero,Rosales,Rubio,Ruiz,Salazar,Sánchez,Santana,\
        Santiago,Serrano,Soto,Suárez,Torres,Trujillo,Valdez,Vargas,Vásquez,Vega,Velasco,Vidal,Villanueva,Zamora,Zúñiga",
};

pub(super) const PORTUGUESE: NameList = NameList {
    women: "Adriana,Amália,Ana Clara,Beatriz,Bruna,Camila,Carolina,Catarina,Conceição,Débora,Fernanda,Flávia,Graça,\
        Helena,Inês,Isabel,Joana,Juliana,Larissa,Letícia,Luísa,Mariana,Matilde,Patrícia,Rafaela,Raquel,Renata,Rita,\
        Sofia,Tânia,Teresa,Thaís,Vanessa,Vitória",
    men: "Afonso,Alexandre,André,António,Bernardo,Bruno,Caio,Carlos,César,Diogo,Duarte,Eduardo,Fábio,Felipe,Francisco,\
        Gonçalo,Guilherme,Gustavo,Henrique,Hugo,João,João Pedro,Joaquim,José,Leonardo,Luís,Marcelo,Matheus,Miguel,\
        Nuno,Otávio,Paulo,Pedro,Rafael,Ricardo,Rodrigo,Rui,Sérgio,Thiago,Tomás,Vinícius",
    surnames: "Alves,Almeida,Andrade,Antunes,Araújo,Azevedo,Barbosa,Barros,Batista,Borges,Brandão,Cabral,Campos,Cardoso,\
        Carvalho,Castro,Coelho,Correia,Costa,da Silva,da Cunha,de Souza,Dias,dos Santos,Duarte,Esteves,Faria,Fernandes,\
        Ferreira,Figueiredo,Fonseca,Freitas,Gomes,Gonçalves,Guimarães,Henriques,Leal,Leitão,Lima,Lopes,Lourenço,\
        Machado,Magalhães,Marques,Martins,Matos,Medeiros,Melo,Mendes,Monteiro,Moraes,Moreira,Nascimento,Neves,Nogueira,\
        Oliveira,Pacheco,Pereira,Pinheiro,Pinto,Queirós,Ramos,Rebelo,Ribeiro,Rocha,Rodrigues,Sá,Sampaio,Santana,\
        Saraiva,Simões,Soares,Tavares,Teixeira,Vasconcelos,Vaz,Vieira",
};

pub(super) const FRENCH: NameList = NameList {
    women: "Adèle,Agnès,Amélie,Anaïs,Anne-Marie,Aurélie,Béatrice,Brigitte,Camille,Cécile,Céline,Chloé,Clémence,Corinne,\
        Delphine,Éloïse,Émilie,Estelle,Fanny,Florence,Françoise,Geneviève,Hélène,Inès,Jeanne,Juliette,Laetitia,Léa,\
        Léonie,Lucie,Maëlys,Manon,Margaux,Marie-Claire,Mathilde,Mélanie,Noémie,Océane,Pauline,Sandrine,Solène,Sylvie,\
        Thérèse,Valérie,Véronique,Zoé",
    men: "Adrien,Alain,Alexandre,Antoine,Arnaud,Aurélien,Baptiste,Benoît,Bertrand,Cédric,Christophe,Clément,Cyril,Damien,\
        Denis,Didier,Emmanuel,Étienne,Fabien,François,Frédéric,Gaël,Gérard,Grégoire,Guillaume,Hervé,Hugo,Jean-Luc,\
        Jean-Paul,Jérôme,Julien,Laurent,Loïc,Ludovic,Marc,Mathieu,Maxime,Nicolas,Noël,Olivier,Pascal,Philippe,Pierre,\
        Quentin,Raphaël,Rémi,Sébastien,Stéphane,Sylvain,Théo,Thibault,Valentin,Vincent,Yves",
    surnames: "André,Arnaud,Aubert,Barbier,Baron,Beaulieu,Benoît,Bernard,Bertrand,Besson,Blanchard,Bonnet,Boucher,Bouchard,\
        Bourgeois,Boyer,Brunet,Caron,Charpentier,Chevalier,Clément,Colin,d'Aubigné,David,de Villiers,Delacroix,Denis,\
        Deschamps,Dubois,Dufour,Dumas,Dumont,Dupont,Dupuis,Durand,Fabre,Faure,Fontaine,Fournier,Gagnon,Gaillard,Garnier,\
        Gauthier,Gérard,Girard,Giraud,Guérin,Guillaume,Hébert,Henry,Hervé,Hubert,Jacquet,Joly,L'Écuyer,Lacroix,\
        Lambert,Laurent,Le Goff,Leblanc,Leclerc,Lefèvre,Legrand,Lemaire,Lemoine,Leroux,Lévêque,Marchand,Marie,Martel,\
        Martin,Masson,Mercier,Meunier,Michaud,Moreau,Morin,Moulin,Noël,Olivier,Pelletier,Perrin,Picard,Poirier,Prévost,\
        Renard,Renaud,Rivière,Robin,Rousseau,Roussel,Roux,Roy,Simon,Thibault,Tremblay,Vallée,Vasseur,Vidal,Villeneuve",
};

pub(super) const GERMAN: NameList = NameList {
    women: "Andrea,Anja,Anke,Annegret,Astrid,Bärbel,Birgit,Brigitte,Carla,Christiane,Claudia,Cornelia,Dorothea,Elisabeth,\
        Elke,Eva,Franziska,Friederike,Gabriele,Gisela,Greta,Hannelore,Heike,Hildegard,Ilse,Ines,Jana,Johanna,Jutta,\
        Karin,Katja,Katrin,Käthe,Kerstin,Lena,Lieselotte,Luise,Margarete,Marlene,Mathilda,Monika,Nadine,Petra,Renate,\
        Sabine,Silke,Sonja,Susanne,Svenja,Ulrike,Ursula,Ute,Verena",
    men: "Achim,Andreas,Axel,Bernd,Björn,Christoph,Claus,Detlef,Dieter,Dirk,Eberhard,Egon,Erik,Ernst,Fabian,Felix,Florian,\
        Friedrich,Georg,Gerhard,Götz,Günther,Hans-Jürgen,Harald,Heiko,Heinrich,Helmut,Holger,Jakob,Jan,Jens,Jochen,\
        Johannes,Jonas,Jörg,Jürgen,Karl-Heinz,Klaus,Konrad,Lars,Leon,Lothar,Lukas,Lutz,Manfred,Markus,Matthias,Moritz,\
        Norbert,Olaf,Oskar,Ralf,Rainer,Rüdiger,Sebastian,Stefan,Sven,Thorsten,Till,Tobias,Uwe,Volker,Wolfgang",
    surnames: "Albrecht,Arnold,Bauer,Baumann,Beck,Becker,Berger,Bergmann,Böhm,Brandt,Braun,Busch,Dietrich,Ebert,Engel,\
        Fischer,Franke,Friedrich,Fuchs,Graf,Groß,Günther,Haas,Hahn,Hartmann,Heinrich,Herrmann,Hoffmann,Horn,Huber,Jäger,\
        Jung,Kaiser,Keller,Klein,Koch,Köhler,König,Krämer,Krause,Krüger,Kuhn,Kühn,Lang,Lange,Lehmann,Lindner,Lorenz,\
        Maier,Martin,Mayer,Meier,Meyer,Möller,Müller,Neumann,Oster,Otto,Peters,Pfeiffer,Pohl,Richter,Roth,Sauer,Schäfer,\
        Scherer,Schmid,Schmidt,Schmitz,Schneider,Scholz,Schreiber,Schröder,Schubert,Schulte,Schulz,Schumacher,Schuster,\
        Schütz,Schwarz,Seidel,Simon,Sommer,Stein,Thomas,Vogel,Vogt,Voigt,von Berg,von der Heide,Wagner,Walter,Weber,\
        Weiß,Werner,Winkler,Winter,Wolf,Ziegler,Zimmermann",
};

pub(super) const DUTCH: NameList = NameList {
    women: "Anouk,Annelies,Britt,Carlijn,Eefje,Esmée,Femke,Fleur,Floor,Hanneke,Ilse,Inge,Jolien,Lieke,Lotte,Maaike,Marijke,\
        Marleen,Noor,Renée,Roos,Sanne,Saskia,Sofie,Tess,Wendy,Willemijn,Zoë",
    men: "Bas,Bram,Casper,Cornelis,Daan,Dirk,Frank,Freek,Gijs,Hendrik,Jaap,Jasper,Jelle,Jeroen,Joost,Joris,Koen,Lars,Luuk,\
        Maarten,Mees,Pieter,Reinier,Rik,Ruben,Sander,Sjoerd,Stijn,Teun,Thijs,Willem,Wouter",
    surnames: "Aerts,Bakker,Beekman,Boer,Bos,Bosman,Botha,Brouwer,Claes,de Boer,de Groot,de Haan,de Jong,de Vries,de Wit,\
        Dekker,Dijkstra,du Plessis,Goossens,Hendriks,Hermans,Hoekstra,Huisman,Jacobs,Jansen,Janssens,Kok,Koster,Kuiper,\
        Maes,Meijer,Mertens,Mulder,Peeters,Pieters,Postma,Prins,Schouten,Smit,ten Brink,Timmermans,van Beek,van Damme,\
        van de Velde,van den Berg,van der Linden,van der Meer,van der Merwe,van Dijk,van Leeuwen,van Wyk,Veenstra,\
        Verbeek,Vermeulen,Visser,Vos,Wouters,Zijlstra",
};

pub(super) const NORDIC: NameList = NameList {
    women: "Agnes,Alva,Anneli,Astrid,Åsa,Birgitta,Ebba,Elin,Elsa,Frida,Freja,Gro,Gunilla,Hedda,Helga,Hilde,Ida,Ingeborg,\
        Ingrid,Jónína,Karin,Kirsten,Kristín,Lærke,Linnea,Liv,Maja,Märta,Mette,Oddný,Pernille,Ragnhild,Signe,Sigrún,Silje,\
        Siv,Solveig,Svanhild,Tuva,Þórdís,Tove,Ulla,Vigdís,Wilma,Ylva",
    men: "Aksel,Anders,Arvid,Bjarne,Bjørn,Björn,Carl-Gustaf,Dag,Eirik,Elias,Emil,Erling,Frode,Gunnar,Gustav,Håkan,Håkon,\
        Halvor,Henrik,Ivar,Jens,Jørgen,Kåre,Kasper,Kjell,Knut,Lars,Leif,Magnus,Mats,Mikkel,Morten,Niels,Nils,Odd,Øyvind,\
        Olof,Per,Pål,Rasmus,Roar,Rune,Sigurður,Søren,Stig,Sverre,Terje,Torbjörn,Tore,Trond,Ulf,Viggo,Viktor,Østen",
    surnames: "Åberg,Åkesson,Andersen,Andersson,Bakke,Berg,Bergström,Björklund,Blomqvist,Brandt,Bruun,Carlsen,Christensen,\
        Dahl,Dahlberg,Ek,Eklund,Engström,Eriksen,Eriksson,Forsberg,Fredriksen,Friis,Gustafsson,Haugen,Hansen,Hedlund,\
        Hellström,Holm,Holmberg,Iversen,Jacobsen,Jensen,Johannessen,Johansson,Jónsson/Jónsdóttir,Jørgensen,Karlsson,Kjær,\
        Knudsen,Kristiansen,Krogh,Larsen,Larsson,Lie,Lindberg,Lindqvist,Lindström,Lund,Lundgren,Madsen,Magnusson,\
        Mikkelsen,Moe,Möller,Mørk,Mortensen,Nielsen,Nilsson,Nordström,Nyström,Østergaard,Olsen,Öberg,Pedersen,Persson,\
        Petersen,Poulsen,Rasmussen,Rønning,Sandberg,Sigurðsson/Sigurðardóttir,Sjöberg,Skov,Solberg,Sørensen,Strand,\
        Sundström,Svendsen,Svensson,Söderberg,Thomsen,Thorsen,Vestergaard,Vik,Wallin,Wikström",
};

pub(super) const FINNISH: NameList = NameList {
    women: "Aino,Anneli,Eeva,Elina,Emmi,Hanna,Heidi,Helmi,Inkeri,Johanna,Kaisa,Katja,Kirsi,Laura,Leena,Liisa,Marja,Minna,\
        Outi,Päivi,Pirjo,Riikka,Saara,Sanna,Satu,Sirpa,Tiina,Tuula,Ulla,Venla",
    men: "Aleksi,Antti,Arto,Eero,Eetu,Hannu,Heikki,Ilkka,Jaakko,Janne,Jari,Juha,Jukka,Jussi,Kari,Lauri,Marko,Matti,Mika,\
        Niilo,Olli,Oskari,Pekka,Petri,Sami,Seppo,Tapio,Teemu,Timo,Toni,Väinö,Ville",
    surnames: "Aalto,Ahonen,Anttila,Hakala,Häkkinen,Hämäläinen,Heikkilä,Heikkinen,Heinonen,Hiltunen,Järvinen,Kallio,\
        Karjalainen,Kinnunen,Korhonen,Koskinen,Laaksonen,Lahtinen,Laine,Laitinen,Lehtonen,Leppänen,Mäkelä,Mäkinen,\
        Manninen,Mattila,Miettinen,Nieminen,Niskanen,Ojala,Peltonen,Pitkänen,Rantanen,Räsänen,Saarinen,Salminen,Salonen,\
        Savolainen,Tuominen,Turunen,Väisänen,Virtanen,Ylönen",
};

pub(super) const POLISH: NameList = NameList {
    women: "Agata,Agnieszka,Aleksandra,Alicja,Anna,Barbara,Beata,Bożena,Danuta,Dorota,Elżbieta,Ewa,Grażyna,Halina,Iwona,\
        Jadwiga,Joanna,Jolanta,Justyna,Karolina,Katarzyna,Kinga,Magdalena,Małgorzata,Marta,Monika,Natalia,Paulina,\
        Renata,Sylwia,Urszula,Weronika,Wioletta,Zofia,Żaneta",
    men: "Adam,Andrzej,Bartosz,Bogdan,Bogusław,Dariusz,Filip,Grzegorz,Jacek,Jakub,Jan,Janusz,Jarosław,Jerzy,Kamil,Karol,\
        Krzysztof,Leszek,Łukasz,Maciej,Marcin,Marek,Mateusz,Michał,Mirosław,Paweł,Piotr,Przemysław,Rafał,Ryszard,Sławomir,\
        Stanisław,Szymon,Tomasz,Wiesław,Witold,Władysław,Wojciech,Zbigniew",
    surnames: "Adamczyk,Baran,Bąk,Błaszczyk,Borkowski/Borkowska,Chmielewski/Chmielewska,Czarnecki/Czarnecka,Dąbrowski/Dąbrowska,\
        Duda,Dudek,Gajewski/Gajewska,Głowacki/Głowacka,Górski/Górska,Grabowski/Grabowska,Jabłoński/Jabłońska,Jankowski/Jankowska,\
        Jaworski/Jaworska,Kaczmarek,Kalinowski/Kalinowska,Kamiński/Kamińska,Kołodziej,Kowalczyk,Kowalski/Kowalska,\
        Kozłowski/Kozłowska,Krawczyk,Król,Krupa,Kubiak,Kwiatkowski/Kwiatkowska,Lewandowski/Lewandowska,Lis,Majewski/Majewska,\
        Malinowski/Malinowska,Mazur,Michalski/Michalska,Nowak,Nowakowski/Nowakowska,Olszewski/Olszewska,Ostrowski/Ostrowska,\
        Pawłowski/Pawłowska,Piątek,Pietrzak,Rutkowski/Rutkowska,Sikora,Sokołowski/Sokołowska,Stępień,Szczepański/Szczepańska,\
        Szewczyk,Szymański/Szymańska,Tomaszewski/Tomaszewska,Urbański/Urbańska,Walczak,Wasilewski/Wasilewska,\
        Wiśniewski/Wiśniewska,Witkowski/Witkowska,Wójcik,Woźniak,Wróbel,Wysocki/Wysocka,Zając,Zakrzewski/Zakrzewska,\
        Zalewski/Zalewska,Zieliński/Zielińska,Żak",
};

pub(super) const CZECH: NameList = NameList {
    women: "Adéla,Alena,Barbora,Blanka,Božena,Dana,Denisa,Eliška,Hana,Helena,Iveta,Ivana,Jana,Jitka,Kateřina,Klára,Kristýna,\
        Lenka,Lucie,Ludmila,Markéta,Martina,Michaela,Milada,Petra,Šárka,Tereza,Věra,Vendula,Veronika,Zuzana",
    men: "Aleš,Antonín,Bohumil,Daniel,David,Dušan,Filip,František,Jakub,Jan,Jaroslav,Jiří,Josef,Karel,Kryštof,Ladislav,\
        Libor,Lubomír,Lukáš,Marek,Matěj,Milan,Miloš,Miroslav,Ondřej,Pavel,Petr,Radek,Roman,Řehoř,Štěpán,Tomáš,Václav,\
        Vít,Vojtěch,Zdeněk",
    surnames: "Bartoš/Bartošová,Beneš/Benešová,Blažek/Blažková,Čech/Čechová,Čermák/Čermáková,Černý/Černá,Doležal/Doležalová,\
        Dostál/Dostálová,Dušek/Dušková,Dvořák/Dvořáková,Fiala/Fialová,Hájek/Hájková,Havel/Havlová,Holub/Holubová,Horák/Horáková,\
        Hruška/Hrušková,Jelínek/Jelínková,Kolář/Kolářová,Konečný/Konečná,Kovář/Kovářová,Král/Králová,Kratochvíl/Kratochvílová,\
        Kříž/Křížová,Kučera/Kučerová,Malý/Malá,Marek/Marková,Mareš/Marešová,Moravec/Moravcová,Musil/Musilová,Navrátil/Navrátilová,\
        Němec/Němcová,Novák/Nováková,Novotný/Novotná,Polák/Poláková,Pokorný/Pokorná,Pospíšil/Pospíšilová,Procházka/Procházková,\
        Růžička/Růžičková,Říha/Říhová,Sedláček/Sedláčková,Šimek/Šimková,Soukup/Soukupová,Svoboda/Svobodová,Sýkora/Sýkorová,\
        Toman/Tomanová,Urban/Urbanová,Vaněk/Vaňková,Veselý/Veselá,Vlček/Vlčková,Zeman/Zemanová,Žák/Žáková",
};

pub(super) const HUNGARIAN: NameList = NameList {
    women: "Ágnes,Anikó,Bernadett,Boglárka,Csilla,Dóra,Edit,Emese,Enikő,Erzsébet,Eszter,Fruzsina,Gyöngyi,Ildikó,Ilona,Judit,\
        Katalin,Kinga,Krisztina,Márta,Mónika,Noémi,Nóra,Orsolya,Piroska,Réka,Tünde,Vivien,Zita,Zsófia,Zsuzsanna",
    men: "Ákos,András,Attila,Balázs,Bálint,Béla,Bence,Botond,Csaba,Dániel,Dénes,Dezső,Endre,Ferenc,Gábor,Gergely,György,Gyula,\
        Imre,István,János,József,Kálmán,Károly,Kristóf,László,Levente,Lőrinc,Márton,Máté,Mihály,Miklós,Norbert,Péter,Sándor,\
        Szabolcs,Tamás,Tibor,Vilmos,Zoltán,Zsolt",
    surnames: "Antal,Bakó,Balázs,Balogh,Barta,Bíró,Bodnár,Bognár,Boros,Csonka,Deák,Dudás,Farkas,Fazekas,Fehér,Fekete,Fodor,\
        Fülöp,Gál,Gulyás,Hajdú,Halász,Hegedűs,Horváth,Illés,Jakab,Juhász,Katona,Kelemen,Kerekes,Király,Kis,Kocsis,Kovács,\
        Kőszegi,Lakatos,László,Lengyel,Lukács,Magyar,Major,Márton,Máté,Mészáros,Molnár,Nagy,Nemes,Németh,Novák,Oláh,Orbán,\
        Orosz,Papp,Pásztor,Pintér,Rácz,Sándor,Simon,Sipos,Somogyi,Soós,Szabó,Szalai,Szekeres,Szilágyi,Szőke,Szűcs,Takács,\
        Tóth,Török,Váradi,Varga,Vass,Végh,Veres,Vincze,Vörös",
};

pub(super) const ROMANIAN: NameList = NameList {
    women: "Adina,Alina,Anca,Andreea,Bianca,Carmen,Corina,Cristina,Daniela,Elena,Florentina,Gabriela,Ioana,Irina,Larisa,\
        Luminița,Mădălina,Mihaela,Oana,Raluca,Roxana,Ruxandra,Simona,Ștefania,Viorica",
    men: "Adrian,Alexandru,Andrei,Bogdan,Călin,Cătălin,Ciprian,Constantin,Costel,Cristian,Dragoș,Eugen,Florin,Gheorghe,Ilie,\
        Ioan,Ionuț,Liviu,Lucian,Marius,Mihai,Mircea,Nicolae,Octavian,Ovidiu,Radu,Răzvan,Sorin,Ștefan,Valentin,Vlad",
    surnames: "Albu,Andrei,Anghel,Barbu,Bălan,Ciobanu,Constantinescu,Cojocaru,Cristea,Diaconu,Dobre,Dumitrescu,Enache,Florea,\
        Gheorghiu,Iancu,Ionescu,Lazăr,Lungu,Manole,Marin,Mihăilescu,Moldovan,Munteanu,Neagu,Nistor,Oprea,Pavel,Popa,Popescu,\
        Preda,Rusu,Sandu,Șerban,Stan,Stoica,Țăranu,Toma,Tudor,Ungureanu,Vasilescu,Voicu",
};

pub(super) const ITALIAN: NameList = NameList {
    women: "Alessandra,Alessia,Angela,Anna,Arianna,Beatrice,Benedetta,Camilla,Caterina,Chiara,Cinzia,Daniela,Elena,Elisa,\
        Emanuela,Federica,Francesca,Giada,Giorgia,Giovanna,Giulia,Greta,Ilaria,Laura,Lucia,Ludovica,Margherita,Martina,\
        Michela,Monica,Noemi,Paola,Roberta,Rosaria,Sara,Serena,Silvia,Simona,Sofia,Stefania,Valentina,Viola",
    men: "Alberto,Alessandro,Andrea,Antonio,Bruno,Carlo,Claudio,Cristiano,Daniele,Dario,Davide,Diego,Domenico,Edoardo,\
        Emanuele,Enrico,Fabio,Federico,Filippo,Francesco,Gabriele,Giacomo,Gianluca,Giorgio,Giovanni,Giuseppe,Jacopo,\
        Leonardo,Lorenzo,Luca,Marco,Matteo,Mattia,Maurizio,Michele,Niccolò,Paolo,Pietro,Riccardo,Roberto,Salvatore,\
        Simone,Stefano,Tommaso,Umberto,Valerio,Vincenzo,Vittorio",
    surnames: "Amato,Barbieri,Basile,Battaglia,Bellini,Benedetti,Bernardi,Bianchi,Bianco,Bruno,Caputo,Carbone,Caruso,Cattaneo,\
        Colombo,Conte,Conti,Coppola,Costa,D'Angelo,D'Amico,De Luca,De Rosa,De Santis,Del Vecchio,Di Stefano,Donati,Esposito,\
        Fabbri,Ferrara,Ferrari,Ferri,Fiore,Fontana,Galli,Gallo,Gatti,Gentile,Giordano,Grassi,Greco,Guerra,Leone,Lo Russo,\
        Lombardi,Longo,Mancini,Marchetti,Mariani,Marini,Marino,Martinelli,Martini,Mazza,Messina,Monti,Morelli,Moretti,\
        Neri,Nicolò,Orlando,Pagano,Palmieri,Parisi,Pellegrini,Piras,Ricci,Rinaldi,Riva,Rizzo,Romano,Rossetti,Rossi,Ruggiero,\
        Russo,Sala,Sanna,Santoro,Serra,Silvestri,Sorrentino,Testa,Valentini,Villa,Vitale",
};

pub(super) const GREEK: NameList = NameList {
    women: "Aikaterini,Anastasia,Angeliki,Athina,Chrysoula,Danae,Despina,Dimitra,Eirini,Eleni,Evangelia,Foteini,Georgia,\
        Ioanna,Kalliopi,Konstantina,Maria,Marina,Niki,Panagiota,Paraskevi,Sofia,Stavroula,Theodora,Vasiliki,Zoi",
    men: "Achilleas,Alexandros,Anastasios,Andreas,Angelos,Antonis,Charalampos,Christos,Dimitris,Efstathios,Evangelos,Giannis,\
        Giorgos,Grigoris,Ilias,Konstantinos,Kostas,Leonidas,Manolis,Michalis,Nikos,Panagiotis,Pavlos,Petros,Spyros,Stavros,\
        Stelios,Thanasis,Theodoros,Vasilis",
    surnames: "Alexiou,Anagnostou,Antoniou,Athanasiou,Christodoulou,Dimitriou,Doukas/Douka,Economou,Filippidis/Filippidi,\
        Fotopoulos/Fotopoulou,Georgiadis/Georgiadi,Georgiou,Ioannidis/Ioannidi,Kalogeropoulos/Kalogeropoulou,Karagiannis/Karagianni,\
        Katsaros/Katsarou,Konstantinou,Kotsis/Kotsi,Lambros/Lambrou,Makris/Makri,Michailidis/Michailidi,Nikolaou,\
        Oikonomidis/Oikonomidi,Pappas/Pappa,Papadakis/Papadaki,Papadopoulos/Papadopoulou,Pavlidis/Pavlidi,Petridis/Petridi,\
        Samaras/Samara,Stavropoulos/Stavropoulou,Theodorou,Tsoukalas/Tsoukala,Vasileiou,Vlachos/Vlachou,Zervas/Zerva",
};

pub(super) const UKRAINIAN: NameList = NameList {
    women: "Alla,Anastasiia,Anna,Bohdana,Daryna,Halyna,Hanna,Iryna,Kateryna,Khrystyna,Larysa,Liudmyla,Lesia,Mariia,Myroslava,\
        Nadiia,Nataliia,Oksana,Oleksandra,Olena,Olha,Polina,Sofiia,Solomiia,Svitlana,Tetiana,Valentyna,Viktoriia,Yana,\
        Yevheniia,Yuliia,Zlata",
    men: "Anatolii,Andrii,Artem,Bohdan,Borys,Danylo,Denys,Dmytro,Fedir,Hryhorii,Ihor,Ivan,Kyrylo,Maksym,Mykhailo,Mykola,Nazar,\
        Oleh,Oleksandr,Oleksii,Ostap,Pavlo,Petro,Roman,Ruslan,Serhii,Stepan,Taras,Tymofii,Vadym,Vasyl,Viktor,Vitalii,\
        Volodymyr,Yaroslav,Yevhen,Yurii",
    surnames: "Andriienko,Antoniuk,Babenko,Bilyk,Bondar,Bondarenko,Boyko,Chornyi/Chorna,Danylenko,Fedorenko,Haievskyi/Haievska,\
        Havrylenko,Honcharenko,Hrytsenko,Ivanenko,Karpenko,Klymenko,Kolomiiets,Kovalchuk,Kovalenko,Kovalskyi/Kovalska,\
        Kravchenko,Kravchuk,Kuzmenko,Lysenko,Lytvynenko,Marchenko,Martyniuk,Melnyk,Moroz,Nazarenko,Oliinyk,Onyshchenko,\
        Panchenko,Pavlenko,Petrenko,Polishchuk,Ponomarenko,Romanenko,Rudenko,Savchenko,Semenyuk,Shevchenko,Shvets,\
        Sydorenko,Tarasenko,Tkachenko,Tkachuk,Tymoshenko,Vasylenko,Yakovenko,Zakharchenko,Zinchenko",
};
