// Addresses: what is published never changes, so each one is written here by hand.
import { expect, test } from 'vitest';
import { twinOf, urls, withQuery } from './urls.ts';

test('the addresses that are promised', () => {
  expect(urls.dataset('arbres-tours')).toBe('/datasets/arbres-tours');
  expect(urls.original('arbres-tours')).toBe('/datasets/arbres-tours/original');
  expect(urls.versionOriginal('arbres-tours', 2)).toBe('/datasets/arbres-tours/versions/2/original');
  expect(urls.commune('37261')).toBe('/communes/37261');
  expect(urls.organization('ville-de-tours')).toBe('/organizations/ville-de-tours');
  expect(urls.records('arbres-tours')).toBe('/api/explore/v2.1/catalog/datasets/arbres-tours/records');
  expect(urls.export('arbres-tours', 'csv')).toBe('/api/explore/v2.1/catalog/datasets/arbres-tours/exports/csv');
});

test('nothing in a name leaves its place in the address', () => {
  expect(urls.dataset('../a?b#c')).toBe('/datasets/..%2Fa%3Fb%23c');
});

test('a page has its data at the same address', () => {
  expect(twinOf('/')).toBe('/index.json');
  expect(twinOf('/communes/37261')).toBe('/communes/37261.json');
});

test('empty choices are left out, several values are repeated', () => {
  expect(withQuery('/datasets', { q: '', page: null })).toBe('/datasets');
  expect(withQuery('/datasets', { q: 'a b', theme: ['ENVI', 'TRAN'] })).toBe('/datasets?q=a+b&theme=ENVI&theme=TRAN');
});
