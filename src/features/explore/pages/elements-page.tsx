// The page of the elements: what each shows, a live example, the line to copy, and its attributes.
import type { MessageKey } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type notes from '../element-notes.json';

type Notes = typeof notes;
type Props = { readonly context: PageContext; readonly notes: Notes };

export function ElementsPage({ context, notes: all }: Props) {
  const { voice, site } = context;
  const title = voice.say('elements.title');
  return (
    <Layout context={context} title={title} description={voice.say('elements.intro')} crumbs={[]}>
      <h1>{title}</h1>
      <p class="lead">{voice.say('elements.intro')}</p>
      {all.map((note) => (
        <section key={note.tag} aria-labelledby={note.tag} class="element">
          <h2 id={note.tag}>
            <code>{note.tag}</code>
          </h2>
          <p>{voice.say(`elements.${note.script}` as MessageKey)}</p>
          {/* The example of the element's own comment: our text, not a visitor's. */}
          <div class="card" dangerouslySetInnerHTML={{ __html: note.example ?? '' }} />
          <script type="module" src={site.assetUrl(`${note.script}.js`)} />
          <p>{voice.say('elements.copy')}</p>
          <pre tabindex={0}>
            <code class="copy breakable">
              {`<script type="module" src="${site.publicUrl}${urls.element(note.script)}"></script>\n${(note.example ?? '').replace(`<${note.tag}`, `<${note.tag} base="${site.publicUrl}"`)}`}
            </code>
          </pre>
          <details>
            <summary>{voice.say('elements.attributes')}</summary>
            <dl lang="en">
              {[...note.attributes, ...note.events, ...note.properties].map(({ name, text }) => (
                <div key={name}>
                  <dt>
                    <code>{name}</code>
                  </dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </details>
        </section>
      ))}
    </Layout>
  );
}
