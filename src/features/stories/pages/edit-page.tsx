// The writer's page: the form, what to look at line by line, the preview made by the server, and what is done of the story.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { storyLimits } from '../rules.ts';
import { type Hint, type ShownText, type Story, type StoryInput, storyKinds } from '../schemas.ts';
import { StoryText } from './story-page.tsx';

export type EditPageData = {
  /** What is kept; null when it is new. */
  readonly story: Story | null;
  readonly input: StoryInput;
  /** The version that this text is written over. */
  readonly version: number;
  readonly names: {
    readonly territory: boolean;
    readonly organizations: readonly { readonly slug: string; readonly name: string }[];
  };
  readonly communes: readonly { readonly insee: string; readonly name: string }[];
  readonly preview: ShownText | null;
  /** Why it was not saved, and the field that this is about. */
  readonly refusal: { readonly sentence: string; readonly field: string | null } | null;
  readonly saved: boolean;
  /** What somebody else saved meanwhile. */
  readonly theirs: Story | null;
};

type Props = { readonly context: PageContext; readonly data: EditPageData };

const example = ['```chart', '/datasets/…?view=chart&chart=bar&x=…', '```'].join('\n');

export function EditStoryPage({ context, data }: Props) {
  const { voice } = context;
  const { story, preview, refusal, saved, theirs } = data;
  const title = story === null ? voice.say('stories.new') : voice.say('stories.write', { title: story.title });
  return (
    <Layout
      context={context}
      title={title}
      crumbs={[{ label: voice.say('stories.title'), href: urls.stories() }]}
      sharing={{ unlisted: true }}
      twin={false}
    >
      <div class="story-desk stack">
        <h1>{title}</h1>
        {saved && (
          <p class="done" role="status">
            {voice.say(story?.state === 'published' ? 'stories.write.saved.live' : 'stories.write.saved')}
          </p>
        )}
        {refusal !== null && (
          <p class="problem" role="alert" id="refusal">
            {refusal.sentence}
          </p>
        )}
        {theirs !== null && (
          <details class="card">
            <summary>{voice.say('stories.write.theirs')}</summary>
            <div class="scroll" role="region" aria-label={voice.say('stories.write.theirs')} tabindex={0}>
              <pre lang={voice.written}>{`${theirs.title}\n\n${theirs.lead}\n\n${theirs.body}`}</pre>
            </div>
          </details>
        )}
        <Form context={context} data={data} />
        {preview !== null && preview.hints.length > 0 && <Hints context={context} hints={preview.hints} />}
        {preview !== null && (
          <section aria-labelledby="preview" class="card story-preview">
            <h2 id="preview">{voice.say('stories.write.shown')}</h2>
            <p class="source">{voice.say('stories.write.shown.note')}</p>
            <StoryText context={context} text={preview} />
          </section>
        )}
        {story !== null && <Acts context={context} story={story} />}
      </div>
    </Layout>
  );
}

