// The text of a story: Markdown to HTML that can run nothing, cut where live blocks stand. Pure.
import MarkdownIt, { type Token } from 'markdown-it';
import { isProblem, readLiveBlock } from './live-block.ts';
import { storyLimits } from './rules.ts';
import { type Hint, type LiveName, liveNames, type ReadText, type StoryPart } from './schemas.ts';

/** Where the text stands, and how its language is set. */
export type TextPlace = {
  readonly publicUrl: string;
  /** Spaces that never break, where French wants them. */
  readonly typeset: (text: string) => string;
  /** What stands in place of a picture that may not be shown. */
  readonly noPicture: string;
  /** What names the frame of a wide table, for those who hear it. */
  readonly tableName: string;
};

/** Programs' code keeps every space; all else is a text. */
type Environment = { readonly place: TextPlace; readonly hints: Hint[] };

const reader = new MarkdownIt('default', { html: false, linkify: true, typographer: false, maxNesting: 30 });

/** Web, mail, telephone, or a place of this portal; nothing that runs, nothing that hides what it is. */
reader.validateLink = (url) => {
  const said = url.trim().toLowerCase();
  return /^(https?:\/\/|mailto:|tel:|#|\/(?![/\\]))/.test(said);
};

reader.core.ruler.push('story', (state) => {
  const env = state.env as unknown as Environment;
  orderHeadings(state.tokens);
  for (const token of state.tokens) {
    if (token.type === 'th_open' || token.type === 'td_open') alignByClass(token);
    for (const child of token.children ?? []) {
      if (child.type === 'text') child.content = env.place.typeset(child.content);
      if (child.type === 'link_open' && /^https?:/i.test(attribute(child, 'href'))) child.attrSet('rel', 'noopener');
      if (child.type === 'image') checkPicture(child, (token.map?.[0] ?? 0) + 1, env);
    }
  }
});

/** The page's own title is the first heading: the text's begin below it, and no level is left out, whatever marks are used. */
function orderHeadings(tokens: readonly Token[]): void {
  const levelOf = (token: Token) => Number(token.tag.slice(1));
  const headings = tokens.filter(({ type }) => type === 'heading_open');
  const highest = Math.min(...headings.map(levelOf));
  let before = 1;
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    before = Math.min(6, before + 1, levelOf(token) - highest + 2);
    token.tag = `h${before}`;
    // Its words, then its end.
    const end = tokens[index + 2];
    if (end?.type === 'heading_close') end.tag = token.tag;
  }
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

/** The policy of the pages refuses styles in attributes. */
function alignByClass(token: Token): void {
  const style = attribute(token, 'style');
  token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'style');
  if (style.includes('right')) token.attrSet('class', 'number');
  if (token.type === 'th_open') token.attrSet('scope', 'col');
}

/** From this portal alone: a picture of another site tells that site who reads. */
function checkPicture(token: Token, line: number, { place, hints }: Environment): void {
  const src = attribute(token, 'src');
  const url = URL.canParse(src, place.publicUrl) ? new URL(src, place.publicUrl) : null;
  const own = url !== null && url.origin === new URL(place.publicUrl).origin;
  if (!own) hints.push({ line, code: 'image', values: { link: src.slice(0, 120) } });
  else if (token.content.trim() === '') hints.push({ line, code: 'imageText', values: {} });
  token.meta = { own };
  if (url !== null) token.attrSet('src', url.pathname + url.search);
}

reader.renderer.rules['image'] = (tokens, index, options, env, renderer) => {
  const token = tokens[index];
  if (token === undefined) return '';
  const text = renderer.renderInlineAsText(token.children ?? [], options, env);
  const { place } = env as unknown as Environment;
  if (token.meta?.['own'] !== true)
    return `<em class="story-no-picture">${reader.utils.escapeHtml(text === '' ? place.noPicture : `${place.noPicture} ${text}`)}</em>`;
  token.attrSet('alt', text);
  token.attrSet('loading', 'lazy');
  return renderer.renderToken(tokens, index, options);
};
reader.renderer.rules['table_open'] = (_tokens, _index, _options, env) => {
  const { tableName } = (env as unknown as Environment).place;
  return `<div class="scroll" role="region" tabindex="0" aria-label="${reader.utils.escapeHtml(tableName)}"><table>\n`;
};
reader.renderer.rules['table_close'] = () => '</table></div>\n';

/**
 * Reads a text: its pieces in their order, and what its writer should know. Never throws: what cannot be read is a hint.
 */
export function readText(markdown: string, place: TextPlace): ReadText {
  const hints: Hint[] = [];
  const env = { place, hints } as unknown as NonNullable<Parameters<typeof reader.parse>[1]>;
  const tokens = reader.parse(markdown.replaceAll('\r\n', '\n'), env);
  const parts: StoryPart[] = [];
  let kept: Token[] = [];
  let live = 0;
  const flush = () => {
    const html = reader.renderer.render(kept, reader.options, env);
    if (html.trim() !== '') parts.push({ kind: 'html', html });
    kept = [];
  };
  for (const token of tokens) {
    const name = liveName(token);
    if (name === null) {
      kept.push(token);
      continue;
    }
    const line = (token.map?.[0] ?? 0) + 1;
    // Inside a list or a quotation, cutting here would break what is around.
    if (token.level > 0) {
      hints.push({ line, code: 'nested', values: { name } });
      continue;
    }
    flush();
    live += 1;
    const ask =
      live > storyLimits.blocks
        ? ({ code: 'tooMany', line, values: { max: String(storyLimits.blocks) } } as const)
        : readLiveBlock(name, token.content, line, place.publicUrl);
    if (isProblem(ask)) hints.push({ line: ask.line, code: ask.code, values: ask.values });
    parts.push({ kind: 'live', name, line, ask });
  }
  flush();
  return { parts, hints };
}

/** How many live blocks a text has. */
export function countBlocks(markdown: string): number {
  return reader
    .parse(markdown, {
      place: { publicUrl: 'http://localhost', typeset: String, noPicture: '', tableName: '' },
      hints: [],
    })
    .filter((token) => liveName(token) !== null && token.level === 0).length;
}

function liveName(token: Token): LiveName | null {
  if (token.type !== 'fence') return null;
  const word = token.info.trim().split(/\s/)[0]?.toLowerCase();
  const french: Readonly<Record<string, LiveName>> = {
    graphique: 'chart',
    carte: 'map',
    chiffre: 'figure',
    tableau: 'table',
  };
  return liveNames.find((name) => name === word) ?? french[word ?? ''] ?? null;
}
