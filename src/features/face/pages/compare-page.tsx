// Communes side by side: how many per inhabitant, with what these figures do not say. In alphabetical order, never a ranking.
import { DemoBadge } from '../../../web/components/dataset-list.tsx';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { CommuneSummary } from '../../catalog/schemas.ts';
import { mostCompared } from '../compare-rules.ts';
import type { Compared, Comparison, Figure } from '../schemas.ts';

type Props = { readonly context: PageContext; readonly data: Comparison };

export function ComparePage({ context, data }: Props) {
  const { voice } = context;
  const { all, chosen, lines, unknown, leftOut } = data;
  return (
    <Layout
      context={context}
      title={voice.say('compare.title')}
      crumbs={[{ label: voice.say('communes.title'), href: urls.communes() }]}
      sharing={{ unlisted: chosen.length > 0 }}
    >
      <h1>{voice.say('compare.title')}</h1>
      <p class="lead">{voice.say('compare.intro')}</p>
      {unknown.length > 0 && (
        <p role="status">{voice.say('compare.unknown', { codes: unknown.slice(0, mostCompared).join(', ') })}</p>
      )}
      {leftOut > 0 && <p role="status">{voice.say('compare.tooMany', { max: mostCompared })}</p>}
      <form action={urls.compareCommunes()}>
        <fieldset>
          <legend>{voice.say('compare.choose', { max: mostCompared })}</legend>
          <ul class="plain choices">
            {all.map(({ insee, name }) => (
              <li key={insee}>
                <label>
                  <input
                    type="checkbox"
                    name="communes"
                    value={insee}
                    checked={chosen.some((commune) => commune.insee === insee)}
                  />{' '}
                  {name}
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <button type="submit">{voice.say('compare.button')}</button>
      </form>
      {chosen.length > 1 && <Figures voice={voice} chosen={chosen} lines={lines} />}
    </Layout>
  );
}

type FiguresProps = {
  readonly voice: Voice;
  readonly chosen: readonly CommuneSummary[];
  readonly lines: readonly Compared[];
};

function Figures({ voice, chosen, lines }: FiguresProps) {
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">{voice.say('compare.figures')}</h2>
      <p>{voice.say('compare.caveat')}</p>
      <h3 id="population">{voice.say('commune.population')}</h3>
      <div class="scroll" tabindex={0} role="region" aria-labelledby="population">
        <table>
          <caption class="visually-hidden">{voice.say('commune.population')}</caption>
          <tbody>
            {chosen.map(({ insee, name, population }) => (
              <tr key={insee}>
                <th scope="row">
                  <a href={urls.commune(insee)}>{name}</a>
                </th>
                <td>{voice.say('commune.inhabitants', { count: voice.number(population) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="source">
        {voice.say('commune.source', { source: [...new Set(chosen.map((c) => c.populationSource))].join(' ; ') })}
      </p>
      {lines.length === 0 && <p class="empty">{voice.say('compare.nothing')}</p>}
      {lines.map((line) => (
        <Line key={line.dataset.id} voice={voice} chosen={chosen} line={line} />
      ))}
    </section>
  );
}

function Line({ voice, chosen, line }: Omit<FiguresProps, 'lines'> & { readonly line: Compared }) {
  const { dataset, figures, missing } = line;
  const id = `of-${dataset.id}`;
  const summed = figures.some((figure) => figure !== null && figure.sum !== null);
  const most = Math.max(...figures.map((figure) => figure?.per1000 ?? 0));
  return (
    <>
      <h3 id={id}>
        <a href={urls.dataset(dataset.id)} lang={voice.written}>
          {dataset.title}
        </a>
      </h3>
      <div class="scroll" tabindex={0} role="region" aria-labelledby={id}>
        <table>
          <caption class="visually-hidden">{voice.say('compare.table', { title: dataset.title })}</caption>
          <thead>
            <tr>
              <th scope="col">{voice.say('compare.commune')}</th>
              <th scope="col">{voice.say('compare.rows')}</th>
              <th scope="col">{voice.say('compare.per1000')}</th>
              {summed && <th scope="col">{voice.say('compare.sum')}</th>}
              {summed && <th scope="col">{voice.say('compare.sumPer')}</th>}
            </tr>
          </thead>
          <tbody>
            {chosen.map(({ insee, name }, place) => {
              const figure = figures[place] ?? null;
              return (
                <tr key={insee}>
                  <th scope="row">{name}</th>
                  {figure === null ? (
                    <td colspan={summed ? 4 : 2}>{voice.say('compare.missing')}</td>
                  ) : (
                    <Cells voice={voice} id={dataset.id} figure={figure} summed={summed} most={most} />
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="source">
        <DemoBadge demo={dataset.demo} voice={voice} /> {dataset.organization.name}.{' '}
        {voice.say('dataset.updated', { date: voice.date(dataset.modifiedAt) })}.{' '}
        {missing > 0 && voice.count('compare.missing.one', 'compare.missing.many', missing)}
      </p>
    </>
  );
}

type CellsProps = {
  readonly voice: Voice;
  readonly id: string;
  readonly figure: Figure;
  readonly summed: boolean;
  readonly most: number;
};

/** The bar repeats the figure beside it, in one colour for all: longer is more, not better. */
function Cells({ voice, id, figure, summed, most }: CellsProps) {
  const { count, sum, per1000, sumPer1000, refine } = figure;
  return (
    <>
      <td>
        <a href={`${withQuery(urls.dataset(id), { refine })}#rows`}>{voice.number(count)}</a>
      </td>
      <td>
        {per1000 === null ? voice.say('compare.noPopulation') : voice.number(per1000)}{' '}
        {per1000 !== null && most > 0 && (
          <svg viewBox="0 0 60 8" width="60" height="8" aria-hidden="true">
            <rect width={Math.round((per1000 / most) * 60)} height="8" fill="currentColor" />
          </svg>
        )}
      </td>
      {summed && <td>{sum === null ? voice.say('compare.missing') : voice.amount(sum)}</td>}
      {summed && <td>{sumPer1000 === null ? voice.say('compare.missing') : voice.number(sumPer1000)}</td>}
    </>
  );
}
