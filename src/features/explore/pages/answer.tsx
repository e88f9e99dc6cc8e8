// The answer first: what the dataset says, in one sentence and one chart, before anything else.
import type { Dataset, Version } from '../../../model/dataset.ts';
import type { PageContext } from '../../../web/page.ts';
import { type Choices, exploreUrl } from '../choices.ts';
import { ChartFigure, type ChartView } from './chart-figure.tsx';

type Props = {
  readonly context: PageContext;
  readonly dataset: Dataset;
  readonly version: Version;
  readonly choices: Choices;
  readonly chart: ChartView | null;
};

export function Answer({ context: { voice }, dataset, version, choices, chart }: Props) {
  if (chart === null || chart.data.points.length === 0) return null;
  return (
    <section aria-labelledby="answer" class="first-answer">
      <h2 id="answer" class="visually-hidden">
        {voice.say('answer.title')}
      </h2>
      <ChartFigure voice={voice} dataset={dataset} version={version} chart={chart} id="answer-chart" />
      <p>
        <a href={exploreUrl(dataset.id, choices, { view: 'chart', chart: chart.spec })}>{voice.say('answer.more')}</a>
      </p>
    </section>
  );
}
