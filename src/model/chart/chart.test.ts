// Charts: what an address may ask, what is suggested, what is said, what is drawn; all expected by hand.
import { expect, test } from 'vitest';
import type { Field, FieldProfile } from '../field.ts';
import { drawChart } from './draw.ts';
import { type ChartData, type ChartSpec, chartParameters, readChartSpec, roundStep, timeStep } from './spec.ts';
import { suggestCharts } from './suggest.ts';
import { chartSummary, chartTitle } from './summary.ts';

const field = (name: string, type: Field['type'], role: Field['role'] = null): Field => ({
  name,
  title: name,
  type,
  format: null,
  role,
});
const profile = (name: string, distinct: number, known: Partial<FieldProfile> = {}): FieldProfile => ({
  name,
  filled: 100,
  filledShare: 1,
  distinct,
  distinctEstimated: false,
  min: null,
  max: null,
  top: [],
  ...known,
});
const fields = [
  field('nom', 'string'),
  field('nature', 'string'),
  field('montant', 'number', 'amount'),
  field('date', 'date'),
  field('siret', 'string', 'siret'),
];
const data = (points: ChartData['points'], known: Partial<ChartData> = {}): ChartData => ({
  points,
  rows: 10,
  empty: 0,
  total: null,
  values: points.length,
  binWidth: null,
  sampled: false,
  ...known,
});
const bar: ChartSpec = { mark: 'bar', x: 'nature', y: null, aggregate: 'count', series: null };
const labels = { x: 'Nature', y: null };

test('an address says a chart, and the chart says the same address', () => {
  const asked = { chart: 'line', x: 'date', y: 'montant', aggregate: 'avg', series: 'nature' };
  const spec = readChartSpec(asked, fields);
  expect(spec).toEqual({ mark: 'line', x: 'date', y: 'montant', aggregate: 'avg', series: 'nature' });
  expect(spec === null ? null : chartParameters(spec)).toEqual(asked);
});

test('what does not go together becomes the nearest chart that does', () => {
  expect(readChartSpec({ x: 'inconnu' }, fields)).toBeNull();
  expect(readChartSpec({ chart: 'histogram', x: 'nature' }, fields)).toEqual(bar);
  expect(readChartSpec({ chart: 'camembert', x: 'nature', y: 'siret', aggregate: 'sum' }, fields)).toEqual(bar);
});

test('money by kind comes first, and no chart compares registration numbers', () => {
  const profiles = [
    profile('nom', 90),
    profile('nature', 5),
    profile('montant', 60),
    profile('date', 80),
    profile('siret', 90),
  ];
  const charts = suggestCharts(fields, profiles, 100);
  expect(charts[0]).toEqual({ mark: 'bar', x: 'nature', y: 'montant', aggregate: 'sum', series: null });
  expect(charts.map((chart) => chart.x)).not.toContain('siret');
  expect(suggestCharts([field('seule', 'string')], [profile('seule', 1)], 3)).toEqual([]);
});

test('observations of each library each month: what was measured along the months, never as many rows for each', () => {
  const top = (values: readonly string[], count: number) => ({ top: values.map((value) => ({ value, count })) });
  const libraries = [field('bibliotheque', 'string'), field('mois', 'string'), field('entrees', 'integer')];
  const profiles = [
    profile('bibliotheque', 3, top(['Centre', 'Est', 'Nord'], 24)),
    profile('mois', 24, top(['2024-01', '2024-02', '2024-12'], 3)),
    profile('entrees', 70),
  ];
  const sum = { y: 'entrees', aggregate: 'sum', series: null };
  expect(suggestCharts(libraries, profiles, 72).slice(0, 2)).toEqual([
    { mark: 'line', x: 'mois', ...sum },
    { mark: 'bar', x: 'bibliotheque', ...sum },
  ]);
  expect(timeStep(field('mois', 'string'), profiles[1])).toBe('month');
});

test('days become years, months or days by what they span', () => {
  const date = field('date', 'date');
  const spans = (min: string, max: string) => timeStep(date, profile('date', 9, { min, max }));
  expect(spans('1905-01-01', '2024-12-31')).toBe('year');
  expect(spans('2024-01-01', '2025-06-30')).toBe('month');
  expect(spans('2024-05-01', '2024-05-31')).toBe('day');
  expect(timeStep(field('nom', 'string'), undefined)).toBeNull();
});

test('bins are round', () => {
  expect(roundStep(100, 20)).toBe(5);
  expect(roundStep(23, 20)).toBe(2);
  expect(roundStep(0, 20)).toBe(1);
});

test('bars: the first with its share, the last', () => {
  const points = [
    { x: 'Platane', y: 6, series: null },
    { x: 'Tilleul', y: 3, series: null },
    { x: 'Cèdre', y: 1, series: null },
  ];
  expect(chartSummary(bar, data(points, { total: 10 }), labels, 'fr')).toBe(
    'En tête\u00a0: Platane, 6 sur 10, soit 60\u00a0%. La plus basse\u00a0: 1 (Cèdre).',
  );
  expect(chartSummary(bar, data(points, { total: 10 }), labels, 'en')).toBe(
    'At the top: Platane, 6 of 10, or 60%. The lowest: 1 (Cèdre).',
  );
  expect(chartTitle(bar, labels, 'en')).toBe('Number of rows by “Nature”');
});

test('a tie is said, never broken', () => {
  const points = ['A', 'B'].map((x) => ({ x, y: 5, series: null }));
  expect(chartSummary(bar, data(points, { total: 10 }), labels, 'en')).toBe('The 2 values are equal: 5 each.');
});

test('time: from the first to the last, whatever the order of the points; empty cells are said', () => {
  const points = [
    { x: '2024', y: 4, series: null },
    { x: '2022', y: 9, series: null },
    { x: '2023', y: 2, series: null },
  ];
  expect(chartSummary({ ...bar, mark: 'line', x: 'date' }, data(points, { empty: 1 }), labels, 'en')).toBe(
    'From 2022 to 2024: a fall, from 9 to 4. The highest: 9 (2022); the lowest: 2 (2023). 1 row has no value here.',
  );
});

test('nothing of the data becomes markup in a drawing', () => {
  const points = [{ x: '<script>alert(1)</script>"', y: 1, series: null }];
  const svg = drawChart({ spec: bar, data: data(points), title: '<b>', summary: '&', lang: 'fr', width: 300, id: 'c' });
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('<b>');
  expect(svg).toContain('<desc id="c-d">&amp;</desc>');
});

test('every mark is drawn with finite numbers, one point and negative values too', () => {
  for (const mark of ['bar', 'line', 'area', 'scatter', 'histogram'] as const)
    for (const ys of [[3], [-2, 5], [0, 0]]) {
      const points = ys.map((y, index) => ({ x: 2020 + index, y, series: null }));
      const svg = drawChart({
        spec: { ...bar, mark },
        data: data(points, { binWidth: 1 }),
        title: '',
        summary: '',
        lang: 'en',
        width: 320,
        id: 'c',
      });
      expect(svg, mark).not.toMatch(/NaN|Infinity/);
    }
});
