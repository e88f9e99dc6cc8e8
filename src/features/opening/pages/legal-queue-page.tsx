// The legal officer's queue and register: what waits, and what was decided.
import { findingNames, openingBases, openingStates } from '../../../model/messages/opening.ts';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { ReviewSummary } from '../schemas.ts';

export type LegalQueueData = {
  readonly reviews: readonly ReviewSummary[];
  /** What was just done. */
  readonly done: 'decided' | 'returned' | null;
};
type Props = { readonly context: PageContext; readonly data: LegalQueueData };

export function LegalQueuePage({ context, data }: Props) {
  const { voice } = context;
  const title = voice.say('legal.title');
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <p class="lead">{voice.say('legal.lead')}</p>
      <p role="status">
        {data.done === 'decided' && voice.say('legal.done')}
        {data.done === 'returned' && voice.say('legal.returned')}
      </p>
      {data.reviews.length === 0 ? (
        <p class="empty">{voice.say('legal.none')}</p>
      ) : (
        <div class="scroll" tabindex={0} role="region" aria-label={title}>
          <table>
            <caption>{voice.count('legal.waiting.one', 'legal.waiting.many', data.reviews.length)}</caption>
            <thead>
              <tr>
                {(['title', 'organization', 'asked', 'found'] as const).map((column) => (
                  <th scope="col" key={column}>
                    {voice.say(`legal.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.reviews.map((review) => (
                <tr key={review.id}>
                  <th scope="row">
                    <a href={urls.legalReview(review.id)} lang={voice.written}>
                      {review.title}
                    </a>
                  </th>
                  <td>{review.organization.name}</td>
                  <td>{review.askedAt !== null && voice.date(review.askedAt)}</td>
                  <td>{foundIn(review, voice)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p>
        <a href={urls.legalRegister()}>{voice.say('legal.register')}</a>
      </p>
    </Layout>
  );
}

export function LegalRegisterPage({
  context,
  data,
}: {
  readonly context: PageContext;
  readonly data: { readonly reviews: readonly ReviewSummary[] };
}) {
  const { voice } = context;
  const title = voice.say('legal.register');
  return (
    <Layout context={context} title={title} crumbs={[{ label: voice.say('legal.title'), href: urls.legalQueue() }]}>
      <h1>{title}</h1>
      <p class="lead">{voice.say('legal.register.lead')}</p>
      {data.reviews.length === 0 ? (
        <p class="empty">{voice.say('legal.register.none')}</p>
      ) : (
        <>
          <p>
            <a href={urls.legalRegisterCsv()} download>
              {voice.say('legal.register.csv')}
            </a>
          </p>
          <div class="scroll" tabindex={0} role="region" aria-label={title}>
            <table>
              <caption class="visually-hidden">{title}</caption>
              <thead>
                <tr>
                  {(['title', 'organization', 'found', 'decision', 'basis', 'by', 'date'] as const).map((column) => (
                    <th scope="col" key={column}>
                      {voice.say(`legal.column.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.reviews.map((review) => (
                  <tr key={review.id}>
                    <th scope="row">
                      <a href={urls.legalReview(review.id)} lang={voice.written}>
                        {review.title}
                      </a>
                    </th>
                    <td>{review.organization.name}</td>
                    <td>{foundIn(review, voice)}</td>
                    <td>{review.outcome !== null && voice.of(openingStates[review.outcome])}</td>
                    <td>{review.bases.map((basis) => voice.of(openingBases[basis])).join(' ')}</td>
                    <td>{review.decidedBy}</td>
                    <td>{review.decidedAt !== null && voice.date(review.decidedAt)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Layout>
  );
}

function foundIn(review: ReviewSummary, voice: Voice): string {
  const kinds = new Set(review.findings.map(({ kind }) => kind));
  return kinds.size === 0
    ? voice.say('legal.findings.none')
    : [...kinds].map((kind) => voice.of(findingNames[kind])).join(', ');
}
