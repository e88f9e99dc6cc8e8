// Who holds a role across organizations, and how such a role is given, renewed and ended.
import { type TerritoryRole, territoryRoles } from '../../../model/permission.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { TerritoryHolder } from '../schemas.ts';
import { capital, DoneNote, Field, OneButton, type Refused, RefusedNote } from './parts.tsx';

export type TerritoryPeopleData = {
  readonly holders: readonly TerritoryHolder[];
  /** The roles that the reader may give. */
  readonly givable: readonly TerritoryRole[];
  readonly done: 'given' | 'ended' | 'renewed' | null;
  readonly refused: Refused | null;
};

export function TerritoryPeoplePage({
  context,
  data,
}: {
  readonly context: PageContext;
  readonly data: TerritoryPeopleData;
}) {
  const { voice } = context;
  const { holders, givable, done, refused } = data;
  const act = (name: string) => `${urls.territoryPeople()}/${name}`;
  return (
    <Layout
      context={context}
      title={voice.say('territoryPeople.title')}
      crumbs={[{ label: voice.say('account.title'), href: urls.account() }]}
    >
      <RefusedNote voice={voice} refused={refused} />
      <h1>{voice.say('territoryPeople.title')}</h1>
      <p class="lead">{voice.say('territoryPeople.lead')}</p>
      <DoneNote sentence={done === null ? null : voice.say(`members.done.${done}`)} />
      {holders.length === 0 ? (
        <p class="empty">{voice.say('territoryPeople.none')}</p>
      ) : (
        <ul class="entries">
          {holders.map(({ grantId, name, email, role, endsAt, demo }) => (
            <li key={grantId}>
              <div>
                <p>
                  <strong>{capital(voice.say(`role.${role}`))}</strong> : {name}
                  {name !== email && ` (${email})`}{' '}
                  {demo && <span class="badge demo">{voice.say('people.character')}</span>}
                </p>
                <p class="source">{voice.say('people.until', { date: voice.date(endsAt) })}</p>
              </div>
              {givable.includes(role) && (
                <div class="acts">
                  <OneButton
                    action={act('renew')}
                    values={{ grant: grantId }}
                    label={voice.say('members.renew')}
                    whole={voice.say('members.renew.for', { name })}
                  />
                  <OneButton
                    action={act('end')}
                    values={{ grant: grantId }}
                    label={voice.say('territoryPeople.end')}
                    whole={voice.say('territoryPeople.end.for', { name })}
                  />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      <section class="card" aria-labelledby="give">
        <h2 id="give">{voice.say('territoryPeople.give')}</h2>
        <p>{voice.say('territoryPeople.give.help')}</p>
        <form method="post" action={act('give')}>
          <Field id="email" type="email" label={voice.say('people.email')} refused={refused} />
          <p class="field">
            <label for="role">{voice.say('people.role')}</label>
            <select id="role" name="role">
              {territoryRoles
                .filter((role) => givable.includes(role))
                .map((role) => (
                  <option value={role} selected={role === refused?.typed['role']} key={role}>
                    {capital(voice.say(`role.${role}`))}
                  </option>
                ))}
            </select>
          </p>
          <button type="submit">{voice.say('territoryPeople.give.do')}</button>
        </form>
      </section>
    </Layout>
  );
}
