// Before a schema is written: what exists on its subject, the national ones first, and why one more is needed.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';

export type NewSchemaData = {
  readonly subject: string;
  readonly asked: boolean;
  readonly near: readonly { readonly name: string; readonly national: string | null; readonly title: string }[];
  readonly from: string | null;
};

type Props = { readonly context: PageContext; readonly data: NewSchemaData };

export function NewSchemaPage({ context, data }: Props) {
  const { voice } = context;
  const { subject, asked, near, from } = data;
  const national = near.filter((each) => each.national !== null);
  return (
    <Layout
      context={context}
      title={voice.say('schemas.new')}
      crumbs={[{ label: voice.say('schemas.title'), href: urls.schemas() }]}
    >
      <div class="narrow stack">
        <h1>{voice.say('schemas.new')}</h1>
        <p class="lead">{voice.say('schemas.new.lead')}</p>
        <form method="get" action={urls.newSchema()} class="stack">
          <label for="subject">{voice.say('schemas.new.subject')}</label>
          <p id="subject-hint" class="source">
            {voice.say('schemas.new.subject.hint')}
          </p>
          <input
            id="subject"
            name="subject"
            value={subject}
            required
            minLength={3}
            maxLength={200}
            aria-describedby="subject-hint"
          />
          <button type="submit">{voice.say('schemas.new.search')}</button>
        </form>
        {asked && (
          <section aria-labelledby="near" class="stack">
            <h2 id="near">{voice.say('schemas.new.near')}</h2>
            {near.length === 0 && <p class="note">{voice.say('schemas.new.none')}</p>}
            {national.length > 0 && (
              <p class="note">
                <strong>{voice.say('schemas.new.national')}</strong>
              </p>
            )}
            {near.length > 0 && (
              <ul>
                {near.map(({ name, national: official, title }) => (
                  <li key={name}>
                    <a href={urls.schema(name)}>{title}</a> · {official ?? voice.say('schemas.local')}
                  </li>
                ))}
              </ul>
            )}
            <form method="post" action={urls.newSchema()} class="stack">
              <label for="title">{voice.say('schemas.new.title')}</label>
              <input id="title" name="title" value={subject} required minLength={3} maxLength={200} />
              <label for="from">{voice.say('schemas.new.from')}</label>
              <select id="from" name="from">
                {near.map(({ name, title, national: official }, index) => (
                  <option
                    key={name}
                    value={name}
                    selected={from === name || (from === null && index === 0 && official !== null)}
                  >
                    {title}
                  </option>
                ))}
                <option value="" selected={from === null && national.length === 0}>
                  {voice.say('schemas.new.from.empty')}
                </option>
              </select>
              <label for="reason">{voice.say('schemas.new.reason')}</label>
              <p id="reason-hint" class="source">
                {voice.say('schemas.new.reason.hint')}
              </p>
              <textarea id="reason" name="reason" rows={3} maxLength={4000} aria-describedby="reason-hint" />
              <button type="submit">{voice.say('schemas.new.begin')}</button>
            </form>
          </section>
        )}
      </div>
    </Layout>
  );
}
