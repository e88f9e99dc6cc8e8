// The list of models: those of the State first, then those of the territory.
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { ListedSchema } from '../rules.ts';
import type { SchemaVersion } from '../schemas.ts';

type Props = {
  readonly context: PageContext;
  readonly data: {
    readonly schemas: readonly ListedSchema[];
    /** Versions open to comments. */
    readonly discussed: readonly SchemaVersion[];
    readonly mayWrite: boolean;
  };
};

export function SchemasPage({ context, data }: Props) {
  const { voice } = context;
  const { schemas, discussed, mayWrite } = data;
  const own = schemas.filter(({ national }) => national === null);
  const national = schemas.filter((each) => each.national !== null);
  return (
    <Layout context={context} title={voice.say('schemas.title')} description={voice.say('schemas.lead')} crumbs={[]}>
      <h1>{voice.say('schemas.title')}</h1>
      <p class="lead">{voice.say('schemas.lead')}</p>
      {mayWrite && (
        <p>
          <a class="button" href={urls.newSchema()}>
            {voice.say('schemas.new')}
          </a>
        </p>
      )}
      {discussed.length > 0 && (
        <section aria-labelledby="discussed" class="note">
          <h2 id="discussed">{voice.say('schemas.discussed')}</h2>
          <ul>
            {discussed.map(({ id, name, version, descriptor, comments }) => (
              <li key={id}>
                <a href={urls.schemaVersion(name, version)}>
                  {voice.say('schemas.discussed.line', {
                    title: String(descriptor['title'] ?? name),
                    version,
                    date: voice.date(new Date(comments?.until ?? '')),
                  })}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <List voice={voice} id="own" title={voice.say('schemas.own')} schemas={own} />
      <List voice={voice} id="national" title={voice.say('schemas.national')} schemas={national} />
    </Layout>
  );
}

function List({
  voice,
  id,
  title,
  schemas,
}: {
  readonly voice: Voice;
  readonly id: string;
  readonly title: string;
  readonly schemas: readonly ListedSchema[];
}) {
  if (schemas.length === 0) return null;
  const sorted = schemas.toSorted((a, b) => titleIn(voice, a).localeCompare(titleIn(voice, b), voice.lang));
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="datasets cards">
        {sorted.map((schema) => (
          <li key={schema.name}>
            <article>
              <h3>
                <a href={urls.schema(schema.name)}>{titleIn(voice, schema)}</a>
              </h3>
              <p class="excerpt">{voice.typeset(descriptionIn(voice, schema) ?? '')}</p>
              <p class="facts">
                {schema.columns !== null && (
                  <span>{voice.count('schemas.columns.one', 'schemas.columns.many', schema.columns)}</span>
                )}
                <span>{schema.national ?? schema.name}</span>
                {schema.version !== null && <span>{schema.version}</span>}
              </p>
            </article>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function titleIn({ lang }: Voice, { title, titleEn }: ListedSchema): string {
  return (lang === 'en' ? titleEn : null) ?? title;
}

export function descriptionIn({ lang }: Voice, { description, descriptionEn }: ListedSchema): string | null {
  return (lang === 'en' ? descriptionEn : null) ?? description;
}
