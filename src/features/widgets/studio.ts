// What the studio works out of what was chosen: colours and what to say of them, the codes, the proof of the script.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAssets } from '../../web/assets.ts';
import type { Voice } from '../../web/language.ts';
import { contrast, moved, readable } from '../face/service.ts';
import type { Codes } from './bench-rules.ts';
import { readColour } from './configuration.ts';
import { codesOf, type WidgetColours, type WidgetKind } from './kinds.ts';
import type { ColourAdvice } from './pages/studio-pages.tsx';

/** The parameters of an address that are texts; a name that comes twice is left out. */
export function textsOf(query: unknown): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  if (typeof query === 'object' && query !== null)
    for (const [name, value] of Object.entries(query)) if (typeof value === 'string') found[name] = value;
  return found;
}

/** The colours that may be used: what is none is left out, and told by `adviceOn`. */
export function coloursOf(said: Readonly<Record<string, string>>): WidgetColours {
  return { accent: readColour(said['accent'] ?? ''), ground: readColour(said['ground'] ?? '') };
}

const paper = '#ffffff';

/** What is said of each colour: its contrast as WCAG 2.2 measures it, and one near it that would do. */
export function adviceOn(said: Readonly<Record<string, string>>, voice: Voice): readonly ColourAdvice[] {
  const colours = coloursOf(said);
  return (['accent', 'ground'] as const).map((name): ColourAdvice => {
    const typed = (said[name] ?? '').trim().slice(0, 40);
    const colour = colours[name];
    if (typed === '') return { name, typed, said: null, good: true };
    if (colour === null)
      return { name, typed, said: voice.say('studio.colour.invalid', { colour: typed }), good: false };
    // Links are read on the ground; the text itself is black or white, whichever is seen better.
    const other =
      name === 'accent'
        ? (colours.ground ?? paper)
        : contrast(colour, '#000000') >= contrast(colour, '#ffffff')
          ? '#000000'
          : '#ffffff';
    const value = contrast(colour, other);
    // Rounded down: 4.49 is not 4.5.
    const ratio = voice.number(Math.floor(value * 10) / 10);
    if (value >= readable) {
      const key = name === 'accent' ? 'studio.contrast.good' : 'studio.contrast.ink';
      return { name, typed: colour, said: voice.say(key, { ratio }), good: true };
    }
    const towards = contrast(other, '#000000') >= contrast(other, '#ffffff') ? '#000000' : '#ffffff';
    const proposal = moved(colour, [other], towards);
    return { name, typed: colour, said: voice.say('studio.contrast.bad', { ratio, proposal }), good: false };
  });
}

type For = {
  readonly publicUrl: string;
  readonly key: string | null;
  readonly colours: WidgetColours;
  readonly voice: Voice;
};

/** The four codes, the script's proof with them. */
export function codesFor(
  kind: WidgetKind,
  attributes: Readonly<Record<string, string>>,
  { publicUrl, key, colours, voice }: For,
): Codes {
  return codesOf(kind, attributes, {
    publicUrl,
    key,
    colours,
    title: voice.of(kind.title),
    link: voice.say('studio.frame.see'),
    integrity: integrityOf(kind.script),
  });
}

const proofs = new Map<string, string | null>();

/** « sha384-… » of the script as it is served (W3C Subresource Integrity); null without a build. */
function integrityOf(script: string): string | null {
  const known = proofs.get(script);
  if (known !== undefined) return known;
  const assets = openAssets();
  const path = join(assets.folder, assets.nameOf(`${script}.js`));
  const proof = existsSync(path) ? `sha384-${createHash('sha384').update(readFileSync(path)).digest('base64')}` : null;
  proofs.set(script, proof);
  return proof;
}
