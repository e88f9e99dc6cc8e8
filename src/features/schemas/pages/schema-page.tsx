// A model: what it is for, its columns one by one, empty files to fill, where its facts come from.
import { isRequired, type LoadedSchema, type SchemaField, type TableSchema } from '../../../model/schema.ts';
import type { MessageKey, Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { twinOf, urls } from '../../../web/urls.ts';
import type { ListedSchema } from '../rules.ts';
import type { Comparison, SchemaComment, SchemaVersion } from '../schemas.ts';
import { descriptionIn, titleIn } from './schemas-page.tsx';
import { Changes, Comments, Decided, Versions } from './version-parts.tsx';

export type SchemaPageData = {
  readonly listed: ListedSchema;
  readonly loaded: LoadedSchema;
  /** Why the territory has one of its own; null of a national one. */
  readonly reason: { readonly fr: string; readonly en: string } | null;
  /** The version that is looked at; null for the one in force. */
  readonly version: SchemaVersion | null;
  readonly versions: readonly SchemaVersion[];
  readonly shipped: string | null;
  readonly comparison: Comparison | null;
  readonly comments: readonly SchemaComment[];
  readonly commentsOpen: boolean;
  readonly contact: string;
  readonly mayWrite: boolean;
  /** Whether a version is being prepared. */
  readonly onItsWay: boolean;
};

type Props = { readonly context: PageContext; readonly data: SchemaPageData };

/** Choices shown in a cell: the file to fill has them all. */
const choicesShown = 8;

export function SchemaPage({ context, data }: Props) {
  const { voice } = context;
  const { listed, loaded, reason, version, versions, shipped, comparison } = data;
  const inForce = version === null || version === versions.find(({ state }) => state === 'published');
  const title = titleIn(voice, listed);
  const description = descriptionIn(voice, listed);
  return (
    <Layout
      context={context}
      title={title}
      {...(description !== null && { description })}
      crumbs={[{ label: voice.say('schemas.title'), href: urls.schemas() }]}
    >
      <h1>{title}</h1>
      {description !== null && <p class="lead">{voice.typeset(description)}</p>}
      <p class="facts">
        <span>{listed.national ?? voice.say('schemas.local')}</span>
        {listed.version !== null && <span>{voice.say('schemas.version', { version: listed.version })}</span>}
      </p>
      {!inForce && version !== null && <Standing voice={voice} version={version} versions={versions} />}
      {version !== null && <Decided voice={voice} version={version} />}
      {reason !== null && (
        <section aria-labelledby="why">
          <h2 id="why">{voice.say('schemas.why')}</h2>
          <p>{voice.typeset(voice.lang === 'en' ? reason.en : reason.fr)}</p>
        </section>
      )}
      {version?.state === 'commenting' && comparison !== null && <Changes voice={voice} comparison={comparison} />}
      {version !== null && (
        <Comments
          context={context}
          version={version}
          comments={data.comments}
          open={data.commentsOpen}
          mail={data.contact}
        />
      )}
      {loaded.kind === 'table' ? (
        <Table voice={voice} name={listed.name} schema={loaded.schema} fill={inForce} />
      ) : (
        <p>{voice.say('schemas.document')}</p>
      )}
      <Versions voice={voice} versions={versions} shipped={shipped} name={listed.name} />
      <p class="stage-ends">
        <a
          href={twinOf(version === null ? urls.schema(listed.name) : urls.schemaVersion(listed.name, version.version))}
        >
          {voice.say('schemas.descriptor')}
        </a>
        {data.mayWrite && data.onItsWay && <a href={urls.schemaEdit(listed.name)}>{voice.say('schemas.edit')}</a>}
      </p>
      {data.mayWrite && !data.onItsWay && listed.national === null && loaded.kind === 'table' && (
        <form method="post" action={urls.newSchema()}>
          <input type="hidden" name="from" value={listed.name} />
          <button type="submit">{voice.say('schemas.next')}</button>
        </form>
      )}
    </Layout>
  );
}

/** What a version is when it is not the one in force. */
function Standing({
  voice,
  version,
  versions,
}: {
  readonly voice: Voice;
  readonly version: SchemaVersion;
  readonly versions: readonly SchemaVersion[];
}) {
  return (
    <p class="note">
      <span class={`pill ${version.state === 'published' ? '' : 'due'}`}>
        {voice.say(`schemas.state.${version.state}`)}
      </span>{' '}
      {voice.say('schemas.version.older')}{' '}
      {versions.some(({ state }) => state === 'published') && (
        <a href={urls.schema(version.name)}>{voice.say('schemas.version.current')}</a>
      )}
    </p>
  );
}

function Table({
  voice,
  name,
  schema,
  fill,
}: {
  readonly voice: Voice;
  readonly name: string;
  readonly schema: TableSchema;
  /** Whether files to fill are offered: those of the version in force. */
  readonly fill: boolean;
}) {
  const caption = voice.say('schemas.table');
  return (
    <>
      {fill && (
        <section aria-labelledby="fill" class="card">
          <h2 id="fill">{voice.say('schemas.fill')}</h2>
          <p>{voice.say('schemas.fill.text')}</p>
          <p class="stage-ends">
            <a class="button" href={urls.schemaTemplate(name, 'xlsx')} download>
              {voice.say('schemas.fill.xlsx')}
            </a>
            <a href={urls.schemaTemplate(name, 'csv')} download>
              {voice.say('schemas.fill.csv')}
            </a>
            <a href={urls.desk()}>{voice.say('schemas.deposit')}</a>
          </p>
        </section>
      )}
      <section aria-labelledby="columns">
        <h2 id="columns">{voice.say('schemas.columns')}</h2>
        <div class="scroll" tabindex={0} role="region" aria-label={caption}>
          <table>
            <caption class="visually-hidden">{caption}</caption>
            <thead>
              <tr>
                {(['name', 'type', 'required', 'meaning', 'example'] as const).map((column) => (
                  <th scope="col" key={column}>
                    {voice.say(`schemas.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {schema.fields.map((field) => (
                <Row voice={voice} field={field} key={field.name} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {schema.sources.length > 0 && (
        <section aria-labelledby="sources">
          <h2 id="sources">{voice.say('schemas.sources')}</h2>
          <ul>
            {schema.sources.map(({ title, path }) => (
              <li key={path}>
                <a href={path} rel="external" lang={voice.written}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Row({ voice, field }: { readonly voice: Voice; readonly field: SchemaField }) {
  const { name, type, title, titleEn, description, example, constraints } = field;
  const label = (voice.lang === 'en' ? titleEn : null) ?? title;
  const choices = constraints.enum ?? [];
  return (
    <tr>
      <th scope="row">
        <code>{name}</code>
      </th>
      <td>{voice.say(`schemas.type.${type}` as MessageKey)}</td>
      <td>{voice.say(isRequired(field) ? 'schemas.required' : 'schemas.optional')}</td>
      <td>
        {label !== null && <strong>{label}</strong>} {description !== null && voice.typeset(description)}
        {choices.length > 0 && (
          <>
            {' '}
            {voice.say('schemas.choices', { choices: choices.slice(0, choicesShown).join(', ') })}
            {choices.length > choicesShown && '…'}
          </>
        )}
      </td>
      <td lang={voice.written}>{example ?? ''}</td>
    </tr>
  );
}
