// The rows of a dataset: search, one filter, sort and paging by plain links and one form, so that it works everywhere.
import type { Dataset } from '../../../model/dataset.ts';
import type { Field } from '../../../model/field.ts';
import { Paging } from '../../../web/components/paging.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import { filterOperators, pageSizes, type RowsSearch, rowsQuery } from '../rules.ts';
import { Cell } from './cell.tsx';
import { isNumeric } from './values.ts';

export type RowsView = {
  readonly search: RowsSearch;
  readonly total: number;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Why the filter could not be used, when it could not. */
  readonly refusal: string | null;
};

type Props = {
  readonly context: PageContext;
  readonly dataset: Dataset;
  readonly fields: readonly Field[];
  readonly view: RowsView;
};

export function RowsTable(props: Props) {
  const { context, dataset, view } = props;
  const { voice } = context;
  const { search, total, rows, refusal } = view;
  const from = rows.length === 0 ? 0 : (search.page - 1) * search.size + 1;
  const position = voice.say('dataset.table.position', {
    from: voice.number(from),
    to: voice.number(from + Math.max(0, rows.length - 1)),
    total: voice.number(total),
  });
  return (
    <section aria-labelledby="rows">
      <h2 id="rows">{voice.say('dataset.table')}</h2>
      <RowsForm {...props} />
      {refusal !== null && (
        <p role="alert" class="problem">
          {voice.say('dataset.table.wrong', { reason: refusal })}
        </p>
      )}
      <p role="status" class="announce">
        {rows.length === 0 ? voice.say(total === 0 ? 'dataset.table.none' : 'dataset.table.beyond') : position}
      </p>
      {rows.length === 0 ? (
        <p class="empty">
          <a href={`${urls.dataset(dataset.id)}#rows`}>{voice.say('dataset.table.reset')}</a>
        </p>
      ) : (
        <Rows {...props} from={from} position={position} />
      )}
    </section>
  );
}

function Rows(props: Props & { readonly from: number; readonly position: string }) {
  const { context, dataset, fields, view, from, position } = props;
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
        href={(page) => rowsUrl(dataset, search, { page })}
      />
      <Foot {...props} />
    </>
  );
}

function SortableHead({ context: { voice }, dataset, view: { search }, field }: Props & { field: Field }) {
  const sorted = search.sort === field.name ? 'ascending' : search.sort === `-${field.name}` ? 'descending' : undefined;
  const next = sorted === 'ascending' ? `-${field.name}` : field.name;
  const title = field.title || field.name;
  return (
    <th scope="col" aria-sort={sorted} class={isNumeric(field) ? 'number' : undefined}>
      <a
        href={rowsUrl(dataset, search, { sort: next, page: 1 })}
        title={voice.say(sorted === 'ascending' ? 'dataset.table.sortDown' : 'dataset.table.sortUp', { title })}
      >
        {title}
        <span aria-hidden="true">{sorted === 'ascending' ? ' ▲' : sorted === 'descending' ? ' ▼' : ''}</span>
      </a>
    </th>
  );
}

function RowsForm({ context: { voice }, dataset, fields, view }: Props) {
  const { search } = view;
  const reset = search.q !== '' || search.column !== '' || search.sort !== '';
  return (
    <form
      action={`${urls.dataset(dataset.id)}#rows`}
      class="rows-form"
      role="search"
      aria-label={voice.say('dataset.table.search')}
    >
      <label for="rows-q">{voice.say('dataset.table.search')}</label>
      <div class="field-row">
        <input id="rows-q" name="q" type="search" value={search.q} />
        <button type="submit">{voice.say('dataset.table.filter')}</button>
      </div>
      <details open={search.column !== ''}>
        <summary>{voice.say('dataset.table.byColumn')}</summary>
        <div class="filter">
          <p>
            <label for="rows-column">{voice.say('dataset.table.column')}</label>
            <select id="rows-column" name="column">
              <option value="">{voice.say('dataset.table.column.any')}</option>
              {fields.map((field) => (
                <option key={field.name} value={field.name} selected={field.name === search.column}>
                  {field.title || field.name}
                </option>
              ))}
            </select>
          </p>
          <p>
            <label for="rows-operator">{voice.say('dataset.table.operator')}</label>
            <select id="rows-operator" name="operator">
              {filterOperators.map((operator) => (
                <option key={operator} value={operator} selected={operator === search.operator}>
                  {voice.say(`dataset.table.operator.${operator}`)}
                </option>
              ))}
            </select>
          </p>
          <p>
            <label for="rows-value">{voice.say('dataset.table.is')}</label>
            <input id="rows-value" name="value" value={search.value} />
          </p>
        </div>
      </details>
      {search.sort !== '' && <input type="hidden" name="sort" value={search.sort} />}
      {search.size !== pageSizes[0] && <input type="hidden" name="size" value={search.size} />}
      {reset && view.rows.length > 0 && (
        <p>
          <a href={`${urls.dataset(dataset.id)}#rows`}>{voice.say('dataset.table.reset')}</a>
        </p>
      )}
    </form>
  );
}

/** How many rows a page has, and the rows that are chosen as a file. */
function Foot({ context: { voice }, dataset, fields, view: { search, total, refusal } }: Props) {
  const { where, order_by } = rowsQuery(search, fields);
  const chosen = (where !== undefined || order_by !== undefined) && refusal === null;
  return (
    <div class="rows-foot">
      <p>
        <span>{voice.say('dataset.table.size')}</span>
        {pageSizes.map((size) => (
          <a
            key={size}
            href={rowsUrl(dataset, search, { size, page: 1 })}
            aria-current={size === search.size ? 'true' : undefined}
          >
            {size}
          </a>
        ))}
      </p>
      {chosen && total > 0 && (
        <p>
          <a href={withQuery(urls.export(dataset.id, 'csv'), { where, order_by })}>
            {voice.say('dataset.table.take', { rows: voice.count('dataset.rows.one', 'dataset.rows.many', total) })}
          </a>
        </p>
      )}
    </div>
  );
}

/** The same rows with some choices changed. */
function rowsUrl(dataset: Dataset, search: RowsSearch, change: Partial<RowsSearch>): string {
  const { q, column, operator, value, sort, page, size } = { ...search, ...change };
  const filter = column === '' ? {} : { column, operator, value };
  return `${withQuery(urls.dataset(dataset.id), { q, ...filter, sort, size: size === pageSizes[0] ? null : size, page: page > 1 ? page : null })}#rows`;
}
