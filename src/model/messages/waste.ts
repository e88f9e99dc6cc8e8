// The sentences of waste collection, French and English side by side.
import type { Sentence } from '../language.ts';

export const wasteCliMessages = {
  'cli.help.waste': {
    fr: `terroir waste import FICHIER [--year ANNÉE] [--until AAAA-MM-JJ] [--json]
terroir waste next --calendar FICHIER.json [--from AAAA-MM-JJ] [--count NOMBRE] [--sector SECTEUR] [--json]

import   lit un calendrier de collecte et donne ses jours : agenda iCalendar (.ics), tableau de rues ou de dates
         (.csv, .xlsx, .json : « Bacs jaune mercredi, bleu mardi »), secteurs dessinés (.geojson)
           --year    l’année des dates qui n’en ont pas
           --until   jusqu’où écrire une répétition sans fin
next     donne les prochains jours de collecte, les décalages expliqués ; ce que la règle ne décide pas est demandé
         (code de sortie 1), jamais deviné
           --calendar   le calendrier (voir ci-dessous), ou ce que « waste import --json » a écrit
           --from       le premier jour regardé (aujourd’hui, à Paris)
           --count      combien de jours de collecte (10)
           --sector     le secteur, quand le calendrier en a plusieurs

Un calendrier :
{
  "holidayRule": { "kind": "rest-of-week", "lastWeekday": "samedi", "zone": "metropole" },
  "rounds": [
    { "stream": "jaune", "rrule": "FREQ=WEEKLY;BYDAY=TH", "sector": "Nord", "weeks": "even",
      "season": { "from": "04-01", "to": "10-31" }, "start": "2025-01-02", "timeWindow": "6 h – 13 h" },
    { "text": "Bacs jaune mercredi, bleu mardi" }
  ],
  "exceptions": [
    { "date": "2024-05-08", "newDate": "2024-05-10", "stream": "jaune", "reason": "deux jours fériés" }
  ]
}
kind : collected (collecte les jours fériés), cancelled (supprimée), day-after (le lendemain), day-before (la veille),
rest-of-week (ce jour et le reste de la semaine décalés d’un jour). zone : metropole ou alsace-moselle.
observed : la liste des fériés chômés, par exemple ["01-01", "05-01", "12-25"] (sinon tous).
Exception : date est le jour prévu d’habitude ; sans newDate, la collecte est supprimée ; sans date, elle est ajoutée.

Exemple : terroir waste next --calendar nord.json --from 2025-04-28 --count 10`,
    en: `terroir waste import FILE [--year YEAR] [--until YYYY-MM-DD] [--json]
terroir waste next --calendar FILE.json [--from YYYY-MM-DD] [--count NUMBER] [--sector SECTOR] [--json]

import   reads a collection calendar and gives its days: iCalendar (.ics), a table of streets or of dates
         (.csv, .xlsx, .json: « Bacs jaune mercredi, bleu mardi »), sectors on a map (.geojson)
           --year    the year of dates that have none
           --until   how far to write what repeats without end
next     gives the next days of collection, shifts explained; what the rule does not decide is asked for
         (exit code 1), never guessed
           --calendar   the calendar (see below), or what "waste import --json" wrote
           --from       the first day looked at (today, in Paris)
           --count      how many days of collection (10)
           --sector     the sector, when the calendar has several

A calendar:
{
  "holidayRule": { "kind": "rest-of-week", "lastWeekday": "saturday", "zone": "metropole" },
  "rounds": [
    { "stream": "jaune", "rrule": "FREQ=WEEKLY;BYDAY=TH", "sector": "Nord", "weeks": "even",
      "season": { "from": "04-01", "to": "10-31" }, "start": "2025-01-02", "timeWindow": "6 am – 1 pm" },
    { "text": "Bacs jaune mercredi, bleu mardi" }
  ],
  "exceptions": [
    { "date": "2024-05-08", "newDate": "2024-05-10", "stream": "jaune", "reason": "two public holidays" }
  ]
}
kind: collected (also on public holidays), cancelled, day-after, day-before, rest-of-week (that day and the rest of the
week move by one day). zone: metropole or alsace-moselle. observed: the list of holidays without collection, for example
["01-01", "05-01", "12-25"] (all of them otherwise).
Exception: date is the usual day; without newDate, the collection is cancelled; without date, it is added.

Example: terroir waste next --calendar north.json --from 2025-04-28 --count 10`,
  },
  'cli.waste.days': {
    fr: '{count} jours de collecte, du {from} au {to}.',
    en: '{count} days of collection, from {from} to {to}.',
  },
  'cli.waste.streets': {
    fr: '{count} rues ou secteurs avec leurs jours.',
    en: '{count} streets or sectors with their days.',
  },
  'cli.waste.sectors': { fr: '{count} secteurs dessinés : {names}.', en: '{count} sectors on the map: {names}.' },
  'cli.waste.understood': {
    fr: '{good} textes compris sur {texts} ({share} %), dont {withoutDay} qui disent eux-mêmes ne pas donner de jour ; {missed} non compris.',
    en: '{good} texts understood of {texts} ({share}%), {withoutDay} of which say themselves that they give no day; {missed} not understood.',
  },
  'cli.waste.problems': { fr: 'À régler :', en: 'To settle:' },
  'cli.waste.more': {
    fr: '… et {count} autres (--json les donne tous).',
    en: '… and {count} more (--json gives them all).',
  },
  'cli.waste.rows': { fr: '  (lignes {rows})', en: '  (rows {rows})' },
  'cli.waste.none': { fr: 'Aucune collecte trouvée à partir du {from}.', en: 'No collection found from {from} on.' },
} as const satisfies Record<string, Sentence>;

