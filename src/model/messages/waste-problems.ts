// The sentences of what is found in collection calendars, French and English side by side: où, quoi, attendu, geste.
import type { Sentence } from '../language.ts';

export const wasteProblemMessages = {
  'waste.calendar.unread': {
    fr: 'Calendrier, « {column} » : nous avons lu « {value} », nous attendions par exemple {expected}. Corrigez cette partie du fichier.',
    en: 'Calendar, "{column}": we read "{value}", we expected for example {expected}. Correct this part of the file.',
  },
  'waste.round.unread': {
    fr: 'Tournée n° {row}, « {column} » : nous avons lu « {value} », nous attendions par exemple {expected}. Corrigez-la : en attendant, elle n’est pas comptée.',
    en: 'Round no. {row}, "{column}": we read "{value}", we expected for example {expected}. Correct it: until then, it does not count.',
  },
  'waste.exception.unread': {
    fr: 'Exception n° {row}, « {column} » : nous avons lu « {value} », nous attendions par exemple {expected}. Corrigez-la : en attendant, elle n’est pas comptée.',
    en: 'Exception no. {row}, "{column}": we read "{value}", we expected for example {expected}. Correct it: until then, it does not count.',
  },
  'waste.ask.twoHolidays': {
    fr: 'Exception à saisir : deux jours fériés tombent la même semaine ({expected}). La règle ne dit pas quand a lieu la collecte « {column} » prévue le {value}. Ajoutez une exception pour ce jour : son nouveau jour (ou aucun, si elle est supprimée) et le motif.',
    en: 'An exception is needed: two public holidays fall in the same week ({expected}). The rule does not say when the collection "{column}" planned on {value} takes place. Add an exception for that day: its new day (or none, if it is cancelled) and the reason.',
  },
  'waste.ask.noDayLeft': {
    fr: 'Exception à saisir : le jour férié ({expected}) décale la collecte « {column} » prévue le {value}, mais il ne reste plus de jour de collecte dans la semaine. Ajoutez une exception pour ce jour : son nouveau jour (ou aucun, si elle est supprimée) et le motif.',
    en: 'An exception is needed: the public holiday ({expected}) shifts the collection "{column}" planned on {value}, but no day of collection is left in the week. Add an exception for that day: its new day (or none, if it is cancelled) and the reason.',
  },
  'waste.ask.noRule': {
    fr: 'Exception à saisir : la collecte « {column} » prévue le {value} tombe un jour férié, et le calendrier ne donne pas de règle pour les jours fériés. Ajoutez une règle (« holidayRule »), ou une exception pour ce jour.',
    en: 'An exception is needed: the collection "{column}" planned on {value} falls on a public holiday, and the calendar gives no rule for public holidays. Add a rule ("holidayRule"), or an exception for that day.',
  },
  'waste.ask.contradictory': {
    fr: 'Exception à saisir : plusieurs exceptions donnent un jour différent à la collecte « {column} » prévue le {value}. Gardez celle qui est juste, effacez les autres.',
    en: 'An exception is needed: several exceptions give a different day to the collection "{column}" planned on {value}. Keep the right one, delete the others.',
  },
  'waste.exception.idle': {
    fr: 'L’exception du {value} ne change rien : aucune collecte n’est prévue ce jour-là. Vérifiez le jour, le type de déchets et le secteur.',
    en: 'The exception of {value} changes nothing: no collection is planned on that day. Check the day, the kind of waste and the sector.',
  },
  'waste.exception.movedDay': {
    fr: 'L’exception du {value} ne change rien : la collecte de ce jour-là était prévue le {proposal} et vient déjà d’un décalage. Écrivez le jour prévu d’habitude : {proposal}.',
    en: 'The exception of {value} changes nothing: that day’s collection was planned on {proposal} and has already been shifted. Write the day usually planned: {proposal}.',
  },
  'waste.weeks.turn': {
    fr: 'L’année {expected} a 53 semaines : la semaine 53 (qui commence le {value}) et la semaine 1 qui la suit sont toutes deux impaires. Vérifiez sur le calendrier officiel les collectes des semaines paires ou impaires, et ajoutez une exception si besoin.',
    en: 'The year {expected} has 53 weeks: week 53 (which begins on {value}) and week 1 after it are both odd. Check the collections of even or odd weeks on the official calendar, and add an exception if needed.',
  },
  'waste.ics.noStream': {
    fr: 'Événement n° {row} : il ne dit pas ce qui est collecté (« {column} » est vide). Donnez-lui un titre, par exemple « Ordures ménagères ».',
    en: 'Event no. {row}: it does not say what is collected ("{column}" is empty). Give it a title, for example "Household waste".',
  },
  'waste.ics.moment': {
    fr: 'Événement n° {row}, « {column} » : « {value} » n’est pas une date d’agenda. Nous attendions par exemple 20250501. Corrigez-la dans l’agenda, puis exportez-le de nouveau.',
    en: 'Event no. {row}, "{column}": "{value}" is not a calendar date. We expected for example 20250501. Correct it in the calendar, then export it again.',
  },
  'waste.ics.rule': {
    fr: 'Événement n° {row} : nous ne savons pas lire sa répétition (« {value} »). Nous attendions des jours, des semaines, des mois ou des années, par exemple FREQ=WEEKLY;BYDAY=WE. Simplifiez la répétition, ou écrivez les dates une par une.',
    en: 'Event no. {row}: we cannot read how it repeats ("{value}"). We expected days, weeks, months or years, for example FREQ=WEEKLY;BYDAY=WE. Simplify how it repeats, or write the dates one by one.',
  },
  'waste.ics.zone': {
    fr: 'Événement n° {row} : le fuseau horaire « {value} » est inconnu. Nous avons lu l’heure comme celle de Paris : vérifiez le jour.',
    en: 'Event no. {row}: the time zone "{value}" is unknown. We read the hour as that of Paris: check the day.',
  },
  'waste.ics.endless': {
    fr: 'L’événement n° {row} se répète sans fin : nous avons écrit les jours jusqu’au {proposal}. Pour une autre fin, utilisez --until.',
    en: 'Event no. {row} repeats without end: we wrote the days until {proposal}. For another end, use --until.',
  },
  'waste.text.unread': {
    fr: '« {column} » : nous ne comprenons pas « {value} ». Écrivez par exemple « Bac jaune mercredi, bac bleu mardi ».',
    en: '"{column}": we do not understand "{value}". Write for example « Bac jaune mercredi, bac bleu mardi ».',
  },
  'waste.text.noDay': {
    fr: '« {column} » : nous n’y trouvons pas de jour pour « {value} ». Ajoutez le jour de collecte, par exemple « mardi ».',
    en: '"{column}": we find no day in it for "{value}". Add the day of collection, for example « mardi ».',
  },
  'waste.text.noStream': {
    fr: '« {column} » : nous ne savons pas ce qui est collecté (« {value} »). Ajoutez le bac ou le type de déchets, par exemple « bac jaune ».',
    en: '"{column}": we do not know what is collected ("{value}"). Add the bin or the kind of waste, for example « bac jaune ».',
  },
  'waste.text.ambiguous': {
    fr: '« {column} » : nous ne savons pas si la précision vaut pour tous les jours ou pour le dernier seulement ({value}). Séparez-les par un point-virgule, par exemple « lundi ; jeudi semaines paires ».',
    en: '"{column}": we do not know whether this holds for all days or for the last one only ({value}). Separate them by a semicolon, for example « lundi ; jeudi semaines paires ».',
  },
  'waste.text.noStart': {
    fr: '« {column} » : une collecte toutes les {value} semaines demande une première date, ou « semaines paires ». Ajoutez par exemple « à partir du 6 janvier 2025 ».',
    en: '"{column}": a collection every {value} weeks needs a first date, or « semaines paires ». Add for example « à partir du 6 janvier 2025 ».',
  },
  'waste.text.noYear': {
    fr: '« {column} » : de quelle année est le « {value} » ? Écrivez l’année, ou donnez-la avec --year.',
    en: '"{column}": of which year is « {value} »? Write the year, or give it with --year.',
  },
  'waste.text.date': {
    fr: '« {column} » : « {value} » n’est pas une date du calendrier. Écrivez par exemple « 6 janvier 2025 ».',
    en: '"{column}": "{value}" is not a date of the calendar. Write for example « 6 janvier 2025 ».',
  },
  'waste.text.weekday': {
    fr: '« {column} » : le {value} n’est pas ce jour de la semaine. Corrigez la date ou le jour.',
    en: '"{column}": {value} is not that day of the week. Correct the date or the day.',
  },
  'waste.streets.noColumns': {
    fr: 'Nous ne trouvons pas de colonne qui donne les jours de collecte. Nous attendions {expected}. Colonnes lues : {value}.',
    en: 'We find no column that gives the days of collection. We expected {expected}. Columns read: {value}.',
  },
  'waste.streets.noPlace': {
    fr: 'Ligne {row} : elle ne dit pas de quelle rue ou de quel secteur il s’agit (colonne « {column} »). Complétez-la : en attendant, elle n’est pas comptée.',
    en: 'Row {row}: it does not say which street or sector it is about (column "{column}"). Complete it: until then, it does not count.',
  },
  'waste.sectors.noShape': {
    fr: 'Objet n° {row} (« {value} ») : il n’a pas de contour. Dessinez un polygone, puis exportez de nouveau la carte.',
    en: 'Object no. {row} ("{value}"): it has no outline. Draw a polygon, then export the map again.',
  },
  'waste.sectors.noName': {
    fr: 'Objet n° {row} : le secteur n’a pas de nom. Ajoutez-lui une propriété « secteur » ou « nom ».',
    en: 'Object no. {row}: the sector has no name. Give it a property "secteur" or "nom".',
  },
  'waste.sectors.overlap': {
    fr: 'Les secteurs « {column} » et « {value} » se recouvrent (environ {expected} m², vers {proposal}). Une adresse y serait dans les deux : corrigez leur limite.',
    en: 'The sectors "{column}" and "{value}" overlap (about {expected} m², near {proposal}). An address there would be in both: correct their border.',
  },
  'waste.sectors.hole': {
    fr: 'Entre les secteurs, un endroit n’est dans aucun (environ {expected} m², vers {proposal}). Une adresse y serait sans collecte : corrigez les limites, ou vérifiez que c’est voulu.',
    en: 'Between the sectors, a place is in none (about {expected} m², near {proposal}). An address there would have no collection: correct the borders, or check that it is meant so.',
  },
} as const satisfies Record<string, Sentence>;
