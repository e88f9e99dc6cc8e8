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
  'waste.change.dayOff': { fr: '{day} férié', en: '{day} is a public holiday' },
  'waste.change.kept': { fr: 'comme d’habitude : {reason}', en: 'as usual: {reason}' },
  'waste.change.added': { fr: 'ajouté : {reason}', en: 'added: {reason}' },
  'waste.cancelled': { fr: '{day} : {stream} supprimée ({reason})', en: '{day}: {stream} cancelled ({reason})' },
} as const satisfies Record<string, Sentence>;
