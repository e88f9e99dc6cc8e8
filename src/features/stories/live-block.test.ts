import { expect, test } from 'vitest';
import { readLiveBlock } from './live-block.ts';

const read = (body: string) => readLiveBlock('chart', body, 10, 'https://donnees.example.fr');

test('an explorer link is pasted as it is: whole or from the root, bare or in brackets', () => {
  const asked = {
    view: 'chart',
    dataset: 'arbres-tours',
    query: { refine: ['essence:Tilleul', 'quartier:Nord'], chart: 'bar', x: 'essence' },
    title: null,
    unit: null,
  };
  const query = '?view=chart&refine=essence:Tilleul&refine=quartier:Nord&chart=bar&x=essence&utm_source=lettre';
  expect(read(`https://donnees.example.fr/datasets/arbres-tours${query}#rows`)).toEqual(asked);
  expect(read(`/datasets/arbres-tours/explore${query}`)).toEqual(asked);
  expect(read(`\n<https://donnees.example.fr/datasets/arbres-tours${query}>\n`)).toEqual(asked);
  expect(read(`[voir](https://donnees.example.fr/datasets/arbres-tours${query})`)).toEqual(asked);
});

test('a few lines say the same, in French or in English, and a title', () => {
  expect(
    read(
      'jeu: subventions-2025\nfiltre: nature = numéraire\nmesure: montant\ncalcul: moyenne\nunité: €\ntitre: Les aides',
    ),
  ).toEqual({
    view: 'chart',
    dataset: 'subventions-2025',
    query: { refine: 'nature:numéraire', y: 'montant', aggregate: 'avg' },
    title: 'Les aides',
    unit: '€',
  });
});

test('what cannot be read is named by its line', () => {
  expect(read('')).toEqual({ code: 'empty', line: 10, values: {} });
  expect(read('titre: Rien')).toMatchObject({ code: 'empty' });
  expect(read('\nhttps://ailleurs.example/datasets/x')).toMatchObject({ code: 'foreign', line: 12 });
  expect(read('//ailleurs.example/datasets/x')).toMatchObject({ code: 'foreign' });
  expect(read('/communes/37261')).toMatchObject({ code: 'notExplorer', line: 11 });
  expect(read('jeu: x\nles arbres, par essence')).toMatchObject({ code: 'unreadable', line: 12 });
  expect(read('javascript:alert(1)')).toMatchObject({ code: 'unreadable' });
});
