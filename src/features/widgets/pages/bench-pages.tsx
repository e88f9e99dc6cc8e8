// The test benches: what each content management system keeps of a pasted code, and what visitors then see.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { type BenchName, benches as benchRules, type Kept, ways } from '../bench-rules.ts';

const words = { works: 'studio.bench.works', link: 'studio.bench.linkOnly', lost: 'studio.bench.lost' } as const;
const pills = { works: '', link: 'due', lost: 'overdue' } as const;

type BenchesData = { readonly benches: readonly { readonly name: BenchName; readonly kept: readonly Kept[] }[] };

export function BenchesPage({ context, data }: { readonly context: PageContext; readonly data: BenchesData }) {
  const { voice } = context;
  return (
    <Layout
      context={context}
      title={voice.say('studio.bench.title')}
      description={voice.say('studio.bench.lead')}
      crumbs={[{ label: voice.say('studio.title'), href: urls.widgets() }]}
    >
      <h1>{voice.say('studio.bench.title')}</h1>
      <p class="lead">{voice.say('studio.bench.lead')}</p>
      <div class="scroll" tabindex={0} role="region" aria-label={voice.say('studio.bench.table')}>
        <table>
          <caption>{voice.say('studio.bench.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{voice.say('studio.bench.tool')}</th>
              {ways.map((way) => (
                <th scope="col" key={way}>
                  {voice.say(`studio.way.${way}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.benches.map(({ name, kept }) => (
              <tr key={name}>
                <th scope="row">
                  <a href={urls.widgetBench(name)}>{voice.say(`studio.bench.${name}`)}</a>
                </th>
                {kept.map(({ way, outcome }) => (
                  <td key={way}>
                    <span class={`pill ${pills[outcome]}`}>{voice.say(words[outcome])}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Layout>
  );
}

type BenchData = { readonly name: BenchName; readonly widget: string; readonly kept: readonly Kept[] };

export function BenchPage({ context, data }: { readonly context: PageContext; readonly data: BenchData }) {
  const { voice } = context;
  const { name, widget, kept } = data;
  const rules = benchRules[name];
  const title = voice.say('studio.bench.of', { name: voice.say(`studio.bench.${name}`) });
  return (
    <Layout
      context={context}
      title={title}
      description={voice.say('studio.bench.lead')}
      crumbs={[
        { label: voice.say('studio.title'), href: urls.widgets() },
        { label: voice.say('studio.bench.title'), href: urls.widgetBenches() },
      ]}
    >
      <h1>{title}</h1>
      <p class="lead">{voice.of(rules.who)}</p>
      <p>{voice.of(rules.advice)}</p>
      <p>{voice.say('studio.bench.what', { name: widget })}</p>
      {kept.map(({ way, outcome, html }) => (
        <section aria-labelledby={`way-${way}`} class="widget-code" key={way}>
          <h2 id={`way-${way}`}>{voice.say(`studio.way.${way}`)}</h2>
          <p>
            <span class={`pill ${pills[outcome]}`}>{voice.say(words[outcome])}</span>
          </p>
          <h3>{voice.say('studio.bench.kept')}</h3>
          {html.trim() === '' ? (
            <p class="empty">{voice.say('studio.bench.nothing')}</p>
          ) : (
            <>
              <pre tabindex={0}>
                <code>{html}</code>
              </pre>
              <h3>{voice.say('studio.bench.shown')}</h3>
              {/* Our own code, after the rules of that tool: nothing of it comes from a visitor. */}
              <div class="card widget-shown" dangerouslySetInnerHTML={{ __html: html }} />
            </>
          )}
        </section>
      ))}
      <h2>{voice.say('studio.bench.sources')}</h2>
      <ul>
        {rules.sources.map((source) => (
          <li key={source.url}>
            <a href={source.url} lang="en">
              {source.title}
            </a>
          </li>
        ))}
      </ul>
    </Layout>
  );
}
