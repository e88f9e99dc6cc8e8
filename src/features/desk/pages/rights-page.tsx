// Step 4, « A-t-on le droit ? »: what becomes of each column where persons were found, the six questions, where that leads.
import { openingBases, openingHelp, openingQuestions, openingStates } from '../../../model/messages/opening.ts';
import { answerValues, type QuestionId, questionIds } from '../../../model/opening.ts';
import type { MessageKey, Voice } from '../../../web/language.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { Review } from '../../opening/schemas.ts';
import { nextStage, rightsOf } from '../rules.ts';
import type { Draft } from '../schemas.ts';
import { ColumnChoices, ReasonFields } from './column-choices.tsx';
import { type FormRefusal, StageEnds, Wizard } from './wizard.tsx';

type Props = {
  readonly context: PageContext;
  readonly draft: Draft;
  /** Null as long as the file was not looked at. */
  readonly review: Review | null;
  readonly refusals?: readonly FormRefusal[];
};

export function RightsPage({ context, draft, review, refusals = [] }: Props) {
  const { voice } = context;
  const waits = review?.state === 'asked';
  return (
    <Wizard
      context={context}
      draft={draft}
      stage="rights"
      title={voice.say('rights.title')}
      lead={voice.say('rights.lead')}
      refusals={refusals}
    >
      {review === null ? (
        <p class="note">
          <a href={urls.draftPart(draft.id, draft.file === null ? 'file' : 'check')}>
            {voice.say(draft.file === null ? 'obstacle.file.missing' : 'obstacle.file.reading')}
          </a>
        </p>
      ) : (
        <>
          <Outcome voice={voice} review={review} />
          {!waits && (
            <form method="post" action={urls.draftPart(draft.id, 'rights')} class="stack">
              <ColumnChoices voice={voice} review={review} rows={draft.examination?.rows ?? 0} />
              <section aria-labelledby="questions">
                <h2 id="questions">{voice.say('rights.questions')}</h2>
                {questionIds.map((question) => (
                  <Question voice={voice} review={review} question={question} key={question} />
                ))}
              </section>
              <p class="stage-ends">
                <button type="submit">{voice.say('rights.save')}</button>
              </p>
            </form>
          )}
          {!waits && <Ask voice={voice} draft={draft} review={review} />}
        </>
      )}
      <StageEnds
        voice={voice}
        draft={draft}
        stage="rights"
        {...(review !== null && rightsOf(review) !== 'undecided'
          ? { next: urls.draftPart(draft.id, nextStage('rights', draft)) }
          : {})}
      />
    </Wizard>
  );
}

/** Where the answers lead today, and what is left to answer. */
function Outcome({ voice, review }: { readonly voice: Voice; readonly review: Review }) {
  const { state, proposed, askedAt, motive } = review;
  const reached = state === 'decided' ? review.outcome : proposed.state;
  const bases = state === 'decided' ? review.bases : proposed.bases;
  const columnOf = (name: string) => review.findings.find((finding) => finding.name === name)?.column ?? name;
  const good = rightsOf(review) === 'open';
  return (
    <section aria-labelledby="outcome" class={good ? 'card outcome good' : 'card outcome'}>
      <h2 id="outcome" tabindex={-1}>
        {voice.say('rights.outcome')}
      </h2>
      {state === 'asked' && askedAt !== null && <p>{voice.say('rights.asked', { date: voice.date(askedAt) })}</p>}
      {state === 'returned' && motive !== null && <p>{voice.say('rights.returned', { motive })}</p>}
      {state !== 'asked' && reached !== null && (
        <p>
          <strong>{voice.of(openingStates[reached])}</strong>
        </p>
      )}
      {state === 'decided' && motive !== null && <p>{voice.say('rights.motive', { motive })}</p>}
      {bases.length > 0 && (
        <ul>
          {bases.map((basis) => (
            <li key={basis}>{voice.of(openingBases[basis])}</li>
          ))}
        </ul>
      )}
      {state !== 'asked' && reached === null && (
        <ul>
          {proposed.undecided.map((name) => (
            <li key={name}>
              <a href={`#column-${name}`}>{voice.say('rights.left.column', { column: columnOf(name) })}</a>
            </li>
          ))}
          {proposed.next !== null && proposed.undecided.length === 0 && (
            <li>
              <a href={`#question-${proposed.next}`}>
                {voice.say('rights.left.question', { question: voice.of(openingQuestions[proposed.next]) })}
              </a>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

const answerKeys = { yes: 'rights.yes', no: 'rights.no', unsure: 'rights.unsure' } as const;

function Question({
  voice,
  review,
  question,
}: {
  readonly voice: Voice;
  readonly review: Review;
  readonly question: QuestionId;
}) {
  const answer = review.answers[question];
  const source = review.sources[question];
  return (
    <fieldset id={`question-${question}`} class="question" tabindex={-1}>
      <legend>{voice.of(openingQuestions[question])}</legend>
      <p class="source">{voice.of(openingHelp[question])}</p>
      <ul class="choices row">
        {answerValues.map((value) => {
          const id = `${question}-${value}`;
          return (
            <li key={value}>
              <input type="radio" name={question} id={id} value={value} checked={answer?.value === value} />
              <label for={id}>{voice.say(answerKeys[value])}</label>
            </li>
          );
        })}
      </ul>
      {question === 'secret' && <Secret voice={voice} secret={answer?.secret} />}
      {question === 'publicInformation' && (
        <ReasonFields voice={voice} name="publicInformation" justification={answer?.justification} />
      )}
      {source !== undefined && source !== 'person' && (
        <p class="source">{voice.say(`legal.source.${source}` as MessageKey)}</p>
      )}
    </fieldset>
  );
}

function Secret({ voice, secret }: { readonly voice: Voice; readonly secret: 'L311-5' | 'L311-6' | undefined }) {
  return (
    <p class="secret-kind">
      <label for="secret-kind">{voice.say('rights.secret')}</label>{' '}
      <select id="secret-kind" name="secret.kind">
        {(['L311-6', 'L311-5'] as const).map((article) => (
          <option value={article} selected={secret === article} key={article}>
            {voice.say(`rights.secret.${article}`)}
          </option>
        ))}
      </select>
    </p>
  );
}

/** Whoever is not sure is not made to answer: somebody whose work it is will. */
function Ask({ voice, draft, review }: { readonly voice: Voice; readonly draft: Draft; readonly review: Review }) {
  if (review.state === 'decided') return null;
  return (
    <details class="card" open={review.proposed.state === 'askLegalOfficer'}>
      <summary>{voice.say('rights.ask')}</summary>
      <form method="post" action={urls.draftPart(draft.id, 'ask')} class="stack">
        <p>{voice.say('rights.ask.lead')}</p>
        <label for="ask">{voice.say('rights.ask.label')}</label>
        <textarea id="ask" name="question" rows={3} />
        <button type="submit" class="quiet">
          {voice.say('rights.ask')}
        </button>
      </form>
    </details>
  );
}
