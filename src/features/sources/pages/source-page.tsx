// The page of a dataset's automatic update: what is set, the last readings, and what can be done about it. No script.
import { parisClock } from '../../../lib/paris.ts';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { type Run, rhythms, type Source, type SourceRequest } from '../schemas.ts';
import { runSentence } from '../sentences.ts';

export type SourcePageData = {
  readonly dataset: { readonly id: string; readonly title: string };
  readonly source: Source | null;
  readonly runs: readonly Run[];
  /** What was done just before, said once. */
  readonly done: string | null;
  /** A form that was refused: why, and what was typed. */
  readonly refused: { readonly sentence: string; readonly typed: SourceRequest } | null;
};
type Props = { readonly context: PageContext; readonly data: SourcePageData };

const usual: SourceRequest = {
  url: '',
  rhythm: 'weekly',
  hour: 5,
  weekday: 1,
  monthDay: 1,
  publish: true,
  table: null,
};
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

export function SourcePage({ context, data }: Props) {
  const { voice } = context;
  const { dataset, source, runs, done, refused } = data;
  const title = voice.say('source.title');
  return (
    <Layout
      context={context}
      title={`${title} · ${dataset.title}`}
      crumbs={[
        { label: voice.say('catalog.title'), href: urls.catalog() },
        { label: dataset.title, href: urls.dataset(dataset.id) },
      ]}
    >
      <div class="narrow stack">
        {refused !== null && (
          <div class="refusal" role="alert" id="refusal">
            <p>{voice.typeset(refused.sentence)}</p>
          </div>
        )}
        <h1>{title}</h1>
        <p class="lead">{voice.say('source.lead', { title: dataset.title })}</p>
        {done !== null && (
          <p class="note" role="status">
            {done}
          </p>
        )}
        {source !== null && <State voice={voice} source={source} />}
        <SourceForm voice={voice} id={dataset.id} said={refused?.typed ?? source ?? usual} refused={refused !== null} />
        <section aria-labelledby="runs">
          <h2 id="runs">{voice.say('source.runs')}</h2>
          {runs.length === 0 ? (
            <p class="empty">{voice.say('source.runs.none')}</p>
          ) : (
            <Runs voice={voice} runs={runs} />
          )}
        </section>
        {source !== null && (
          <form method="post" action={`${urls.source(dataset.id)}/remove`}>
            <p id="remove-hint">{voice.say('source.remove.hint')}</p>
            <button type="submit" class="quiet" aria-describedby="remove-hint">
              {voice.say('source.remove')}
            </button>
          </form>
        )}
      </div>
    </Layout>
  );
}

function State({ voice, source }: { readonly voice: Voice; readonly source: Source }) {
  const { datasetId, paused, nextAt, running, failingSince } = source;
  const action = (name: string) => `${urls.source(datasetId)}/${name}`;
  return (
    <section class="card stack" aria-labelledby="state">
      <h2 id="state">
        {paused
          ? voice.say('source.paused')
          : running || nextAt === null
            ? voice.say('source.running')
            : voice.say('source.next', { date: voice.date(nextAt), hour: parisClock(nextAt).hour })}
      </h2>
      {failingSince !== null && <p>{voice.say('source.failing', { date: voice.date(failingSince) })}</p>}
      <div class="side-by-side">
        <form method="post" action={action('run')}>
          <button type="submit">{voice.say('source.readNow')}</button>
        </form>
        <form method="post" action={action(paused ? 'resume' : 'pause')}>
          <button type="submit" class="quiet">
            {voice.say(paused ? 'source.resume' : 'source.pause')}
          </button>
        </form>
      </div>
    </section>
  );
}

function SourceForm(props: {
  readonly voice: Voice;
  readonly id: string;
  readonly said: SourceRequest;
  readonly refused: boolean;
}) {
  const { voice, id, said, refused } = props;
  return (
    <form method="post" action={urls.source(id)} class="card stack">
      <p class="field">
        <label for="url">{voice.say('source.url')}</label>
        <input
          type="url"
          id="url"
          name="url"
          required
          maxLength={2000}
          value={said.url}
          aria-describedby={refused ? 'url-hint refusal' : 'url-hint'}
        />
      </p>
      <p id="url-hint">{voice.say('source.url.hint')}</p>
      <fieldset>
        <legend>{voice.say('source.rhythm')}</legend>
        <ul class="choices schedule">
          {rhythms.map((rhythm) => (
            <li key={rhythm}>
              <input
                type="radio"
                name="rhythm"
                id={`rhythm-${rhythm}`}
                value={rhythm}
                checked={said.rhythm === rhythm}
              />{' '}
              <label for={`rhythm-${rhythm}`}>{voice.say(`source.rhythm.${rhythm}`)}</label>{' '}
              {rhythm === 'weekly' && (
                <select name="weekday" aria-label={voice.say('source.weekday')}>
                  {weekdays.map((day) => (
                    <option value={day} selected={said.weekday === day} key={day}>
                      {voice.say(`source.weekday.${day}`)}
                    </option>
                  ))}
                </select>
              )}
              {rhythm === 'monthly' && (
                <Numbers name="monthDay" label={voice.say('source.monthDay')} from={1} to={28} value={said.monthDay} />
              )}
            </li>
          ))}
        </ul>
      </fieldset>
      <p class="field">
        <label for="hour">{voice.say('source.hour')}</label>
        <select id="hour" name="hour">
          {Array.from({ length: 24 }, (_, hour) => (
            <option value={hour} selected={said.hour === hour} key={hour}>
              {voice.say('source.hour.value', { hour })}
            </option>
          ))}
        </select>
      </p>
      <fieldset>
        <legend>{voice.say('source.what')}</legend>
        <ul class="choices">
          {([true, false] as const).map((publish) => (
            <li key={String(publish)}>
              <input
                type="radio"
                name="publish"
                id={publish ? 'publish-yes' : 'publish-no'}
                value={publish ? 'yes' : 'no'}
                checked={said.publish === publish}
              />{' '}
              <label for={publish ? 'publish-yes' : 'publish-no'}>
                {voice.say(publish ? 'source.what.publish' : 'source.what.draft')}
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <p class="field">
        <label for="table">{voice.say('source.table')}</label>
        <input id="table" name="table" value={said.table ?? ''} aria-describedby="table-hint" />
      </p>
      <p id="table-hint">{voice.say('source.table.hint')}</p>
      <button type="submit">{voice.say('source.save')}</button>
    </form>
  );
}

function Numbers(props: {
  readonly name: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly value: number;
}) {
  const { name, label, from, to, value } = props;
  return (
    <select name={name} aria-label={label}>
      {Array.from({ length: to - from + 1 }, (_, index) => from + index).map((number) => (
        <option value={number} selected={number === value} key={number}>
          {number}
        </option>
      ))}
    </select>
  );
}

function Runs({ voice, runs }: { readonly voice: Voice; readonly runs: readonly Run[] }) {
  return (
    <ol class="plain">
      {runs.map((run) => (
        <li key={run.startedAt.getTime()}>
          <time dateTime={run.startedAt.toISOString()}>
            {voice.say('source.run.when', { date: voice.date(run.startedAt), time: timeOf(run.startedAt) })}
          </time>
          {' · '}
          {voice.typeset(runSentence(run, voice))}
        </li>
      ))}
    </ol>
  );
}

function timeOf(at: Date): string {
  const { hour, minute } = parisClock(at);
  return `${hour}:${String(minute).padStart(2, '0')}`;
}