function Form({ context, data }: Props) {
  const { voice } = context;
  const { story, input, version, names, communes, refusal } = data;
  const about = (field: string, ...hints: readonly string[]) => ({
    'aria-describedby': [...hints, ...(refusal?.field === field ? ['refusal'] : [])].join(' ') || undefined,
    'aria-invalid': refusal?.field === field ? ('true' as const) : undefined,
  });
  return (
    <form method="post" action={story === null ? urls.newStory() : urls.storyEdit(story.slug)} class="story-form stack">
      <input type="hidden" name="version" value={version} />
      <fieldset>
        <legend>{voice.say('stories.write.kind')}</legend>
        {[...storyKinds].map((kind) => (
          <label key={kind}>
            <input type="radio" name="kind" value={kind} checked={input.kind === kind} />{' '}
            {voice.say(`stories.write.kind.${kind}`)}
          </label>
        ))}
      </fieldset>
      <div>
        <label for="organization">{voice.say('stories.write.organization')}</label>
        <select id="organization" name="organization">
          {names.territory && <option value="">{voice.say('stories.write.territory')}</option>}
          {names.organizations.map(({ slug, name }) => (
            <option key={slug} value={slug} selected={input.organization === slug}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for="title">{voice.say('stories.write.title')}</label>
        <p id="title-hint" class="source">
          {voice.say('stories.write.title.hint')}
        </p>
        <input
          id="title"
          name="title"
          value={input.title}
          required
          minLength={3}
          maxLength={storyLimits.title}
          {...about('title', 'title-hint')}
        />
      </div>
      <div>
        <label for="lead">{voice.say('stories.write.lead')}</label>
        <p id="lead-hint" class="source">
          {voice.say('stories.write.lead.hint', { max: voice.number(storyLimits.lead) })}
        </p>
        <textarea id="lead" name="lead" rows={3} required maxLength={storyLimits.lead} {...about('lead', 'lead-hint')}>
          {input.lead}
        </textarea>
      </div>
      <div>
        <label for="body">{voice.say('stories.write.body')}</label>
        <p id="body-hint" class="source">
          {voice.say('stories.write.body.hint', {
            max: voice.number(storyLimits.body),
            blocks: voice.number(storyLimits.blocks),
          })}
        </p>
        <details class="story-help">
          <summary>{voice.say('stories.write.help')}</summary>
          <p>{voice.say('stories.write.help.text')}</p>
          <pre>
            <code>{example}</code>
          </pre>
          <p>{voice.say('stories.write.help.kinds')}</p>
          <p>{voice.say('stories.write.help.live')}</p>
        </details>
        {/* A browser leaves out the first line end of a text area. */}
        <textarea id="body" name="body" rows={22} spellcheck {...about('body', 'body-hint')}>
          {`\n${input.body}`}
        </textarea>
      </div>
      <div>
        <label for="datasets">{voice.say('stories.write.datasets')}</label>
        <p id="datasets-hint" class="source">
          {voice.say('stories.write.datasets.hint')}
        </p>
        <textarea id="datasets" name="datasets" rows={3} {...about('datasets', 'datasets-hint')}>
          {input.datasets.join('\n')}
        </textarea>
      </div>
      <div>
        <label for="commune">{voice.say('stories.write.commune')}</label>
        <select id="commune" name="commune" {...about('commune')}>
          <option value="">{voice.say('stories.write.commune.none')}</option>
          {communes.map(({ insee, name }) => (
            <option key={insee} value={insee} selected={input.commune === insee}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <p class="story-acts">
        <button type="submit" name="act" value="save">
          {voice.say('stories.write.save')}
        </button>
        <button type="submit" name="act" value="preview" class="secondary">
          {voice.say('stories.write.preview')}
        </button>
      </p>
    </form>
  );
}

/** Each line that shows nothing, or not what was meant, and why. */
function Hints({ context: { voice }, hints }: { readonly context: PageContext; readonly hints: readonly Hint[] }) {
  return (
    <section aria-labelledby="hints">
      <h2 id="hints">{voice.say('stories.write.hints')}</h2>
      <ul class="problems">
        {hints.map((hint, index) => (
          <li key={index} class="warning">
            <strong>{voice.say('stories.hint.line', { line: voice.number(hint.line) })}</strong>
            {voice.say(`stories.hint.${hint.code}`, hint.values)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is done of the story that is kept. */
function Acts({ context: { voice }, story }: { readonly context: PageContext; readonly story: Story }) {
  const { slug, state, version, publishedAt } = story;
  return (
    <section class="card stack" aria-labelledby="state">
      <h2 id="state">{voice.say(`stories.state.${state}`)}</h2>
      <p>
        <a href={urls.story(slug)}>{voice.say('stories.write.see')}</a>
      </p>
      {state !== 'published' && (
        <form method="post" action={urls.storyAct(slug, 'publish')} class="stack">
          <input type="hidden" name="version" value={version} />
          <p class="source">{voice.say('stories.write.publish.note')}</p>
          <p>
            <button type="submit">
              {voice.say(state === 'draft' ? 'stories.write.publish' : 'stories.write.again')}
            </button>
          </p>
        </form>
      )}
      {state === 'published' && (
        <form method="post" action={urls.storyAct(slug, 'withdraw')} class="stack">
          <input type="hidden" name="version" value={version} />
          <div>
            <label for="reason">{voice.say('stories.write.withdraw.reason')}</label>
            <input id="reason" name="reason" required maxLength={storyLimits.reason} />
          </div>
          <p>
            <button type="submit" class="secondary">
              {voice.say('stories.write.withdraw')}
            </button>
          </p>
        </form>
      )}
      {state === 'draft' && publishedAt === null && (
        <form method="post" action={urls.storyAct(slug, 'discard')} class="stack">
          <p class="source">{voice.say('stories.write.discard.note')}</p>
          <p>
            <button type="submit" class="secondary">
              {voice.say('stories.write.discard')}
            </button>
          </p>
        </form>
      )}
    </section>
  );
}
