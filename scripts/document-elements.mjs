// Writes what the comments of the elements say (src/elements) where their page reads it: src/features/explore/element-notes.json.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** The notes of every element, by its file's name: its tag, what its comment says, its example. */
export function elementNotes() {
  return readdirSync(join(root, 'src/elements'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .flatMap((name) => {
      const comment = /\/\*\*((?:(?!\*\/)[\s\S])*@element[\s\S]*?)\*\//.exec(
        readFileSync(join(root, 'src/elements', name), 'utf8'),
      )?.[1];
      return comment === undefined ? [] : [noteOf(name.replace(/\.ts$/, ''), comment)];
    });
}

function noteOf(script, comment) {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, ''));
  const tags = [...lines.join('\n').matchAll(/@(\w+) ([^@\n]+)/g)].map(([, tag, text]) => [tag, text.trim()]);
  const of = (tag) => tags.filter(([one]) => one === tag).map(([, text]) => text);
  const named = (tag) =>
    of(tag).map((text) => ({ name: text.split(' - ')[0], text: text.split(' - ').slice(1).join(' - ') }));
  return {
    tag: of('element')[0],
    script,
    text: lines
      .slice(
        0,
        lines.findIndex((line) => line.startsWith('@')),
      )
      .join(' ')
      .trim(),
    attributes: named('attr'),
    events: named('fires'),
    parts: named('csspart'),
    properties: named('cssprop'),
    example: of('example')[0],
  };
}

if (process.argv[1] === import.meta.filename)
  writeFileSync(join(root, 'src/features/explore/element-notes.json'), `${JSON.stringify(elementNotes(), null, 2)}\n`);
