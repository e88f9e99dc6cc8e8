// Step 3, « On vérifie ensemble »: what was read, the model it is checked against, the report, and what was already done.
import type { Examination } from '../../../model/examination.ts';
import { reportHeadline, reportOf } from '../../../model/report.ts';
import { stepSentence } from '../../../model/step-sentence.ts';
import type { Voice } from '../../../web/language.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { nextStage, sureSteps } from '../rules.ts';
import type { Draft } from '../schemas.ts';
import { PlacesMap } from './places-map.tsx';
import { PreviewTable } from './preview-table.tsx';
import { ReportItems } from './report-items.tsx';
import { type FormRefusal, StageEnds, Wizard } from './wizard.tsx';

export type SchemaChoice = { readonly name: string; readonly title: string };

type Props = {
  readonly context: PageContext;
  readonly draft: Draft;
  /** The schemas that may be chosen, by title. */
  readonly schemas: readonly SchemaChoice[];
  /** How many fixes of the last version still hold for this file. */
  readonly lastCorrections: number;
  readonly refusals?: readonly FormRefusal[];
};

export function CheckPage({ context, draft, schemas, lastCorrections, refusals = [] }: Props) {
  const { voice } = context;
  const { examination } = draft;
  return (
    <Wizard context={context} draft={draft} stage="check" title={voice.say('check.title')} refusals={refusals}>
      {examination === null ? (
        <Reading voice={voice} draft={draft} />
      ) : (
        <>
          <WhatWasRead voice={voice} draft={draft} examination={examination} />
          <TableChoice voice={voice} draft={draft} examination={examination} />
          <SchemaChoices voice={voice} draft={draft} examination={examination} schemas={schemas} />
          <ReportSection voice={voice} draft={draft} examination={examination} lastCorrections={lastCorrections} />
          <Done voice={voice} draft={draft} examination={examination} />
          <PlacesMap voice={voice} examination={examination} />
          <PreviewTable voice={voice} caption={voice.say('check.preview')} examination={examination} treatments={[]} />
          <StageEnds
            voice={voice}
            draft={draft}
            stage="check"
            next={urls.draftPart(draft.id, nextStage('check', draft))}
          />
        </>
      )}
    </Wizard>
  );
}

/** Long files: the page asks again by itself (see the route's Refresh header), and has a link for those who stopped that. */
function Reading({ voice, draft }: { readonly voice: Voice; readonly draft: Draft }) {
  return (
    <div class="card" role="status">
      <p>
        <strong>{voice.say('check.reading')}</strong>
      </p>
      <p>{voice.say('check.reading.long')}</p>
      <p>
        <a href={urls.draftPart(draft.id, 'check')}>{voice.say('check.reload')}</a>
      </p>
    </div>
  );
}

type Seen = { readonly voice: Voice; readonly draft: Draft; readonly examination: Examination };

function WhatWasRead({ voice, draft, examination }: Seen) {
  const { headerRow, rows, fields } = examination;
  const facts = {
    name: draft.file?.name ?? '',
    rows: voice.number(rows),
    columns: voice.number(fields.length),
    header: headerRow ?? 0,
  };
  return <p class="lead">{voice.say(headerRow === null ? 'check.read.noHeader' : 'check.read', facts)}</p>;
}

