import { expect, test } from 'vitest';
import {
  checkCommuneCodes,
  checkContact,
  checkDatasetId,
  checkDueDay,
  checkFrequency,
  checkHighValue,
  checkLicence,
  checkOrganization,
  checkTheme,
  checkTitle,
  checkWithdrawal,
  deadlines,
  freshness,
  idOfTitle,
  stateAfterVersion,
  tidyKeywords,
} from './rules.ts';

const refused = (code: string) => expect.objectContaining({ code });

test('exactly two licences, Licence Ouverte when nothing is said', () => {
  expect(checkLicence(null)).toBe('lov2');
  expect(checkLicence('odc-odbl')).toBe('odc-odbl');
  for (const id of ['cc-by', 'fr-lo', 'notspecified', ''])
    expect(() => checkLicence(id)).toThrow(refused('licence.notAllowed'));
});

test('another licence needs the reference of its homologation', () => {
  const homologated = { hvdCategory: null, homologation: 'DINUM-2024-12' };
  expect(checkLicence('notice-ign', homologated)).toBe('notice-ign');
  expect(checkLicence('ODC-ODBL', homologated)).toBe('odc-odbl');
  expect(() => checkLicence('notice ign', homologated)).toThrow(refused('licence.notAllowed'));
});

test('high-value data opens with the Licence Ouverte alone', () => {
  const highValue = { hvdCategory: checkHighValue('Mobility'), homologation: null };
  expect(highValue.hvdCategory).toBe('mobility');
  expect(checkLicence(null, highValue)).toBe('lov2');
  expect(() => checkLicence('odc-odbl', highValue)).toThrow(refused('licence.highValue'));
  expect(() => checkLicence('notice-ign', { ...highValue, homologation: 'DINUM-2024-12' })).toThrow(
    refused('licence.highValue'),
  );
  expect(() => checkHighValue('toutes')).toThrow(refused('hvd.unknown'));
});

test('themes and frequencies are those of the lists, in any case', () => {
  expect(checkTheme(null)).toBeNull();
  expect(checkTheme('envi')).toBe('ENVI');
  expect(() => checkTheme('Environnement')).toThrow(refused('theme.unknown'));
  expect(checkFrequency(null)).toBe('UNKNOWN');
  expect(checkFrequency('annual')).toBe('ANNUAL');
  expect(() => checkFrequency('anual')).toThrow(
    expect.objectContaining({ code: 'frequency.unknown', params: { id: 'anual', nearest: 'ANNUAL' } }),
  );
});

test('a title has three letters or digits at least', () => {
  expect(checkTitle('  Arbres \n d’alignement ')).toBe('Arbres d’alignement');
  expect(checkTitle('BPE')).toBe('BPE');
  expect(() => checkTitle('a … b')).toThrow(refused('dataset.titleTooShort'));
  expect(() => checkTitle('a'.repeat(301))).toThrow(refused('dataset.titleTooLong'));
});

test('an identifier of another portal is kept as it is', () => {
  for (const id of [
    'horaires-temps-reel-gtfsrt-reseau-filbleu-tmvl',
    '244400404_deliberations',
    'SIRENE_V3',
    'arbres--tours',
    '2024',
    'a'.repeat(200),
  ])
    expect(checkDatasetId(id)).toBe(id);
  for (const id of ['', '-a', 'a-', 'a b', 'é', 'a.json', 'a/b', '../a', 'a@b', 'a%20b', 'a'.repeat(201)])
    expect(() => checkDatasetId(id)).toThrow(refused('dataset.idInvalid'));
});

test('a title gives identifiers, the next one when the first is taken', () => {
  expect(idOfTitle('Arbres d’alignement & œuvres (2024)', 1)).toBe('arbres-d-alignement-oeuvres-2024');
  expect(idOfTitle('Arbres', 2)).toBe('arbres-2');
  expect(idOfTitle('日本語', 1)).toBe('jeu-de-donnees');
  expect(idOfTitle('mot '.repeat(60), 1)).toBe(`${'mot-'.repeat(24)}mot`);
  expect(idOfTitle('a'.repeat(150), 1)).toBe('a'.repeat(100));
});

test('keywords are tidied, codes of communes are checked', () => {
  expect(tidyKeywords([' arbres', '', 'arbres', 'nature '])).toEqual(['arbres', 'nature']);
  expect(checkCommuneCodes(['37261', '2A004', '37261'])).toEqual(['37261', '2A004']);
  expect(() => checkCommuneCodes(['Tours'])).toThrow(refused('commune.unknown'));
});

test('states go one way', () => {
  expect(stateAfterVersion('draft', false)).toBe('draft');
  expect(stateAfterVersion('draft', true)).toBe('published');
  expect(stateAfterVersion('published', false)).toBe('published');
  expect(stateAfterVersion('withdrawn', true)).toBe('withdrawn');
  expect(checkWithdrawal('a', 'published', ' données personnelles ')).toBe('données personnelles');
  expect(() => checkWithdrawal('a', 'published', ' ')).toThrow(refused('dataset.reasonMissing'));
  expect(() => checkWithdrawal('a', 'draft', 'erreur')).toThrow(refused('dataset.notPublished'));
});

