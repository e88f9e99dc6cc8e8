// Step 7, « Relisez et publiez »: what is left to settle, what everyone will see, what happens next.
import type { Treatment } from '../../../model/finding.ts';
import { frequencyById, licenceById } from '../../../model/reference.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { type Obstacle, obstacleStages, proposedSaid } from '../rules.ts';
import type { Draft } from '../schemas.ts';
import { PreviewTable } from './preview-table.tsx';
import { type FormRefusal, StageEnds, Wizard } from './wizard.tsx';

type Props = {
  readonly context: PageContext;
  readonly draft: Draft;
  readonly obstacles: readonly Obstacle[];
  readonly treatments: readonly Treatment[];
  /** Whether another person must read it before it is public. */
  readonly secondReading: boolean;
  /** What the dataset that exists is called and says; null for a new one. */
  readonly existing: Shown | null;
  readonly refusals?: readonly FormRefusal[];
};

type Shown = {
  readonly title: string;
  readonly description: string;
  readonly licence: string;
  readonly frequency: string;
};

export function PublishPage(props: Props) {
  const { context, draft, obstacles, treatments, secondReading, existing, refusals = [] } = props;
  const { voice } = context;
  const said = proposedSaid(draft);
  const shown: Shown = existing ?? {
    title: said.title ?? '',
    description: said.description ?? '',
    licence: said.licence ?? '',
    frequency: said.frequency ?? '',
  };
  return (
    <Wizard context={context} draft={draft} stage="publish" title={voice.say('publish.desk.title')} refusals={refusals}>
      {obstacles.length > 0 && (
        <section aria-labelledby="left" class="refusal">
          <h2 id="left">{voice.say('publish.desk.left')}</h2>
          <ul>
            {obstacles.map((obstacle) => (
              <li key={obstacle}>
                <a href={urls.draftPart(draft.id, obstacleStages[obstacle])}>{voice.say(`obstacle.${obstacle}`)}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="preview" class="card preview">
        <h2 id="preview">{voice.say('publish.desk.preview')}</h2>
        <Shown context={context} draft={draft} shown={shown} treatments={treatments} />
      </section>
      <section aria-labelledby="next">
        <h2 id="next">{voice.say('publish.desk.next')}</h2>
        <ul>
          <li>{voice.say(secondReading ? 'publish.desk.next.reading' : 'publish.desk.next.public')}</li>
          <li>{voice.say('publish.desk.next.undo')}</li>
        </ul>
      </section>
      {obstacles.length === 0 && (
        <form method="post" action={urls.draftPart(draft.id, 'publish')}>
          <p class="stage-ends">
            <button type="submit">
              {draft.datasetId === null
                ? voice.say('publish.desk.button', { title: shown.title })
                : voice.say('publish.desk.button.version')}
            </button>
          </p>
        </form>
      )}
      <StageEnds voice={voice} draft={draft} stage="publish" />
      <details>
        <summary>{voice.say('stage.abandon')}</summary>
        <form method="post" action={urls.draftPart(draft.id, 'abandon')}>
          <p>{voice.say('stage.abandon.sure')}</p>
          <button type="submit" class="quiet">
            {voice.say('stage.abandon')}
          </button>
        </form>
      </details>
    </Wizard>
  );
}

function Shown({
  context: { voice },
  draft,
  shown,
  treatments,
}: Pick<Props, 'context' | 'draft' | 'treatments'> & { readonly shown: Shown }) {
  const { examination } = draft;
  const licence = licenceById(shown.licence);
  const frequency = frequencyById(shown.frequency);
  const named = (kind: Treatment['kind']) =>
    treatments
      .filter((each) => each.kind === kind)
      .map(({ column }) => examination?.fields.find(({ name }) => name === column)?.title ?? column);
  const [removed, masked] = [named('remove'), named('mask')];
  return (
    <>
      <p class="preview-title" lang={voice.written}>
        {shown.title}
      </p>
      <p class="producer">{draft.organization.name}</p>
      <p lang={voice.written}>{voice.typeset(shown.description)}</p>
      <dl class="preview-facts">
        <div>
          <dt>{voice.say('publish.desk.licence')}</dt>
          <dd>{licence === null ? shown.licence : voice.of(licence.title)}</dd>
        </div>
        <div>
          <dt>{voice.say('publish.desk.frequency')}</dt>
          <dd>{frequency === null ? shown.frequency : voice.of(frequency.label)}</dd>
        </div>
      </dl>
      {removed.length > 0 && <p>{voice.say('publish.desk.removed', { columns: removed.join(', ') })}</p>}
      {masked.length > 0 && <p>{voice.say('publish.desk.masked', { columns: masked.join(', ') })}</p>}
      {examination !== null && (
        <PreviewTable
          voice={voice}
          caption={voice.say('publish.desk.rows', {
            rows: voice.number(examination.rows),
            columns: voice.number(examination.fields.length - removed.length),
          })}
          examination={examination}
          treatments={treatments}
        />
      )}
    </>
  );
}