export const wasteMessages = {
  'waste.change.holiday': { fr: 'décalé : {day} férié', en: 'shifted: {day} is a public holiday' },
  'waste.change.exception': { fr: 'au lieu du {day} : {reason}', en: 'instead of {day}: {reason}' },
  'waste.change.other': { fr: 'au lieu du {day}', en: 'instead of {day}' },
  'waste.change.dayOff': { fr: '{day} férié', en: '{day} is a public holiday' },
  'waste.change.kept': { fr: 'comme d’habitude : {reason}', en: 'as usual: {reason}' },
  'waste.change.added': { fr: 'ajouté : {reason}', en: 'added: {reason}' },
  'waste.undecided': {
    fr: '{stream}, prévu le {day} : jour à confirmer, à cause des jours fériés. Le service de collecte doit encore le dire.',
    en: '{stream}, planned on {day}: day to be confirmed, because of public holidays. The collection service has yet to say.',
  },
  'waste.tonight': { fr: 'ce soir', en: 'this evening' },
  'waste.now': { fr: 'dès maintenant, s’il n’est pas déjà passé', en: 'now, unless it has already been collected' },
  'waste.evening': { fr: '{day} soir', en: '{day} evening' },
  'waste.centre.open': { fr: 'Ouverte, ferme à {time}', en: 'Open, closes at {time}' },
  'waste.centre.opensToday': { fr: 'Fermée, ouvre à {time}', en: 'Closed, opens at {time}' },
  'waste.centre.opens': { fr: 'Fermée, ouvre {day} à {time}', en: 'Closed, opens on {day} at {time}' },
  'waste.centre.closed': { fr: 'Fermée', en: 'Closed' },
  'waste.centre.unread': { fr: 'Horaires : voir ci-dessous', en: 'Hours: see below' },
  'waste.agenda.name': { fr: 'Collecte des déchets : {sector}', en: 'Waste collection: {sector}' },
  'waste.agenda.event': { fr: 'Collecte : {stream}', en: 'Collection: {stream}' },
  'waste.agenda.undecided': { fr: 'Collecte à confirmer : {stream}', en: 'Collection to be confirmed: {stream}' },
  'waste.agenda.cancelled': { fr: 'Collecte supprimée : {stream}', en: 'Collection cancelled: {stream}' },
  'waste.agenda.source': { fr: 'Données : {sources}', en: 'Data: {sources}' },
  'waste.cancelled': { fr: '{day} : {stream} supprimée ({reason})', en: '{day}: {stream} cancelled ({reason})' },
} as const satisfies Record<string, Sentence>;

