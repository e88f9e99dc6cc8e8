// Looks at the file of a draft beside the request that asked: short ones are waited for, long ones are come back to.
import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import { openKept } from '../../data/deposit/receive.ts';
import { examineFile } from '../../data/examine.ts';
import { withScratch } from '../../data/journey.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { TableSchema } from '../../model/schema.ts';
import type { SchemaRegistry } from '../../stores/schemas/registry.ts';
import { keepExamination } from './queries.ts';
import { schemaOf } from './rules.ts';
import type { Draft } from './schemas.ts';

/** How long a page waits for the report before it says that it is on its way. */
const patience = 4000;

/** What is being looked at in this process: asked twice, it is done once. */
const running = new Map<string, Promise<void>>();

/**
 * Has the file of a draft looked at, and waits a moment for it. What is learnt is kept with the draft; a file that cannot be
 * read is a refusal that is kept too.
 */
export async function examine(context: Context, schemas: SchemaRegistry, draft: Draft): Promise<void> {
  if (draft.file === null || draft.examination !== null || draft.refusal !== null) return;
  const key = `${draft.id}@${draft.revision}`;
  const work =
    running.get(key) ??
    look(context, schemas, draft).finally(() => {
      running.delete(key);
    });
  running.set(key, work);
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([work, enough]);
  clearTimeout(timer);
}

async function look(context: Context, schemas: SchemaRegistry, draft: Draft): Promise<void> {
  const { id, revision, file } = draft;
  if (file === null) return;
  try {
    const known = await tableSchemas(schemas);
    const wanted = schemaOf(draft);
    const schema = wanted === null ? null : (known.find(({ name }) => name === wanted) ?? null);
    const name = `journey-${process.pid}-${randomBytes(6).toString('hex')}`;
    const examination = await withScratch(context.files, name, async (scratch) => {
      const kept = await openKept(file, context.files, scratch);
      const { table, steps, asDocument: document } = draft;
      return examineFile(kept, { table, document, steps, schema, known }, { scratch, tables: context.ingest });
    });
    await keepExamination(context.db, id, revision, { examination });
  } catch (error) {
    const refusal = error instanceof TerroirError ? error : new TerroirError('request.unexpected');
    if (refusal !== error) context.log.error({ draft: id, error: String(error) }, 'a deposit could not be examined');
    const { code, params } = refusal;
    await keepExamination(context.db, id, revision, { refusal: { code, params } }).catch((second: unknown) =>
      context.log.error({ draft: id, error: String(second) }, 'a refused deposit could not be noted'),
    );
  }
}

/** The schemas of tables, by name. */
export async function tableSchemas(
  schemas: SchemaRegistry,
): Promise<readonly { readonly name: string; readonly schema: TableSchema }[]> {
  const list = await schemas.list();
  return list.flatMap(({ name, loaded }) => (loaded.kind === 'table' ? [{ name, schema: loaded.schema }] : []));
}
