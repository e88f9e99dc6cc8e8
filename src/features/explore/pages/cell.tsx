// One cell of the table of rows: numbers to the right, addresses as links, days as people write them, long texts folded.
import type { Field } from '../../../model/field.ts';
import type { Voice } from '../../../web/language.ts';
import { isNumeric, shownValue } from './values.ts';

/** From here a text takes several lines; from there it is folded. */
const longText = 44;
const foldedText = 280;

export function Cell({ value, field, voice }: { value: unknown; field: Field; voice: Voice }) {
  const text = shownValue(value, field, voice);
  if (text === null) return <td />;
  if (isNumeric(field)) return <td class="number">{text}</td>;
  if (field.type === 'date' && typeof value === 'string')
    return (
      <td>
        <time dateTime={value}>{text}</time>
      </td>
    );
  const long = text.length > longText ? 'long' : undefined;
  if (isWebAddress(text))
    return (
      <td class={long}>
        <a href={text} rel="nofollow noopener" class="breakable">
          {text}
        </a>
      </td>
    );
  if (text.length > foldedText)
    return (
      <td class="long">
        <details>
          <summary>{`${text.slice(0, foldedText - 100)}…`}</summary>
          {text}
        </details>
      </td>
    );
  return <td class={long}>{text}</td>;
}

/** Only what a person would follow: the scheme is written in the cell, nothing else is trusted. */
function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>"]+$/i.test(text) && URL.canParse(text);
}
