// One review before the legal officer: who asks, what was answered, each column masked, and the decision to take.

import {
  dispositionNames,
  findingNames,
  maskNames,
  openingBases,
  openingQuestions,
  openingStates,
} from '../../../model/messages/opening.ts';
import { type Disposition, proposalsFor, questionIds } from '../../../model/opening.ts';
import { reasonOf } from '../../../web/components/why-open.tsx';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { decisions, type Review } from '../schemas.ts';

export type LegalReviewData = {
  readonly review: Review;
  /** Why the form was refused, as a sentence, and what had been typed. */
  readonly refusal: {
    readonly sentence: string;
    readonly field: 'motive' | 'outcome';
    readonly typed: Readonly<Record<string, string>>;
  } | null;
};
type Props = { readonly context: PageContext; readonly data: LegalReviewData };

export function LegalReviewPage({ context, data }: Props) {
  const { voice } = context;
  const { review, refusal } = data;
  const { askedAt } = review;
  return (
    <Layout
      context={context}
      title={refusal === null ? review.title : `${voice.say('legal.refused')} : ${review.title}`}
      crumbs={[{ label: voice.say('legal.title'), href: urls.legalQueue() }]}
    >
      {refusal !== null && (
        <div class="refusal" role="alert" tabindex={-1} autofocus>
          <h2>{voice.say('legal.refused')}</h2>
          <p>
            <a href={`#${refusal.field}`}>{voice.typeset(refusal.sentence)}</a>
          </p>
        </div>
      )}
      <h1 lang={voice.written}>{review.title}</h1>
      <p class="producer">
        <a href={urls.organization(review.organization.slug)}>{review.organization.name}</a>
      </p>
      {askedAt !== null && (
        <p>{voice.say('legal.asked', { name: review.askedBy ?? review.author, date: voice.date(askedAt) })}</p>
      )}
      {review.question !== null && (
        <section aria-labelledby="question" class="card">
          <h2 id="question">{voice.say('legal.question')}</h2>
          <p lang={voice.written}>{review.question}</p>
        </section>
      )}
      <Answers voice={voice} review={review} />
      <Columns voice={voice} review={review} />
      {review.state === 'asked' ? (
        <Forms voice={voice} data={data} />
      ) : (
        review.outcome !== null && (
          <p class="empty">
            {voice.say('legal.decided', { state: voice.of(openingStates[review.outcome]) })} {review.motive}
          </p>
        )
      )}
    </Layout>
  );
}

