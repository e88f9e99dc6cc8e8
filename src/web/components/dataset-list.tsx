// A list of datasets: what it is, from whom, how large, how fresh.

import type { ComponentChildren } from 'preact';
import type { Voice } from '../language.ts';
import { urls } from '../urls.ts';
import type { DemoMark, ListedDataset } from './listed-dataset.ts';

type Props = {
  readonly datasets: readonly ListedDataset[];
  readonly voice: Voice;
  /** The level of the titles: one below the heading above the list. */
  readonly level?: 2 | 3;
  /** Side by side where there is room. */
  readonly cards?: boolean;
  /** What stands under each of them. */
  readonly below?: (dataset: ListedDataset) => ComponentChildren;
};

export function DatasetList({ datasets, voice, level = 2, cards = false, below }: Props) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <ul class={cards ? 'datasets cards' : 'datasets'}>
      {datasets.map((d) => (
        <li key={d.id}>
          <article>
            <Heading>
              <a href={urls.dataset(d.id)} lang={voice.written}>
                {d.title}
              </a>
            </Heading>
            <p class="producer">
              <a href={urls.organization(d.organization.slug)}>{d.organization.name}</a>
            </p>
            {d.description !== '' && (
              <p class="excerpt" lang={voice.written}>
                {voice.typeset(d.description)}
              </p>
            )}
            <p class="facts">
              <span>{voice.say('dataset.updated', { date: voice.date(d.modifiedAt) })}</span>
              {d.rows !== null && <span>{voice.count('dataset.rows.one', 'dataset.rows.many', d.rows)}</span>}
              {d.format !== null && <span class="format">{d.format.toUpperCase()}</span>}
              <DemoBadge demo={d.demo} voice={voice} />
            </p>
            {below?.(d)}
          </article>
        </li>
      ))}
    </ul>
  );
}

export function DemoBadge({ demo, voice }: DemoMark & { voice: Voice }) {
  return demo ? <span class="badge demo">{voice.say('demo.badge')}</span> : null;
}
