// Rows that seem to be the same thing, side by side: decided one by one, remembered, taken back when need be. No script.
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { Consolidation, DuplicateCounts, DuplicatePair, DuplicateRow } from '../schemas.ts';

export type DuplicatesPageData = {
  readonly consolidation: Consolidation;
  readonly counts: DuplicateCounts;
  readonly waiting: readonly DuplicatePair[];
  readonly decided: readonly DuplicatePair[];
  readonly mayDecide: boolean;
  readonly noted: boolean;
  readonly page: number;
  readonly more: boolean;
  readonly fieldTitles: Readonly<Record<string, string>>;
};

type Props = { readonly context: PageContext; readonly data: DuplicatesPageData };

export function DuplicatesPage({ context, data }: Props) {
  const { voice } = context;
  const { consolidation, counts, waiting, decided, noted, page, more } = data;
  const title = voice.say('duplicates.title', { title: consolidation.title });
  return (
    <Layout
      context={context}
      title={title}
      crumbs={[
        { label: voice.say('harmonisation.title'), href: urls.harmonisation() },
        { label: consolidation.title, href: urls.consolidation(consolidation.id) },
      ]}
    >
      <h1>{title}</h1>
      <p class="lead">{voice.say('duplicates.lead')}</p>
      {noted && (
        <p role="status" class="note">
          {voice.say('duplicates.noted')}
        </p>
      )}
      <p class="facts">
        <strong>{countsIn(voice, counts)}</strong>
        {counts.setAside > 0 && <a href={urls.duplicateRows(consolidation.id)}>{voice.say('duplicates.aside')}</a>}
      </p>
      <section aria-labelledby="waiting">
        <h2 id="waiting">{voice.say('duplicates.waiting')}</h2>
        {waiting.length === 0 && <p>{voice.say('duplicates.none')}</p>}
        {waiting.map((pair) => (
          <Pair key={pair.leftKey + pair.rightKey} voice={voice} data={data} pair={pair} />
        ))}
        {more && (
          <p>
            <a href={withQuery(urls.duplicates(consolidation.id), { page: page + 1 })}>
              {voice.say('duplicates.more')}
            </a>
          </p>
        )}
      </section>
      {decided.length > 0 && (
        <section aria-labelledby="decided">
          <h2 id="decided">{voice.say('duplicates.decided')}</h2>
          <ul class="comments">
            {decided.map((pair) => (
              <Decided key={pair.leftKey + pair.rightKey} voice={voice} data={data} pair={pair} />
            ))}
          </ul>
        </section>
      )}
    </Layout>
  );
}

export function countsIn(voice: Voice, { waiting, decided, setAside }: DuplicateCounts): string {
  return voice.say('duplicates.counts', {
    waiting: voice.number(waiting),
    decided: voice.number(decided),
    aside: voice.number(setAside),
  });
}

type PairProps = { readonly voice: Voice; readonly data: DuplicatesPageData; readonly pair: DuplicatePair };

function why(voice: Voice, { reason, distance }: DuplicatePair): string {
  return reason === 'near'
    ? voice.say('duplicates.reason.near', { metres: voice.number(Math.round(distance ?? 0)) })
    : voice.say(`duplicates.reason.${reason}`);
}

function Pair({ voice, data, pair }: PairProps) {
  const { left, right } = pair;
  if (left === null || right === null) return null;
  const shown = Object.keys(left.values).filter((name) => left.values[name] !== '' || right.values[name] !== '');
  const title = voice.say('duplicates.pair', { left: left.producer, right: right.producer });
  const head = (row: DuplicateRow) => (
    <th scope="col">
      <a href={`${urls.dataset(row.sourceDataset)}`}>
        {voice.say('duplicates.row', { producer: row.producer, row: row.sourceRow })}
      </a>
    </th>
  );
  return (
    <article class="card duplicate">
      <h3>
        {title} <span class="source">{why(voice, pair)}</span>
      </h3>
      <div class="scroll" role="region" aria-label={`${title}, ${left.sourceRow}, ${right.sourceRow}`} tabindex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{voice.say('duplicates.column')}</th>
              {head(left)}
              {head(right)}
            </tr>
          </thead>
          <tbody>
            {shown.map((name) => {
              const differs = left.values[name] !== right.values[name];
              return (
                <tr key={name} class={differs ? 'differs' : undefined}>
                  <th scope="row">
                    {data.fieldTitles[name] ?? name}
                    {differs && <span class="source"> ≠ {voice.say('duplicates.differs')}</span>}
                  </th>
                  <td lang={voice.written}>{left.values[name]}</td>
                  <td lang={voice.written}>{right.values[name]}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {data.mayDecide && (
        <form method="post" action={urls.duplicates(data.consolidation.id)} class="stage-ends">
          <Keys pair={pair} />
          <button type="submit" name="verdict" value="left">
            {voice.say('duplicates.keep', { producer: left.producer })}
          </button>
          <button type="submit" name="verdict" value="right">
            {voice.say('duplicates.keep', { producer: right.producer })}
          </button>
          <button type="submit" name="verdict" value="different" class="quiet">
            {voice.say('duplicates.different')}
          </button>
        </form>
      )}
    </article>
  );
}

function Keys({ pair }: { readonly pair: DuplicatePair }) {
  return (
    <>
      <input type="hidden" name="left" value={pair.leftKey} />
      <input type="hidden" name="right" value={pair.rightKey} />
    </>
  );
}

function Decided({ voice, data, pair }: PairProps) {
  const { left, right, winner, verdict, decidedBy, decidedAt } = pair;
  const stays = (winner === 'left' ? left : right)?.producer ?? '–';
  const said = { by: decidedBy ?? '', date: decidedAt === null ? '' : voice.date(decidedAt), producer: stays };
  const name = (row: DuplicateRow | null) =>
    row === null ? '–' : voice.say('duplicates.row', { producer: row.producer, row: row.sourceRow });
  return (
    <li>
      <p>
        {voice.say('duplicates.pair', { left: name(left), right: name(right) })} · {why(voice, pair)}
      </p>
      <p>
        {verdict === 'same'
          ? voice.say('duplicates.decided.same', said)
          : voice.say('duplicates.decided.different', said)}
        {!pair.present && ` ${voice.say('duplicates.gone')}`}
      </p>
      {data.mayDecide && (
        <form method="post" action={urls.duplicates(data.consolidation.id)}>
          <Keys pair={pair} />
          <button type="submit" name="verdict" value="undo" class="quiet">
            {voice.say('duplicates.undo')}
          </button>
        </form>
      )}
    </li>
  );
}