function TableChoice({ voice, draft, examination }: Seen) {
  const { tables, table } = examination;
  if (tables.length < 2) return null;
  return (
    <section aria-labelledby="tables" class="card">
      <h2 id="tables">{voice.say('check.tables')}</h2>
      <form method="post" action={urls.draftPart(draft.id, 'table')}>
        <fieldset class="plain-set">
          <legend>{voice.say('check.tables.legend')}</legend>
          <ul class="choices">
            {tables.map(({ name, rows, columns }, index) => (
              <li key={name}>
                <input type="radio" name="table" id={`table-${index}`} value={name} checked={name === table} />
                <label for={`table-${index}`}>
                  {voice.say('check.tables.item', {
                    name,
                    rows: voice.number(rows),
                    columns: voice.number(columns),
                  })}
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <button type="submit" class="quiet">
          {voice.say('check.tables.button')}
        </button>
      </form>
    </section>
  );
}

function SchemaChoices({ voice, draft, examination, schemas }: Seen & { readonly schemas: readonly SchemaChoice[] }) {
  const { schema, proposals } = examination;
  const titleOf = (name: string) => schemas.find((each) => each.name === name)?.title ?? name;
  const [likely] = proposals;
  const proposed = likely !== undefined && likely.name !== schema && draft.schema === null ? likely.name : null;
  const chosen = proposed ?? schema ?? '';
  return (
    <details class="card" open={proposed !== null}>
      <summary>
        {schema === null ? voice.say('check.schema.none') : voice.say('check.schema.used', { title: titleOf(schema) })}{' '}
        {proposed !== null && <strong>{voice.say('check.schema.proposed', { title: titleOf(proposed) })}</strong>}
      </summary>
      <form method="post" action={urls.draftPart(draft.id, 'schema')} class="inline-form">
        <label for="schema-name">{voice.say('check.schema.label')}</label>
        <select id="schema-name" name="schema">
          <option value="" selected={chosen === ''}>
            {voice.say('check.schema.nothing')}
          </option>
          {schemas.map(({ name, title }) => (
            <option value={name} selected={name === chosen} key={name}>
              {title}
            </option>
          ))}
        </select>
        <button type="submit" class="quiet">
          {voice.say('check.schema.button')}
        </button>
      </form>
    </details>
  );
}

function ReportSection({ voice, draft, examination, lastCorrections }: Seen & { readonly lastCorrections: number }) {
  const report = reportOf(examination.problems);
  const sure = sureSteps(report).length;
  return (
    <section aria-labelledby="report" class="report">
      <h2 id="report" tabindex={-1}>
        {voice.say('check.report')}
      </h2>
      <p class={report.blocked ? 'headline bad' : 'headline good'}>
        <strong>{voice.typeset(reportHeadline(report, voice.lang))}</strong>
      </p>
      {lastCorrections > 0 && (
        <form method="post" action={urls.draftPart(draft.id, 'replay')} class="inline-form">
          <p>{voice.say('check.last', { count: voice.number(lastCorrections) })}</p>
          <button type="submit">{voice.say('check.last.button')}</button>
        </form>
      )}
      {sure > 0 && (
        <form method="post" action={urls.draftPart(draft.id, 'correct')}>
          <button type="submit" name="all" value="1">
            {voice.count('check.all.one', 'check.all.many', sure)}
          </button>
        </form>
      )}
      <ReportItems voice={voice} draft={draft} report={report} />
      {report.items.some(({ problem }) => problem.code === 'column.required') && (
        <form method="post" action={urls.draftPart(draft.id, 'schema')} class="inline-form note">
          <p>{voice.say('check.without.text')}</p>
          <input type="hidden" name="schema" value="" />
          <button type="submit" class="quiet">
            {voice.say('check.without')}
          </button>
        </form>
      )}
      {report.blocked && <p class="note">{voice.say('check.blocked')}</p>}
    </section>
  );
}

function Done({ voice, draft, examination }: Seen) {
  const { steps } = draft;
  const { hits, setAsideRows } = examination.corrections;
  if (steps.length === 0) return null;
  const action = urls.draftPart(draft.id, 'undo');
  return (
    <section aria-labelledby="done">
      <h2 id="done" tabindex={-1}>
        {voice.say('check.done')}
      </h2>
      {setAsideRows > 0 && <p>{voice.count('check.aside.one', 'check.aside.many', setAsideRows)}</p>}
      <ol class="steps-done">
        {steps.map((step, index) => {
          const sentence = voice.typeset(stepSentence(step, voice.lang));
          const found = hits[index] ?? 0;
          return (
            <li key={index}>
              <span>
                {sentence}{' '}
                <span class="source">
                  {found === 0
                    ? voice.say('check.done.nothing')
                    : voice.count('check.done.hits.one', 'check.done.hits.many', found)}
                </span>
              </span>
              <form method="post" action={action}>
                <button
                  type="submit"
                  name="place"
                  value={String(index)}
                  class="quiet small"
                  aria-label={voice.say('check.undo.of', { step: sentence })}
                >
                  {voice.say('check.undo')}
                </button>
              </form>
            </li>
          );
        })}
      </ol>
      <p class="stage-ends">
        <a href={urls.draftPart(draft.id, 'corrected')} download>
          {voice.say('check.corrected')}
        </a>
      </p>
      <form method="post" action={action}>
        <button type="submit" name="place" value="all" class="quiet small">
          {voice.say('check.undo.all')}
        </button>
      </form>
    </section>
  );
}
