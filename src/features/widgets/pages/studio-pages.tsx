// The gallery of widgets, and the studio where one is set up: a plain form, previews, the code.
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { Configuration } from '../configuration.ts';
import type { WidgetAttribute, WidgetKind } from '../kinds.ts';
import { Codes, type CodesToCopy, Previews, type Refused, RefusedNote } from './parts.tsx';

/** What an element's own comment says of it. */
export type Notes = {
  readonly tag: string | undefined;
  readonly attributes: readonly { readonly name: string | undefined; readonly text: string }[];
  readonly parts: readonly { readonly name: string | undefined; readonly text: string }[];
  readonly properties: readonly { readonly name: string | undefined; readonly text: string }[];
};

export type GalleryData = {
  readonly widgets: readonly {
    readonly kind: WidgetKind;
    readonly frame: string | null;
    readonly notes: Notes | null;
  }[];
};

export function GalleryPage({ context, data }: { readonly context: PageContext; readonly data: GalleryData }) {
  const { voice } = context;
  return (
    <Layout context={context} title={voice.say('studio.title')} description={voice.say('studio.lead')} crumbs={[]}>
      <h1>{voice.say('studio.title')}</h1>
      <p class="lead">{voice.say('studio.lead')}</p>
      <p>
        <a href={urls.widgetBenches()}>{voice.say('studio.bench.link')}</a>
      </p>
      {data.widgets.map(({ kind, frame, notes }) => (
        <section class="widget-kind" aria-labelledby={kind.name} key={kind.name}>
          <h2 id={kind.name}>{voice.of(kind.title)}</h2>
          <p>{voice.of(kind.text)}</p>
          {frame !== null && (
            <iframe
              class="widget-live"
              src={frame}
              title={voice.say('studio.live', { name: voice.of(kind.title) })}
              loading="lazy"
            />
          )}
          <p>
            <a class="button" href={urls.widget(kind.name)}>
              {voice.say('studio.configure')}
              <span class="visually-hidden"> : {voice.of(kind.title)}</span>
            </a>
          </p>
          {notes !== null && <Reference voice={voice} notes={notes} />}
        </section>
      ))}
    </Layout>
  );
}

