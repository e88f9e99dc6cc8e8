// How the columns of a producer's file are read: one line for each field of the schema, with what was proposed.
import type { FieldMapping } from '../../../model/mapping.ts';
import { isRequired, type SchemaField } from '../../../model/schema.ts';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { Consolidation, Contribution } from '../schemas.ts';

export type ContributionPageData = {
  readonly consolidation: Consolidation;
  readonly contribution: Contribution;
  readonly fields: readonly SchemaField[];
  /** The columns of the file, each with some of its values. */
  readonly columns: readonly { readonly title: string; readonly examples: readonly string[] }[];
  /** What is decided, and for the other fields what is proposed. */
  readonly mapping: readonly FieldMapping[];
  /** Producers whose mapping taught the one of a field. */
  readonly teachers: Readonly<Record<string, readonly string[]>>;
  readonly saved: boolean;
};

type Props = { readonly context: PageContext; readonly data: ContributionPageData };

export function ContributionPage({ context, data }: Props) {
  const { voice } = context;
  const { consolidation, contribution, fields, saved } = data;
  const title = voice.say('harmonisation.columns.of', { title: contribution.title });
  return (
    <Layout
      context={context}
      title={title}
      crumbs={[
        { label: voice.say('harmonisation.title'), href: urls.harmonisation() },
        { label: consolidation.title, href: urls.consolidation(consolidation.id) },
      ]}
    >
      <h1>{title}</h1>
      {saved && (
        <p role="status" class="notice">
          {voice.say('harmonisation.saved')}
        </p>
      )}
      <p class="lead">{voice.say('harmonisation.columns.lead')}</p>
      {contribution.state === 'broken' && (
        <p class="note" role="alert">
          {voice.say('mapping.broken', {
            columns: [...contribution.missingColumns, ...contribution.missingFields].join(', '),
          })}
        </p>
      )}
      <form method="post" action={urls.contribution(consolidation.id, contribution.datasetId)}>
        <div class="scroll" role="region" aria-label={title} tabindex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{voice.say('harmonisation.field')}</th>
                <th scope="col">{voice.say('harmonisation.column')}</th>
                <th scope="col">{voice.say('harmonisation.examples')}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <FieldLine context={context} data={data} field={field} key={field.name} />
              ))}
            </tbody>
          </table>
        </div>
        <p class="stage-ends">
          <button type="submit">{voice.say('harmonisation.save')}</button>
        </p>
      </form>
      <form method="post" action={urls.contribution(consolidation.id, contribution.datasetId)}>
        <input type="hidden" name="leave" value="yes" />
        <button type="submit" class="quiet">
          {voice.say('harmonisation.leave')}
        </button>
      </form>
    </Layout>
  );
}

function FieldLine({ context: { voice }, data, field }: Props & { readonly field: SchemaField }) {
  const { columns, mapping } = data;
  const chosen = mapping.find((each) => each.field === field.name);
  const title = (voice.lang === 'en' ? field.titleEn : null) ?? field.title ?? field.name;
  const column = chosen?.columns[0] ?? '';
  const constant = chosen?.transform === 'constant' ? (chosen.text ?? '') : '';
  const examples = columns.find((each) => each.title === column)?.examples ?? [];
  return (
    <tr>
      <th scope="row">
        <label for={`column-${field.name}`}>{title}</label>
        {isRequired(field) && <span class="source"> ({voice.say('harmonisation.required')})</span>}
        {field.example !== null && <p class="source">{field.example}</p>}
      </th>
      <td>
        <select id={`column-${field.name}`} name={`column.${field.name}`}>
          <option value="">{voice.say('harmonisation.none.column')}</option>
          {columns.map((each) => (
            <option value={each.title} selected={each.title === column} key={each.title}>
              {each.title}
            </option>
          ))}
        </select>
        {chosen !== undefined && <p class="source">{reasonOf(voice, chosen, data.teachers[field.name] ?? [])}</p>}
        {chosen !== undefined && !chosen.sure && <span class="pill due">{voice.say('harmonisation.unsure')}</span>}
        <p>
          <label for={`constant-${field.name}`} class="source">
            {voice.say('harmonisation.constant')}
          </label>{' '}
          <input
            id={`constant-${field.name}`}
            name={`constant.${field.name}`}
            value={constant}
            maxLength={300}
            aria-label={voice.say('harmonisation.constant.of', { field: title })}
          />
        </p>
      </td>
      <td>
        {examples.slice(0, 5).join(' · ')}
        {Object.entries(chosen?.values ?? {})
          .slice(0, 5)
          .map(([from, to]) => (
            <p class="source" key={from}>
              {voice.say('harmonisation.becomes', { from, to })}
            </p>
          ))}
      </td>
    </tr>
  );
}

/** Why a column was taken: who taught it counts more than how its name looks. */
function reasonOf(voice: Voice, { reason }: FieldMapping, teachers: readonly string[]): string {
  const said =
    teachers.length > 0 && reason === 'learned'
      ? voice.say('mapping.reason.learned.of', { names: teachers.slice(0, 3).join(', ') })
      : voice.say(`mapping.reason.${reason}`);
  return voice.say('mapping.why', { reason: said });
}
