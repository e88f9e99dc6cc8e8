// The pages that explain: how a file is published, how accessible the portal is.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';

export function PublishPage({ context }: { context: PageContext }) {
  const { voice } = context;
  const title = voice.say('publish.title');
  return (
    <Layout context={context} title={title} crumbs={[]} twin={false}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{voice.say('publish.promise')}</p>
        <p>{voice.say('publish.intro')}</p>
        <p>{voice.say('publish.inspect')}</p>
        <pre>
          <code>bin/terroir inspect subventions.csv</code>
        </pre>
        <p>{voice.say('publish.deposit')}</p>
        <pre>
          <code>
            {
              'bin/terroir deposit subventions.csv \\\n  --organization ville-de-tours \\\n  --title "Subventions 2025" --publish'
            }
          </code>
        </pre>
      </div>
    </Layout>
  );
}

export function AccessibilityPage({ context }: { context: PageContext }) {
  const { voice } = context;
  const title = voice.say('accessibility.title');
  return (
    <Layout context={context} title={title} crumbs={[]} twin={false}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{voice.say('accessibility.state')}</p>
        <p>{voice.say('accessibility.tests')}</p>
        <p>{voice.say('accessibility.contact')}</p>
      </div>
    </Layout>
  );
}