function Reference({ voice, notes }: { readonly voice: Voice; readonly notes: Notes }) {
  const parts = [
    [voice.say('studio.reference.attributes', { tag: notes.tag ?? '' }), notes.attributes],
    [voice.say('studio.reference.parts'), notes.parts],
    [voice.say('studio.reference.properties'), notes.properties],
  ] as const;
  return (
    <details>
      <summary>
        {voice.say('studio.reference')} <code>{notes.tag}</code>
      </summary>
      {parts
        .filter(([, rows]) => rows.length > 0)
        .map(([caption, rows]) => (
          <div class="scroll" tabindex={0} role="region" aria-label={caption} key={caption}>
            <table>
              <caption>{caption}</caption>
              <thead>
                <tr>
                  <th scope="col">{voice.say('studio.reference.name')}</th>
                  <th scope="col">{voice.say('studio.reference.meaning')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ name, text }) => (
                  <tr key={name}>
                    <th scope="row">
                      <code>{name}</code>
                    </th>
                    <td lang="en">{text}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
    </details>
  );
}

/** What is said of a colour: kind or not. */
export type ColourAdvice = {
  readonly name: 'accent' | 'ground';
  readonly typed: string;
  readonly said: string | null;
  readonly good: boolean;
};

export type StudioData = {
  readonly configuration: Configuration;
  readonly datasets: readonly { readonly id: string; readonly title: string }[];
  readonly colours: readonly ColourAdvice[];
  /** Null as long as something that must be said is not. */
  readonly preview: string | null;
  readonly codes: CodesToCopy | null;
  /** Where whoever looks may keep it; null for who is not known. */
  readonly organizations: readonly { readonly slug: string; readonly name: string }[] | null;
  readonly refused: Refused;
};

export function StudioPage({ context, data }: { readonly context: PageContext; readonly data: StudioData }) {
  const { voice, site } = context;
  const { configuration, colours, preview, codes, refused } = data;
  const { kind } = configuration;
  const title = voice.of(kind.title);
  return (
    <Layout
      context={context}
      title={voice.say('studio.configure.of', { name: title })}
      description={voice.of(kind.text)}
      crumbs={[{ label: voice.say('studio.title'), href: urls.widgets() }]}
    >
      <RefusedNote voice={voice} refused={refused} />
      <h1>{voice.say('studio.configure.of', { name: title })}</h1>
      <p class="lead">{voice.of(kind.text)}</p>
      <form method="get" action={urls.widget(kind.name)} class="widget-form" aria-labelledby="choose">
        <h2 id="choose">{voice.say('studio.choose')}</h2>
        {kind.attributes.map((attribute) => (
          <Choice voice={voice} attribute={attribute} data={data} key={attribute.name} />
        ))}
        <fieldset>
          <legend>{voice.say('studio.colours')}</legend>
          <p class="help" id="colours-help">
            {voice.say('studio.colours.help')}
          </p>
          {colours.map(({ name, typed, said, good }) => (
            <p class="field" key={name}>
              <label for={name}>{voice.say(`studio.${name}`)}</label>
              <input
                id={name}
                name={name}
                value={typed}
                maxLength={40}
                spellcheck={false}
                aria-describedby={`${name}-said colours-help`}
                aria-invalid={said !== null && !good ? 'true' : undefined}
              />
              <span id={`${name}-said`} class={good ? 'widget-good' : 'widget-bad'}>
                {said}
              </span>
            </p>
          ))}
        </fieldset>
        <button type="submit">{voice.say('studio.apply')}</button>
      </form>
      {preview !== null && (
        <>
          <h2>{voice.say('studio.preview')}</h2>
          <p>{voice.say('studio.preview.help')}</p>
          <Previews voice={voice} src={preview} name={title} />
        </>
      )}
      {codes !== null && (
        <>
          <h2>{voice.say('studio.codes')}</h2>
          <p>{voice.say('studio.codes.help')}</p>
          <Codes voice={voice} codes={codes} />
          <p>
            <a href={urls.widgetBenches()}>{voice.say('studio.bench.link')}</a>
          </p>
          <Keep context={context} data={data} />
        </>
      )}
      <script type="module" src={site.assetUrl('widgets.js')} />
    </Layout>
  );
}

type ChoiceProps = { readonly voice: Voice; readonly attribute: WidgetAttribute; readonly data: StudioData };

function Choice({ voice, attribute, data: { configuration, datasets } }: ChoiceProps) {
  const { name, kind, required } = attribute;
  const wrong = configuration.refused.find((one) => one.attribute.name === name);
  const value = configuration.attributes[name] ?? wrong?.value ?? '';
  const label = voice.of(attribute.label);
  const options =
    kind === 'choice'
      ? attribute.options.map((option) => ({ id: option, title: option }))
      : kind === 'dataset'
        ? datasets
        : null;
  const said = wrong === undefined ? null : voice.say('studio.value.invalid', { label, value: wrong.value });
  const shared = { id: name, name, 'aria-describedby': said === null ? undefined : `${name}-said` } as const;
  return (
    <p class="field">
      <label for={name}>
        {label} {!required && <span class="optional">{voice.say('studio.optional')}</span>}
      </label>
      {options === null ? (
        <input
          {...shared}
          value={value}
          maxLength={200}
          spellcheck={false}
          aria-invalid={said === null ? undefined : 'true'}
        />
      ) : (
        <select {...shared}>
          <option value="">{voice.say('studio.none')}</option>
          {options.map(({ id, title }) => (
            <option value={id} selected={id === value} key={id}>
              {title}
            </option>
          ))}
        </select>
      )}
      {said !== null && (
        <span id={`${name}-said`} class="widget-bad">
          {said}
        </span>
      )}
    </p>
  );
}

function Keep({ context, data }: { readonly context: PageContext; readonly data: StudioData }) {
  const { voice, path, query } = context;
  const { organizations, configuration, colours, refused } = data;
  const typed = refused?.typed ?? {};
  if (organizations === null)
    return (
      <section class="card" aria-labelledby="keep">
        <h2 id="keep">{voice.say('studio.keep')}</h2>
        <p>{voice.say('studio.keep.help')}</p>
        <p>
          <a href={withQuery(urls.signIn(), { next: query === '' ? path : `${path}?${query}` })} rel="nofollow">
            {voice.say('studio.keep.signIn')}
          </a>
        </p>
      </section>
    );
  if (organizations.length === 0) return null;
  const fields = [
    ['title', 'studio.keep.name', 'studio.keep.name.help', 100],
    ['hosts', 'studio.keep.hosts', 'studio.keep.hosts.help', 2000],
    ['contact', 'studio.keep.contact', null, 200],
  ] as const;
  return (
    <section class="card" aria-labelledby="keep">
      <h2 id="keep">{voice.say('studio.keep')}</h2>
      <p>{voice.say('studio.keep.help')}</p>
      <form method="post" action={urls.widget(configuration.kind.name)}>
        {Object.entries(configuration.attributes).map(([name, value]) => (
          <input type="hidden" name={name} value={value} key={name} />
        ))}
        {colours.map(({ name, typed: colour }) => (
          <input type="hidden" name={name} value={colour} key={name} />
        ))}
        <p class="field">
          <label for="organization">{voice.say('studio.keep.organization')}</label>
          <select id="organization" name="organization">
            {organizations.map(({ slug, name }) => (
              <option value={slug} selected={slug === typed['organization']} key={slug}>
                {name}
              </option>
            ))}
          </select>
        </p>
        {fields.map(([name, label, help, most]) => (
          <p class="field" key={name}>
            <label for={`keep-${name}`}>{voice.say(label)}</label>
            {help !== null && (
              <span class="help" id={`keep-${name}-help`}>
                {voice.say(help)}
              </span>
            )}
            <input
              id={`keep-${name}`}
              name={`keep_${name}`}
              value={typed[name] ?? ''}
              required
              maxLength={most}
              aria-describedby={help === null ? undefined : `keep-${name}-help`}
              spellcheck={false}
            />
          </p>
        ))}
        <button type="submit">{voice.say('studio.keep.do')}</button>
      </form>
    </section>
  );
}
