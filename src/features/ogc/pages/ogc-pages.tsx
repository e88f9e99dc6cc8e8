// The interface for people who look at it in a browser: the same documents as pages, without JavaScript.
import type { ComponentChildren } from 'preact';
import { Layout } from '../../../web/layout.tsx';
import { ogcUrls } from '../../../web/ogc-urls.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { Feature } from '../schemas.ts';

type Titled = { readonly id: string; readonly title: string; readonly description: string };

type FrameProps = {
  readonly context: PageContext;
  readonly title: string;
  readonly above?: readonly Titled[];
  readonly inside?: boolean;
  readonly children: ComponentChildren;
};

function Frame({ context, title, above = [], inside = true, children }: FrameProps) {
  const { voice } = context;
  const crumbs = [
    ...(inside ? [{ label: voice.say('ogc.title'), href: ogcUrls.home() }] : []),
    ...above.map(({ id, title: label }) => ({ label, href: `${ogcUrls.collection(id)}?f=html` })),
  ];
  return (
    <Layout context={context} title={title} crumbs={crumbs}>
      <h1>{title}</h1>
      {children}
    </Layout>
  );
}

export function LandingPage({ context, address }: { readonly context: PageContext; readonly address: string }) {
  const { voice } = context;
  return (
    <Frame context={context} title={voice.say('ogc.title')} inside={false}>
      <p class="lead">{voice.say('ogc.intro')}</p>
      <p>
        {voice.say('ogc.address')} <code>{address}</code>
      </p>
      <ul>
        <li>
          <a href={`${ogcUrls.collections()}?f=html`}>{voice.say('ogc.collections')}</a>
        </li>
        <li>
          <a href={ogcUrls.api()}>{voice.say('ogc.openapi')}</a>
        </li>
        <li>
          <a href={`${ogcUrls.conformance()}?f=html`}>{voice.say('ogc.conformance')}</a>
        </li>
        <li>
          <a href={`${ogcUrls.tileMatrixSets()}?f=html`}>{voice.say('ogc.matrixSets')}</a>
        </li>
      </ul>
    </Frame>
  );
}

export function ListPage({
  context,
  title,
  entries,
}: {
  readonly context: PageContext;
  readonly title: string;
  readonly entries: readonly string[];
}) {
  return (
    <Frame context={context} title={title}>
      <ul>
        {entries.map((entry) => (
          <li key={entry}>
            <code>{entry}</code>
          </li>
        ))}
      </ul>
    </Frame>
  );
}

export function CollectionsPage({
  context,
  datasets,
}: {
  readonly context: PageContext;
  readonly datasets: readonly Titled[];
}) {
  const { voice } = context;
  return (
    <Frame context={context} title={voice.say('ogc.collections')}>
      <ul class="datasets">
        {datasets.map(({ id, title, description }) => (
          <li key={id} lang={voice.written}>
            <h2>
              <a href={`${ogcUrls.collection(id)}?f=html`}>{title}</a>
            </h2>
            <p class="excerpt">{description}</p>
          </li>
        ))}
      </ul>
    </Frame>
  );
}

export type CollectionPageData = {
  readonly dataset: Titled;
  readonly rows: number;
  readonly located: boolean;
};

export function CollectionPage({
  context,
  data,
}: {
  readonly context: PageContext;
  readonly data: CollectionPageData;
}) {
  const { voice } = context;
  const { dataset, rows, located } = data;
  return (
    <Frame context={context} title={dataset.title}>
      <p class="lead" lang={voice.written}>
        {dataset.description}
      </p>
      <p>{voice.say('ogc.count', { count: voice.number(rows) })}</p>
      <ul>
        <li>
          <a href={`${ogcUrls.items(dataset.id)}?f=html`}>{voice.say('ogc.items')}</a>
        </li>
        <li>
          <a href={ogcUrls.schema(dataset.id)}>{voice.say('ogc.schema')}</a>
        </li>
        {located && (
          <li>
            <a href={ogcUrls.tileJson(dataset.id)}>{voice.say('ogc.tiles')}</a>
          </li>
        )}
        <li>
          <a href={urls.dataset(dataset.id)}>{voice.say('ogc.dataset')}</a>
        </li>
      </ul>
    </Frame>
  );
}

export type ItemsPageData = {
  readonly dataset: Titled;
  readonly features: readonly Feature[];
  readonly properties: readonly { readonly name: string; readonly title: string }[];
  readonly matched: number;
  readonly previous: string | null;
  readonly next: string | null;
};

export function ItemsPage({ context, data }: { readonly context: PageContext; readonly data: ItemsPageData }) {
  const { voice } = context;
  const { dataset, features, properties, matched, previous, next } = data;
  const title = voice.say('ogc.items.title', { title: dataset.title });
  return (
    <Frame context={context} title={title} above={[dataset]}>
      <p>{voice.say('ogc.count', { count: voice.number(matched) })}</p>
      <div class="table" tabindex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{voice.say('ogc.number')}</th>
              {properties.map(({ name, title: label }) => (
                <th scope="col" key={name} lang={voice.written}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody lang={voice.written}>
            {features.map((feature) => (
              <tr key={feature.id}>
                <th scope="row">
                  <a href={`${ogcUrls.item(dataset.id, feature.id)}?f=html`}>{feature.id}</a>
                </th>
                {properties.map(({ name }) => (
                  <td key={name}>{shown(feature.properties[name])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <nav class="paging" aria-label={voice.say('paging.label')}>
        {previous === null ? <span /> : <a href={previous}>{voice.say('paging.previous')}</a>}
        {next === null ? <span /> : <a href={next}>{voice.say('paging.next')}</a>}
      </nav>
    </Frame>
  );
}

export function ItemPage({
  context,
  data,
}: {
  readonly context: PageContext;
  readonly data: Pick<ItemsPageData, 'dataset' | 'properties'> & { readonly feature: Feature };
}) {
  const { voice } = context;
  const { dataset, feature, properties } = data;
  return (
    <Frame
      context={context}
      title={voice.say('ogc.item.title', { title: dataset.title, number: feature.id })}
      above={[dataset]}
    >
      <dl lang={voice.written}>
        {properties.map(({ name, title }) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd>{shown(feature.properties[name])}</dd>
          </div>
        ))}
      </dl>
      {feature.geometry !== null && (
        <pre tabindex={0} class="answer">
          <code>{JSON.stringify(feature.geometry).slice(0, 20_000)}</code>
        </pre>
      )}
    </Frame>
  );
}

function shown(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
