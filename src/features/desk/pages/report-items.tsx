// The points of a report: where, what was read, what is expected, and the buttons that put it right.

import { reportMessages } from '../../../model/messages/report.ts';
import { itemSentences, type Report, type ReportItem } from '../../../model/report.ts';
import type { StepProposal } from '../../../model/step-proposals.ts';
import type { Voice } from '../../../web/language.ts';
import { urls } from '../../../web/urls.ts';
import { markOf } from '../rules.ts';
import type { Draft } from '../schemas.ts';

type Props = { readonly voice: Voice; readonly draft: Draft; readonly report: Report };

/** Points shown: beyond, the first ones put right leave room for the others. */
const shown = 100;

export function ReportItems({ voice, draft, report }: Props) {
  const numbered = report.items.slice(0, shown).map((item, index) => ({ item, index }));
  // What blocks and what is about a place comes first; remarks on columns and advice are there for who wants them.
  const first = numbered.filter(({ item }) => isPressing(item));
  const rest = numbered.filter(({ item }) => !isPressing(item));
  const list = (items: typeof numbered) => (
    <ol class="report-items">
      {items.map(({ item, index }) => (
        <Item voice={voice} draft={draft} item={item} index={index} key={index} />
      ))}
    </ol>
  );
  return (
    <>
      {first.length > 0 && list(first)}
      {rest.length > 0 && (
        <details>
          <summary>{voice.count('check.others.one', 'check.others.many', rest.length)}</summary>
          {list(rest)}
        </details>
      )}
    </>
  );
}

function isPressing({ severity, problem }: ReportItem): boolean {
  return severity === 'error' || (severity === 'warning' && !problem.code.startsWith('column.'));
}

type ItemProps = {
  readonly voice: Voice;
  readonly draft: Draft;
  readonly item: ReportItem;
  readonly index: number;
};

function Item({ voice, draft, item, index }: ItemProps) {
  return (
    <li class={`item ${item.severity}`} id={`item-${index}`}>
      <p class="severity">{voice.of(reportMessages[`report.${item.severity}`])}</p>
      {itemSentences(item, voice.lang).map((sentence) => (
        <p key={sentence}>{voice.typeset(sentence)}</p>
      ))}
      <Gestures voice={voice} draft={draft} item={item} index={index} />
    </li>
  );
}

/** One value to type serves all the buttons of a point. */
function Gestures({ voice, draft, item, index }: ItemProps) {
  const { steps } = item;
  if (steps.length === 0) return null;
  const typed = steps.find(({ step }) => 'to' in step);
  const id = `value-${index}`;
  return (
    <form method="post" action={urls.draftPart(draft.id, 'correct')} class="gestures">
      {typed !== undefined && (
        <span class="gesture-value">
          <label for={id}>{voice.say(typed.step.kind === 'renameColumn' ? 'check.value.name' : 'check.value')}</label>
          <input id={id} name="typed" value={proposedValue(typed)} autocomplete="off" lang={voice.written} />
        </span>
      )}
      {steps.map((proposal, place) => (
        <button
          type="submit"
          name="mark"
          value={markOf(proposal.step)}
          class={place === 0 && item.severity === 'error' ? undefined : 'quiet'}
          key={place}
        >
          {voice.of(proposal.label)}
        </button>
      ))}
    </form>
  );
}

function proposedValue({ step, asks }: StepProposal): string {
  return 'to' in step && !asks ? step.to : '';
}
