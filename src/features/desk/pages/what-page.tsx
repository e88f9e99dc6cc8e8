// Step 1, « Que voulez-vous publier ? »: cards in words of the job.
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { kinds } from '../kinds.ts';
import type { Draft } from '../schemas.ts';
import { FieldRefusal, type FormRefusal, Wizard } from './wizard.tsx';

type Props = { readonly context: PageContext; readonly draft: Draft; readonly refusals?: readonly FormRefusal[] };

export function WhatPage({ context, draft, refusals = [] }: Props) {
  const { voice } = context;
  return (
    <Wizard
      context={context}
      draft={draft}
      stage="what"
      title={voice.say('what.title')}
      lead={voice.say('what.lead')}
      refusals={refusals}
    >
      <form method="post" action={urls.draftPart(draft.id, 'what')}>
        <fieldset id="kind" class="plain-set">
          <legend class="visually-hidden">{voice.say('what.legend')}</legend>
          <FieldRefusal voice={voice} refusals={refusals} field="kind" />
          <ul class="kind-cards">
            {kinds.map(({ id, label, hint }) => (
              <li key={id}>
                <input
                  type="radio"
                  name="kind"
                  id={`kind-${id}`}
                  value={id}
                  checked={draft.kind === id}
                  aria-describedby={`kind-${id}-hint`}
                />
                <label for={`kind-${id}`}>{voice.of(label)}</label>
                <p id={`kind-${id}-hint`}>{voice.of(hint)}</p>
              </li>
            ))}
          </ul>
        </fieldset>
        <p class="stage-ends">
          <button type="submit">{voice.say('stage.next')}</button>
        </p>
      </form>
    </Wizard>
  );
}
