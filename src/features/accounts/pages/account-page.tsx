// One's own account: name, language, rhythm, organizations, messages, the ways to come in, where one is signed in.
import { languages } from '../../../model/language.ts';
import { rhythms } from '../../../model/people.ts';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { messagePart } from '../letters.ts';
import type { Account, Joining } from '../schemas.ts';
import { capital, DoneNote, Field, OneButton, type Refused, RefusedNote } from './parts.tsx';

export type AccountData = {
  readonly account: Account;
  readonly requests: readonly Joining[];
  readonly passwordMin: number;
  /** The name of the identity provider, null when there is none. */
  readonly provider: string | null;
  readonly done: 'saved' | 'left' | null;
  readonly refused: Refused | null;
};
type Props = { readonly context: PageContext; readonly data: AccountData };
type Part = { readonly voice: Voice; readonly data: AccountData };

export function AccountPage({ context, data }: Props) {
  const { voice, site } = context;
  const { account, done, refused } = data;
  return (
    <Layout context={context} title={voice.say('account.title')} crumbs={[]}>
      <RefusedNote voice={voice} refused={refused} />
      <h1>{account.name === '' ? voice.say('account.title') : account.name}</h1>
      <DoneNote sentence={done === null ? null : voice.say(done === 'left' ? 'members.left' : 'account.saved')} />
      {account.demo && <p class="empty">{voice.say('account.character')}</p>}
      <div class="columns-2">
        <div class="stack">
          <Organizations voice={voice} data={data} />
          <Notices voice={voice} data={data} />
        </div>
        <div class="stack">
          <Profile voice={voice} data={data} />
          {!account.demo && <Ways voice={voice} data={data} />}
          <Sessions voice={voice} data={data} />
          {!account.demo && <Removal voice={voice} />}
        </div>
      </div>
      {!account.demo && <script type="module" src={site.assetUrl('passkey.js')} />}
    </Layout>
  );
}

function Profile({ voice, data: { account, refused } }: Part) {
  return (
    <section class="card" aria-labelledby="profile">
      <h2 id="profile">{voice.say('account.profile')}</h2>
      {account.name === '' && <p>{voice.say('account.unnamed')}</p>}
      <p>{account.email}</p>
      <form method="post" action={urls.accountPart('profile')}>
        {!account.demo && (
          <Field
            id="name"
            label={voice.say('people.name')}
            autocomplete="name"
            value={account.name}
            refused={refused}
            maxLength={100}
          />
        )}
        <p class="field">
          <label for="language">{voice.say('account.language')}</label>
          <select id="language" name="language">
            {languages.map((language) => (
              <option value={language} selected={language === account.language} key={language}>
                {voice.say(`account.language.${language}`)}
              </option>
            ))}
          </select>
        </p>
        <p class="field">
          <label for="rhythm">{voice.say('account.rhythm')}</label>
          <span class="help" id="rhythm-help">
            {voice.say('account.rhythm.help')}
          </span>
          <select id="rhythm" name="rhythm" aria-describedby="rhythm-help">
            {rhythms.map((rhythm) => (
              <option value={rhythm} selected={rhythm === account.rhythm} key={rhythm}>
                {voice.say(`rhythm.${rhythm}`)}
              </option>
            ))}
          </select>
        </p>
        <button type="submit">{voice.say('account.save')}</button>
      </form>
    </section>
  );
}

