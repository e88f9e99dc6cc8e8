import { expect, test } from 'vitest';
import { defaultLicence, frequencies, frequencyById, licenceById, licences, themeById, themes } from './reference.ts';

test('two licences, those of article D323-2-1, Licence Ouverte first', () => {
  expect(licences.map((l) => [l.id, l.spdx])).toEqual([
    ['lov2', 'etalab-2.0'],
    ['odc-odbl', 'ODbL-1.0'],
  ]);
  expect(defaultLicence).toBe('lov2');
});

test('the thirteen European themes', () => {
  expect(themes.map((t) => t.id)).toEqual(
    'AGRI ECON EDUC ENER ENVI GOVE HEAL INTR JUST REGI SOCI TECH TRAN'.split(' '),
  );
  expect(themeById('ENVI')?.label.fr).toBe('Environnement');
});

test('frequencies: no id twice, a European address, a delta that is a duration', () => {
  expect(new Set(frequencies.map((f) => f.id)).size).toBe(frequencies.length);
  expect(new Set(frequencies.map((f) => f.udata)).size).toBe(frequencies.length);
  for (const f of frequencies) {
    expect(f.uri).toBe(`http://publications.europa.eu/resource/authority/frequency/${f.id}`);
    if (f.delta !== null) expect(f.delta).toMatch(/^P(T\d+[MH]|\d+[DMY])$/);
  }
});

test('an id is found whatever its case, and nothing else is found', () => {
  expect(frequencyById('annual')?.delta).toBe('P1Y');
  expect(licenceById('LOV2')?.id).toBe('lov2');
  expect(licenceById('cc-by-nc')).toBeNull();
  expect(licenceById('')).toBeNull();
});
