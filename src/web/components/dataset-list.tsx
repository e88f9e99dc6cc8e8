// A list of datasets: what it is, from whom, how large, how fresh.

import type { Voice } from '../language.ts';
import { urls } from '../urls.ts';
import type { DemoMark, ListedDataset } from './listed-dataset.ts';

export function DatasetList({
  datasets,
  voice,
  level = 2,
}: {
  datasets: readonly ListedDataset[];
  voice: Voice;
  level?: 2 | 3;
}) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <ul class="datasets">
      {datasets.map((d) => (
        <li key={d.id}>
          <article>
            <Heading>
              <a href={urls.dataset(d.id)}>{d.title}</a>
            </Heading>
            <p class="facts">
              <a href={urls.organization(d.organization.slug)}>{d.organization.name}</a>
              {d.rows !== null && <span>{voice.count('dataset.rows.one', 'dataset.rows.many', d.rows)}</span>}
              <span>{voice.say('dataset.updated', { date: voice.date(d.modifiedAt) })}</span>
            </p>
            <DemoBadge demo={d.demo} voice={voice} />
            {d.description !== '' && <p class="excerpt">{d.description}</p>}
          </article>
        </li>
      ))}
    </ul>
  );
}

export function DemoBadge({ demo, voice }: DemoMark & { voice: Voice }) {
  return demo ? <p class="badge demo">{voice.say('demo.badge')}</p> : null;
}