function Organizations({ voice, data: { account, requests } }: Part) {
  const own = account.grants.filter((grant) => grant.organization !== null);
  const territory = account.grants.filter((grant) => grant.organization === null);
  return (
    <section class="card" aria-labelledby="organizations">
      <h2 id="organizations">{voice.say('account.organizations')}</h2>
      {own.length === 0 ? (
        <p>{voice.say('account.organizations.none')}</p>
      ) : (
        <ul class="entries">
          {own.map(({ id, organization, role, endsAt }) => (
            <li key={id}>
              <p>
                <a href={urls.members(organization?.slug ?? '')}>{organization?.name}</a>
                <br />
                {capital(voice.say(`role.${role}`))}, {voice.say('people.until', { date: voice.date(endsAt) })}
              </p>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={urls.organizations()}>{voice.say('account.organizations.find')}</a>
      </p>
      {territory.length > 0 && (
        <>
          <h3>{voice.say('account.roles.territory')}</h3>
          <ul class="entries">
            {territory.map(({ id, role, endsAt }) => (
              <li key={id}>
                <p>
                  {capital(voice.say(`role.${role}`))}, {voice.say('people.until', { date: voice.date(endsAt) })}
                </p>
              </li>
            ))}
          </ul>
          {territory.some(({ role }) => role === 'steward' || role === 'operator') && (
            <p>
              <a href={urls.territoryPeople()}>{voice.say('territoryPeople.title')}</a>
            </p>
          )}
        </>
      )}
      {requests.length > 0 && (
        <>
          <h3>{voice.say('account.requests')}</h3>
          <ul class="entries">
            {requests.map(({ id, organization, role }) => (
              <li key={id}>
                <p>
                  {organization.name} : {voice.say(`role.${role}`)}
                </p>
                <OneButton
                  action={urls.accountPart('requests')}
                  values={{ id }}
                  label={voice.say('account.request.withdraw')}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Notices({ voice, data: { account } }: Part) {
  return (
    <section class="card" aria-labelledby="notices">
      <h2 id="notices">{voice.say('account.notices')}</h2>
      {account.notices.length === 0 ? (
        <p>{voice.say('account.notices.none')}</p>
      ) : (
        <ul class="entries">
          {account.notices.map((notice, index) => (
            <li key={index}>
              <div>
                <p>
                  <strong>{voice.typeset(messagePart(notice, 'subject', voice.lang))}</strong>
                </p>
                <p>{voice.typeset(messagePart(notice, 'text', voice.lang))}</p>
                <p class="source">
                  {voice.date(notice.at)}
                  {notice.link !== null && (
                    <>
                      {' · '}
                      <a href={notice.link}>{messagePart(notice, 'action', voice.lang)}</a>
                    </>
                  )}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Ways({ voice, data }: Part) {
  const { account, provider } = data;
  return (
    <section class="card" aria-labelledby="ways">
      <h2 id="ways">{voice.say('account.ways')}</h2>
      <p>{voice.say('account.ways.link', { email: account.email })}</p>
      {provider !== null && (
        <>
          <h3>{voice.say('account.provider', { name: provider })}</h3>
          {account.hasProvider ? (
            <p>{voice.say('account.provider.tied')}</p>
          ) : (
            <p>
              <a href={urls.accountPart('provider')}>{voice.say('account.provider.tie', { name: provider })}</a>
            </p>
          )}
        </>
      )}
      <Password voice={voice} data={data} />
      <Passkeys voice={voice} data={data} />
    </section>
  );
}

function Password({ voice, data: { account, passwordMin, refused } }: Part) {
  return (
    <>
      <h3>{voice.say('account.password')}</h3>
      <form method="post" action={urls.accountPart('password')}>
        {/* Tells password managers whose it is. */}
        <input type="email" name="username" value={account.email} autocomplete="username" hidden readonly />
        {account.hasPassword && (
          <Field
            id="current"
            type="password"
            label={voice.say('account.password.current')}
            autocomplete="current-password"
            refused={refused}
            required={false}
          />
        )}
        <Field
          id="password"
          type="password"
          label={voice.say('account.password.new')}
          help={voice.say('account.password.help', { min: passwordMin })}
          autocomplete="new-password"
          refused={refused}
        />
        <button type="submit">{voice.say('account.password.choose')}</button>
      </form>
      {account.hasPassword && (
        <p>
          <OneButton action={urls.accountPart('password-removal')} label={voice.say('account.password.remove')} />
        </p>
      )}
    </>
  );
}

function Passkeys({ voice, data: { account } }: Part) {
  return (
    <>
      <h3>{voice.say('account.passkeys')}</h3>
      {account.passkeys.length === 0 ? (
        <p>{voice.say('account.passkeys.none')}</p>
      ) : (
        <ul class="entries">
          {account.passkeys.map(({ id, name, createdAt }) => (
            <li key={id}>
              <p>
                {name ?? voice.say('account.passkey.unnamed')}
                {createdAt !== null && `, ${voice.say('account.passkey.since', { date: voice.date(createdAt) })}`}
              </p>
              <OneButton
                action={urls.accountPart('passkeys')}
                values={{ id }}
                label={voice.say('account.passkey.remove')}
              />
            </li>
          ))}
        </ul>
      )}
      <div data-passkey="register" hidden>
        <p class="problem" role="alert" data-failed hidden>
          {voice.say('account.passkey.failed')}
        </p>
        <Field
          id="passkey-name"
          label={voice.say('account.passkey.name')}
          refused={null}
          required={false}
          maxLength={60}
        />
        <button type="button">{voice.say('account.passkey.add')}</button>
      </div>
      <noscript>
        <p>{voice.say('account.passkeys.script')}</p>
      </noscript>
    </>
  );
}

function Removal({ voice }: { readonly voice: Voice }) {
  return (
    <section class="card" aria-labelledby="removal">
      <h2 id="removal">{voice.say('account.removal')}</h2>
      <p>{voice.say('account.removal.help')}</p>
      <form method="post" action={urls.accountPart('removal')}>
        <p>
          <input type="checkbox" id="sure" name="sure" value="yes" required />{' '}
          <label for="sure">{voice.say('account.removal.sure')}</label>
        </p>
        <button type="submit" class="quiet">
          {voice.say('account.removal.do')}
        </button>
      </form>
    </section>
  );
}

function Sessions({ voice, data: { account } }: Part) {
  return (
    <section class="card" aria-labelledby="sessions">
      <h2 id="sessions">{voice.say('account.sessions')}</h2>
      <ul class="entries">
        {account.sessions.map(({ id, browser, openedAt, current }) => (
          <li key={id}>
            <p>
              {browser ?? voice.say('account.session.unknown')},{' '}
              {current
                ? voice.say('account.session.current')
                : voice.say('account.session.since', { date: voice.date(openedAt) })}
            </p>
            {!current && (
              <OneButton
                action={urls.accountPart('sessions')}
                values={{ id }}
                label={voice.say('account.session.end')}
              />
            )}
          </li>
        ))}
      </ul>
      {account.sessions.length > 1 && (
        <OneButton
          action={urls.accountPart('sessions')}
          values={{ id: 'others' }}
          label={voice.say('account.sessions.end')}
        />
      )}
    </section>
  );
}
