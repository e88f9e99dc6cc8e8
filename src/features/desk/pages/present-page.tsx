// Step 5, « Présentez »: a title, two sentences and a contact; all else is optional and prefilled.
import { themes } from '../../../model/reference.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { CommuneSummary } from '../../catalog/schemas.ts';
import { proposedSaid } from '../rules.ts';
import type { Draft } from '../schemas.ts';
import { FieldRefusal, type FormRefusal, StageEnds, Wizard } from './wizard.tsx';

type Props = {
  readonly context: PageContext;
  readonly draft: Draft;
  /** The communes of the territory. */
  readonly communes: readonly Pick<CommuneSummary, 'insee' | 'name'>[];
  /** The contact of the organization's last dataset. */
  readonly contact?: string | null;
  readonly refusals?: readonly FormRefusal[];
};

export function PresentPage({ context, draft, communes, contact = null, refusals = [] }: Props) {
  const { voice, site } = context;
  const said = { contact, ...proposedSaid(draft) };
  const wrong = (field: string) => refusals.some((each) => each.field === field) || undefined;
  const describedBy = (field: string) => `${field}-hint${wrong(field) === true ? ` ${field}-refusal` : ''}`;
  return (
    <Wizard
      context={context}
      draft={draft}
      stage="present"
      title={voice.say('present.title')}
      lead={voice.say('present.lead')}
      refusals={refusals}
    >
      <form method="post" action={urls.draftPart(draft.id, 'present')} class="stack narrow" data-autosave novalidate>
        <div>
          <label for="title">{voice.say('present.field.title')}</label>
          <p id="title-hint" class="source">
            {voice.say('present.field.title.hint')}
          </p>
          <FieldRefusal voice={voice} refusals={refusals} field="title" />
          <input
            id="title"
            name="title"
            value={said.title ?? ''}
            required
            maxLength={200}
            aria-invalid={wrong('title')}
            aria-describedby={describedBy('title')}
            lang={voice.written}
          />
        </div>
        <div>
          <label for="description">{voice.say('present.field.description')}</label>
          <p id="description-hint" class="source">
            {voice.say('present.field.description.hint')}
          </p>
          <FieldRefusal voice={voice} refusals={refusals} field="description" />
          <textarea
            id="description"
            name="description"
            rows={5}
            required
            aria-invalid={wrong('description')}
            aria-describedby={describedBy('description')}
            lang={voice.written}
          >
            {said.description ?? ''}
          </textarea>
        </div>
        <div>
          <label for="contact">{voice.say('present.field.contact')}</label>
          <p id="contact-hint" class="source">
            {voice.say('present.field.contact.hint')}
          </p>
          <FieldRefusal voice={voice} refusals={refusals} field="contact" />
          <input
            id="contact"
            name="contact"
            value={said.contact ?? ''}
            maxLength={300}
            autocomplete="off"
            inputMode="email"
            aria-invalid={wrong('contact')}
            aria-describedby={describedBy('contact')}
          />
        </div>
        <details>
          <summary>{voice.say('present.optional')}</summary>
          <div class="stack">
            <div>
              <label for="keywords">{voice.say('present.field.keywords')}</label>
              <p id="keywords-hint" class="source">
                {voice.say('present.field.keywords.hint')}
              </p>
              <input
                id="keywords"
                name="keywords"
                value={(said.keywords ?? []).join(', ')}
                aria-describedby="keywords-hint"
                lang={voice.written}
              />
            </div>
            <div>
              <label for="theme">{voice.say('present.field.theme')}</label>
              <select id="theme" name="theme">
                <option value="" selected={said.theme == null}>
                  {voice.say('present.field.theme.none')}
                </option>
                {themes.map(({ id, label }) => (
                  <option value={id} selected={id === said.theme} key={id}>
                    {voice.of(label)}
                  </option>
                ))}
              </select>
            </div>
            <div>
              <label for="source">{voice.say('present.field.source')}</label>
              <p id="source-hint" class="source">
                {voice.say('present.field.source.hint')}
              </p>
              <input id="source" name="source" value={said.source ?? ''} aria-describedby="source-hint" />
            </div>
            <fieldset>
              <legend>{voice.say('present.field.communes')}</legend>
              <ul class="choices columns">
                {communes.map(({ insee, name }) => (
                  <li key={insee}>
                    <input
                      type="checkbox"
                      name="communes"
                      id={`commune-${insee}`}
                      value={insee}
                      checked={said.communes?.includes(insee)}
                    />
                    <label for={`commune-${insee}`}>{name}</label>
                  </li>
                ))}
              </ul>
            </fieldset>
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
      <StageEnds voice={voice} draft={draft} stage="present" />
      <script type="module" src={site.assetUrl('autosave.js')} />
    </Wizard>
  );
}
