// The page that explains how a file is published.
import type { ComponentChildren } from 'preact';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';

const publishKeys = [
  'publish.promise',
  'publish.who.text',
  'publish.read.text',
  'publish.inspect',
  'publish.deposit',
] as const;
const inspectCommand = 'bin/terroir inspect subventions.csv';
const depositCommand =
  'bin/terroir deposit subventions.csv \\\n  --organization ma-commune \\\n  --title "Subventions 2025" --publish';

/** The same page as data. */
export function publishData(voice: Voice) {
  const text = publishKeys.map((key) => voice.say(key));
  return { title: voice.say('publish.title'), text, commands: [inspectCommand, depositCommand] };
}

export function PublishPage({ context }: { context: PageContext }) {
  const { voice } = context;
  return (
    <TextPage context={context} title={voice.say('publish.title')} lead={voice.say('publish.promise')}>
      <h2>{voice.say('publish.who')}</h2>
      <p>{voice.say('publish.who.text')}</p>
      <p>
        <a class="button" href={urls.desk()}>
          {voice.say('publish.open')}
        </a>
      </p>
      <h2>{voice.say('publish.read')}</h2>
      <p>{voice.say('publish.read.text')}</p>
      <h2>{voice.say('publish.run')}</h2>
      <p>{voice.say('publish.inspect')}</p>
      <pre tabindex={0}>
        <code>{inspectCommand}</code>
      </pre>
      <p>{voice.say('publish.deposit')}</p>
      <pre tabindex={0}>
        <code>{depositCommand}</code>
      </pre>
    </TextPage>
  );
}

type TextProps = {
  readonly context: PageContext;
  readonly title: string;
  readonly lead: string;
  readonly children: ComponentChildren;
};

function TextPage({ context, title, lead, children }: TextProps) {
  return (
    <Layout context={context} title={title} description={lead} crumbs={[]}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {children}
      </div>
    </Layout>
  );
}
