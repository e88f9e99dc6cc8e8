// The page of the elements says what their comments say: `node scripts/document-elements.mjs` writes it again.
import { expect, test } from 'vitest';
import { elementNotes } from '../../../scripts/document-elements.mjs';
import notes from './element-notes.json' with { type: 'json' };

test('the notes are those of the elements’ own comments, each with an example', () => {
  expect(notes).toEqual(elementNotes());
  expect(notes.map((note) => note.tag)).toEqual([
    'terroir-chart',
    'terroir-facets',
    'terroir-figure',
    'terroir-map',
    'terroir-search',
    'terroir-table',
    'terroir-waste',
  ]);
  for (const note of notes) expect(note.example).toContain(`<${note.tag}`);
});
