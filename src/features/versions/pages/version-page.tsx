// A version: what changed since the one before, row by row, how it was corrected, and its original file.
import type { Dataset, Version } from '../../../model/dataset.ts';
import { isSame, type ListedRow, type VersionDiff } from '../../../model/version-diff.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';

export type VersionPageData = {
  readonly dataset: Dataset;
  readonly version: Version;
  /** What changed since an older version, null for the first one. */
  readonly change: { readonly from: number; readonly diff: VersionDiff } | null;
  /** How many corrections the producer made. */
  readonly corrections: number;
  /** The same in sentences, for the producer alone. */
  readonly steps: readonly string[];
};
type Props = { readonly context: PageContext; readonly data: VersionPageData };

export function VersionPage({ context, data }: Props) {
  const { voice } = context;
  const { dataset, version, change, corrections, steps } = data;
  const title = voice.say('version.title', { number: version.number, title: dataset.title });
  const rows = voice.count('dataset.rows.one', 'dataset.rows.many', version.rows);
  return (
    <Layout
      context={context}
      title={title}
      crumbs={[
        { label: voice.say('catalog.title'), href: urls.catalog() },
        { label: dataset.title, href: urls.dataset(dataset.id) },
        { label: voice.say('versions.all'), href: urls.versions(dataset.id) },
      ]}
    >
      <h1>{title}</h1>
      <p class="lead">
        {voice.say('version.facts', { date: voice.date(version.createdAt), rows })}{' '}
        {version.restoredFrom !== null && voice.say('versions.restored', { number: version.restoredFrom })}
      </p>
      <p>
        <a href={urls.versionOriginal(dataset.id, version.number)}>{voice.say('version.original')}</a>
      </p>
      {change === null ? <p>{voice.say('version.first')}</p> : <Change context={context} {...change} />}
      {(corrections > 0 || version.setAsideRows > 0) && (
        <section aria-labelledby="steps">
          <h2 id="steps">{voice.say('version.steps')}</h2>
          {corrections > 0 && (
            <p>
              {voice.count('version.steps.one', 'version.steps.many', corrections)} {voice.say('version.steps.text')}
            </p>
          )}
          {version.setAsideRows > 0 && (
            <p>{voice.say('version.aside', { count: voice.number(version.setAsideRows) })}</p>
          )}
          <ul>
            {steps.map((step, index) => (
              <li key={index}>{voice.typeset(step)}</li>
            ))}
          </ul>
        </section>
      )}
    </Layout>
  );
}

function Change({ context, from, diff }: { context: PageContext; from: number; diff: VersionDiff }) {
  const { voice } = context;
  const { added, removed, modified, unchanged, key } = diff;
  return (
    <section aria-labelledby="change">
      <h2 id="change">{voice.say('version.compared', { number: from })}</h2>
      {isSame(diff) ? (
        <p>{voice.say('version.same')}</p>
      ) : (
        <ul class="chips">
          <li>{voice.count('version.added.one', 'version.added.many', added)}</li>
          <li>{voice.count('version.modified.one', 'version.modified.many', modified)}</li>
          <li>{voice.count('version.removed.one', 'version.removed.many', removed)}</li>
          <li>{voice.count('version.unchanged.one', 'version.unchanged.many', unchanged)}</li>
        </ul>
      )}
      <p>{key === null ? voice.say('version.noKey') : voice.say('version.key', { columns: key.titles.join(', ') })}</p>
      {diff.columns.length > 0 && (
        <>
          <h3>{voice.say('version.columns')}</h3>
          <ul>
            {diff.columns.map(({ kind, column, from: was, to }) => (
              <li key={`${kind} ${column}`}>
                {voice.say(`version.column.${kind}`, { column, from: was ?? '', to: to ?? '' })}
              </li>
            ))}
          </ul>
        </>
      )}
      <Modified context={context} diff={diff} />
      <Listed context={context} title={voice.say('version.added')} rows={diff.listed.added} count={added} />
      <Listed context={context} title={voice.say('version.removed')} rows={diff.listed.removed} count={removed} />
    </section>
  );
}

function Modified({ context: { voice }, diff }: { context: PageContext; diff: VersionDiff }) {
  const rows = diff.listed.modified;
  if (rows.length === 0) return null;
  const cells = rows.flatMap(({ key, changes }) => changes.map((change) => ({ key: key.join(' · '), ...change })));
  return (
    <>
      <h3 id="modified">{voice.say('version.modified')}</h3>
      <div class="scroll" role="region" aria-labelledby="modified" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{diff.key?.titles.join(' · ') ?? voice.say('version.row')}</th>
              <th scope="col">{voice.say('version.column')}</th>
              <th scope="col">{voice.say('version.before')}</th>
              <th scope="col">{voice.say('version.after')}</th>
            </tr>
          </thead>
          <tbody>
            {cells.map(({ key, column, from, to }) => (
              <tr key={`${key} ${column}`}>
                <th scope="row">{key}</th>
                <td>{column}</td>
                <td>
                  <del>{from ?? voice.say('version.empty')}</del>
                </td>
                <td>
                  <ins>{to ?? voice.say('version.empty')}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <More context={{ voice }} shown={rows.length} count={diff.modified} />
    </>
  );
}

type ListedProps = {
  readonly context: PageContext;
  readonly title: string;
  readonly rows: readonly ListedRow[];
  readonly count: number;
};

function Listed({ context: { voice }, title, rows, count }: ListedProps) {
  const [first] = rows;
  if (first === undefined) return null;
  return (
    <>
      <h3>{title}</h3>
      <div class="scroll" role="region" aria-label={title} tabindex={0}>
        <table>
          <thead>
            <tr>
              {first.map(({ column }) => (
                <th scope="col" key={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map(({ column, value }) => (
                  <td key={column}>{value ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <More context={{ voice }} shown={rows.length} count={count} />
    </>
  );
}

function More({
  context: { voice },
  shown,
  count,
}: {
  context: Pick<PageContext, 'voice'>;
  shown: number;
  count: number;
}) {
  return shown < count ? <p>{voice.say('version.more', { count: voice.number(count - shown) })}</p> : null;
}