const at = (text: string) => new Date(`${text}Z`);

test('the next update comes one rhythm after the last, and is late 14 days later', () => {
  expect(deadlines('ANNUAL', at('2024-02-29T10:00'))).toEqual({
    dueAt: at('2025-02-28T10:00'),
    overdueAt: at('2025-03-14T10:00'),
  });
  expect(deadlines('MONTHLY', at('2025-01-31T00:00'))?.dueAt).toEqual(at('2025-02-28T00:00'));
  expect(deadlines('WEEKLY', at('2025-01-01T00:00'))).toEqual({
    dueAt: at('2025-01-08T00:00'),
    overdueAt: at('2025-01-15T00:00'),
  });
  expect(deadlines('15MIN', at('2025-01-01T00:00'))?.overdueAt).toEqual(at('2025-01-01T00:30'));
  expect(deadlines('IRREG', at('2025-01-01T00:00'))).toBeNull();
});

test('« chaque année avant le 31 mars »: the end of that day in Paris, of the year that is still to come', () => {
  const due = (last: string, day: string, frequency = 'ANNUAL') => deadlines(frequency, at(last), day)?.dueAt;
  // In the summer time of Paris: two hours before UTC.
  expect(due('2026-05-10T10:00', '03-31')).toEqual(at('2027-03-31T21:59:59'));
  // Early for this year, not late for the one before.
  expect(due('2026-02-10T10:00', '03-31')).toEqual(at('2027-03-31T21:59:59'));
  expect(due('2025-10-15T10:00', '03-31')).toEqual(at('2026-03-31T21:59:59'));
  expect(due('2026-01-10T10:00', '12-31')).toEqual(at('2026-12-31T22:59:59'));
  expect(due('2026-05-10T10:00', '03-31', 'BIENNIAL')).toEqual(at('2028-03-31T21:59:59'));
  // A day of the year says nothing of a monthly rhythm.
  expect(due('2026-05-10T10:00', '03-31', 'MONTHLY')).toEqual(at('2026-06-10T10:00'));
});

test('a day of every year, and a contact that can be reached', () => {
  expect([checkDueDay(' 03-31 '), checkDueDay(''), checkDueDay(null)]).toEqual(['03-31', null, null]);
  for (const wrong of ['02-29', '31-03', '3-31', '2026-03-31', '04-31', 'mars'])
    expect(() => checkDueDay(wrong)).toThrow(refused('frequency.dueDayInvalid'));
  expect(checkContact(' mairie@druye.fr ')).toBe('mairie@druye.fr');
  expect(checkContact('https://www.druye.fr/contact')).toBe('https://www.druye.fr/contact');
  for (const wrong of ['02 47 00 00 00', 'mairie', 'javascript:alert(1)', 'a@b', 'ftp://druye.fr'])
    expect(() => checkContact(wrong)).toThrow(refused('dataset.contactInvalid'));
});

test('freshness follows the rhythm, and is unknown without one', () => {
  const last = at('2025-01-01T00:00');
  expect(freshness('QUARTERLY', last, at('2025-03-31T23:59'))).toBe('upToDate');
  expect(freshness('QUARTERLY', last, at('2025-04-01T00:00'))).toBe('due');
  expect(freshness('QUARTERLY', last, at('2025-04-15T00:00'))).toBe('overdue');
  expect(freshness('NEVER', last, at('2035-01-01T00:00'))).toBe('unknown');
  expect(freshness('DAILY', null, at('2025-01-01T00:00'))).toBe('unknown');
});

test('an organization: kind, SIREN from the SIRET, spaces forgiven', () => {
  expect(checkOrganization({ slug: 'universite', name: ' Université de Tours ', siret: '193 708 005 00478' })).toEqual({
    slug: 'universite',
    name: 'Université de Tours',
    kind: 'other',
    siret: '19370800500478',
    siren: '193708005',
    insee: null,
    population: null,
    populationSource: null,
    description: null,
  });
  expect(checkOrganization({ slug: 'tours', name: 'Ville de Tours', insee: '37261' }).kind).toBe('commune');
  expect(checkOrganization({ slug: 'x', name: 'La Poste', siret: '35600000049837' }).siren).toBe('356000000');
});

test('an organization is refused for what is wrong with it', () => {
  const check = (change: object) => () => checkOrganization({ slug: 'ville', name: 'Ville', ...change });
  for (const slug of ['', 'Ville', 'ville de tours', '-a', 'a_b', 'a'.repeat(101)])
    expect(check({ slug })).toThrow(refused('organization.slugInvalid'));
  expect(check({ name: ' ' })).toThrow(refused('organization.nameInvalid'));
  expect(check({ siret: '19370800500479' })).toThrow(refused('organization.siretInvalid'));
  expect(check({ siret: '19370800500478', siren: '243700754' })).toThrow(refused('organization.sirenInvalid'));
  expect(check({ siren: '123456789' })).toThrow(refused('organization.sirenInvalid'));
  expect(check({ insee: '3726' })).toThrow(refused('organization.inseeInvalid'));
});
