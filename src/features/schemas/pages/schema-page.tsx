// A model: what it is for, its columns one by one, empty files to fill, where its facts come from.
import { isRequired, type LoadedSchema, type SchemaField, type TableSchema } from '../../../model/schema.ts';
import type { MessageKey, Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { twinOf, urls } from '../../../web/urls.ts';
import type { ListedSchema } from '../rules.ts';
import { descriptionIn, titleIn } from './schemas-page.tsx';

type Props = { readonly context: PageContext; readonly listed: ListedSchema; readonly loaded: LoadedSchema };

/** Choices shown in a cell: the file to fill has them all. */
const choicesShown = 8;

export function SchemaPage({ context, listed, loaded }: Props) {
  const { voice } = context;
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
      {loaded.kind === 'table' ? (
        <Table voice={voice} name={listed.name} schema={loaded.schema} />
      ) : (
        <p>{voice.say('schemas.document')}</p>
      )}
      <p>
        <a href={twinOf(urls.schema(listed.name))}>{voice.say('schemas.descriptor')}</a>
      </p>
    </Layout>
  );
}

function Table({
  voice,
  name,
  schema,
}: {
  readonly voice: Voice;
  readonly name: string;
  readonly schema: TableSchema;
}) {
  const caption = voice.say('schemas.table');
  return (
    <>
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
