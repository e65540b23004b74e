"""The words by which a title tells its category, in English, German, French, Spanish, Portuguese, Italian,
Dutch and Polish.

Separated by commas; a star means that the word may go on. Upper case and accents mean nothing. Left out are
words that mean different things in different languages or homes, such as "gas".
"""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "groceries": """
        groceries, grocery, supermar*, supermer*, food, market, vegetables, fruit, bread, milk,
        cheese, meat, weekly shop, tesco, sainsbury*, asda, waitrose, walmart, whole foods, trader
        joe*, aldi, lidl, rewe, edeka, kaufland, netto, spar, migros, coop, denner, hofer, billa,
        carrefour, leclerc, auchan, intermarche, monoprix, mercadona, eroski, consum, pingo doce,
        continente, esselunga, conad, albert heijn, jumbo, biedronka, żabka, lebensmittel*,
        einkauf*, gemüse*, obst*, brot, markt, wochenmarkt, käse, fleisch, metzger*, courses,
        épicerie*, alimentation, marché, fruits, légumes, fromage*, pain, viande, boucherie, compra,
        compras, mercado, verdura*, fruta*, carniceria, frutaria, talho, açougue, hortifruti, spesa,
        alimentari, mercato, frutta, macelleria, boodschappen, groente*, kaas, brood, slager*,
        zakupy, spożywcz*, warzywa, owoce, chleb, mięso
    """,
    "restaurant": """
        restaur*, ristorante*, dinner, lunch, breakfast, brunch, supper, meal, meals, eating out,
        fine dining, takeaway, take away, takeout, pizza*, pizzeria*, burger*, sushi*, kebab*,
        döner*, ramen, tapas, mcdonald*, kfc, deliveroo, uber eats, ubereats, lieferando, wolt, just
        eat, doordash, essen, abendessen, mittagessen, frühstück*, gaststätte*, gasthaus,
        lieferdienst, imbiss, déjeuner, petit déjeuner, dîner, repas, resto, crêperie, cena, cenas,
        comida, almuerzo, desayuno, jantar, almoço, pequeno almoço, café da manhã, refeição,
        trattoria, osteria, pranzo, colazione, eten, uit eten, avondeten, ontbijt, obiad*, kolacja,
        śniadanie, jedzenie
    """,
    "cafe": """
        coffee*, café*, espresso, cappuccino, tea, snack*, bakery, ice cream, icecream, cake, cakes,
        croissant*, starbucks, hot dog*, kaffee*, bäcker*, kuchen, eis, eisdiele, konditorei,
        brötchen, pâtisserie*, boulangerie*, glace, glaces, goûter, panadería*, pastelería*,
        helado*, merienda, padaria, pastelaria, sorvete*, lanche, gelat*, pasticceria, panificio,
        koffie*, thee, bakker*, ijs, ijsje*, gebak, taart, kawa, kawiarnia, piekarnia, lody,
        cukiernia, ciast*
    """,
    "drinks": """
        drink, drinks, bar, bars, pub, pubs, beer*, wine*, cocktail*, whisky, vodka, alcohol, bier*,
        wein*, getränke*, kneipe*, schnaps, apéro*, aperit*, aperol, vin, vins, boisson*, cerveza*,
        vino*, copas, bebida*, cerveja*, vinho*, birra, birre, bevande, borrel*, wijn*, drank,
        drankjes, kroeg, piwo, piwa, wino, napoje, wódka, alkohol*
    """,
    "transport": """
        bus, buses, bus ticket*, tram, trams, tramway, subway ticket*, metro, underground, public
        transport, autobus*, straßenbahn*, u bahn, ubahn, s bahn, sbahn, öpnv, nahverkehr*, bvg,
        mvg, hvv, navigo, ratp, oyster, transports en commun, transporte público, ônibus, autocarro,
        metropolitana, mezzi pubblici, openbaar vervoer, ov chipkaart, komunikacja miejska,
        tramwaj*, scooter*, roller
    """,
    "taxi": """
        taxi*, cab, uber, bolt, lyft, free now, freenow, cabify, rideshare, vtc, fahrdienst, táxi,
        taksówk*
    """,
    "train": """
        train, trains, train ticket*, railway, amtrak, eurostar, interrail, bahn, bahnticket*,
        bahnfahrt*, bahncard*, deutsche bahn, zug, zugfahrt*, zugticket*, flixtrain, öbb, sbb, sncf,
        tgv, ouigo, renfe, tren, trem, comboio, treno, treni, trenitalia, italo, trein*,
        treinkaartje*, pociąg*, pkp, intercity
    """,
    "flight": """
        flight*, plane, plane ticket*, airline*, airport, ryanair, easyjet, lufthansa, eurowings,
        wizz air, wizzair, vueling, air france, klm, iberia, flug*, vol, vols, avion, billet d
        avion, aéroport, vuelo*, aeropuerto, voo, voos, avião, passagem aérea, volo, voli, aereo,
        aeroporto, vlucht*, vliegtuig*, vliegticket*, luchthaven, lot, loty, samolot*, lotnisko
    """,
    "fuel": """
        fuel, petrol*, gasoline, gas station, diesel, charging station, ev charging, supercharger,
        shell, aral, esso, totalenergies, repsol, orlen, benzin*, tanken, tankstelle*, sprit,
        ladesäule*, ladestation, essence, gazole, carburant*, gasolina*, gasolinera, gasóleo,
        combustible, combustível, tankbeurt, tankstation, benzyn*, paliwo, tankowanie, stacja
        benzynowa
    """,
    "parking": """
        parking*, parking lot, parking ticket*, car park, toll, tolls, parken, parkhaus*,
        parkplatz*, parkgebühr*, parkschein*, maut*, vignette*, stationnement, péage*, aparcamiento,
        estacionamiento, peaje*, estacionamento, portagem, portagens, pedágio, parchegg*, pedaggi*,
        parkeren, parkeergarage*, parkeerkosten, tolweg, parkowanie, winieta, opłata parkingowa
    """,
    "hotel": """
        hotel*, hostel*, motel*, airbnb, booking, accommodation, lodging, guesthouse, guest house,
        bed and breakfast, b b, campsite, camping*, unterkunft*, übernachtung*, ferienwohnung*,
        ferienhaus*, pension, hébergement, gîte*, auberge*, alojamiento, albergue*, hospedaje,
        alojamento, hospedagem, pousada*, alloggi*, albergo, ostello, agriturismo, overnachting*,
        vakantiehuis*, nocleg*, kwatera
    """,
    "travel": """
        travel*, trip, vacation*, holiday*, ferry, cruise, tour, tours, excursion*, luggage, car
        rental, rental car, car hire, bike rental*, reise*, urlaub*, ausflug*, fähre, kreuzfahrt*,
        mietwagen*, mietauto*, leihwagen, voyage*, vacances, croisière*, location de voiture,
        location voiture, viaje*, vacaciones, crucero, alquiler de coche*, viagem, viagens, férias,
        passeio*, aluguel de carro, aluguer de carro, viaggi*, vacanz*, traghetto, autonoleggio,
        noleggio auto, vakantie*, veerboot, huurauto*, autohuur, podróż*, wakacje, wycieczk*, prom,
        wynajem samochodu
    """,
    "rent": """
        rent, miete*, kaltmiete, warmmiete, loyer*, alquiler, arriendo, aluguel, renda, affitto,
        huur, czynsz*
    """,
    "utilities": """
        utilities, utility bill*, electricity, electric bill*, power bill*, water bill*, gas bill*,
        heating, garbage, strom*, stromrechnung*, wasserrechnung*, gasrechnung*, heizung*,
        heizkosten, fernwärme, nebenkosten*, müllgebühr*, électricité, facture d eau, facture eau,
        chauffage, edf, engie, electricidad, luz, factura del agua, calefacción, eletricidade,
        electricidade, conta de luz, conta de água, energia, bollett*, luce, riscaldamento,
        elektriciteit, energierekening, stroom, verwarming, prąd, ogrzewanie
    """,
    "internet": """
        internet*, wifi, wi fi, wlan, broadband, phone bill*, mobile plan, sim, sim card*, esim*,
        telefon*, handyvertrag, handyrechnung, mobilfunk*, dsl, téléphone, forfait mobile, telefono,
        móvil, telemóvel, celular, cellulare, telefoon*, vodafone, telekom*, t mobile
    """,
    "household": """
        household, cleaning*, detergent*, toilet paper, laundry, dish soap, haushalt*, putzmittel,
        reinigung*, waschmittel, waschsalon, klopapier, toilettenpapier, spülmittel, drogerie*,
        rossmann, ménage, produits ménagers, lessive, papier toilette, limpieza, papel higiénico,
        lavandería, limpeza, pulizi*, detersivo, carta igienica, huishoud*, schoonmaak*, wasmiddel,
        wc papier, sprzątanie, środki czystości, papier toaletowy, pralnia, chemia domowa
    """,
    "furniture": """
        furniture, ikea, sofa, mattress, lamp, desk, shelf, shelves, repair*, renovation*, hardware
        store, plumber, handyman, hornbach, bauhaus, obi, möbel*, matratze*, regal, schrank,
        baumarkt*, reparat*, handwerker*, klempner, meuble*, matelas, canapé, bricolage, leroy
        merlin, castorama, réparation*, mueble*, colchón, ferretería, reparación, móveis, colchão,
        reparo*, mobili, materasso, divano, ferramenta, riparazion*, meubel*, matras, bouwmarkt*,
        meble*, materac, łóżko, remont*, naprawa
    """,
    "insurance": """
        insurance*, travel insurance, car insurance, health insurance, versicherung*, haftpflicht*,
        reiseversicherung, hausratversicherung, autoversicherung, krankenversicherung, assurance*,
        seguro, seguros, assicurazion*, verzekering*, reisverzekering, ubezpieczeni*
    """,
    "taxes": """
        tax, taxes, fee, fees, bank fee*, council tax, tourist tax, city tax, parking fine*,
        speeding fine*, visa fee*, passport, steuer*, gebühr*, kurtaxe, bußgeld*, strafzettel,
        rundfunkbeitrag, impôt*, taxe de séjour, amende*, impuesto*, tasa, tasas, multa*, imposto*,
        taxa, taxas, tassa, tassa di soggiorno, imposta, belasting*, boete*, podatek, podatki,
        mandat, opłata
    """,
    "entertainment": """
        cinema*, movie*, film, films, theatre*, theater*, museum*, gallery, netflix, spotify, disney
        plus, streaming, game, games, bowling, karaoke, zoo, aquarium, escape room, amusement park,
        theme park, concert*, festival*, opera, disco, nightclub, kino*, konzert*, oper,
        freizeitpark*, spiel, spiele, spieleabend, musée*, jeu, jeux, parc d attractions, cine,
        museo*, concierto*, juego*, parque de atracciones, teatro*, museu*, jogo*, gioco, giochi,
        musei, bioscoop*, pretpark*, dierentuin, koncert*, muzeum, teatr, gra planszowa, park
        rozrywki
    """,
    "tickets": """
        ticket*, admission, entrance fee*, entry fee*, eintritt*, karten, billet*, entrada*,
        ingresso*, bigliett*, bilhete*, boleto*, toegang*, kaartje*, bilet*, wstęp
    """,
    "sport": """
        sport*, gym, fitness*, yoga, swimming*, football, soccer, tennis, padel, squash, badminton,
        climbing*, boulder*, golf, ski, skis, skiing, ski pass*, skipass*, skikurs*, skiverleih,
        lift pass*, surf*, decathlon, schwimmbad*, freibad, fußball*, klettern*, piscine, salle de
        sport, natation, escalade, gimnasio, piscina, fútbol, natación, futebol, palestra, calcio,
        zwembad*, voetbal*, siłowni*, basen, piłka nożna, narty, karnet
    """,
    "shopping": """
        shopping, shoppen, mall, amazon, ebay, temu, aliexpress, allegro, bol com, el corte inglés,
        electronics, mediamarkt, media markt, saturn, fnac, book, books, bookshop, souvenir*,
        elektronik*, buch, bücher, livre*, libro*, livro*, libri, boek, boeken, książk*
    """,
    "clothes": """
        clothes, clothing, shoes, jacket, shirt*, t shirt*, dress, jeans, sneakers, zara, h m,
        zalando, primark, uniqlo, kleidung*, klamotten, schuhe, jacke, hose, vêtement*, chaussure*,
        ropa, zapatos, zapatillas, roupa*, sapato*, vestiti, abbigliamento, scarpe, kleding*,
        kleren, schoenen, jas, ubrani*, buty, odzież, kurtka
    """,
    "gifts": """
        gift*, present, presents, donation*, charity, birthday*, wedding*, flowers, geschenk*,
        spende*, geburtstag*, hochzeit*, blumen*, cadeau*, anniversaire*, fleurs, regalo*, regali,
        cumpleaños, donación, flores, presente*, prenda*, aniversário, doação, compleanno,
        donazion*, fiori, verjaardag*, donatie*, bloemen, prezent*, urodziny, darowizna, kwiaty
    """,
    "children": """
        children, kids, childcare, child care, baby*, diapers, nappies, toy, toys, kindergarten*,
        nursery, daycare, kinder, kita, windeln, spielzeug*, tagesmutter, enfant*, crèche, couches,
        jouet*, nounou, bébé*, niños, guardería, pañales, juguete*, criança*, fraldas, brinquedo*,
        bambin*, pannolini, asilo, giocattol*, kinderopvang, luiers, speelgoed, oppas, dzieci,
        przedszkole, pieluchy, zabawk*, żłobek
    """,
    "education": """
        school*, tuition, course, university, college, textbook*, schule, schulgeld, kurs, kurse,
        studium, uni, nachhilfe, semesterbeitrag, école, cours, scolarité, université, escuela,
        curso*, universidad, matrícula, escola, faculdade, scuola, corso, università, cursus,
        opleiding, szkoła, czesne, studia
    """,
    "health": """
        pharmacy, doctor*, dentist*, medicine*, medication*, hospital*, haircut, hairdresser,
        barber, massage*, cosmetics, optician, physio*, sunscreen, skin care, skincare, apotheke*,
        arzt, ärztin, zahnarzt*, medikament*, friseur*, krankenhaus, kosmetik*, brille, sonnencreme,
        pharmacie*, médecin*, médicament*, coiffeur*, hôpital, farmacia*, médico, dentista,
        medicina*, peluquería, cabeleireiro, remédio*, parrucchier*, ospedale, apotheek, huisarts,
        tandarts, kapper, medicijn*, ziekenhuis, apteka, lekarz, dentysta, leki, fryzjer, szpital
    """,
    "pets": """
        pet, pets, pet food, dog, dogs, dog food, cat, cats, cat food, vet, veterinar*, hund, hunde,
        hundefutter, katze*, tierarzt*, futter, fressnapf, chien*, chat, chats, vétérinaire*,
        croquettes, perro*, gato*, pienso, cachorro*, ração, cane, gatto, crocchette, hond, honden,
        kat, katten, hondenvoer, kattenvoer, dierenarts*, kot, koty, karma dla psa, karma dla kota,
        weterynarz
    """,
}
"""For each category that can be guessed, by its key, the words and phrases that stand for it."""
