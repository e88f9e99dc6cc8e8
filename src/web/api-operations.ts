// What the API's page says of each address, read from the OpenAPI document, with an example that is really asked.

export type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly description: string;
  /** "10", when the parameter has a value without being given. */
  readonly fallback: string | null;
};
export type Operation = {
  /** As OpenAPI writes it: /catalog/datasets/{dataset_id}. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  /** The type of the answer: application/json … */
  readonly media: string;
};

export type OperationWithAnswer = Operation & {
  /** An address that answers, from the root of the portal. */
  readonly example: string;
  /** The beginning of its answer, when it is a text. */
  readonly answer: string | null;
};

/** Reads what the page shows from an OpenAPI document; what is not there is left out. */
export function operationsOf(document: unknown): readonly Operation[] {
  const operations: Operation[] = [];
  for (const [path, item] of entriesOf(fieldOf(document, 'paths'))) {
    const get = fieldOf(item, 'get');
    if (get === undefined || path.endsWith('/')) continue;
    const parameters = fieldOf(get, 'parameters');
    const content = fieldOf(fieldOf(fieldOf(get, 'responses'), '200'), 'content');
    operations.push({
      path,
      summary: textOf(get, 'summary'),
      description: textOf(get, 'description'),
      parameters: (Array.isArray(parameters) ? parameters : []).map(readParameter),
      media: entriesOf(content)[0]?.[0].split(';')[0] ?? '',
    });
  }
  return operations;
}

function readParameter(value: unknown): Parameter {
  const fallback = fieldOf(fieldOf(value, 'schema'), 'default');
  return {
    name: textOf(value, 'name'),
    in: textOf(value, 'in'),
    description: textOf(value, 'description'),
    fallback: fallback === undefined ? null : String(fallback),
  };
}

type Answer = { readonly status: number; readonly body: string };

/** Few rows: an example is read by a person. */
const exampleRows = 2;
const linesShown = 24;
const lineLength = 160;

/** Adds to each operation an example that is asked by `ask`; what does not answer is shown without an answer. */
export async function withAnswers(
  operations: readonly Operation[],
  values: Readonly<Record<string, string>>,
  ask: (url: string) => Promise<Answer>,
): Promise<readonly OperationWithAnswer[]> {
  return Promise.all(
    operations.map(async (operation) => {
      const path = operation.path.replace(/\{(\w+)\}/g, (whole, name: string) =>
        values[name] === undefined ? whole : encodeURIComponent(values[name]),
      );
      const limited = operation.parameters.some((p) => p.name === 'limit') ? `?limit=${exampleRows}` : '';
      const example = path + limited;
      return { ...operation, example, answer: path.includes('{') ? null : await answerOf(operation, example, ask) };
    }),
  );
}

async function answerOf(
  { media }: Operation,
  url: string,
  ask: (url: string) => Promise<Answer>,
): Promise<string | null> {
  if (media !== 'application/json' && !media.startsWith('text/')) return null;
  const { status, body } = await ask(url);
  if (status !== 200) return null;
  return beginning(
    media === 'application/json' ? JSON.stringify(JSON.parse(body), null, 2) : body.replace(/^\ufeff/, ''),
  );
}

function beginning(text: string): string {
  const lines = text.trimEnd().split('\n');
  const shown = lines
    .slice(0, linesShown)
    .map((line) => (line.length > lineLength ? `${line.slice(0, lineLength)}…` : line));
  return [...shown, ...(lines.length > linesShown ? ['…'] : [])].join('\n');
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
