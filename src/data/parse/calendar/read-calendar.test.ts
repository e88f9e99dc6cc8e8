import { expect, test } from 'vitest';
import { readGiven } from '../../../../test/read-given.ts';
import { TerroirError } from '../../../lib/errors.ts';
import { momentValue, readIcs, textValue, unfolded } from './ics.ts';
import { readCalendar } from './read-calendar.ts';

const calendar = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
const read = (content: string | Uint8Array) => readGiven(readCalendar, 'collecte.ics', content);

test('events are rows: usual columns first, folded lines and escaped signs read as meant', async () => {
  const { value, tables, codes } = await read(
    calendar(
      event(
        'UID:a@mairie.fr',
        'DTSTART;VALUE=DATE:20240101',
        'SUMMARY:Ordures\\, verre',
        'DESCRIPTION:Sortez les bacs la veil',
        ' le\\nau soir',
        'BEGIN:VALARM',
        'DESCRIPTION:non',
        'END:VALARM',
      ),
      event(
        'UID:b@mairie.fr',
        'DTSTART;TZID="Europe/Paris":20240102T183000',
        'DTEND:20240102T190000Z',
        'RRULE:FREQ=WEEKLY;BYDAY=TU',
        'LOCATION:Salle des fêtes',
        'URL:https://exemple.fr/a,b',
      ),
    ),
  );
  expect(value).toMatchObject({ format: 'ics', encoding: 'UTF-8', delimiter: null });
  expect(tables[0]).toMatchObject({
    name: 'collecte',
    titles: ['summary', 'start', 'end', 'location', 'description', 'url', 'uid', 'rrule'],
    records: [
      ['Ordures, verre', '2024-01-01', '', '', 'Sortez les bacs la veille\nau soir', '', 'a@mairie.fr', ''],
      [
        '',
        '2024-01-02T18:30:00',
        '2024-01-02T19:00:00Z',
        'Salle des fêtes',
        '',
        'https://exemple.fr/a,b',
        'b@mairie.fr',
        'FREQ=WEEKLY;BYDAY=TU',
      ],
    ],
  });
  expect(codes).toEqual([]);
});

test('places on the map, categories one by one', async () => {
  const { tables } = await read(
    calendar(
      event(
        'SUMMARY:Marché',
        'GEO:47.39;0.68',
        'CATEGORIES:a,b',
        'CATEGORIES:c',
        'ORGANIZER;CN=Mairie:mailto:m@exemple.fr',
      ),
    ),
  );
  expect(tables[0]?.titles).toEqual([
    'summary',
    'start',
    'end',
    'location',
    'description',
    'url',
    'uid',
    'categories',
    'organizer',
    'geo_shape',
  ]);
  expect(tables[0]?.records[0]?.slice(-3)).toEqual(['a,b,c', 'm@exemple.fr', 'POINT (0.68 47.39)']);
});

test('a calendar that is cut gives its whole events; one without events is refused', async () => {
  const text = calendar(event('SUMMARY:a'), event('SUMMARY:b'));
  const { tables, problems } = await read(text.slice(0, -40));
  expect(tables[0]?.records.map(([summary]) => summary)).toEqual(['a']);
  expect(problems).toMatchObject([{ code: 'file.cut', count: 1 }]);
  await expect(read(calendar())).rejects.toMatchObject({ code: 'file.empty' });
  await expect(read('BEGIN:VCALENDAR')).rejects.toMatchObject({ code: 'file.damaged' });
});

test('windows-1252 accents are read', async () => {
  const { value, tables } = await read(Buffer.from(calendar(event('SUMMARY:Fête')), 'latin1'));
  expect([value.encoding, tables[0]?.records[0]?.[0]]).toEqual(['windows-1252', 'Fête']);
});

test('lines, texts and moments', () => {
  expect(unfolded('A:1\n 2\r\n\t3\rB:4')).toEqual(['A:123', 'B:4']);
  expect(textValue('a\\, b\\; c\\\\n\\N')).toBe('a, b; c\\n');
  expect(momentValue('20240229')).toBe('2024-02-29');
  expect(momentValue('20240229T0930')).toBe('2024-02-29T09:30:00');
  expect(momentValue('demain')).toBe('demain');
  expect(
    readIcs('BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nBEGIN:VEVENT\nSUMMARY:b\nEND:VEVENT\nEND:VCALENDAR').events,
  ).toHaveLength(2);
});

test('a file cut at any byte is a stage or a coded refusal', async () => {
  const bytes = Buffer.from(calendar(event('SUMMARY:é', 'DTSTART:20240101'), event('GEO:1;2')));
  for (let end = 0; end < bytes.length; end += 2)
    await read(bytes.subarray(0, end)).catch((error: unknown) => {
      if (!(error instanceof TerroirError)) throw error;
    });
});
