// The people of an organization: who belongs to it, who waits, inviting, leaving, its settings.
import { type Membership, membershipStates } from '../../../model/people.ts';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { OrganizationPeople } from '../schemas.ts';
import { capital, DoneNote, Field, OneButton, type Refused, RefusedNote, RoleChoice, usualRole } from './parts.tsx';

export const membersDone = ['invited', 'closed', 'accepted', 'renewed', 'given', 'ended', 'settings'] as const;

export type MembersData = {
  readonly people: OrganizationPeople;
  /** The id of the reader, when they are a person. */
  readonly reader: string | null;
  readonly may: {
    readonly manage: boolean;
    readonly settings: boolean;
    readonly membership: boolean;
    readonly keys: boolean;
  };
  /** What its membership may become. */
  readonly nextMemberships: readonly Membership[];
  readonly done: (typeof membersDone)[number] | null;
  readonly refused: Refused | null;
};
type Part = { readonly voice: Voice; readonly data: MembersData };

export function MembersPage({ context, data }: { readonly context: PageContext; readonly data: MembersData }) {
  const { voice } = context;
  const { people, may, done, refused } = data;
  const { slug, name } = people.organization;
  const reader = people.members.find((member) => member.personId === data.reader);
  return (
    <Layout
      context={context}
      title={voice.say('members.title')}
      crumbs={[
        { label: voice.say('organizations.title'), href: urls.organizations() },
        { label: name, href: urls.organization(slug) },
      ]}
    >
      <RefusedNote voice={voice} refused={refused} />
      <h1>{name}</h1>
      <DoneNote sentence={done === null ? null : voice.say(`members.done.${done}`)} />
      <p class="facts">
        <span>{voice.say('members.membership', { state: voice.say(`membership.${people.membership.state}`) })}</span>
        <span>{voice.say('members.membership.since', { date: voice.date(people.membership.since) })}</span>
        {may.keys && <a href={urls.keys(slug)}>{voice.say('keys.title')}</a>}
      </p>
      {people.membership.reason !== null && <p>{people.membership.reason}</p>}
      <Members voice={voice} data={data} />
      {may.manage && <Pending voice={voice} data={data} />}
      {may.manage && (
        <section class="card" aria-labelledby="invite">
          <h2 id="invite">{voice.say('members.invite')}</h2>
          <p>{voice.say('members.invite.help')}</p>
          <form method="post" action={`${urls.members(slug)}/invite`}>
            <Field id="email" type="email" label={voice.say('people.email')} refused={refused} />
            <RoleChoice voice={voice} chosen={refused?.typed['role'] ?? usualRole} />
            <button type="submit">{voice.say('members.invite.send')}</button>
          </form>
        </section>
      )}
      {people.handovers.length > 0 && (
        <section aria-labelledby="handovers">
          <h2 id="handovers">{voice.say('members.handovers')}</h2>
          <ul>
            {people.handovers.map(({ id, personName, madeAt }) => (
              <li key={id}>
                <a href={urls.handover(slug, id)}>
                  {voice.say('members.handover.of', { name: personName, date: voice.date(madeAt) })}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Settings voice={voice} data={data} />
      {reader !== undefined && (
        <section aria-labelledby="leave">
          <h2 id="leave">{voice.say('members.leave')}</h2>
          <p>{voice.say('members.leave.help')}</p>
          <form method="post" action={`${urls.members(slug)}/leave`}>
            <p>
              <input type="checkbox" id="sure" name="sure" value="yes" required />{' '}
              <label for="sure">{voice.say('members.leave.sure')}</label>
            </p>
            <button type="submit" class="quiet">
              {voice.say('members.leave.do')}
            </button>
          </form>
        </section>
      )}
    </Layout>
  );
}

function Members({ voice, data: { people, reader, may } }: Part) {
  const { slug } = people.organization;
  if (people.members.length === 0) return <p class="empty">{voice.say('members.none')}</p>;
  return (
    <section aria-labelledby="members">
      <h2 id="members">{voice.say('members.list')}</h2>
      <div class="scroll" tabindex={0} role="region" aria-label={voice.say('members.table')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{voice.say('people.name')}</th>
              <th scope="col">{voice.say('people.role')}</th>
              <th scope="col">{voice.say('members.ends')}</th>
              <th scope="col">{voice.say('members.seen')}</th>
              {may.manage && <th scope="col">{voice.say('members.acts')}</th>}
            </tr>
          </thead>
          <tbody>
            {people.members.map((member) => (
              <tr key={member.grantId}>
                <th scope="row">
                  {member.name}
                  {member.demo && (
                    <>
                      {' '}
                      <span class="badge demo">{voice.say('people.character')}</span>
                    </>
                  )}
                  {member.name !== member.email && (
                    <>
                      <br />
                      <a href={`mailto:${member.email}`}>{member.email}</a>
                    </>
                  )}
                  {member.bounced && (
                    <>
                      <br />
                      <span class="pill due">{voice.say('members.bounced')}</span>
                    </>
                  )}
                </th>
                <td>{capital(voice.say(`role.${member.role}`))}</td>
                <td>{voice.date(member.endsAt)}</td>
                <td>{member.seenAt === null ? voice.say('members.seen.never') : voice.date(member.seenAt)}</td>
                {may.manage && (
                  <td>
                    <div class="acts">
                      <OneButton
                        action={`${urls.members(slug)}/renew`}
                        values={{ grant: member.grantId }}
                        label={voice.say('members.renew')}
                        whole={voice.say('members.renew.for', { name: member.name })}
                      />
                      {member.personId !== reader && (
                        <OneButton
                          action={`${urls.members(slug)}/remove`}
                          values={{ person: member.personId }}
                          label={voice.say('members.remove')}
                          whole={voice.say('members.remove.for', { name: member.name })}
                        />
                      )}
                    </div>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Pending({ voice, data: { people } }: Part) {
  const { slug } = people.organization;
  if (people.pending.length === 0) return null;
  return (
    <section aria-labelledby="pending">
      <h2 id="pending">{voice.say('members.pending')}</h2>
      <ul class="entries">
        {people.pending.map(({ id, kind, name, email, role, message, expiresAt }) => {
          const who = name ?? email;
          const asks = kind === 'request';
          return (
            <li key={id}>
              <div>
                <p>
                  <strong>{who}</strong>
                  {name !== null && ` (${email})`}, {voice.say(`role.${role}`)}
                </p>
                <p class="source">
                  {voice.say(asks ? 'members.asks' : 'members.invited')},{' '}
                  {voice.say('people.until', { date: voice.date(expiresAt) })}
                </p>
                {message !== '' && <p>{message}</p>}
              </div>
              <div class="acts">
                {asks && (
                  <OneButton
                    action={`${urls.members(slug)}/accept`}
                    values={{ id }}
                    label={voice.say('members.accept')}
                    whole={voice.say('members.accept.for', { name: who })}
                  />
                )}
                <OneButton
                  action={`${urls.members(slug)}/close`}
                  values={{ id }}
                  label={voice.say(asks ? 'members.refuse' : 'members.cancel')}
                  whole={voice.say(asks ? 'members.refuse.for' : 'members.cancel.for', { name: who })}
                />
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Settings({ voice, data: { people, may, nextMemberships } }: Part) {
  const { slug } = people.organization;
  if (!may.settings && !may.membership) return null;
  return (
    <section class="card" aria-labelledby="settings">
      <h2 id="settings">{voice.say('members.settings')}</h2>
      {may.settings && (
        <form method="post" action={`${urls.members(slug)}/settings`}>
          <p>
            <input type="checkbox" id="approval" name="approval" value="yes" checked={people.approval} />{' '}
            <label for="approval">{voice.say('members.approval')}</label>
          </p>
          <button type="submit" class="quiet">
            {voice.say('account.save')}
          </button>
        </form>
      )}
      {may.membership && nextMemberships.length > 0 && (
        <form method="post" action={`${urls.members(slug)}/membership`}>
          <p class="field">
            <label for="membership">{voice.say('members.membership.change')}</label>
            <select id="membership" name="membership">
              {membershipStates
                .filter((state) => nextMemberships.includes(state))
                .map((state) => (
                  <option value={state} key={state}>
                    {voice.say(`membership.${state}`)}
                  </option>
                ))}
            </select>
          </p>
          <Field id="reason" label={voice.say('members.membership.reason')} refused={null} required={false} />
          <button type="submit" class="quiet">
            {voice.say('account.save')}
          </button>
        </form>
      )}
    </section>
  );
}
