// What to do with what one sees: take it, cite it with its version, embed it, keep its picture.
import { chartParameters } from '../../../model/chart/spec.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import { choiceParameters, whereOf } from '../choices.ts';
import { citationOf } from './dataset-facts.ts';
import { type ExplorerData, permanentUrl } from './explorer-data.ts';

type Props = { readonly context: PageContext; readonly data: ExplorerData };

export function TakeWhatIsSeen({ context, data }: Props) {
  const { voice, site } = context;
  const { dataset, version, choices, rows, chart } = data;
  const { sort } = choices.search;
  const file = withQuery(urls.export(dataset.id, 'csv'), {
    where: whereOf(choices, version.fields),
    order_by: sort === '' ? null : sort.startsWith('-') ? `\`${sort.slice(1)}\` desc` : `\`${sort}\` asc`,
    version: choices.version,
    for_spreadsheet: 'true',
  });
  const permanent = permanentUrl(site.publicUrl, data);
  const citation = citationOf(dataset, version, voice, site.publicUrl).replace(
    site.publicUrl + urls.dataset(dataset.id),
    () => permanent,
  );
  const picture =
    choices.view === 'chart' && chart !== null
      ? withQuery(urls.chartPicture(dataset.id), {
          ...filtersOf(data),
          ...chartParameters(chart.spec),
          version: version.number,
        })
      : null;
  return (
    <>
      {rows.refusal === null && rows.total > 0 && (
        <p class="explorer-file">
          <a href={file}>
            {voice.say('explorer.take.download', {
              rows: voice.count('dataset.rows.one', 'dataset.rows.many', rows.total),
            })}
          </a>
        </p>
      )}
      <details class="explorer-take">
        <summary>{voice.say('explorer.take')}</summary>
        <ul class="plain">
          {picture !== null && (
            <li>
              <a href={picture} download data-picture={voice.say('explorer.take.png')}>
                {voice.say('explorer.take.image')}
              </a>
              <p>{voice.say('explorer.take.print')}</p>
            </li>
          )}
          <li>
            <p>{voice.say('explorer.take.link')}</p>
            <pre tabindex={0}>
              <code class="copy breakable">{permanent}</code>
            </pre>
          </li>
          <li>
            <p>{voice.say('explorer.take.cite')}</p>
            <p class="citation copy breakable">{citation}</p>
          </li>
          <li>
            <p>{voice.say('explorer.take.embed')}</p>
            <pre tabindex={0}>
              <code class="copy breakable">{embedCode(context, data)}</code>
            </pre>
          </li>
        </ul>
        {picture !== null && <script type="module" src={site.assetUrl('picture.js')} />}
      </details>
    </>
  );
}

/** The parameters of the filters alone, without view, paging and chart. */
function filtersOf({ choices }: ExplorerData) {
  const { view: _view, page: _page, size: _size, ...filters } = choiceParameters({ ...choices, chart: null });
  return filters;
}

/** The element that shows the same elsewhere; every value is escaped, for it is pasted into a page. */
function embedCode({ site }: PageContext, data: ExplorerData): string {
  const { dataset, choices, chart } = data;
  const view = choices.view === 'api' ? 'table' : choices.view;
  const filters = withQuery('', filtersOf(data)).slice(1);
  const drawn = view === 'chart' && chart !== null ? Object.entries(chartParameters(chart.spec)) : [];
  const named = drawn.map(([name, value]) => [name === 'chart' ? 'mark' : name, value] as const);
  const attributes = [['base', site.publicUrl], ['dataset', dataset.id], ['filters', filters], ...named] as const;
  const text = attributes
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => ` ${name}="${String(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`);
  const script = `${site.publicUrl}${urls.element(view)}`;
  return `<script type="module" src="${script}"></script>\n<terroir-${view}${text.join('')}></terroir-${view}>`;
}
