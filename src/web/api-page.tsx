// The readable page of the API, made of its own OpenAPI document.
import { Layout } from './layout.tsx';
import type { PageContext } from './page.ts';
import { urls } from './urls.ts';

type Parameter = { readonly name: string; readonly in: string; readonly description: string };
type Operation = {
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
};

/** Reads what the page shows from an OpenAPI document; what is not there is left out. */
export function operationsOf(document: unknown): readonly Operation[] {
  const operations: Operation[] = [];
  for (const [path, item] of entriesOf(fieldOf(document, 'paths'))) {
    const get = fieldOf(item, 'get');
    if (get === undefined || path.endsWith('/')) continue;
    const parameters = fieldOf(get, 'parameters');
    operations.push({
      path,
      summary: textOf(get, 'summary'),
      description: textOf(get, 'description'),
      parameters: (Array.isArray(parameters) ? parameters : []).map((p: unknown) => ({
        name: textOf(p, 'name'),
        in: textOf(p, 'in'),
        description: textOf(p, 'description'),
      })),
    });
  }
  return operations;
}

export function ApiPage({ context, operations }: { context: PageContext; operations: readonly Operation[] }) {
  const { voice } = context;
  const title = voice.say('api.title');
  return (
    <Layout context={context} title={title} crumbs={[]} twin={false}>
      <h1>{title}</h1>
      <p class="lead">{voice.say('api.intro')}</p>
      <p>
        <a href={urls.openapi()}>{voice.say('api.machine')}</a>
      </p>
      {operations.map((operation) => (
        <OperationSection key={operation.path} context={context} operation={operation} />
      ))}
    </Layout>
  );
}

function OperationSection({ context: { voice, site }, operation }: { context: PageContext; operation: Operation }) {
  const queries = operation.parameters.filter((p) => p.in === 'query');
  const id = `op${operation.path.replace(/[^a-z0-9]+/gi, '-')}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} class="breakable" lang="en">
        {operation.summary === '' ? operation.path : operation.summary}
      </h2>
      {operation.description !== '' && <p lang="en">{operation.description}</p>}
      <pre tabindex={0}>
        <code>{`curl "${site.publicUrl}${operation.path}"`}</code>
      </pre>
      {queries.length > 0 && (
        <details>
          <summary>{`${voice.say('api.parameters')} (${queries.length})`}</summary>
          <div class="scroll" role="region" aria-labelledby={id} tabindex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{voice.say('api.parameter')}</th>
                  <th scope="col">{voice.say('api.meaning')}</th>
                </tr>
              </thead>
              <tbody>
                {queries.map((p) => (
                  <tr key={p.name}>
                    <th scope="row">
                      <code>{p.name}</code>
                    </th>
                    <td lang="en">{p.description}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </section>
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function textOf(value: unknown, name: string): string {
  const field = fieldOf(value, name);
  return typeof field === 'string' ? field : '';
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