function Answers({ voice, review }: { readonly voice: Voice; readonly review: Review }) {
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">{voice.say('legal.answers')}</h2>
      <dl>
        {questionIds.map((question) => {
          const answer = review.answers[question];
          const source = review.sources[question];
          return (
            <div key={question}>
              <dt>{voice.of(openingQuestions[question])}</dt>
              <dd>
                <strong>
                  {voice.say(answer === undefined ? 'legal.answer.none' : `legal.answer.${answer.value}`)}
                </strong>
                {answer?.secret !== undefined && ` · ${answer.secret}`}
                {answer?.justification !== undefined && ` · ${reasonOf(answer.justification, voice)}`}
                {source !== undefined && ` · ${voice.say(`legal.source.${source}`)}`}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function Columns({ voice, review }: { readonly voice: Voice; readonly review: Review }) {
  const { findings } = review;
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">{voice.say('legal.findings')}</h2>
      {findings.length === 0 ? (
        <p>{voice.say('legal.findings.none')}</p>
      ) : (
        <div class="scroll" tabindex={0} role="region" aria-label={voice.say('legal.findings.table')}>
          <table>
            <caption class="visually-hidden">{voice.say('legal.findings')}</caption>
            <thead>
              <tr>
                {(['column', 'kind', 'cells', 'examples', 'treatment'] as const).map((column) => (
                  <th scope="col" key={column}>
                    {voice.say(`legal.finding.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {findings.map((finding) => (
                <tr key={`${finding.name} ${finding.kind}`}>
                  <th scope="row" lang={voice.written}>
                    {finding.column}
                  </th>
                  <td>{voice.of(findingNames[finding.kind])}</td>
                  <td>
                    {voice.number(finding.cells)} ({voice.percent(finding.share)})
                  </td>
                  <td>{finding.examples.join(' · ')}</td>
                  <td>
                    <ColumnForm voice={voice} review={review} finding={finding} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function ColumnForm({
  voice,
  review,
  finding,
}: {
  readonly voice: Voice;
  readonly review: Review;
  readonly finding: Review['findings'][number];
}) {
  const decided = review.dispositions.find(({ column }) => column === finding.name);
  const said = decided === undefined ? voice.say('legal.finding.undecided') : dispositionText(decided, voice);
  if (review.state !== 'asked') return <>{said}</>;
  const id = `column-${finding.name}-${finding.kind}`;
  const proposals = proposalsFor(finding, review.findings);
  const masks = proposals.flatMap((each) => (each.kind === 'mask' ? [`mask:${each.mask}`] : []));
  const options = ['remove', ...masks, 'notPersonal'];
  // What keeps most of the data is proposed first, as in the deposit.
  const [first] = proposals;
  const shown = decided === undefined || decided.kind === 'ask' ? first : decided;
  const chosen = shown?.kind === 'mask' ? `mask:${shown.mask}` : shown?.kind;
  return (
    <form method="post" action={urls.legalColumn(review.id)} class="desk-form">
      <p>{said}</p>
      <input type="hidden" name="column" value={finding.name} />
      <label for={id} class="visually-hidden">
        {voice.say('legal.column.label', { column: finding.column })}
      </label>
      <select id={id} name="treatment">
        {options.map((option) => (
          <option value={option} selected={option === chosen} key={option}>
            {option === 'remove' || option === 'notPersonal'
              ? voice.of(dispositionNames[option])
              : voice.of(maskNames[option.slice('mask:'.length) as keyof typeof maskNames])}
          </option>
        ))}
      </select>
      <button type="submit" class="quiet">
        {voice.say('legal.column.save')}
      </button>
    </form>
  );
}

function dispositionText(disposition: Disposition, voice: Voice): string {
  const name = voice.of(dispositionNames[disposition.kind]);
  if (disposition.kind === 'mask') return `${name} : ${voice.of(maskNames[disposition.mask])}`;
  return disposition.kind === 'justify' ? `${name} : ${reasonOf(disposition.justification, voice)}` : name;
}

/** The two ways out: decide, or give back. */
function Forms({ voice, data: { review, refusal } }: { readonly voice: Voice; readonly data: LegalReviewData }) {
  const typed = refusal?.typed ?? {};
  const proposed = review.proposed.state === 'askLegalOfficer' ? null : review.proposed.state;
  const chosen = typed['outcome'] ?? proposed;
  return (
    <div class="stack desk-ends">
      <section aria-labelledby="decide" class="card">
        <h2 id="decide">{voice.say('legal.decide')}</h2>
        <form method="post" action={urls.legalDecide(review.id)}>
          <fieldset id="outcome">
            <legend>{voice.say('legal.decide.outcome')}</legend>
            <ul class="choices">
              {decisions.map((decision) => (
                <li key={decision}>
                  <input
                    type="radio"
                    name="outcome"
                    id={decision}
                    value={decision}
                    checked={decision === chosen}
                    required
                  />{' '}
                  <label for={decision}>{voice.of(openingStates[decision])}</label>
                </li>
              ))}
            </ul>
          </fieldset>
          <p>
            <label for="basis">{voice.say('legal.decide.basis')}</label>
            <br />
            <select id="basis" name="basis">
              <option value="">{voice.say('legal.decide.basis.answers')}</option>
              {Object.entries(openingBases).map(([id, sentence]) => (
                <option value={id} selected={typed['basis'] === id} key={id}>
                  {voice.of(sentence)}
                </option>
              ))}
            </select>
          </p>
          <p>
            <label for="motive">{voice.say('legal.decide.motive')}</label>
            <br />
            <textarea id="motive" name="motive" rows={4} required aria-invalid={refusal?.field === 'motive'}>
              {typed['motive'] ?? ''}
            </textarea>
          </p>
          <button type="submit">{voice.say('legal.decide.save')}</button>
        </form>
      </section>
      <section aria-labelledby="return" class="card">
        <h2 id="return">{voice.say('legal.return')}</h2>
        <form method="post" action={urls.legalReturn(review.id)}>
          <p>
            <label for="return-motive">{voice.say('legal.return.motive')}</label>
            <br />
            <textarea id="return-motive" name="motive" rows={3} required />
          </p>
          <button type="submit" class="quiet">
            {voice.say('legal.return.save')}
          </button>
        </form>
      </section>
    </div>
  );
}
