// The first rows of what will be published, as a table that scrolls in its own frame.
import type { Examination } from '../../../model/examination.ts';
import type { Treatment } from '../../../model/finding.ts';
import type { Voice } from '../../../web/language.ts';

type Props = {
  readonly voice: Voice;
  readonly caption: string;
  readonly examination: Examination;
  /** What is removed is not shown, what is masked shows that it is. */
  readonly treatments: readonly Treatment[];
};

const longestShown = 80;

export function PreviewTable({ voice, caption, examination, treatments }: Props) {
  const { fields, preview } = examination;
  const treated = new Map(treatments.map((each) => [each.column, each.kind]));
  const columns = fields
    .map((field, index) => ({ field, index }))
    .filter(({ field }) => treated.get(field.name) !== 'remove');
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={caption}>
      <table class="rows">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ field }) => (
              <th scope="col" key={field.name} lang={voice.written}>
                {field.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody lang={voice.written}>
          {preview.map((row, place) => (
            <tr key={place}>
              {columns.map(({ field, index }) => (
                <td key={field.name}>{treated.get(field.name) === 'mask' ? '•••' : shortened(row[index] ?? '')}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function shortened(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
