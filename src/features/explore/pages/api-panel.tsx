// The rows that are seen, for programs: their address, and programs in four languages that read them whole.
import { codeExamples } from '../../../web/code-examples.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import { choiceParameters, whereOf } from '../choices.ts';
import type { ExplorerData } from './explorer-data.ts';

type Props = { readonly context: PageContext; readonly data: ExplorerData };

/** Records read at once: fewer requests for those who read them all. */
const pageOfPrograms = 1000;

/** Addresses of the rows that are seen, in our own API and as a file; from the root of the portal. */
export function apiAddresses({ dataset, version, choices }: ExplorerData) {
  const { sort } = choices.search;
  const { view: _view, page: _page, size: _size, ...filters } = choiceParameters({ ...choices, chart: null });
  const records = (limit: number) =>
    withQuery(urls.apiRecords(dataset.id), {
      where: whereOf(choices, version.fields),
      sort,
      limit,
      version: choices.version,
    });
  return { records, csv: withQuery(urls.pageFile(dataset.id, 'csv'), filters) };
}

export function ApiPanel({ context: { voice, site }, data }: Props) {
  const { records, csv } = apiAddresses(data);
  const examples = codeExamples({
    records: site.publicUrl + records(pageOfPrograms),
    csv: site.publicUrl + csv,
  });
  return (
    <>
      <p>{voice.say('explorer.api.text')}</p>
      <pre tabindex={0}>
        <code class="copy breakable">{site.publicUrl + records(20)}</code>
      </pre>
      <p>
        <a href={records(20)}>{voice.say('dataset.api.try')}</a> ·{' '}
        <a href={urls.apiOpenapi(data.dataset.id)}>{voice.say('explorer.api.openapi')}</a> ·{' '}
        <a href={urls.api()}>{voice.say('dataset.api.docs')}</a>
      </p>
      <p>{voice.say('explorer.api.filters')}</p>
      <p>{voice.say('explorer.api.examples')}</p>
      {examples.map(({ language, name, code }, i) => (
        <details key={language} open={i === 0}>
          <summary>{name}</summary>
          <pre tabindex={0}>
            <code class="copy">{code}</code>
          </pre>
        </details>
      ))}
    </>
  );
}
