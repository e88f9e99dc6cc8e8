// « Fiche de passation »: what the next person needs on the first day, on one page that prints well.
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { Handover, HandoverSheet } from '../schemas.ts';
import { capital } from './parts.tsx';

type Props = { readonly context: PageContext; readonly data: Handover };
type Part = { readonly voice: Voice; readonly sheet: HandoverSheet };

export function HandoverPage({ context, data }: Props) {
  const { voice } = context;
  const { organization, personName, role, reason, successor, madeAt, sheet } = data;
  const answers = sheet.contacts.some((contact) => contact.role === 'pilot' || contact.role === 'deputy');
  return (
    <Layout
      context={context}
      title={`${voice.say('handover.title')} : ${personName}`}
      crumbs={[
        { label: organization.name, href: urls.organization(organization.slug) },
        { label: voice.say('members.title'), href: urls.members(organization.slug) },
      ]}
    >
      <h1>{voice.say('handover.title')}</h1>
      <p class="lead">
        {voice.say('handover.lead', {
          name: personName,
          role: voice.say(`role.${role}`),
          organization: organization.name,
          date: voice.date(madeAt),
        })}
      </p>
      <p>
        {voice.say(`handover.reason.${reason}`)}{' '}
        {successor !== null && voice.say('handover.successor', { name: successor })} {voice.say('handover.unchanged')}
      </p>
      {!answers && <p class="problem">{voice.say('handover.nobody')}</p>}
      <Datasets voice={voice} sheet={sheet} />
      <Sources voice={voice} sheet={sheet} />
      <Open voice={voice} sheet={sheet} />
      <Keys voice={voice} sheet={sheet} />
      <Contacts voice={voice} sheet={sheet} />
    </Layout>
  );
}

function Datasets({ voice, sheet }: Part) {
  return (
    <section aria-labelledby="datasets">
      <h2 id="datasets">{voice.say('handover.datasets')}</h2>
      {sheet.datasets.length === 0 ? (
        <p>{voice.say('handover.datasets.none')}</p>
      ) : (
        <div class="scroll" tabindex={0} role="region" aria-label={voice.say('handover.datasets.table')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{voice.say('handover.dataset')}</th>
                <th scope="col">{voice.say('handover.state')}</th>
                <th scope="col">{voice.say('handover.updated')}</th>
                <th scope="col">{voice.say('handover.due')}</th>
              </tr>
            </thead>
            <tbody>
              {sheet.datasets.map((dataset) => (
                <tr key={dataset.id}>
                  <th scope="row">
                    <a href={urls.dataset(dataset.id)}>{dataset.title}</a>
                  </th>
                  <td>{voice.say(`handover.state.${dataset.state}`)}</td>
                  <td>{dateOf(voice, dataset.lastUpdate)}</td>
                  <td>
                    {dateOf(voice, dataset.dueAt)}{' '}
                    {dataset.late && <span class="pill overdue">{voice.say('handover.late')}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Sources({ voice, sheet }: Part) {
  const sources = sheet.sources ?? [];
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">{voice.say('handover.sources')}</h2>
      {sources.length === 0 ? (
        <p>{voice.say('handover.sources.none')}</p>
      ) : (
        <ul>
          {sources.map(({ title, host }) => (
            <li key={`${title}${host}`}>
              {title} ({host})
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Open({ voice, sheet }: Part) {
  return (
    <section aria-labelledby="open">
      <h2 id="open">{voice.say('handover.open')}</h2>
      {sheet.open.length === 0 ? (
        <p>{voice.say('handover.open.none')}</p>
      ) : (
        <ul>
          {sheet.open.map(({ kind, what }) => (
            <li key={`${kind}${what}`}>{voice.say(`handover.open.${kind}`, { what })}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Keys({ voice, sheet }: Part) {
  return (
    <section aria-labelledby="keys">
      <h2 id="keys">{voice.say('handover.keys')}</h2>
      {sheet.keys.length === 0 ? (
        <p>{voice.say('handover.keys.none')}</p>
      ) : (
        <ul>
          {sheet.keys.map(({ name, prefix, toReplace }) => (
            <li key={prefix}>
              {name} (<code>{prefix}…</code>){toReplace && `, ${voice.say('handover.key.replace')}`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Contacts({ voice, sheet }: Part) {
  return (
    <section aria-labelledby="contacts">
      <h2 id="contacts">{voice.say('handover.contacts')}</h2>
      {sheet.contacts.length === 0 ? (
        <p>{voice.say('handover.contacts.none')}</p>
      ) : (
        <ul>
          {sheet.contacts.map(({ name, email, role }) => (
            <li key={`${email}${role}`}>
              {name}, {voice.say(`role.${role}`)} : <a href={`mailto:${email}`}>{email}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Dates of a sheet that was kept come back as texts. */
function dateOf(voice: Voice, value: Date | string | null): string {
  return value === null ? '' : capital(voice.date(new Date(value)));
}
