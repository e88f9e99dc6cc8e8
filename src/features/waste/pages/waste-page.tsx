// « Quand sort mon bac ? »: the next collections first, then sorting, recycling centres and bulky items; all of it without a script.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { CentreLine, NextLines, SectorLine, SourceLine } from '../answers.ts';
import type { BulkyItems, SectorAnswer, SortingAdvice } from '../schemas.ts';
import { Sources } from './sources.tsx';

type Sourced<T> = Omit<T, 'source'> & { readonly source: SourceLine };
type Answer =
  | { readonly kind: 'found'; readonly sector: SectorLine; readonly street: string | null }
  | { readonly kind: 'choose'; readonly sectors: readonly SectorLine[] }
  | Extract<SectorAnswer, { kind: 'outside' | 'unknown' }>;

export type WastePageData = {
  readonly today: string;
  readonly asked: { readonly commune: string; readonly street: string; readonly words: string };
  readonly communes: readonly string[];
  readonly answer: Answer | null;
  readonly next: NextLines | null;
  readonly sectors: readonly SectorLine[];
  readonly centres: readonly CentreLine[];
  readonly sortable: boolean;
  readonly sorting: readonly Sourced<SortingAdvice>[];
  readonly bulky: Sourced<BulkyItems> | null;
};

type Props = { readonly context: PageContext; readonly data: WastePageData };

export function WastePage({ context, data }: Props) {
  const { voice } = context;
  const { asked, answer, next, sectors } = data;
  return (
    <Layout context={context} title={voice.say('waste.title')} description={voice.say('waste.lead')}>
      <h1>{voice.say('waste.title')}</h1>
      <p class="lead">{voice.say('waste.lead')}</p>
      <form class="waste-form" method="get" action={urls.waste()}>
        <p>
          <label for="commune">{voice.say('waste.commune')}</label>
          <input id="commune" name="commune" value={asked.commune} list="communes" autocomplete="address-level2" />
          <datalist id="communes">
            {data.communes.map((name) => (
              <option value={name} key={name} />
            ))}
          </datalist>
        </p>
        <p>
          <label for="rue">{voice.say('waste.street')}</label>
          <input id="rue" name="rue" value={asked.street} autocomplete="street-address" />
        </p>
        <button type="submit">{voice.say('waste.find')}</button>
      </form>
      {answer !== null && answer.kind !== 'found' && <NotFound context={context} answer={answer} />}
      {next !== null && <Next context={context} next={next} year={Number(data.today.slice(0, 4))} />}
      {next === null && answer === null && (
        <section aria-labelledby="secteurs">
          <h2 id="secteurs">{voice.say('waste.sectors')}</h2>
          {sectors.length === 0 ? <p>{voice.say('waste.nothing')}</p> : <SectorList sectors={sectors} />}
        </section>
      )}
      {data.sortable && <Sorting context={context} data={data} />}
      {data.centres.length > 0 && <Centres context={context} centres={data.centres} />}
      {data.bulky !== null && <Bulky context={context} bulky={data.bulky} />}
    </Layout>
  );
}

function SectorList({ sectors }: { readonly sectors: readonly SectorLine[] }) {
  return (
    <ul class="inline-list" lang="fr">
      {sectors.map(({ id, name, commune }) => (
        <li key={id}>
          <a href={urls.wasteOf(id)}>{commune === null || name.includes(commune) ? name : `${commune} · ${name}`}</a>
        </li>
      ))}
    </ul>
  );
}

function NotFound({ context, answer }: { context: PageContext; answer: Exclude<Answer, { kind: 'found' }> }) {
  const { voice } = context;
  if (answer.kind === 'choose')
    return (
      <section aria-labelledby="choix">
        <h2 id="choix">{voice.say('waste.choose')}</h2>
        <SectorList sectors={answer.sectors} />
      </section>
    );
  const sentence =
    answer.kind === 'unknown'
      ? voice.say('waste.unknown')
      : answer.competent === null
        ? voice.say('waste.outside.unknown')
        : voice.say('waste.outside.known', { competent: answer.competent });
  return (
    <p class="notice" role="status">
      {sentence} {answer.kind === 'unknown' && <a href={urls.waste()}>{voice.say('waste.sectors')}</a>}
    </p>
  );
}

