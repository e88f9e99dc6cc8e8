import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundsOfText } from './rounds.ts';
import { frenchWeekdays } from './words.ts';

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** Each round as « stream rule parity season start », what is missing left out. */
const read = (notice: string, year: number | null = 2025) => {
  const { rounds, problems, noDay } = roundsOfText(notice, year);
  return {
    rounds: rounds.map(({ stream, rrule, weeks, season, start, until, dates, timeWindow }) =>
      [
        stream ?? '?',
        rrule?.replace('FREQ=', '') ?? '',
        weeks === 'all' ? '' : weeks,
        season === null ? '' : `${season.from}→${season.to}`,
        start ?? '',
        until === null ? '' : `≤${until}`,
        dates.join('+'),
        timeWindow ?? '',
      ]
        .filter((part) => part !== '')
        .join(' '),
    ),
    missed: problems.map(({ code, value }) => `${code.replace('waste.text.', '')}: ${value}`),
    ...(noDay ? { noDay } : {}),
  };
};
const good = (notice: string, ...rounds: readonly string[]) => expect(read(notice)).toEqual({ rounds, missed: [] });

test('bins and days, whichever comes first', () => {
  good('Bacs jaune mercredi, bleu mardi', 'jaune WEEKLY;BYDAY=WE', 'bleu WEEKLY;BYDAY=TU');
  good('Bacs <B>jaune</B> mercredi <B>bleu</B> jeudi', 'jaune WEEKLY;BYDAY=WE', 'bleu WEEKLY;BYDAY=TH');
  good('Sacs (jaunes et bleus)<br/>mardi, vendredi', 'jaune WEEKLY;BYDAY=TU,FR', 'bleu WEEKLY;BYDAY=TU,FR');
  good('lundi : jaune ; mardi : bleu', 'jaune WEEKLY;BYDAY=MO', 'bleu WEEKLY;BYDAY=TU');
  good('Ordures ménagères (bac gris) : LUNDI et jeudi', 'ordures ménagères WEEKLY;BYDAY=MO,TH');
  good('Lun., mer. et ven.', '? WEEKLY;BYDAY=MO,WE,FR');
  good('du lundi au vendredi', '? WEEKLY;BYDAY=MO,TU,WE,TH,FR');
  good('Tous les jours sauf le dimanche', '? WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA');
  good('Déchets verts&nbsp;: le mardi', 'végétaux WEEKLY;BYDAY=TU');
});

test('weeks: even, odd, every other one', () => {
  good('bac jaune : mardi semaines paires', 'jaune WEEKLY;BYDAY=TU even');
  good('lundi semaines paires, jeudi semaines impaires', '? WEEKLY;BYDAY=MO even', '? WEEKLY;BYDAY=TH odd');
  good('semaines paires : bac jaune lundi, bac bleu mardi', 'jaune WEEKLY;BYDAY=MO even', 'bleu WEEKLY;BYDAY=TU even');
  good('semaine impaire lundi, semaine paire jeudi', '? WEEKLY;BYDAY=MO odd', '? WEEKLY;BYDAY=TH even');
  good('tous les 15 jours à partir du 6 janvier', '? WEEKLY;INTERVAL=2;BYDAY=MO 2025-01-06');
  good('le vendredi, toutes les 2 semaines dès le 10/01/2025', '? WEEKLY;INTERVAL=2;BYDAY=FR 2025-01-10');
  good('le mercredi, une semaine sur deux (semaines impaires)', '? WEEKLY;BYDAY=WE odd');
});

