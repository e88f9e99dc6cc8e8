// The list of shared tables, each with how far it is.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { ConsolidationFacts } from '../schemas.ts';

type Props = { readonly context: PageContext; readonly list: readonly ConsolidationFacts[] };

export function ConsolidationsPage({ context, list }: Props) {
  const { voice } = context;
  return (
    <Layout
      context={context}
      title={voice.say('harmonisation.title')}
      description={voice.say('harmonisation.lead')}
      crumbs={[{ label: voice.say('shell.catalog'), href: urls.catalog() }]}
    >
      <h1>{voice.say('harmonisation.title')}</h1>
      <p class="lead">{voice.say('harmonisation.lead')}</p>
      {list.length === 0 && <p>{voice.say('harmonisation.none')}</p>}
      <ul class="datasets cards">
        {list.map(({ consolidation, coverage }) => (
          <li key={consolidation.id}>
            <article>
              <h2>
                <a href={urls.consolidation(consolidation.id)} lang={voice.written}>
                  {consolidation.title}
                </a>
              </h2>
              <p class="excerpt" lang={voice.written}>
                {voice.typeset(consolidation.description)}
              </p>
              <p class="facts">
                <span>
                  {voice.say('harmonisation.coverage', {
                    covered: voice.number(coverage.covered),
                    communes: voice.number(coverage.communes),
                    rows: voice.number(coverage.rows),
                  })}
                </span>
                <span class={`pill ${coverage.state}`}>{voice.say(`harmonisation.state.${coverage.state}`)}</span>
              </p>
            </article>
          </li>
        ))}
      </ul>
    </Layout>
  );
}