/** The sentences of the pages about waste. */
export const wastePageMessages = {
  'waste.title': { fr: 'Quand sort mon bac ?', en: 'When does my bin go out?' },
  'waste.lead': {
    fr: 'Écrivez votre commune, et votre rue si elle compte : nous vous disons les prochaines collectes.',
    en: 'Write your commune, and your street if it matters: we tell you the next collections.',
  },
  'waste.commune': { fr: 'Commune', en: 'Commune' },
  'waste.street': { fr: 'Rue (avec le numéro si vous voulez)', en: 'Street (with the number if you like)' },
  'waste.find': { fr: 'Voir mes jours de collecte', en: 'See my collection days' },
  'waste.choose': { fr: 'Quel est votre secteur ?', en: 'Which is your sector?' },
  'waste.unknown': {
    fr: 'Nous ne trouvons pas cette adresse dans les données publiées. Vérifiez la rue, ou choisissez votre secteur dans la liste.',
    en: 'We do not find this address in the published data. Check the street, or choose your sector in the list.',
  },
  'waste.outside.known': {
    fr: 'Cette commune n’est pas collectée ici : c’est {competent} qui s’en occupe.',
    en: 'This commune is not collected here: {competent} takes care of it.',
  },
  'waste.outside.unknown': {
    fr: 'Nous n’avons pas de jours de collecte pour cette adresse, et nous ne savons pas qui s’en occupe. Demandez à votre mairie.',
    en: 'We have no collection days for this address, and do not know who takes care of it. Ask your town hall.',
  },
  'waste.nothing': {
    fr: 'Aucun calendrier de collecte n’est encore publié ici.',
    en: 'No collection calendar is published here yet.',
  },
  'waste.next': { fr: 'Prochaines collectes', en: 'Next collections' },
  'waste.putOut': { fr: 'Sortez-le {when}.', en: 'Put it out {when}.' },
  'waste.hours': { fr: 'Passage : {hours}', en: 'Lorry: {hours}' },
  'waste.ended': {
    fr: 'Le calendrier publié s’arrête là : la suite n’est pas encore connue.',
    en: 'The published calendar ends there: what follows is not known yet.',
  },
  'waste.noNext': {
    fr: 'Aucune collecte à venir n’est publiée pour ce secteur.',
    en: 'No collection to come is published for this sector.',
  },
  'waste.agenda': {
    fr: 'Ajouter à mon agenda (il suit les changements)',
    en: 'Add to my calendar (it follows changes)',
  },
  'waste.print': { fr: 'Imprimer le calendrier {year}', en: 'Print the {year} calendar' },
  'waste.source': {
    fr: 'Données : {title}, {organization}, mises à jour le {date}. {licence}',
    en: 'Data: {title}, {organization}, updated on {date}. {licence}',
  },
  'waste.demo': { fr: 'Données de démonstration', en: 'Demonstration data' },
  'waste.report': { fr: 'Signaler une erreur', en: 'Report a mistake' },
  'waste.sectors': { fr: 'Tous les secteurs', en: 'All sectors' },
  'waste.centres': { fr: 'Déchèteries', en: 'Recycling centres' },
  'waste.card': { fr: 'Carte d’accès obligatoire', en: 'Access card needed' },
  'waste.accepted': { fr: 'Acceptés : {list}', en: 'Accepted: {list}' },
  'waste.limit': { fr: 'Limite : {limit}', en: 'Limit: {limit}' },
  'waste.itinerary': { fr: 'Itinéraire vers {name}', en: 'Directions to {name}' },
  'waste.sorting': { fr: 'Où jeter ?', en: 'Where does it go?' },
  'waste.sorting.label': { fr: 'Votre déchet (pot de yaourt, pile …)', en: 'Your waste (yoghurt pot, battery …)' },
  'waste.sorting.find': { fr: 'Chercher', en: 'Search' },
  'waste.sorting.none': { fr: 'Nous n’avons rien trouvé pour « {words} ».', en: 'We found nothing for "{words}".' },
  'waste.bulky': { fr: 'Encombrants', en: 'Bulky items' },
  'waste.year': { fr: 'Collectes {year} : {sector}', en: 'Collections {year}: {sector}' },
  'waste.legend': { fr: 'Légende', en: 'Key' },
  'waste.legend.shifted': { fr: 'jour décalé', en: 'shifted day' },
  'waste.legend.undecided': { fr: 'jour à confirmer', en: 'day to be confirmed' },
  'waste.remember': { fr: 'Se souvenir de mon secteur', en: 'Remember my sector' },
  'waste.forget': { fr: 'Oublier mon secteur', en: 'Forget my sector' },
  'waste.change': { fr: 'Changer de rue', en: 'Change the street' },
  'waste.old': {
    fr: 'Le portail ne répond pas : voici ce que nous savions le {date}.',
    en: 'The portal does not answer: this is what we knew on {date}.',
  },
  'waste.whole': { fr: 'Tout voir sur le portail', en: 'See everything on the portal' },
  'waste.frame.choose': {
    fr: 'Choisissez votre secteur, ou écrivez votre rue.',
    en: 'Choose your sector, or write your street.',
  },
  'waste.feed': { fr: 'Collectes à venir : {sector}', en: 'Collections to come: {sector}' },
  'waste.noOne': { fr: 'Aucune collecte n’est publiée pour {year}.', en: 'No collection is published for {year}.' },
} as const satisfies Record<string, Sentence>;
