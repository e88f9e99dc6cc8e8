// The frame of the seven steps: where one is, what was kept, what is left to settle, the way back.
import type { ComponentChildren } from 'preact';
import type { MessageKey, Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { placeOf } from '../rules.ts';
import { type Draft, type StageName, stages } from '../schemas.ts';

/** Something that a form was refused for, with the field where it is put right. */
export type FormRefusal = { readonly field: string; readonly sentence: string };

type WizardProps = {
  readonly context: PageContext;
  readonly draft: Draft;
  readonly stage: StageName;
  readonly title: string;
  readonly lead?: string;
  readonly refusals?: readonly FormRefusal[];
  /** Seconds after which the page asks for itself again; never by default. */
  readonly reloadAfter?: number;
  readonly children: ComponentChildren;
};

export function Wizard(props: WizardProps) {
  const { context, draft, stage, title, lead, refusals = [], children } = props;
  const { voice } = context;
  const place = placeOf(stage);
  const heading = refusals.length === 0 ? title : `${voice.say('stage.error')} : ${title}`;
  return (
    <Layout
      context={context}
      title={`${heading} · ${voice.say('stage.place', { place })}`}
      crumbs={[{ label: voice.say('desk.title'), href: urls.desk() }]}
      twin={false}
    >
      <Progress voice={voice} draft={draft} stage={stage} />
      <RefusalSummary voice={voice} refusals={refusals} />
      <p class="producer">
        {voice.say('stage.for', { organization: draft.organization.name })}
        {draft.datasetId !== null && ` · ${draft.datasetId}`}
      </p>
      <h1>{title}</h1>
      {lead !== undefined && <p class="lead">{lead}</p>}
      {children}
      <p class="source stage-kept">{voice.say('stage.saved')}</p>
    </Layout>
  );
}

function Progress({
  voice,
  draft,
  stage,
}: {
  readonly voice: Voice;
  readonly draft: Draft;
  readonly stage: StageName;
}) {
  return (
    <nav class="stages" aria-label={voice.say('stage.list')}>
      <ol>
        {stages.map((name, index) => {
          const label = voice.say(`stage.${name}` as MessageKey);
          const reached = index < draft.reached;
          const text = (
            <>
              <span class="stage-number">{index + 1}</span> {label}
              {reached && name !== stage && <span class="visually-hidden"> ({voice.say('stage.done')})</span>}
            </>
          );
          return (
            <li key={name} class={name === stage ? 'here' : reached ? 'reached' : undefined}>
              {reached || name === stage ? (
                <a href={urls.draftPart(draft.id, name)} aria-current={name === stage ? 'step' : undefined}>
                  {text}
                </a>
              ) : (
                <span>{text}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** What is wrong, first and focused, each leading to its field (WCAG 3.3.1). */
export function RefusalSummary({
  voice,
  refusals,
}: {
  readonly voice: Voice;
  readonly refusals: readonly FormRefusal[];
}) {
  if (refusals.length === 0) return null;
  return (
    <div class="refusal" role="alert" tabindex={-1} autofocus id="refusal">
      <h2>{voice.say('stage.refused')}</h2>
      <ul>
        {refusals.map(({ field, sentence }) => (
          <li key={field}>
            <a href={`#${field}`}>{voice.typeset(sentence)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The same words at the field itself. */
export function FieldRefusal({
  voice,
  refusals,
  field,
}: {
  readonly voice: Voice;
  readonly refusals: readonly FormRefusal[];
  readonly field: string;
}) {
  const refusal = refusals.find((each) => each.field === field);
  if (refusal === undefined) return null;
  return (
    <p class="field-refusal" id={`${field}-refusal`}>
      {voice.say('stage.error')} : {voice.typeset(refusal.sentence)}
    </p>
  );
}

/** On to the next step, and the way back. */
export function StageEnds({
  voice,
  draft,
  stage,
  next,
}: {
  readonly voice: Voice;
  readonly draft: Draft;
  readonly stage: StageName;
  /** The address of the next step, when going on changes nothing; else the form has its own button. */
  readonly next?: string;
}) {
  const previous = stages[stages.indexOf(stage) - 1];
  return (
    <p class="stage-ends">
      {next !== undefined && (
        <a class="button" href={next}>
          {voice.say('stage.next')}
        </a>
      )}
      {previous !== undefined && <a href={urls.draftPart(draft.id, previous)}>{voice.say('stage.back')}</a>}
    </p>
  );
}
