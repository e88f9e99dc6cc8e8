import { expect, test } from 'vitest';
import { TerroirError } from '../../lib/errors.ts';
import { askedWords, checkInput, readInput, slugOf, wordsOf } from './rules.ts';
import type { StoryInput } from './schemas.ts';

const input: StoryInput = {
  kind: 'story',
  organization: null,
  title: 'Les arbres de nos rues',
  lead: 'Mille arbres, dix essences.',
  body: 'Un texte.',
  datasets: [],
  commune: null,
};
const refusal = (change: Partial<StoryInput>, blocks = 0) => {
  try {
    checkInput({ ...input, ...change }, blocks);
    return null;
  } catch (error) {
    return error instanceof TerroirError ? error.code : 'other';
  }
};

test('what is too short, too long or too much is refused', () => {
  expect(refusal({})).toBeNull();
  expect(refusal({ title: 'Ab' })).toBe('story.titleInvalid');
  expect(refusal({ title: 'A'.repeat(151) })).toBe('story.titleInvalid');
  expect(refusal({ lead: '' })).toBe('story.leadInvalid');
  expect(refusal({ lead: 'a'.repeat(501) })).toBe('story.leadInvalid');
  expect(refusal({ body: 'a'.repeat(40_000) })).toBeNull();
  expect(refusal({ body: 'a'.repeat(40_001) })).toBe('story.bodyTooLong');
  expect(refusal({}, 12)).toBeNull();
  expect(refusal({}, 13)).toBe('story.tooManyBlocks');
  expect(refusal({ datasets: [...'abcdefghi'] })).toBe('story.tooManyDatasets');
});

test('a form is read with what people paste in it', () => {
  const form = new URLSearchParams({
    kind: 'answer',
    organization: '',
    title: ' Quand  sort mon bac ? ',
    lead: 'Le mardi.\r\nOu le jeudi.',
    body: 'Un.\r\n\r\nDeux.\u0000\r\n',
    datasets: 'https://donnees.example.fr/datasets/collecte?view=map\ncollecte, autre',
    commune: '37261',
  });
  expect(readInput(form)).toEqual({
    kind: 'answer',
    organization: null,
    title: 'Quand sort mon bac ?',
    lead: 'Le mardi. Ou le jeudi.',
    body: 'Un.\n\nDeux.',
    datasets: ['collecte', 'autre'],
    commune: '37261',
  });
  expect(readInput(new URLSearchParams()).kind).toBe('story');
});

test('an address is made of the title, and never one that is taken', () => {
  expect(slugOf('Où est passé l’argent de 2025 ?', [])).toBe('ou-est-passe-l-argent-de-2025');
  expect(slugOf('Où ?', ['ou', 'ou-2'])).toBe('ou-3');
  expect(slugOf('New', [])).toBe('new-2');
  expect(slugOf('???', [])).toBe('recit');
  expect(slugOf('a'.repeat(200), []).length).toBe(80);
});

test('a story is found by the words that people read, folded, not by those of its blocks', () => {
  const words = wordsOf({ ...input, body: 'Des tilleuls.\n\n```chart\njeu: secret\n```\n\nÀ l’été.' });
  expect(words).toBe(' les arbres de nos rues mille arbres dix essences des tilleuls a l ete ');
  expect(askedWords('Quels sont les ARBRES de l’été ?')).toEqual(['quels', 'sont', 'arbres', 'ete']);
  expect(askedWords('?! de la')).toEqual([]);
});
