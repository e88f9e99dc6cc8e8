// The keys of an organization's programs: the list, a form, and the one time that a key is shown.
import { keyScopes } from '../../../model/permission.ts';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { keyLives, type OrganizationKeys } from '../schemas.ts';
import { DoneNote, Field, OneButton, type Refused, RefusedNote } from './parts.tsx';

export type KeysData = OrganizationKeys & {
  /** The key just made: shown here, never again. */
  readonly made: string | null;
  readonly revoked: boolean;
  readonly now: Date;
  readonly refused: Refused | null;
};
type Props = { readonly context: PageContext; readonly data: KeysData };

const lifeSentences = { 90: 'keys.days', 365: 'keys.year', 730: 'keys.year.two' } as const;

export function KeysPage({ context, data }: Props) {
  const { voice } = context;
  const { organization, keys, made, revoked, refused } = data;
  return (
    <Layout
      context={context}
      title={voice.say('keys.title')}
      crumbs={[
        { label: organization.name, href: urls.organization(organization.slug) },
        { label: voice.say('members.title'), href: urls.members(organization.slug) },
      ]}
    >
      <RefusedNote voice={voice} refused={refused} />
      <h1>{voice.say('keys.title')}</h1>
      <p class="lead">{voice.say('keys.lead')}</p>
      <DoneNote sentence={revoked ? voice.say('keys.revoked') : null} />
      {made !== null && (
        <section class="card" aria-labelledby="made" role="status">
          <h2 id="made">{voice.say('keys.made')}</h2>
          <p>{voice.say('keys.made.help')}</p>
          <h3>{voice.say('keys.made.key')}</h3>
          <code class="secret">{made}</code>
          <h3>{voice.say('keys.made.header')}</h3>
          <code class="secret">Authorization: Apikey {made}</code>
        </section>
      )}
      {keys.length === 0 ? <p class="empty">{voice.say('keys.none')}</p> : <KeyTable voice={voice} data={data} />}
      <section class="card" aria-labelledby="make">
        <h2 id="make">{voice.say('keys.make')}</h2>
        <form method="post" action={urls.keys(organization.slug)}>
          <Field id="name" label={voice.say('keys.name')} refused={refused} maxLength={100} />
          <fieldset id="scopes">
            <legend>{voice.say('keys.scopes')}</legend>
            <ul class="choices hanging">
              {keyScopes.map((scope) => (
                <li key={scope}>
                  <input type="checkbox" name="scopes" id={`scope-${scope}`} value={scope} />{' '}
                  <label for={`scope-${scope}`}>{voice.say(`scope.${scope}`)}</label>
                </li>
              ))}
            </ul>
          </fieldset>
          <p class="field">
            <label for="days">{voice.say('keys.ends.label')}</label>
            <select id="days" name="days">
              {keyLives.map((days) => (
                <option value={days} selected={days === 365} key={days}>
                  {voice.say(lifeSentences[days], { days })}
                </option>
              ))}
            </select>
          </p>
          <button type="submit">{voice.say('keys.make.do')}</button>
        </form>
      </section>
    </Layout>
  );
}

function KeyTable({ voice, data: { organization, keys, now } }: { readonly voice: Voice; readonly data: KeysData }) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={voice.say('keys.table')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{voice.say('keys.name')}</th>
            <th scope="col">{voice.say('keys.prefix')}</th>
            <th scope="col">{voice.say('keys.scopes')}</th>
            <th scope="col">{voice.say('keys.used')}</th>
            <th scope="col">{voice.say('keys.ends')}</th>
            <th scope="col">{voice.say('members.acts')}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row">{key.name}</th>
              <td>
                <code>{key.prefix}…</code>
              </td>
              <td>{key.scopes.map((scope) => voice.say(`scope.${scope}`)).join(' · ')}</td>
              <td>{key.lastUsedAt === null ? voice.say('keys.used.never') : voice.date(key.lastUsedAt)}</td>
              <td>
                {key.revokedAt !== null
                  ? voice.say('keys.state.revoked', { date: voice.date(key.revokedAt) })
                  : key.endsAt <= now
                    ? voice.say('keys.state.ended')
                    : voice.date(key.endsAt)}
              </td>
              <td>
                {key.revokedAt === null && key.endsAt > now && (
                  <OneButton
                    action={`${urls.keys(organization.slug)}/revoke`}
                    values={{ id: key.id }}
                    label={voice.say('keys.revoke')}
                    whole={voice.say('keys.revoke.for', { name: key.name })}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
