// The page of a reminder: « Rien n’a changé » is one button; the other way is to give the new file. No script, no account.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { ReminderFacts } from '../schemas.ts';

export type ReminderPageData = {
  readonly facts: ReminderFacts;
  /** What the address said, signed: the form says it again. */
  readonly said: Readonly<Record<string, string>>;
};
type Props = { readonly context: PageContext; readonly data: ReminderPageData };

export function ReminderPage({ context, data: { facts, said } }: Props) {
  const { voice } = context;
  const { dataset, updatedAt, dueAt, done } = facts;
  const title = voice.say(done ? 'reminder.done' : 'reminder.title');
  return (
    <Layout context={context} title={`${title} · ${dataset.title}`} twin={false}>
      <div class="narrow stack">
        <h1>{title}</h1>
        <p class="lead">
          <a href={urls.dataset(dataset.id)}>{dataset.title}</a> · {dataset.organization}
        </p>
        {updatedAt !== null && (
          <p role={done ? 'status' : undefined}>{voice.say('reminder.updated', { date: voice.date(updatedAt) })}</p>
        )}
        {dueAt !== null && <p>{voice.say(done ? 'reminder.next' : 'reminder.due', { date: voice.date(dueAt) })}</p>}
        {!done && (
          <form method="post" action={urls.unchanged()} class="card stack">
            {Object.entries(said).map(([name, value]) => (
              <input type="hidden" name={name} value={value} key={name} />
            ))}
            <p id="unchanged-hint">{voice.say('reminder.unchanged.hint')}</p>
            <button type="submit" aria-describedby="unchanged-hint">
              {voice.say('reminder.unchanged')}
            </button>
          </form>
        )}
        <Deposit context={context} id={dataset.id} said={said} />
      </div>
    </Layout>
  );
}

/** A new file needs somebody who is signed in: whoever is not comes back here. */
function Deposit({ context, id, said }: { context: PageContext; id: string; said: Readonly<Record<string, string>> }) {
  const { voice, visitor } = context;
  if (visitor === null || visitor === undefined)
    return (
      <p id="deposit">
        <a href={withQuery(urls.signIn(), { next: withQuery(urls.unchanged(), said) })}>
          {voice.say('reminder.deposit')}
        </a>
      </p>
    );
  return (
    <form method="post" action={urls.drafts()} id="deposit">
      <input type="hidden" name="dataset" value={id} />
      <button type="submit" class="quiet">
        {voice.say('reminder.deposit')}
      </button>
    </form>
  );
}
