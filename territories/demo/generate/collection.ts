// Waste collection of the metropole for 2026: every collection of every sector, one day later when a holiday falls on it.
import { decoupage } from '../decoupage.ts';
import { addDays, publicHolidays, weekday, weekdayName } from './calendar.ts';
import { type Cell, writeCsvFile } from './csv-file.ts';

const year = 2026;

/** Communes that are too large for one round a day; the others are one sector. */
const sectorsOf: Readonly<Record<string, readonly string[]>> = {
  '37261': ['Tours Nord', 'Tours Centre', 'Tours Ouest', 'Tours Est', 'Tours Sud', 'Deux-Lions'],
  '37122': ['Joué Centre', 'Joué Nord', 'Joué Sud'],
  '37214': ['Saint-Cyr Est', 'Saint-Cyr Ouest'],
};

type Round = {
  readonly flow: 'ordures ménagères' | 'emballages et papiers';
  /** 1 for Monday … 5 for Friday. */
  readonly day: number;
  readonly everyWeeks: 1 | 2;
};

/** Household waste every week, packaging every week in town and every second week elsewhere. */
export async function writeCollectionCalendar(folder: string): Promise<string> {
  const moved = new Set(publicHolidays(year).map((holiday) => holiday.date));
  const rows: Cell[][] = [
    ['secteur', 'code_insee', 'commune', 'flux', 'date_collecte', 'jour', 'date_habituelle', 'decale'],
  ];
  let order = 0;
  for (const commune of decoupage().territoryCommunes) {
    for (const sector of sectorsOf[commune.code] ?? [commune.name]) {
      const rounds: readonly Round[] = [
        { flow: 'ordures ménagères', day: 1 + (order % 5), everyWeeks: 1 },
        { flow: 'emballages et papiers', day: 1 + ((order + 2) % 5), everyWeeks: commune.population < 5000 ? 2 : 1 },
      ];
      order += 1;
      for (const round of rounds) {
        for (const usual of roundDays(round)) {
          const date = moved.has(usual) ? addDays(usual, 1) : usual;
          const late = date === usual ? 'non' : 'oui';
          rows.push([sector, commune.code, commune.name, round.flow, date, weekdayName(date), usual, late]);
        }
      }
    }
  }
  return writeCsvFile(folder, 'collecte-dechets-2026.csv', rows);
}

function roundDays(round: Round): readonly string[] {
  const days: string[] = [];
  const first = addDays(`${year}-01-01`, (round.day - weekday(`${year}-01-01`) + 7) % 7);
  for (let day = first; day.startsWith(String(year)); day = addDays(day, 7 * round.everyWeeks)) days.push(day);
  return days;
}
