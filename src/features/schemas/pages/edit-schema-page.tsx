// The form of a schema: its columns one by one, what it changes for others, then comments, decision and publication. No script.
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { SchemaInput } from '../form.ts';
import type { Comparison, Fault, SchemaVersion } from '../schemas.ts';
import { decisions } from '../schemas.ts';
import { FieldForm } from './field-form.tsx';
import { Changes, Decided } from './version-parts.tsx';

export type EditSchemaData = {
  readonly name: string;
  readonly version: SchemaVersion;
  readonly input: SchemaInput;
  readonly faults: readonly Fault[];
  readonly comparison: Comparison | null;
  /** The column that was just touched: it stands open. */
  readonly at: number | null;
  readonly saved: boolean;
  /** The last day of comments that is suggested, and whether a decision may be taken today. */
  readonly until: string;
  readonly decidable: boolean;
};

type Props = { readonly context: PageContext; readonly data: EditSchemaData };

export function EditSchemaPage({ context, data }: Props) {
  const { voice } = context;
  const { name, version, input, faults, comparison, saved } = data;
  const title = voice.say('schemas.edit.title', { title: input.title || name });
  const editable = version.state === 'draft' || version.state === 'amending';
  return (
    <Layout
      context={context}
      title={title}
      crumbs={[
        { label: voice.say('schemas.title'), href: urls.schemas() },
        { label: input.title || name, href: urls.schema(name) },
      ]}
    >
      <h1>{title}</h1>
      <p class="facts">
        <span class="pill due">{voice.say(`schemas.state.${version.state}`)}</span>
        <span>{voice.say('schemas.edit.number', { version: version.version })}</span>
      </p>
      {saved && (
        <p role="status" class="note">
          {voice.say('schemas.edit.saved')}
        </p>
      )}
      {faults.length > 0 && <Faults voice={voice} faults={faults} />}
      {editable ? <Form voice={voice} data={data} /> : <p class="note">{voice.say('schemas.edit.closed')}</p>}
      {comparison !== null && <Changes voice={voice} comparison={comparison} />}
      <Decided voice={voice} version={version} />
      <Next voice={voice} data={data} />
    </Layout>
  );
}

function Faults({ voice, faults }: { readonly voice: Voice; readonly faults: readonly Fault[] }) {
  return (
    <div class="refusal" role="alert">
      <p>
        <strong>{voice.count('schemas.faults.one', 'schemas.faults.many', faults.length)}</strong>
      </p>
      <ul>
        {faults.map(({ field, code, about }) => (
          <li key={`${field} ${code}`}>
            <a href={field === null ? '#title' : `#column-${field}`}>
              {voice.say(`schemas.fault.${code}`, { number: (field ?? 0) + 1, about })}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Form({ voice, data }: { readonly voice: Voice; readonly data: EditSchemaData }) {
  const { name, input, faults, at } = data;
  const wrong = new Set(faults.map(({ field }) => field));
  return (
    <form method="post" action={urls.schemaEdit(name)} class="stack schema-form">
      <input type="hidden" name="count" value={input.fields.length} />
      <label for="title">{voice.say('schemas.new.title')}</label>
      <input id="title" name="title" value={input.title} maxLength={200} required />
      <label for="description">{voice.say('schemas.edit.description')}</label>
      <textarea id="description" name="description" rows={3} maxLength={4000}>
        {input.description}
      </textarea>
      <p>
        <button type="submit" name="do" value="save">
          {voice.say('schemas.edit.save')}
        </button>
      </p>
      <h2>{voice.say('schemas.edit.columns')}</h2>
      {input.fields.map((field, index) => (
        <FieldForm
          key={`${index} ${field.name}`}
          voice={voice}
          field={field}
          index={index}
          last={input.fields.length - 1}
          open={index === at || wrong.has(index)}
        />
      ))}
      <p class="stage-ends">
        <button type="submit" name="do" value="add" class="quiet" formNoValidate>
          {voice.say('schemas.edit.add')}
        </button>
        <button type="submit" name="do" value="save">
          {voice.say('schemas.edit.save')}
        </button>
      </p>
    </form>
  );
}

/** What comes next: comments of a draft, the decision once they are over, the publication of what was amended. */
function Next({ voice, data }: { readonly voice: Voice; readonly data: EditSchemaData }) {
  const { name, version, faults, until, decidable } = data;
  if (version.state === 'amending')
    return faults.length > 0 ? null : (
      <form method="post" action={urls.schemaAct(name, 'publish')}>
        <button type="submit">{voice.say('schemas.publish')}</button>
      </form>
    );
  if (version.state === 'commenting') return <Decide voice={voice} data={data} decidable={decidable} />;
  return (
    <>
      {faults.length === 0 && (
        <form method="post" action={urls.schemaAct(name, 'window')} class="stack narrow card">
          <h2>{voice.say('schemas.window')}</h2>
          <p>{voice.say('schemas.window.lead')}</p>
          <label for="until">{voice.say('schemas.window.until')}</label>
          <input id="until" name="until" type="date" value={until} required />
          <button type="submit">{voice.say('schemas.window.open')}</button>
        </form>
      )}
      <form method="post" action={urls.schemaAct(name, 'abandon')}>
        <button type="submit" class="quiet">
          {voice.say('schemas.edit.abandon')}
        </button>
      </form>
    </>
  );
}

function Decide({
  voice,
  data: { name, version },
  decidable,
}: {
  readonly voice: Voice;
  readonly data: EditSchemaData;
  readonly decidable: boolean;
}) {
  const last = version.comments?.until ?? '';
  return (
    <section aria-labelledby="decide" class="narrow card stack">
      <h2 id="decide">{voice.say('schemas.decide')}</h2>
      <p>
        <a href={urls.schemaVersion(name, version.version)}>{voice.say('schemas.comments')}</a>
      </p>
      {decidable ? (
        <form method="post" action={urls.schemaAct(name, 'decision')} class="stack">
          <fieldset>
            <legend>{voice.say('schemas.decide.word')}</legend>
            {decisions.map((word) => (
              <p key={word}>
                <label>
                  <input type="radio" name="word" value={word} required /> {voice.say(`schemas.decide.${word}`)}
                </label>
              </p>
            ))}
          </fieldset>
          <label for="reason">{voice.say('schemas.decide.reason')}</label>
          <textarea id="reason" name="reason" rows={3} maxLength={4000} required />
          <button type="submit">{voice.say('schemas.decide.button')}</button>
        </form>
      ) : (
        <p>{voice.say('schemas.decide.wait', { date: voice.date(new Date(last)) })}</p>
      )}
    </section>
  );
}