function Next({ context, next, year }: { context: PageContext; next: NextLines; year: number }) {
  const { voice } = context;
  const { sector } = next;
  const name =
    sector.commune === null || sector.name.includes(sector.commune) ? sector.name : `${sector.commune}, ${sector.name}`;
  return (
    <section aria-labelledby="prochaines" class="waste-next">
      <h2 id="prochaines">
        {voice.say('waste.next')} <span lang="fr">· {name}</span>
      </h2>
      {next.undecided.map(({ planned, label, sentence }) => (
        <p class="notice" key={`${planned} ${label}`}>
          {sentence}
        </p>
      ))}
      {next.next.length === 0 && <p>{voice.say('waste.noNext')}</p>}
      <ol class="waste-days">
        {next.next.map(({ date, day, streams, reasons, putOut, timeWindow }) => (
          <li key={date}>
            <strong>
              <time datetime={date}>{day}</time>
            </strong>{' '}
            : <span lang="fr">{streams.map(({ label }) => label).join(', ')}</span>.{' '}
            {voice.say('waste.putOut', { when: putOut.text })}
            {timeWindow !== null && ` ${voice.say('waste.hours', { hours: timeWindow })}.`}
            {reasons.map((reason) => (
              <span class="waste-why" key={reason}>
                {reason}
              </span>
            ))}
          </li>
        ))}
      </ol>
      {next.cancelled.map(({ planned, label, reason }) => (
        <p key={`${planned} ${label}`}>
          <span lang="fr">{label}</span> : {reason}
        </p>
      ))}
      {next.ended && next.next.length > 0 && <p>{voice.say('waste.ended')}</p>}
      {next.instruction !== null && <p lang="fr">{voice.typeset(next.instruction)}</p>}
      <p class="no-print">
        <a href={next.ical}>{voice.say('waste.agenda')}</a> ·{' '}
        <a href={urls.wasteYear(sector.id, year)}>{voice.say('waste.print', { year })}</a>
      </p>
      <Sources context={context} sources={next.sources} />
    </section>
  );
}

function Sorting({ context, data }: Props) {
  const { voice } = context;
  const { asked, sorting, next } = data;
  return (
    <section aria-labelledby="trier">
      <h2 id="trier">{voice.say('waste.sorting')}</h2>
      <form class="waste-form" method="get" action={next === null ? urls.waste() : urls.wasteOf(next.sector.id)}>
        <p>
          <label for="dechet">{voice.say('waste.sorting.label')}</label>
          <input id="dechet" name="dechet" type="search" value={asked.words} />
        </p>
        <button type="submit">{voice.say('waste.sorting.find')}</button>
      </form>
      {asked.words !== '' && sorting.length === 0 && <p>{voice.say('waste.sorting.none', { words: asked.words })}</p>}
      {sorting.length > 0 && (
        <>
          <dl class="waste-sorting" lang="fr">
            {sorting.map(({ waste, destination, instruction, link }) => (
              <div key={waste}>
                <dt>{waste}</dt>
                <dd>
                  <strong>{destination}</strong>
                  {instruction !== null && `. ${instruction}`}
                  {link !== null && /^https?:/.test(link) && (
                    <>
                      {' '}
                      <a href={link}>{new URL(link).hostname}</a>
                    </>
                  )}
                </dd>
              </div>
            ))}
          </dl>
          <Sources context={context} sources={sorting.map(({ source }) => source)} />
        </>
      )}
    </section>
  );
}

function Centres({ context, centres }: { context: PageContext; centres: readonly CentreLine[] }) {
  const { voice } = context;
  return (
    <section aria-labelledby="decheteries">
      <h2 id="decheteries">{voice.say('waste.centres')}</h2>
      <ul class="waste-centres">
        {centres.map((centre) => (
          <li key={`${centre.name} ${centre.address}`}>
            <h3 lang="fr">{centre.name}</h3>
            <p>
              <strong>{centre.state}</strong>
            </p>
            <p lang="fr">{[centre.address, centre.commune].filter((part) => part !== null).join(', ')}</p>
            {centre.open === null && <p lang="fr">{centre.hours}</p>}
            {centre.card === true && <p>{voice.say('waste.card')}</p>}
            {centre.limit !== null && <p>{voice.say('waste.limit', { limit: centre.limit })}</p>}
            {centre.accepted.length > 0 && <p>{voice.say('waste.accepted', { list: centre.accepted.join(', ') })}</p>}
            {centre.lat !== null && centre.lon !== null && (
              <p class="no-print">
                <a href={withQuery('https://www.openstreetmap.org/directions', { to: `${centre.lat},${centre.lon}` })}>
                  {voice.say('waste.itinerary', { name: centre.name })}
                </a>
              </p>
            )}
          </li>
        ))}
      </ul>
      <Sources context={context} sources={centres.map(({ source }) => source)} />
    </section>
  );
}

function Bulky({ context, bulky }: { context: PageContext; bulky: Sourced<BulkyItems> }) {
  const { voice } = context;
  return (
    <section aria-labelledby="encombrants">
      <h2 id="encombrants">{voice.say('waste.bulky')}</h2>
      <p lang="fr">
        {bulky.mode}
        {bulky.conditions !== null && ` : ${bulky.conditions}`}
      </p>
      {bulky.phone !== null && (
        <p>
          <a href={`tel:${bulky.phone.replace(/[^\d+]/g, '')}`}>{bulky.phone}</a>
        </p>
      )}
      <Sources context={context} sources={[bulky.source]} />
    </section>
  );
}
