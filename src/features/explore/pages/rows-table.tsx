// The rows of a dataset: search, one filter, sort and paging by plain links and one form, so that it works everywhere.
import type { Dataset } from '../../../model/dataset.ts';
import type { Field } from '../../../model/field.ts';
import { Paging } from '../../../web/components/paging.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import { filterOperators, pageSizes, type RowsSearch } from '../rules.ts';
import { cellClass, isNumeric, shownValue } from './values.ts';

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
  const { context, dataset, fields, view } = props;
  const { voice } = context;
  const { search, total, rows, refusal } = view;
  const from = total === 0 ? 0 : (search.page - 1) * search.size + 1;
  const caption = voice.say('dataset.table.caption', {
    title: dataset.title,
    from: voice.number(from),
    to: voice.number(from + rows.length - (rows.length > 0 ? 1 : 0)),
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
        {total === 0 ? voice.say('dataset.table.none') : caption}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <div class="scroll" role="region" aria-label={voice.say('dataset.table.scroll')} tabindex={0}>
        <table class="rows">
          <caption class="visually-hidden">{caption}</caption>
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
                  <td key={field.name} class={cellClass(field)}>
                    {shownValue(row[field.name], field, voice)}
                  </td>
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
    </section>
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
        <span aria-hidden="true">{sorted === 'ascending' ? ' ↑' : sorted === 'descending' ? ' ↓' : ''}</span>
      </a>
    </th>
  );
}

function RowsForm({ context: { voice }, dataset, fields, view: { search } }: Props) {
  return (
    <form action={`${urls.dataset(dataset.id)}#rows`} class="rows-form" role="search">
      <p>
        <label for="rows-q">{voice.say('dataset.table.search')}</label>
        <input id="rows-q" name="q" type="search" value={search.q} />
      </p>
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
      <p>
        <label for="rows-size">{voice.say('dataset.table.size')}</label>
        <select id="rows-size" name="size">
          {pageSizes.map((size) => (
            <option key={size} value={size} selected={size === search.size}>
              {size}
            </option>
          ))}
        </select>
      </p>
      {search.sort !== '' && <input type="hidden" name="sort" value={search.sort} />}
      <p class="actions">
        <button type="submit">{voice.say('dataset.table.filter')}</button>
        {(search.q !== '' || search.column !== '') && (
          <a href={`${urls.dataset(dataset.id)}#rows`}>{voice.say('dataset.table.reset')}</a>
        )}
      </p>
    </form>
  );
}

/** The same rows with some choices changed. */
function rowsUrl(dataset: Dataset, search: RowsSearch, change: Partial<RowsSearch>): string {
  const { q, column, operator, value, sort, page, size } = { ...search, ...change };
  const filter = column === '' ? {} : { column, operator, value };
  return `${withQuery(urls.dataset(dataset.id), { q, ...filter, sort, size: size === pageSizes[0] ? null : size, page: page > 1 ? page : null })}#rows`;
}
