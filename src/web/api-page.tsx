// The readable page of the API: each address with what it answers, an example that is really asked, its parameters.
import type { OperationWithAnswer } from './api-operations.ts';
import { Layout } from './layout.tsx';
import type { PageContext } from './page.ts';
import { urls } from './urls.ts';

type Props = { readonly context: PageContext; readonly operations: readonly OperationWithAnswer[] };

export function ApiPage({ context, operations }: Props) {
  const { voice } = context;
  const title = voice.say('api.title');
  return (
    <Layout context={context} title={title} description={voice.say('api.intro')} crumbs={[]}>
      <h1>{title}</h1>
      <p class="lead">{voice.say('api.intro')}</p>
      <p>
        <a href={urls.openapi()}>{voice.say('api.machine')}</a>
      </p>
      <nav aria-label={voice.say('api.routes')}>
        <ol class="routes">
          {operations.map((operation) => (
            <li key={operation.path}>
              <a href={`#${anchorOf(operation)}`} lang="en">
                {operation.summary || operation.path}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      {operations.map((operation) => (
        <OperationSection key={operation.path} context={context} operation={operation} />
      ))}
    </Layout>
  );
}

function OperationSection({ context, operation }: { context: PageContext; operation: OperationWithAnswer }) {
  const { voice, site } = context;
  const id = anchorOf(operation);
  return (
    <section aria-labelledby={id} class="route">
      <h2 id={id} lang="en">
        {operation.summary || operation.path}
      </h2>
      <p class="path breakable">
        <code>GET {operation.path}</code>
      </p>
      {operation.description !== '' && <p lang="en">{operation.description}</p>}
      <div class="columns-2">
        <div>
          <h3>{voice.say('api.example')}</h3>
          <pre tabindex={0}>
            <code>{`curl "${site.publicUrl}${operation.example}"`}</code>
          </pre>
          {operation.answer !== null && (
            <pre tabindex={0} class="answer">
              <code>{operation.answer}</code>
            </pre>
          )}
          {operation.answer === null && operation.media !== '' && (
            <p>{voice.say('api.file', { media: operation.media })}</p>
          )}
          {!operation.example.includes('{') && (
            <p>
              <a href={operation.example} aria-describedby={id}>
                {voice.say('api.try')}
              </a>
            </p>
          )}
        </div>
        <Parameters context={context} operation={operation} />
      </div>
    </section>
  );
}

function Parameters({ context: { voice }, operation }: { context: PageContext; operation: OperationWithAnswer }) {
  if (operation.parameters.length === 0) return <div />;
  return (
    <div>
      <h3>{voice.say('api.parameters')}</h3>
      <dl class="parameters">
        {operation.parameters.map((p) => (
          <div key={p.name}>
            <dt>
              <code>{p.name}</code>{' '}
              <span class="size">
                {p.in === 'path'
                  ? voice.say('api.required')
                  : p.fallback !== null && voice.say('api.fallback', { value: p.fallback })}
              </span>
            </dt>
            <dd lang="en">{withCode(p.description)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** OpenAPI writes code between backquotes. */
function withCode(text: string) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}

function anchorOf({ path }: OperationWithAnswer): string {
  return `get${path.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '')}`;
}
