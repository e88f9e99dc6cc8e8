// « Pourquoi c’est ouvert »: the decision of a review, its legal bases, and what was done to personal data. Pure.
import { maskNames, openingBases, openingFamilies, openingStates } from '../../model/messages/opening.ts';
import type { Justification, PublicOpening } from '../../model/opening.ts';
import type { Voice } from '../language.ts';

type Props = { readonly opening: PublicOpening; readonly organization: string; readonly voice: Voice };

export function WhyOpen({ opening, organization, voice }: Props) {
  const facts = { organization, date: voice.date(opening.decidedAt), number: opening.number };
  return (
    <section aria-labelledby="opening">
      <h2 id="opening">{voice.say('opening.why')}</h2>
      <p>
        <strong>{voice.of(openingStates[opening.outcome])}.</strong>{' '}
        {voice.say(`opening.why.${opening.decidedAs}`, facts)}
      </p>
      <ul>
        {opening.bases.map((basis) => (
          <li key={basis}>{voice.of(openingBases[basis])}</li>
        ))}
        {opening.treated.map(({ column, kind, mask }) => (
          <li key={column}>
            {kind === 'remove' || mask === null
              ? voice.say('opening.why.removed', { column })
              : voice.say('opening.why.masked', { column, mask: voice.of(maskNames[mask]) })}
          </li>
        ))}
        {opening.justified.map(({ column, justification }) => (
          <li key={column}>{voice.say('opening.why.justified', { column, reason: reasonOf(justification, voice) })}</li>
        ))}
      </ul>
    </section>
  );
}

/** A justification in words: the family of the decree, or the text that the producer names. */
export function reasonOf(justification: Justification, voice: Voice): string {
  return justification.basis === 'family'
    ? `${voice.of(openingFamilies[justification.family])} (D312-1-3).`
    : `${voice.of(openingBases[justification.basis])} ${justification.text}`;
}
