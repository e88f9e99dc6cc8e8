// The explorer: one set of filters over the rows, four ways to see them, and what to do with what one sees.
import type { PageContext } from '../../../web/page.ts';
import { exploreUrl, type View, views } from '../choices.ts';
import { ApiPanel } from './api-panel.tsx';
import { ChartPanel } from './chart-view.tsx';
import type { ExplorerData } from './explorer-data.ts';
import { ExplorerForm } from './explorer-form.tsx';
import { MapPanel } from './map-view.tsx';
import { RowsTable } from './rows-table.tsx';
import { TakeWhatIsSeen } from './take-view.tsx';

type Props = { readonly context: PageContext; readonly data: ExplorerData };

export function Explorer({ context, data }: Props) {
  const { voice } = context;
  const { dataset, version, choices, rows } = data;
  return (
    <section aria-labelledby="rows" class="explorer">
      <h2 id="rows">{voice.say('explorer.title')}</h2>
      {choices.version !== null && choices.version !== dataset.version?.number && (
        <p class="notice">
          {voice.say('explorer.old', { number: version.number, date: voice.date(version.createdAt) })}{' '}
          <a href={exploreUrl(dataset.id, choices, { version: null })}>{voice.say('explorer.current')}</a>
        </p>
      )}
      <ExplorerForm context={context} data={data} />
      {rows.refusal !== null && (
        <p role="alert" class="problem">
          {voice.say('dataset.table.wrong', { reason: rows.refusal })}
        </p>
      )}
      <Tabs context={context} data={data} />
      <div class="explorer-panel">
        {choices.view === 'table' && (
          <RowsTable context={context} dataset={dataset} fields={version.fields} view={rows} choices={choices} />
        )}
        {choices.view === 'chart' && (
          <ChartPanel context={context} dataset={dataset} version={version} choices={choices} chart={data.chart} />
        )}
        {choices.view === 'map' && (
          <MapPanel
            context={context}
            dataset={dataset}
            version={version}
            choices={choices}
            places={data.places}
            label={data.placeLabel}
          />
        )}
        {choices.view === 'api' && <ApiPanel context={context} data={data} />}
      </div>
      <TakeWhatIsSeen context={context} data={data} />
    </section>
  );
}

/** Links, for each view has its own address; the map only where there are places. */
function Tabs({ context: { voice }, data: { dataset, version, choices } }: Props) {
  const shown = (view: View) => view !== 'map' || version.geometry !== null;
  return (
    <nav class="explorer-tabs" aria-label={voice.say('explorer.views')}>
      <ul>
        {views.filter(shown).map((view) => (
          <li key={view}>
            <a
              href={exploreUrl(dataset.id, { ...choices, search: { ...choices.search, page: 1 } }, { view })}
              aria-current={view === choices.view ? 'true' : undefined}
            >
              {voice.say(`explorer.view.${view}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
