// Step 6, « Licence et rythme »: the two licences that the decree lists, and how often the data will be updated.
import { frequencies, highValueCategories, licences } from '../../../model/reference.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { proposedSaid } from '../rules.ts';
import type { Draft } from '../schemas.ts';
import { FieldRefusal, type FormRefusal, StageEnds, Wizard } from './wizard.tsx';

type Props = {
  readonly context: PageContext;
  readonly draft: Draft;
  readonly refusals?: readonly FormRefusal[];
};

/** The rhythms that a town hall keeps, from the most to the least frequent. */
const offered = ['DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'ANNUAL_2', 'ANNUAL', 'BIENNIAL', 'IRREG', 'NEVER'];

export function TermsPage({ context, draft, refusals = [] }: Props) {
  const { voice, site } = context;
  const said = proposedSaid(draft);
  const [dueMonth = '', dueDay = ''] = (said.dueDay ?? '').split('-').map((part) => String(Number(part) || ''));
  const shown = frequencies.filter(({ id }) => offered.includes(id) || id === said.frequency);
  const rhythms = shown.toSorted((a, b) => offered.indexOf(a.id) - offered.indexOf(b.id));
  return (
    <Wizard context={context} draft={draft} stage="terms" title={voice.say('terms.title')} refusals={refusals}>
      <form method="post" action={urls.draftPart(draft.id, 'terms')} class="stack narrow" data-autosave>
        <fieldset id="licence" tabindex={-1} class="plain-set">
          <legend>{voice.say('terms.licence')}</legend>
          <FieldRefusal voice={voice} refusals={refusals} field="licence" />
          <ul class="kind-cards wide-cards">
            {licences.map(({ id, title, consequence }) => (
              <li key={id}>
                <input
                  type="radio"
                  name="licence"
                  id={`licence-${id}`}
                  value={id}
                  checked={said.licence === id}
                  aria-describedby={`licence-${id}-hint`}
                />
                <label for={`licence-${id}`}>{voice.of(title)}</label>
                <p id={`licence-${id}-hint`}>{voice.of(consequence)}</p>
              </li>
            ))}
          </ul>
        </fieldset>
        <div>
          <label for="frequency">{voice.say('terms.frequency')}</label>
          <p id="frequency-hint" class="source">
            {voice.say('terms.frequency.hint')}
          </p>
          <select id="frequency" name="frequency" aria-describedby="frequency-hint">
            {rhythms.map(({ id, label }) => (
              <option value={id} selected={id === said.frequency} key={id}>
                {voice.of(label)}
              </option>
            ))}
          </select>
        </div>
        <fieldset class="plain-set">
          <legend>{voice.say('terms.due')}</legend>
          <p id="due-hint" class="source">
            {voice.say('terms.due.hint')}
          </p>
          <p class="side-by-side">
            <label for="due-day">{voice.say('terms.due.day')}</label>
            <input
              id="due-day"
              name="due-day"
              inputMode="numeric"
              size={2}
              maxLength={2}
              value={dueDay}
              aria-describedby="due-hint"
            />
            <label for="due-month">{voice.say('terms.due.month')}</label>
            <select id="due-month" name="due-month" aria-describedby="due-hint">
              <option value="">{voice.say('terms.due.none')}</option>
              {Array.from({ length: 12 }, (_, index) => (
                <option value={index + 1} selected={index + 1 === Number(dueMonth)} key={index}>
                  {voice.month(index + 1)}
                </option>
              ))}
            </select>
          </p>
        </fieldset>
        <details>
          <summary>{voice.say('present.optional')}</summary>
          <div>
            <label for="hvd">{voice.say('terms.hvd')}</label>
            <p id="hvd-hint" class="source">
              {voice.say('terms.hvd.hint')}
            </p>
            <select id="hvd" name="hvd" aria-describedby="hvd-hint">
              <option value="">{voice.say('terms.hvd.none')}</option>
              {highValueCategories.map(({ id, label }) => (
                <option value={id} selected={id === said.hvdCategory} key={id}>
                  {voice.of(label)}
                </option>
              ))}
            </select>
          </div>
        </details>
        <p
          class="saved"
          role="status"
          data-saved={voice.say('stage.saving')}
          data-unsaved={voice.say('stage.unsaved')}
        />
        <p class="stage-ends">
          <button type="submit">{voice.say('stage.next')}</button>
        </p>
      </form>
      <StageEnds voice={voice} draft={draft} stage="terms" />
      <script type="module" src={site.assetUrl('autosave.js')} />
    </Wizard>
  );
}
