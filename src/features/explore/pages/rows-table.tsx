// The rows of a dataset: sort and paging by plain links, so that it works everywhere.
import type { Dataset } from '../../../model/dataset.ts';
import type { Field } from '../../../model/field.ts';
import { Paging } from '../../../web/components/paging.tsx';
import type { PageContext } from '../../../web/page.ts';
import { type Choices, exploreUrl } from '../choices.ts';
import { pageSizes, type RowsSearch } from '../rules.ts';
import { Cell } from './cell.tsx';
import { type RowsView, resetUrl } from './explorer-data.ts';
import { isNumeric } from './values.ts';

type Props = {
  readonly context: PageContext;
  readonly dataset: Dataset;
  readonly fields: readonly Field[];
  readonly view: RowsView;
  readonly choices: Choices;
};

export function RowsTable(props: Props) {
  const { context, dataset, view, choices } = props;
  const { voice } = context;
  const { search, total, rows } = view;
  const from = rows.length === 0 ? 0 : (search.page - 1) * search.size + 1;
  const position = voice.say('dataset.table.position', {
    from: voice.number(from),
    to: voice.number(from + Math.max(0, rows.length - 1)),
    total: voice.number(total),
  });
  return (
    <>
      <p role="status" class="announce">
        {rows.length === 0 ? voice.say(total === 0 ? 'dataset.table.none' : 'dataset.table.beyond') : position}
      </p>
      {rows.length === 0 ? (
        <p class="empty">
          <a href={resetUrl(dataset.id, choices)}>{voice.say('dataset.table.reset')}</a>
        </p>
      ) : (
        <Rows {...props} from={from} position={position} />
      )}
    </>
  );
}

function Rows(props: Props & { readonly from: number; readonly position: string }) {
  const { context, dataset, fields, view, choices, from, position } = props;
  const { voice } = context;
  const { search, total, rows } = view;
  return (
    <>
      <div class="scroll" role="region" aria-label={voice.say('dataset.table.scroll')} tabindex={0}>
        <table class="rows">
          <caption class="visually-hidden">
            {voice.say('dataset.table.caption', { title: dataset.title, position })}
          </caption>
          <thead>
            <tr>
              <th scope="col" class="row-number">
                {voice.say('dataset.table.row')}
              </th>
              {fields.map((field) => (
                <SortableHead key={field.name} {...props} field={field} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={from + index}>
                <th scope="row" class="row-number">
                  {voice.number(from + index)}
                </th>
                {fields.map((field) => (
                  <Cell key={field.name} value={row[field.name]} field={field} voice={voice} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Paging
        voice={voice}
        page={search.page}
        pages={Math.ceil(total / search.size)}
        href={(page) => rowsUrl(dataset, choices, { page })}
      />
      <Foot {...props} />
    </>
  );
}

function SortableHead({ context: { voice }, dataset, view: { search }, choices, field }: Props & { field: Field }) {
  const sorted = search.sort === field.name ? 'ascending' : search.sort === `-${field.name}` ? 'descending' : undefined;
  const next = sorted === 'ascending' ? `-${field.name}` : field.name;
  const title = field.title || field.name;
  return (
    <th scope="col" aria-sort={sorted} class={isNumeric(field) ? 'number' : undefined}>
      <a
        href={rowsUrl(dataset, choices, { sort: next, page: 1 })}
        title={voice.say(sorted === 'ascending' ? 'dataset.table.sortDown' : 'dataset.table.sortUp', { title })}
      >
        {title}
        <span aria-hidden="true">{sorted === 'ascending' ? ' ▲' : sorted === 'descending' ? ' ▼' : ''}</span>
      </a>
    </th>
  );
}

/** How many rows a page has. */
function Foot({ context: { voice }, dataset, choices, view: { search } }: Props) {
  return (
    <div class="rows-foot">
      <p>
        <span>{voice.say('dataset.table.size')}</span>
        {pageSizes.map((size) => (
          <a
            key={size}
            href={rowsUrl(dataset, choices, { size, page: 1 })}
            aria-current={size === search.size ? 'true' : undefined}
          >
            {size}
          </a>
        ))}
      </p>
    </div>
  );
}

/** The same rows with some choices changed. */
function rowsUrl(dataset: Dataset, choices: Choices, change: Partial<RowsSearch>): string {
  return exploreUrl(dataset.id, choices, { search: { ...choices.search, ...change } });
}
