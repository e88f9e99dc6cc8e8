// The explorer's chart: what is drawn, charts to begin with, and the form that builds one; plain links and a form.
import type { ComponentChildren } from 'preact';
import { type ChartSpec, chartAggregates, chartMarks, isCategory, isMeasure } from '../../../model/chart/spec.ts';
import { suggestCharts } from '../../../model/chart/suggest.ts';
import { chartTitle } from '../../../model/chart/summary.ts';
import type { Dataset, Version } from '../../../model/dataset.ts';
import type { Field } from '../../../model/field.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { type Choices, exploreUrl } from '../choices.ts';
import { ChartFigure, type ChartView } from './chart-figure.tsx';
import { HiddenChoices } from './hidden-choices.tsx';
import { chartLabels } from './labels.ts';

type Props = {
  readonly context: PageContext;
  readonly dataset: Dataset;
  readonly version: Version;
  readonly choices: Choices;
  readonly chart: ChartView | null;
};

export function ChartPanel(props: Props) {
  const { context, dataset, version, choices, chart } = props;
  const { voice } = context;
  const suggested = suggestCharts(version.fields, version.profiles, version.rows);
  return (
    <>
      {chart === null ? (
        <p class="empty">{voice.say('chart.nothing')}</p>
      ) : (
        <ChartFigure voice={voice} dataset={dataset} version={version} chart={chart} id="chart" />
      )}
      {suggested.length > 0 && (
        <nav aria-label={voice.say('chart.suggested')} class="chart-suggested">
          <p>{voice.say('chart.suggested')}</p>
          <ul class="chips">
            {suggested.map((spec) => (
              <li key={JSON.stringify(spec)}>
                <a
                  href={exploreUrl(dataset.id, choices, { view: 'chart', chart: spec })}
                  aria-current={chart !== null && same(spec, chart.spec) ? 'true' : undefined}
                >
                  {voice.typeset(chartTitle(spec, chartLabels(version, spec), voice.lang))}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <Builder {...props} />
    </>
  );
}

function same(a: ChartSpec, b: ChartSpec): boolean {
  return (['mark', 'x', 'y', 'aggregate', 'series'] as const).every((key) => a[key] === b[key]);
}

function Builder({ context: { voice }, dataset, version, choices, chart }: Props) {
  const spec = chart?.spec ?? null;
  const { fields } = version;
  const axes = fields.filter((field) => isCategory(field) || isMeasure(field));
  return (
    <details class="chart-builder">
      <summary>{voice.say('chart.build')}</summary>
      <form action={`${urls.dataset(dataset.id)}#rows`} class="filter">
        <HiddenChoices choices={{ ...choices, view: 'chart', chart: null }} />
        <Choice id="chart-mark" name="chart" label={voice.say('chart.form.mark')}>
          {chartMarks.map((mark) => (
            <option key={mark} value={mark} selected={mark === spec?.mark}>
              {voice.say(`chart.mark.${mark}`)}
            </option>
          ))}
        </Choice>
        <Columns id="chart-x" name="x" label={voice.say('chart.form.x')} fields={axes} chosen={spec?.x} />
        <Columns
          id="chart-y"
          name="y"
          label={voice.say('chart.form.y')}
          fields={fields.filter(isMeasure)}
          chosen={spec?.y ?? ''}
          none={voice.say('chart.form.rows')}
        />
        <Choice id="chart-aggregate" name="aggregate" label={voice.say('chart.form.aggregate')}>
          {chartAggregates
            .filter((one) => one !== 'count')
            .map((one) => (
              <option key={one} value={one} selected={one === spec?.aggregate}>
                {voice.say(`chart.aggregate.${one}`)}
              </option>
            ))}
        </Choice>
        <Columns
          id="chart-series"
          name="series"
          label={voice.say('chart.form.series')}
          fields={fields.filter(isCategory)}
          chosen={spec?.series ?? ''}
          none={voice.say('chart.form.none')}
        />
        <p>
          <button type="submit">{voice.say('chart.form.draw')}</button>
        </p>
      </form>
    </details>
  );
}

type ChoiceProps = { readonly id: string; readonly name: string; readonly label: string };

function Choice({ id, name, label, children }: ChoiceProps & { children: ComponentChildren }) {
  return (
    <p>
      <label for={id}>{label}</label>
      <select id={id} name={name}>
        {children}
      </select>
    </p>
  );
}

function Columns({
  fields,
  chosen,
  none,
  ...choice
}: ChoiceProps & { fields: readonly Field[]; chosen: string | undefined; none?: string }) {
  return (
    <Choice {...choice}>
      {none !== undefined && <option value="">{none}</option>}
      {fields.map((field) => (
        <option key={field.name} value={field.name} selected={field.name === chosen}>
          {field.title || field.name}
        </option>
      ))}
    </Choice>
  );
}
