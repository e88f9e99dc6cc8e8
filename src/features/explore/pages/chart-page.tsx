// One chart alone at its own address: to be shared, printed or read by a program.

import { chartTitle } from '../../../model/chart/summary.ts';
import type { Dataset, Version } from '../../../model/dataset.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { type Choices, exploreUrl } from '../choices.ts';
import { ChartFigure, type ChartView } from './chart-figure.tsx';
import { chartLabels } from './labels.ts';

type Props = {
  readonly context: PageContext;
  readonly dataset: Dataset;
  readonly version: Version;
  readonly choices: Choices;
  readonly chart: ChartView;
};

export function ChartPage({ context, dataset, version, choices, chart }: Props) {
  const { voice } = context;
  const title = voice.typeset(chartTitle(chart.spec, chartLabels(version, chart.spec), voice.lang));
  return (
    <Layout
      context={context}
      title={voice.say('chart.page', { title })}
      crumbs={[
        { label: voice.say('catalog.title'), href: urls.catalog() },
        { label: dataset.title, href: urls.dataset(dataset.id) },
      ]}
    >
      <h1>{title}</h1>
      <ChartFigure voice={voice} dataset={dataset} version={version} chart={chart} id="chart" />
      <p>
        <a href={exploreUrl(dataset.id, choices, { view: 'chart', chart: chart.spec })}>{voice.say('chart.back')}</a>
      </p>
    </Layout>
  );
}
