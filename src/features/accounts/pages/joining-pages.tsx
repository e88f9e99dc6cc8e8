// The two doors into an organization: an invitation that came by mail, a request that one makes.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { Joining } from '../schemas.ts';
import { DoneNote, Field, OneButton, type Refused, RefusedNote, RoleChoice, usualRole } from './parts.tsx';

type Props<T> = { readonly context: PageContext; readonly data: T };

export type InvitationData = {
  readonly token: string;
  readonly invitation: Joining;
  /** Whether their name is to be asked. */
  readonly asksName: boolean;
  readonly refused: Refused | null;
};

export function InvitationPage({ context, data }: Props<InvitationData>) {
  const { voice } = context;
  const { token, invitation, asksName, refused } = data;
  const { organization, role, email, expiresAt } = invitation;
  const title = voice.say('invitation.title', { name: organization.name });
  return (
    <Layout context={context} title={title} twin={false} crumbs={[]}>
      <RefusedNote voice={voice} refused={refused} />
      <h1>{title}</h1>
      <p class="lead">{voice.say('invitation.lead', { name: organization.name, role: voice.say(`role.${role}`) })}</p>
      <p>{voice.say(`role.${role}.does`)}</p>
      <p>
        {voice.say('invitation.until', { date: voice.date(expiresAt) })} {voice.say('invitation.for', { email })}
      </p>
      <form method="post" action={urls.invitation(token)}>
        {asksName && (
          <Field id="name" label={voice.say('people.name')} autocomplete="name" refused={refused} maxLength={100} />
        )}
        <button type="submit">{voice.say('invitation.accept')}</button>
      </form>
      <OneButton action={`${urls.invitation(token)}/refuse`} label={voice.say('invitation.refuse')} />
    </Layout>
  );
}

export function InvitationRefusedPage({ context }: { readonly context: PageContext }) {
  const { voice } = context;
  return (
    <Layout context={context} title={voice.say('invitation.refused.title')} twin={false} crumbs={[]}>
      <h1>{voice.say('invitation.refused.title')}</h1>
      <DoneNote sentence={voice.say('invitation.refused')} />
    </Layout>
  );
}

export type JoinData = {
  readonly organization: { readonly slug: string; readonly name: string };
  readonly done: boolean;
  readonly refused: Refused | null;
};

export function JoinPage({ context, data }: Props<JoinData>) {
  const { voice } = context;
  const { organization, done, refused } = data;
  const title = voice.say('join.title', { name: organization.name });
  return (
    <Layout
      context={context}
      title={title}
      twin={false}
      crumbs={[{ label: organization.name, href: urls.organization(organization.slug) }]}
    >
      <RefusedNote voice={voice} refused={refused} />
      <h1>{title}</h1>
      <DoneNote sentence={done ? voice.say('join.done') : null} />
      {done ? (
        <p>
          <a href={urls.account()}>{voice.say('people.account')}</a>
        </p>
      ) : (
        <form method="post" action={urls.joinOrganization(organization.slug)}>
          <p>{voice.say('join.help')}</p>
          <RoleChoice voice={voice} chosen={refused?.typed['role'] ?? usualRole} />
          <p>
            <label for="message">{voice.say('join.message')}</label>
            <br />
            <textarea id="message" name="message" rows={4} maxLength={1000}>
              {refused?.typed['message'] ?? ''}
            </textarea>
          </p>
          <button type="submit">{voice.say('join.send')}</button>
        </form>
      )}
    </Layout>
  );
}
