// Parts of a schema's pages: what a version changes, its comments, the decision, the list of versions.
import type { Voice } from '../../../web/language.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { Comparison, SchemaComment, SchemaVersion } from '../schemas.ts';

export function Changes({ voice, comparison }: { readonly voice: Voice; readonly comparison: Comparison }) {
  const { against, changes, broken } = comparison;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{voice.say('schemas.changes')}</h2>
      <p>
        {against === null
          ? voice.say('schemas.changes.first')
          : `${voice.say('schemas.changes.against', { version: against })} ${changes.length === 0 ? voice.say('schemas.changes.none') : ''}`}
      </p>
      {changes.length > 0 && (
        <ul>
          {changes.map(({ field, kind }) => (
            <li key={field}>{voice.say(`schemas.change.${kind}`, { field })}</li>
          ))}
        </ul>
      )}
      {broken.length > 0 && (
        <div class="note">
          <h3>{voice.say('schemas.broken')}</h3>
          <p>{voice.say('schemas.broken.lead')}</p>
          <ul>
            {broken.map(({ consolidation, producer, title, fields }) => (
              <li key={`${consolidation} ${producer}`}>
                <a href={urls.consolidation(consolidation)}>
                  {voice.say('schemas.broken.line', { producer, title, fields: fields.join(', ') })}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

export function Decided({ voice, version }: { readonly voice: Voice; readonly version: SchemaVersion }) {
  const { decision } = version;
  if (decision === null) return null;
  return (
    <section aria-labelledby="decision" class="card">
      <h2 id="decision">{voice.say('schemas.decide')}</h2>
      <p>
        <strong>
          {voice.say(`schemas.decision.${decision.word}`, { date: voice.date(decision.at), by: decision.by })}
        </strong>
      </p>
      <p lang={voice.written}>{voice.typeset(decision.reason)}</p>
    </section>
  );
}

type CommentsProps = {
  readonly context: PageContext;
  readonly version: SchemaVersion;
  readonly comments: readonly SchemaComment[];
  readonly open: boolean;
  /** Where those who have no account write to. */
  readonly mail: string;
};

export function Comments({ context, version, comments, open, mail }: CommentsProps) {
  const { voice, visitor } = context;
  if (version.comments === null) return null;
  const days = {
    from: voice.date(new Date(version.comments.from)),
    until: voice.date(new Date(version.comments.until)),
  };
  return (
    <section aria-labelledby="comments">
      <h2 id="comments">{voice.say('schemas.comments')}</h2>
      <p>{voice.say(open ? 'schemas.comments.open' : 'schemas.comments.closed', days)}</p>
      {comments.length === 0 ? (
        <p>{voice.say('schemas.comments.none')}</p>
      ) : (
        <ol class="comments">
          {comments.map(({ by, text, at }) => (
            <li key={`${at.getTime()} ${by}`}>
              <p class="source">{voice.say('schemas.comments.by', { by, date: voice.date(at) })}</p>
              <p lang={voice.written} class="written">
                {voice.typeset(text)}
              </p>
            </li>
          ))}
        </ol>
      )}
      {open && visitor != null && (
        <form method="post" action={urls.schemaAct(version.name, 'comments')} class="stack narrow">
          <label for="text">{voice.say('schemas.comments.text')}</label>
          <p id="text-hint" class="source">
            {voice.say('schemas.comments.public')}
          </p>
          <textarea id="text" name="text" rows={5} maxLength={4000} required aria-describedby="text-hint" />
          <button type="submit">{voice.say('schemas.comments.send')}</button>
        </form>
      )}
      {open && visitor == null && (
        <p>
          <a
            href={withQuery(urls.signIn(), { next: urls.schemaVersion(version.name, version.version) })}
            rel="nofollow"
          >
            {voice.say('schemas.comments.signIn')}
          </a>
          {voice.say('schemas.comments.mail')}
          <a href={`mailto:${mail}`}>{mail}</a>.
        </p>
      )}
    </section>
  );
}

export function Versions({
  voice,
  versions,
  shipped,
  name,
}: {
  readonly voice: Voice;
  readonly versions: readonly SchemaVersion[];
  /** The number of the version that comes with the platform; null when none does. */
  readonly shipped: string | null;
  readonly name: string;
}) {
  if (versions.length === 0) return null;
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">{voice.say('schemas.versions')}</h2>
      <ul>
        {versions.map((version) => (
          <li key={version.id}>
            <a href={version.state === 'draft' ? urls.schemaEdit(name) : urls.schemaVersion(name, version.version)}>
              {version.version}
            </a>{' '}
            ·{' '}
            {voice.say('schemas.version.on', {
              state: voice.say(`schemas.state.${version.state}`),
              date: voice.date(version.publishedAt ?? version.decision?.at ?? version.changedAt),
            })}
          </li>
        ))}
        {shipped !== null && (
          <li>
            <a href={urls.schemaVersion(name, shipped)}>{shipped}</a> · {voice.say('schemas.versions.shipped')}
          </li>
        )}
      </ul>
    </section>
  );
}