test('months, seasons, dates and hours', () => {
  good('1er et 3e lundi du mois', '? MONTHLY;BYDAY=1MO,3MO');
  good('Encombrants : dernier vendredi de chaque mois', 'encombrants MONTHLY;BYDAY=-1FR');
  good('Végétaux : mardi, d’avril à octobre', 'végétaux WEEKLY;BYDAY=TU 04-01→10-31');
  good('mardi du 1er novembre au 31 mars', '? WEEKLY;BYDAY=TU 11-01→03-31');
  good('mardi du 1er novembre au 31 mars 2026', '? WEEKLY;BYDAY=TU 2025-11-01 ≤2026-03-31');
  good('mardi en juillet et août', '? WEEKLY;BYDAY=TU 07-01→08-31');
  good('Encombrants : le 6 janvier et le 13 mai, à partir de 6h', 'encombrants 2025-01-06+2025-05-13 à partir de 6h');
});

test('what is not understood is said, word by word', () => {
  expect(read('Bacs et sacs selon quartier (voir détail)').missed).toEqual([
    'unread: selon quartier',
    'unread: voir détail',
  ]);
  expect(read('Bacs <B>jaune</B> mardi <B>bleu</B> mixte : voir précisions')).toEqual({
    rounds: ['jaune WEEKLY;BYDAY=TU'],
    missed: ['unread: mixte', 'unread: voir précisions', 'noDay: bleu'],
  });
  expect(read('mardi sauf jours fériés').missed).toEqual(['unread: sauf jours fériés']);
  expect(read('Bacs ').missed).toEqual(['noDay: Bacs']);
  expect(read('').missed).toEqual(['noDay: ']);
});

test('what may be meant in two ways is asked', () => {
  expect(read('lundi, jeudi semaines paires').missed[0]).toMatch(/^ambiguous/);
  expect(read('tous les 15 jours').missed).toEqual(['noStart: 2']);
  expect(read('tous les 15 jours à partir du 6 janvier', null).missed).toEqual(['noYear: 6 janvier']);
  expect(read('à partir du mardi 6 janvier 2025, tous les 15 jours').missed).toEqual(['weekday: 2025-01-06']);
  expect(read('le 31 février').missed).toEqual(['date: 31 fevrier']);
  expect(read('jaune mardi, bleu').missed).toEqual(['noDay: bleu']);
});

test('a notice that says that it gives no day is understood as such', () => {
  expect(read('Sacs (jaunes et bleus)<br/>jour non précisé (conteneurs)')).toEqual({
    rounds: [],
    missed: [],
    noDay: true,
  });
});

test('every notice made of bins and days is read back, in whatever case and with whatever tags', () => {
  const colours = fc.uniqueArray(fc.constantFrom('jaune', 'bleu', 'vert', 'gris', 'marron'), { minLength: 1 });
  const days = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(
      colours,
      fc.array(days, { minLength: 5, maxLength: 5 }),
      fc.boolean(),
      fc.boolean(),
      (bins, chosen, tags, upper) => {
        const said = bins.map((bin, index) => {
          const names = (chosen[index] ?? []).map((day) => frenchWeekdays[day]).join(' et ');
          return `${tags ? `<b>${bin}</b>` : bin} ${names}`;
        });
        const notice = `Bacs ${said.join(', ')}`;
        const { rounds, problems } = roundsOfText(upper ? notice.toUpperCase() : notice, null);
        expect(problems).toEqual([]);
        expect(rounds.map(({ stream, rrule }) => [stream, rrule])).toEqual(
          bins.map((bin, index) => [
            bin,
            `FREQ=WEEKLY;BYDAY=${(chosen[index] ?? []).map((day) => codes[day]).join(',')}`,
          ]),
        );
      },
    ),
  );
});

test('any text gives rounds or problems; a word put into a notice is never swallowed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const { rounds, problems, noDay } = roundsOfText(text, 2025);
      expect(rounds.length + problems.length > 0 || noDay).toBe(true);
    }),
  );
  const word = fc.stringMatching(/^[b-df-hj-np-tv-xz]{6,9}$/);
  fc.assert(
    fc.property(word, (odd) => {
      expect(roundsOfText(`Bac jaune mardi ${odd}`, null).problems).toMatchObject([
        { code: 'waste.text.unread', value: odd },
      ]);
    }),
  );
});
