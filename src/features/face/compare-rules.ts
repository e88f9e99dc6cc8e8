// Communes side by side: which ones an address chooses, and what may be put beside what. Pure; nothing is ever ranked.
import type { Answer, CommuneData, Compared, Figure, Subject } from './schemas.ts';

/** Columns of a table that people can still read beside each other. */
export const mostCompared = 6;

/** Countable things and sums; what is to come, or decided, is not more or less of anything. */
const comparable: readonly Subject[] = [
  'equipment',
  'dropOff',
  'bikes',
  'parking',
  'trees',
  'defibrillators',
  'libraries',
  'grants',
];

/** INSEE codes of `communes=37050,37122` or `communes=37050&communes=37122`, none twice, as they were written. */
export function chosenCodes(asked: unknown): readonly string[] {
  const codes = (Array.isArray(asked) ? asked : [asked])
    .filter((value) => typeof value === 'string')
    .flatMap((value) => value.split(','))
    .map((value) => value.trim().toUpperCase())
    .filter((value) => value !== '');
  return [...new Set(codes)];
}

/** Datasets that tell several communes, each with what it says of those that were chosen. A file of one commune alone is set beside nothing. */
export function compared(communes: readonly Pick<CommuneData, 'commune' | 'answers'>[]): readonly Compared[] {
  const shared = communes
    .flatMap(({ answers }) => answers)
    .filter(({ subject, refine, since }) => comparable.includes(subject) && refine !== null && since === null);
  const datasets = new Map(shared.map(({ dataset }) => [dataset.id, dataset]));
  return [...datasets.values()].map((dataset) => {
    const figures = communes.map(({ commune, answers }) => {
      const answer = answers.find((each) => each.dataset.id === dataset.id);
      return answer === undefined ? null : figureOf(answer, commune);
    });
    return { dataset, figures, missing: figures.filter((figure) => figure === null).length };
  });
}

function figureOf(
  { count, sum, refine }: Answer,
  { insee, population }: { readonly insee: string; readonly population: number },
): Figure {
  const per = (value: number) => (population > 0 ? Math.round((value / population) * 100) / 100 : null);
  return { insee, count, sum, per1000: per(count * 1000), sumPer1000: sum === null ? null : per(sum * 1000), refine };
}
