// Coming in: every way on one page, each by a plain form; what follows each of them.
import type { Language } from '../../../model/language.ts';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import { DoneNote, Field, type Refused, RefusedNote } from './parts.tsx';

export type SignInData = {
  readonly next: string;
  readonly refused: Refused | null;
  /** The name of the identity provider, null when there is none. */
  readonly provider: string | null;
  readonly characters: readonly {
    readonly key: string;
    readonly name: string;
    readonly job: Readonly<Record<Language, string>>;
  }[];
};
type Props<T> = { readonly context: PageContext; readonly data: T };

export function SignInPage({ context, data }: Props<SignInData>) {
  const { voice, site } = context;
  const { next, refused, provider, characters } = data;
  return (
    <Layout context={context} title={voice.say('signIn.title')} twin={false} crumbs={[]}>
      <RefusedNote voice={voice} refused={refused} />
      <h1>{voice.say('signIn.title')}</h1>
      <p class="lead">{voice.say('signIn.lead')}</p>
      {characters.length > 0 && <Characters voice={voice} next={next} characters={characters} />}
      <div class="ways">
        <section class="card" aria-labelledby="by-link">
          <h2 id="by-link">{voice.say('signIn.link.title')}</h2>
          <p>{voice.say('signIn.link.help')}</p>
          <form method="post" action={urls.signIn()}>
            <input type="hidden" name="next" value={next} />
            <Field
              id="email"
              type="email"
              label={voice.say('people.email')}
              autocomplete="email webauthn"
              refused={refused}
            />
            <button type="submit">{voice.say('signIn.link.send')}</button>
          </form>
        </section>
        {provider !== null && (
          <section class="card" aria-labelledby="by-provider">
            <h2 id="by-provider">{voice.say('signIn.provider.title', { name: provider })}</h2>
            <p>
              <a class="button" href={withQuery(urls.signInProvider(), { next })} rel="nofollow">
                {voice.say('signIn.provider', { name: provider })}
              </a>
            </p>
          </section>
        )}
        <section class="card" aria-labelledby="by-password">
          <h2 id="by-password">{voice.say('signIn.password.title')}</h2>
          <p>{voice.say('signIn.password.help')}</p>
          <form method="post" action={urls.signInPassword()}>
            <input type="hidden" name="next" value={next} />
            <Field
              id="password-email"
              name="email"
              type="email"
              label={voice.say('people.email')}
              autocomplete="username"
              refused={refused}
            />
            <Field
              id="password"
              type="password"
              label={voice.say('signIn.password')}
              autocomplete="current-password"
              refused={refused}
            />
            <button type="submit">{voice.say('signIn.enter')}</button>
          </form>
        </section>
        {/* Shown by the script, where the browser knows passkeys. */}
        <section class="card" aria-labelledby="by-passkey" data-passkey="sign-in" data-next={next} hidden>
          <h2 id="by-passkey">{voice.say('signIn.passkey.title')}</h2>
          <p>{voice.say('signIn.passkey.help')}</p>
          <p class="problem" role="alert" data-failed hidden>
            {voice.say('signIn.passkey.failed')}
          </p>
          <button type="button">{voice.say('signIn.passkey')}</button>
        </section>
      </div>
      <script type="module" src={site.assetUrl('passkey.js')} />
    </Layout>
  );
}

function Characters({
  voice,
  next,
  characters,
}: {
  readonly voice: Voice;
  readonly next: string;
  readonly characters: SignInData['characters'];
}) {
  return (
    <section aria-labelledby="characters">
      <h2 id="characters">{voice.say('signIn.demo.title')}</h2>
      <p>{voice.say('signIn.demo.help')}</p>
      <ul class="characters">
        {characters.map(({ key, name, job }) => (
          <li key={key}>
            <p>
              <strong>{name}</strong> <span class="badge demo">{voice.say('people.character')}</span>
            </p>
            <p>{voice.of(job)}</p>
            <form method="post" action={urls.signInDemo()}>
              <input type="hidden" name="person" value={key} />
              <input type="hidden" name="next" value={next} />
              <button type="submit" class="quiet">
                {voice.say('signIn.demo.enter', { name })}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** After a link was asked for: the same words whoever asked. */
export function LinkSentPage({ context, data }: Props<{ readonly next: string; readonly mails: boolean }>) {
  const { voice } = context;
  return (
    <Layout context={context} title={voice.say('signIn.sent.title')} twin={false} crumbs={[signInCrumb(voice)]}>
      <h1>{voice.say('signIn.sent.title')}</h1>
      <DoneNote sentence={voice.say('signIn.sent')} />
      {data.mails && (
        <p>
          <a href={urls.mails()}>{voice.say('signIn.sent.demo')}</a>
        </p>
      )}
      <p>
        <a href={withQuery(urls.signIn(), { next: data.next })}>{voice.say('signIn.again')}</a>
      </p>
    </Layout>
  );
}

/** The last click of a link: programs that look into mail open addresses, they press no button. */
export function UseLinkPage({ context, data }: Props<{ readonly token: string; readonly next: string }>) {
  const { voice } = context;
  return (
    <Layout context={context} title={voice.say('signIn.use.title')} twin={false} crumbs={[signInCrumb(voice)]}>
      <h1>{voice.say('signIn.use.title')}</h1>
      <p>{voice.say('signIn.use.help')}</p>
      <form method="post" action={urls.signInLink()}>
        <input type="hidden" name="token" value={data.token} />
        <input type="hidden" name="next" value={data.next} />
        <button type="submit">{voice.say('signIn.enter')}</button>
      </form>
    </Layout>
  );
}

export function AdministratorPage({
  context,
  data,
}: Props<{ readonly token: string; readonly refused: Refused | null }>) {
  const { voice } = context;
  return (
    <Layout context={context} title={voice.say('signIn.administrator.title')} twin={false} crumbs={[]}>
      <RefusedNote voice={voice} refused={data.refused} />
      <h1>{voice.say('signIn.administrator.title')}</h1>
      <p>{voice.say('signIn.administrator.help')}</p>
      <form method="post" action={urls.signInAdministrator()}>
        <input type="hidden" name="token" value={data.token} />
        <Field id="name" label={voice.say('people.name')} autocomplete="name" refused={data.refused} maxLength={100} />
        <Field id="email" type="email" label={voice.say('people.email')} autocomplete="email" refused={data.refused} />
        <button type="submit">{voice.say('signIn.administrator.enter')}</button>
      </form>
    </Layout>
  );
}

function signInCrumb(voice: Voice) {
  return { label: voice.say('signIn.title'), href: urls.signIn() };
}
