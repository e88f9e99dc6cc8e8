// Colours that people can read: contrast as WCAG 2.2 measures it, refusals with a colour that would do, what dark pages make of them.
import { TerroirError } from '../../lib/errors.ts';

/** Texts of usual size need this (WCAG 2.2, 1.4.3). */
export const readable = 4.5;

/** What the page's own colours are, beside which an organization's stand (tokens.css). */
const paper = { ground: '#fbf7ee', sand: '#f3ead7', light: '#f8f3e7', white: '#ffffff' } as const;
const night = { ground: '#161b1f', sand: '#262e33', ink: '#16200e' } as const;

export type Colours = { readonly ground: string | null; readonly accent: string | null };

/** « #1D5873 », « 1d5873 » or « #abc » as "#1d5873"; null for no colour. @throws TerroirError face.colourInvalid */
export function readColour(text: string): string | null {
  const typed = text.trim().toLowerCase().replace(/^#/, '');
  if (typed === '') return null;
  if (/^[0-9a-f]{6}$/.test(typed)) return `#${typed}`;
  if (/^[0-9a-f]{3}$/.test(typed)) return `#${[...typed].map((digit) => digit + digit).join('')}`;
  throw new TerroirError('face.colourInvalid', { colour: text.trim().slice(0, 40) });
}

/**
 * Refuses colours on which, or in which, texts would be hard to read, and says which one near them would do.
 * @throws TerroirError face.groundContrast, face.accentContrast
 */
export function checkColours({ ground, accent }: Colours): void {
  if (ground !== null && contrast(paper.light, ground) < readable)
    throw new TerroirError('face.groundContrast', told(ground, [paper.light]));
  const beside = [paper.ground, paper.sand, paper.white];
  if (accent !== null && beside.some((other) => contrast(accent, other) < readable))
    throw new TerroirError('face.accentContrast', told(accent, beside));
}

function told(colour: string, others: readonly string[]) {
  const least = Math.min(...others.map((other) => contrast(colour, other)));
  // Rounded down: 4.49 is not 4.5.
  const ratio = (Math.floor(least * 10) / 10).toFixed(1);
  return { colour, ratio, proposal: moved(colour, others, '#000000') };
}

/** The nearest colour towards black or white that can be read beside all the others. */
export function moved(colour: string, others: readonly string[], towards: '#000000' | '#ffffff'): string {
  for (let share = 0; share <= 1; share += 0.02) {
    const candidate = mixed(colour, towards, share);
    if (others.every((other) => contrast(candidate, other) >= readable)) return candidate;
  }
  return towards;
}

/** WCAG's ratio of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function mixed(colour: string, towards: string, share: number): string {
  const other = channels(towards);
  const values = channels(colour).map((value, index) => Math.round(value + ((other[index] ?? 0) - value) * share));
  return `#${values.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function channels(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

/**
 * The style sheet of a look: the tokens it changes, light and dark, where its mark stands. Colours were checked before they
 * were kept; the name is a slug or « territory ».
 */
export function coloursSheet(name: string, { ground, accent }: Colours): string {
  const light = [
    ...(ground === null ? [] : [`--slate:${ground}`, `--slate-ink:${paper.light}`, `--slate-soft:${paper.light}`]),
    ...(accent === null
      ? []
      : [
          `--accent:${accent}`,
          `--accent-hover:${mixed(accent, '#000000', 0.22)}`,
          `--accent-ink:${paper.white}`,
          `--link:${accent}`,
          `--link-hover:${mixed(accent, '#000000', 0.3)}`,
        ]),
  ];
  const onNight = accent === null ? '' : moved(accent, [night.ground, night.sand, night.ink], '#ffffff');
  const dark =
    accent === null
      ? []
      : [
          `--accent:${onNight}`,
          `--accent-hover:${mixed(onNight, '#ffffff', 0.3)}`,
          `--accent-ink:${night.ink}`,
          `--link:${onNight}`,
          `--link-hover:${mixed(onNight, '#ffffff', 0.3)}`,
        ];
  const where = `[data-face="${name}"]`;
  const rule = (tokens: readonly string[]) => (tokens.length === 0 ? '' : `${where}{${tokens.join(';')}}`);
  return `${rule(light)}${dark.length === 0 ? '' : `@media screen and (prefers-color-scheme:dark){${rule(dark)}}`}`;
}
