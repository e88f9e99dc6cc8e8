// Step 2, « Déposez votre fichier »: a file, cells that were copied, or a link; and models for those who have no file yet.
import { errorRegistry } from '../../../lib/error-registry.ts';
import { fillSentence } from '../../../lib/errors.ts';
import type { Voice } from '../../../web/language.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { schemaOf } from '../rules.ts';
import type { Draft } from '../schemas.ts';
import { FieldRefusal, type FormRefusal, StageEnds, Wizard } from './wizard.tsx';

type Props = {
  readonly context: PageContext;
  readonly draft: Draft;
  readonly refusals?: readonly FormRefusal[];
  /** What was typed in a form that was refused. */
  readonly typed?: { readonly url?: string };
};

export function FilePage({ context, draft, refusals = [], typed = {} }: Props) {
  const { voice, site } = context;
  const action = urls.draftPart(draft.id, 'file');
  const described = (field: string) => (refusals.some((each) => each.field === field) ? ` ${field}-refusal` : '');
  return (
    <Wizard
      context={context}
      draft={draft}
      stage="file"
      title={voice.say('file.title')}
      lead={voice.say('file.lead')}
      refusals={refusals}
    >
      <Received voice={voice} draft={draft} />
      <form method="post" action={action} enctype="multipart/form-data" class="card stack" data-upload-form>
        <h2>
          <label for="file">{voice.say('file.upload')}</label>
        </h2>
        <p id="file-hint">{voice.say('file.upload.hint')}</p>
        <FieldRefusal voice={voice} refusals={refusals} field="file" />
        <input
          type="file"
          name="file"
          id="file"
          required
          aria-describedby={`file-hint${described('file')}`}
          data-upload="/uploads"
          data-organization={draft.organization.slug}
        />
        <button type="submit">{voice.say('file.upload.button')}</button>
      </form>
      <details class="card" open={refusals.some(({ field }) => field === 'text')}>
        <summary>{voice.say('file.paste')}</summary>
        <form method="post" action={urls.draftPart(draft.id, 'paste')} class="stack">
          <label for="text">{voice.say('file.paste.label')}</label>
          <p id="text-hint">{voice.say('file.paste.hint')}</p>
          <FieldRefusal voice={voice} refusals={refusals} field="text" />
          <textarea id="text" name="text" rows={8} required aria-describedby={`text-hint${described('text')}`} />
          <button type="submit">{voice.say('file.paste.button')}</button>
        </form>
      </details>
      <details class="card" open={refusals.some(({ field }) => field === 'url')}>
        <summary>{voice.say('file.link')}</summary>
        <form method="post" action={urls.draftPart(draft.id, 'link')} class="stack">
          <label for="url">{voice.say('file.link.label')}</label>
          <FieldRefusal voice={voice} refusals={refusals} field="url" />
          <input
            type="url"
            id="url"
            name="url"
            required
            placeholder="https://"
            value={typed.url}
            aria-describedby={described('url').trim() || undefined}
          />
          <button type="submit">{voice.say('file.link.button')}</button>
        </form>
      </details>
      <Templates voice={voice} draft={draft} />
      <StageEnds voice={voice} draft={draft} stage="file" />
      <script type="module" src={site.assetUrl('upload.js')} />
    </Wizard>
  );
}

/** The file that is there already, and why it could not be read. */
function Received({ voice, draft }: { readonly voice: Voice; readonly draft: Draft }) {
  const { file, refusal } = draft;
  if (file === null) return null;
  const row = refusal === null ? undefined : Object.entries(errorRegistry).find(([code]) => code === refusal.code)?.[1];
  if (refusal !== null && row !== undefined)
    return (
      <div class="refusal" role="alert">
        <h2>{voice.say('file.refused')}</h2>
        <p>{voice.typeset(fillSentence(row[voice.lang], refusal.params))}</p>
        <p>{voice.say('file.refused.kept', { name: file.name })}</p>
        {refusal.code === 'file.document' && (
          <form method="post" action={urls.draftPart(draft.id, 'document')}>
            <button type="submit" class="quiet">
              {voice.say('file.document')}
            </button>
          </form>
        )}
      </div>
    );
  return (
    <p class="note">
      {voice.say('file.received', { name: file.name, size: voice.bytes(file.bytes) })}{' '}
      <a href={urls.draftPart(draft.id, 'check')}>{voice.say('file.received.keep')}</a>
    </p>
  );
}

function Templates({ voice, draft }: { readonly voice: Voice; readonly draft: Draft }) {
  const name = schemaOf(draft);
  if (name === null) return null;
  return (
    <section aria-labelledby="template">
      <h2 id="template">{voice.say('file.template')}</h2>
      <ul>
        <li>
          <a href={urls.schemaTemplate(name, 'xlsx')}>{voice.say('file.template.xlsx', { name })}</a>
        </li>
        <li>
          <a href={urls.schemaTemplate(name, 'csv')}>{voice.say('file.template.csv', { name })}</a>
        </li>
      </ul>
    </section>
  );
}
