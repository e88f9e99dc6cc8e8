// « Mon bureau »: begin a deposit, take one up, read what waits, keep what is published up to date.
import type { SecondReading } from '../../../model/purge.ts';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { Freshness, OrganizationSummary } from '../../catalog/schemas.ts';
import { proposedTitle } from '../rules.ts';
import { type DraftSummary, stages } from '../schemas.ts';

export type DeskData = {
  /** Those for which the reader may deposit. */
  readonly organizations: readonly Pick<OrganizationSummary, 'slug' | 'name'>[];
  readonly drafts: readonly DraftSummary[];
  readonly datasets: readonly DeskDataset[];
  readonly readings: readonly (SecondReading & { readonly title: string })[];
  readonly mayDecide: boolean;
  /** What was just done, as a sentence. */
  readonly done: string | null;
};

export type DeskDataset = {
  readonly id: string;
  readonly title: string;
  readonly organization: string;
  readonly freshness: Freshness;
  readonly dueAt: Date | null;
  /** Whether the reader may have it read from an address, again and again. */
  readonly mayAutomate: boolean;
};

type Props = { readonly context: PageContext; readonly data: DeskData };
type Part = { readonly voice: Voice; readonly data: DeskData };

export function DeskPage({ context, data }: Props) {
  const { voice } = context;
  return (
    <Layout context={context} title={voice.say('desk.title')} crumbs={[]}>
      {data.done !== null && (
        <p class="note" role="status">
          {voice.typeset(data.done)}
        </p>
      )}
      <h1>{voice.say('desk.title')}</h1>
      <p class="lead">{voice.say('desk.lead')}</p>
      <Start voice={voice} data={data} />
      <Drafts voice={voice} data={data} />
      <Readings voice={voice} data={data} />
      <Datasets voice={voice} data={data} />
      {data.mayDecide && (
        <p>
          <a href={urls.legalQueue()}>{voice.say('desk.legal')}</a>
        </p>
      )}
    </Layout>
  );
}

function Start({ voice, data: { organizations } }: Part) {
  const [first, ...others] = organizations;
  if (first === undefined)
    return (
      <p class="note">
        {voice.say('desk.none')} <a href={urls.organizations()}>{voice.say('shell.organizations')}</a>
      </p>
    );
  return (
    <section aria-labelledby="start" class="card">
      <h2 id="start">{voice.say('desk.start')}</h2>
      <form method="post" action={urls.drafts()} class="inline-form">
        {others.length === 0 ? (
          <input type="hidden" name="organization" value={first.slug} />
        ) : (
          <>
            <label for="organization">{voice.say('desk.start.for')}</label>
            <select id="organization" name="organization">
              {organizations.map(({ slug, name }) => (
                <option value={slug} key={slug}>
                  {name}
                </option>
              ))}
            </select>
          </>
        )}
        <button type="submit">{voice.say('desk.start.button')}</button>
      </form>
    </section>
  );
}

function Drafts({ voice, data: { drafts } }: Part) {
  if (drafts.length === 0) return null;
  return (
    <section aria-labelledby="drafts">
      <h2 id="drafts">{voice.say('desk.drafts')}</h2>
      <ul class="desk-list">
        {drafts.map((draft) => {
          const title = proposedTitle(draft) || voice.say('desk.draft.unnamed');
          const stage = stages[draft.reached - 1] ?? 'what';
          return (
            <li key={draft.id}>
              <a href={urls.draft(draft.id)} aria-label={voice.say('desk.draft.open', { title })}>
                {title}
              </a>
              <p class="facts">
                <span>{draft.organization.name}</span>
                <span>{voice.say('desk.draft.at', { place: draft.reached, stage: voice.say(`stage.${stage}`) })}</span>
                <span>{voice.say('desk.draft.touched', { date: voice.date(draft.updatedAt) })}</span>
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Readings({ voice, data: { readings } }: Part) {
  if (readings.length === 0) return null;
  return (
    <section aria-labelledby="readings">
      <h2 id="readings">{voice.say('desk.readings')}</h2>
      <ul class="desk-list">
        {readings.map((reading) => {
          const { dataset: datasetId, title, version, askedAt } = reading;
          const id = `reason-${datasetId}-${version}`;
          return (
            <li key={id}>
              <a href={urls.version(datasetId, version)}>{title}</a>
              <p class="facts">
                <span>{voice.say('desk.readings.by', { version, date: voice.date(askedAt) })}</span>
              </p>
              <form method="post" action={urls.reading(datasetId, version)} class="inline-form">
                <button type="submit" name="decision" value="approve">
                  {voice.say('desk.readings.approve', { title })}
                </button>
                <label for={id}>{voice.say('desk.readings.reason')}</label>
                <input id={id} name="reason" />
                <button type="submit" name="decision" value="return" class="quiet">
                  {voice.say('desk.readings.return')}
                </button>
              </form>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Datasets({ voice, data: { datasets } }: Part) {
  if (datasets.length === 0) return null;
  return (
    <section aria-labelledby="datasets">
      <h2 id="datasets">{voice.say('desk.datasets')}</h2>
      <ul class="desk-list">
        {datasets.map(({ id, title, organization, freshness, dueAt, mayAutomate }) => (
          <li key={id}>
            <a href={urls.dataset(id)} lang={voice.written}>
              {title}
            </a>
            <p class="facts">
              <span>{organization}</span>
              <span class={`pill ${freshness}`}>{voice.freshness(freshness)}</span>
              {dueAt !== null && (
                <span>
                  {voice.say(freshness === 'overdue' ? 'desk.datasets.overdue' : 'desk.datasets.due', {
                    date: voice.date(dueAt),
                  })}
                </span>
              )}
            </p>
            <div class="desk-acts">
              <form method="post" action={urls.drafts()}>
                <input type="hidden" name="dataset" value={id} />
                <button type="submit" class="quiet small" aria-label={voice.say('desk.datasets.update', { title })}>
                  {voice.say('desk.datasets.update.short')}
                </button>
              </form>
              <form method="post" action={urls.verify(id)}>
                <button type="submit" class="quiet small" aria-label={voice.say('desk.datasets.same.for', { title })}>
                  {voice.say('desk.datasets.same')}
                </button>
              </form>
              {mayAutomate && (
                <a href={urls.source(id)} aria-label={voice.say('desk.datasets.source.of', { title })}>
                  {voice.say('desk.datasets.source')}
                </a>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
