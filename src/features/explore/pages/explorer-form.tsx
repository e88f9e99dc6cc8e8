// The explorer's filters: words, one column, and the values of a few columns as checkboxes; a form that works everywhere.

import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { type Choices, exploreUrl } from '../choices.ts';
import { filterOperators } from '../rules.ts';
import { type ExplorerData, type Facet, isNarrowed, resetUrl } from './explorer-data.ts';
import { HiddenChoices } from './hidden-choices.tsx';
import { columnTitle } from './labels.ts';
import { shownProfileValue } from './values.ts';

type Props = { readonly context: PageContext; readonly data: ExplorerData };

export function ExplorerForm(props: Props) {
  const { context, data } = props;
  const { voice } = context;
  const { dataset, version, choices, facets } = data;
  const { search, refine } = choices;
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
              {version.fields.map((field) => (
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
      {facets.length > 0 && (
        <details open={refine.length > 0}>
          <summary>{voice.say('explorer.narrow')}</summary>
          <div class="explorer-facets">
            {facets.map((facet) => (
              <FacetChoices key={facet.field.name} context={context} facet={facet} choices={choices} />
            ))}
          </div>
          <p>
            <button type="submit">{voice.say('explorer.apply')}</button>
          </p>
        </details>
      )}
      <HiddenChoices choices={choices} except={['q', 'column', 'operator', 'value', 'refine']} />
      {refinementsNotShown(data).map(({ column, value }) => (
        <input key={`${column}:${value}`} type="hidden" name="refine" value={`${column}:${value}`} />
      ))}
      <Chosen {...props} />
    </form>
  );
}

function FacetChoices({
  context: { voice },
  facet,
  choices,
}: {
  context: PageContext;
  facet: Facet;
  choices: Choices;
}) {
  const { field, values } = facet;
  return (
    <fieldset>
      <legend>{field.title || field.name}</legend>
      <ul class="plain">
        {values.map(({ value, count }) => (
          <li key={value}>
            <label>
              <input
                type="checkbox"
                name="refine"
                value={`${field.name}:${value}`}
                checked={choices.refine.some((one) => one.column === field.name && one.value === value)}
              />{' '}
              {shownProfileValue(value, field, voice)} <span class="size">{voice.number(count)}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** Kept though their checkbox is not there: a value too rare to be listed. */
function refinementsNotShown({ choices, facets }: ExplorerData) {
  return choices.refine.filter(
    ({ column, value }) =>
      !facets.some((facet) => facet.field.name === column && facet.values.some((one) => one.value === value)),
  );
}

function Chosen({ context: { voice }, data }: Props) {
  const { dataset, version, choices } = data;
  if (!isNarrowed(choices) && choices.search.sort === '') return null;
  return (
    <div class="explorer-chosen">
      {choices.refine.length > 0 && (
        <ul class="chips" aria-label={voice.say('explorer.chosen')}>
          {choices.refine.map((one) => {
            const field = version.fields.find(({ name }) => name === one.column);
            const column = columnTitle(version, one.column);
            const value = field === undefined ? one.value : shownProfileValue(one.value, field, voice);
            const rest = choices.refine.filter((other) => other !== one);
            return (
              <li key={`${one.column}:${one.value}`}>
                <a
                  href={exploreUrl(
                    dataset.id,
                    { ...choices, search: { ...choices.search, page: 1 } },
                    { refine: rest },
                  )}
                  aria-label={voice.say('explorer.remove', { column, value })}
                >
                  {column} : {value} <span aria-hidden="true">×</span>
                </a>
              </li>
            );
          })}
        </ul>
      )}
      {(data.rows.rows.length > 0 || choices.view !== 'table') && (
        <p>
          <a href={resetUrl(dataset.id, choices)}>{voice.say('dataset.table.reset')}</a>
        </p>
      )}
    </div>
  );
}
