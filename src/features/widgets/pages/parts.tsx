// What the pages of widgets are made of: a refusal that is read first, the codes to copy, previews in frames.
import type { Voice } from '../../../web/language.ts';
import { ways } from '../bench-rules.ts';

export type Refused = { readonly sentence: string; readonly typed: Readonly<Record<string, string>> } | null;

export function RefusedNote({ voice, refused }: { readonly voice: Voice; readonly refused: Refused }) {
  if (refused === null) return null;
  return (
    <div class="refusal" role="alert" tabindex={-1} autofocus>
      <h2>{voice.say('studio.refused')}</h2>
      <p>
        <a href="#keep">{voice.typeset(refused.sentence)}</a>
      </p>
    </div>
  );
}

export type CodesToCopy = {
  readonly script: string;
  readonly iframe: string;
  readonly oembed: string;
  readonly html: string;
};

/** The four ways as text. The button that copies appears with its script (widgets.js). */
export function Codes({ voice, codes }: { readonly voice: Voice; readonly codes: CodesToCopy }) {
  return (
    <>
      {ways.map((way) => (
        <section class="widget-code" aria-labelledby={`way-${way}`} key={way}>
          <h3 id={`way-${way}`}>{voice.say(`studio.way.${way}`)}</h3>
          <p>{voice.say(`studio.way.${way}.help`)}</p>
          <pre tabindex={0}>
            <code id={`code-${way}`}>{codes[way]}</code>
          </pre>
          <p>
            <button
              type="button"
              class="quiet"
              hidden
              data-copy={`code-${way}`}
              data-copied={voice.say('studio.copied')}
              aria-describedby={`way-${way}`}
            >
              {voice.say('studio.copy')}
            </button>
            <span role="status" class="widget-copied" />
          </p>
        </section>
      ))}
    </>
  );
}

export const previewWidths = [320, 480, 768] as const;

/** The widget in frames of three widths; a frame wider than the window scrolls by itself. */
export function Previews({ voice, src, name }: { readonly voice: Voice; readonly src: string; readonly name: string }) {
  return (
    <div class="widget-previews">
      {previewWidths.map((width) => (
        <figure key={width}>
          <figcaption>{voice.say('studio.preview.at', { width })}</figcaption>
          <div
            class="scroll"
            tabindex={0}
            role="region"
            aria-label={`${voice.say('studio.live', { name })}, ${voice.say('studio.preview.at', { width })}`}
          >
            <iframe
              class={`at-${width}`}
              src={src}
              title={`${voice.say('studio.live', { name })}, ${voice.say('studio.preview.at', { width })}`}
              loading="lazy"
            />
          </div>
        </figure>
      ))}
    </div>
  );
}
