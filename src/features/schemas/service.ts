// The verbs of the territory's own schemas: begin, change, show to all, decide, publish; and the registry that knows them.
import type { Context } from '../../context.ts';
import { judgeByPattern, readPattern } from '../../data/schema/patterns.ts';
import { TerroirError } from '../../lib/errors.ts';
import { parisClock } from '../../lib/paris.ts';
import { foldedWords, slugify } from '../../lib/text.ts';
import { actorName, can, mustBeAbleTo } from '../../model/permission.ts';
import type { TableSchema } from '../../model/schema.ts';
import { readTableSchema } from '../../model/schema-reader.ts';
import type { RegisteredSchema, SchemaRegistry } from '../../stores/schemas/registry.ts';
import { mappingsOnto } from '../harmonisation/service.ts';
import { brokenFields, changesBetween, nextVersion } from './changes.ts';
import { descriptorOf, faultsOf, inputOf, type SchemaInput } from './form.ts';
import {
  deleteDraft,
  insertComment,
  insertDraft,
  insertSchema,
  readComments,
  readSchema,
  readVersions,
  writeDecision,
  writeDescriptor,
  writePublished,
  writeWindow,
} from './queries.ts';
import { wordsInCommon } from './rules.ts';
import type {
  Comparison,
  Decision,
  Descriptor,
  Fault,
  SchemaComment,
  SchemaVersion,
  TerritorySchema,
} from './schemas.ts';

export { withTerritorySchemas } from './territory-registry.ts';

const profile = 'https://datapackage.org/profiles/2.0/tableschema.json';
const longestText = 4000;
const longestWindowDays = 366;
const judgedMilliseconds = 100;

/** The day that it is in Paris, ISO 8601. */
export function today(context: Context): string {
  const { year, month, day } = parisClock(context.now());
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The schemas whose subject words tell, the national ones first: what one should look at before writing another. */
export async function schemasAbout(
  schemas: SchemaRegistry,
  subject: string,
): Promise<readonly { readonly name: string; readonly national: string | null; readonly title: string }[]> {
  const found = (await schemas.list()).flatMap(({ name, national, loaded }) => {
    if (loaded.kind !== 'table') return [];
    const { title, description, fields } = loaded.schema;
    const near = wordsInCommon(
      subject,
      [name, title],
      [description ?? '', ...fields.map((field) => field.title ?? '')],
    );
    return near === 0 ? [] : [{ name, national, title, near }];
  });
  return found
    .toSorted((a, b) => Number(b.national !== null) - Number(a.national !== null) || b.near - a.near)
    .slice(0, 8)
    .map(({ name, national, title }) => ({ name, national, title }));
}

/**
 * Begins a schema, or the next version of one: empty, or from an existing one. A national one is never rewritten: what begins
 * from it gets a name of its own.
 * @returns its name
 * @throws TerroirError permission.denied, schema.nameTaken, schema.reasonMissing, schema.unknown, schema.otherKind, schema.onItsWay
 */
export async function beginSchema(
  context: Context,
  schemas: SchemaRegistry,
  asked: { readonly title: string; readonly basedOn: string | null; readonly reason: string },
): Promise<string> {
  mustBeAbleTo(context.actor, 'schema.manage');
  const by = { actor: actorName(context.actor), now: context.now() };
  const known = await schemas.list();
  const base = asked.basedOn === null ? null : tableOf(known, asked.basedOn);
  const again = base !== null && base.national === null;
  const title = asked.title.trim().slice(0, 200) || (base?.loaded.schema.title ?? '');
  const name = again ? base.name : slugify(title).slice(0, 60);
  if (!/^[a-z][a-z0-9-]{2,59}$/.test(name) || name === 'new')
    throw new TerroirError('schema.nameInvalid', { name: title });
  const versions = await readVersions(context.db, name);
  const taken = versions.length > 0 || known.some((each) => each.name === name);
  if (!again && taken) throw new TerroirError('schema.nameTaken', { name });
  const reason = asked.reason.trim().slice(0, longestText);
  if (!again && reason === '') throw new TerroirError('schema.reasonMissing');
  const national = base?.national ?? null;
  const sources = again
    ? []
    : national === null
      ? []
      : [{ title: `schema.data.gouv.fr : ${national}`, path: `https://schema.data.gouv.fr/${national}/` }];
  const { national: _national, fetchedFrom: _from, ...written } = (base?.descriptor ?? {}) as Descriptor;
  const descriptor: Descriptor = again
    ? written
    : {
        $schema: profile,
        ...written,
        name,
        title,
        reason,
        ...(sources.length > 0 && { sources }),
        fields: written['fields'] ?? [],
      };
  await insertSchema(context.db, { name, basedOn: asked.basedOn, reason }, by);
  const version = nextVersion(again ? (base.loaded.schema.version ?? '1.0.0') : null, []);
  if (!(await insertDraft(context.db, { name, version, descriptor: { ...descriptor, version } }, by)))
    throw new TerroirError('schema.onItsWay', { name });
  return name;
}

type TableEntry = RegisteredSchema & { readonly loaded: { readonly kind: 'table'; readonly schema: TableSchema } };

function tableOf(known: readonly RegisteredSchema[], name: string): TableEntry {
  const found = known.find((each) => each.name === name);
  if (found === undefined) throw new TerroirError('schema.unknown', { name, nearest: '–' });
  const { loaded } = found;
  if (loaded.kind !== 'table') throw new TerroirError('schema.otherKind', { name, expected: 'JSON', file: name });
  return { ...found, loaded };
}

export type SchemaToEdit = {
  readonly schema: TerritorySchema;
  readonly version: SchemaVersion;
  readonly input: SchemaInput;
  readonly faults: readonly Fault[];
  readonly comparison: Comparison | null;
};

/** The version on its way, as a form. @throws TerroirError permission.denied, schema.noDraft */
export async function schemaToEdit(context: Context, schemas: SchemaRegistry, name: string): Promise<SchemaToEdit> {
  mustBeAbleTo(context.actor, 'schema.manage');
  const version = await openVersionOf(context, name);
  const schema = (await readSchema(context.db, name)) ?? { name, basedOn: null, reason: '' };
  const input = inputOf(version.descriptor);
  const faults = allFaults(input, version.descriptor, name);
  const comparison = faults.length === 0 ? await compare(context, schemas, version) : null;
  return { schema, version, input, faults, comparison };
}

async function openVersionOf(context: Context, name: string): Promise<SchemaVersion> {
  const found = (await readVersions(context.db, name)).find(
    ({ state }) => state === 'draft' || state === 'commenting' || state === 'amending',
  );
  if (found === undefined) throw new TerroirError('schema.noDraft', { name });
  return found;
}

function allFaults(input: SchemaInput, descriptor: Descriptor, name: string): readonly Fault[] {
  const faults = faultsOf(input, patternMatches);
  if (faults.length > 0) return faults;
  try {
    readTableSchema(descriptor, name);
    return [];
  } catch (error) {
    const about = error instanceof TerroirError ? String(error.params['reason'] ?? '') : '';
    return [{ field: null, code: 'schema', about }];
  }
}

/** What a version changes for those who follow the one in force; null when its descriptor is not sound. */
export async function compare(
  context: Context,
  schemas: SchemaRegistry,
  version: Pick<SchemaVersion, 'name' | 'descriptor'>,
): Promise<Comparison | null> {
  const inForce = (await schemas.list()).find(({ name }) => name === version.name)?.loaded ?? null;
  const after = soundSchema(version);
  if (after === null) return null;
  if (inForce === null || inForce.kind !== 'table') return { against: null, changes: [], broken: [] };
  const following = await mappingsOnto(context, version.name);
  return {
    against: inForce.schema.version,
    changes: changesBetween(inForce.schema, after),
    broken: following.flatMap(({ mapped, ...each }) => {
      const fields = brokenFields(mapped, after);
      return fields.length === 0 ? [] : [{ ...each, fields }];
    }),
  };
}

function soundSchema({ name, descriptor }: Pick<SchemaVersion, 'name' | 'descriptor'>): TableSchema | null {
  try {
    return readTableSchema(descriptor, name);
  } catch {
    return null;
  }
}

/** Keeps what the form says, sound or not. @throws TerroirError permission.denied, schema.noDraft, schema.notEditable */
export async function saveSchema(
  context: Context,
  schemas: SchemaRegistry,
  name: string,
  input: SchemaInput,
): Promise<void> {
  mustBeAbleTo(context.actor, 'schema.manage');
  const open = await openVersionOf(context, name);
  const written = descriptorOf(input, open.descriptor, name);
  const comparison = await compare(context, schemas, { name, descriptor: written });
  const version = comparison === null ? open.version : nextVersion(comparison.against, comparison.changes);
  const by = { actor: actorName(context.actor), now: context.now() };
  const descriptor = { ...written, version };
  if (!(await writeDescriptor(context.db, open.id, { version, descriptor }, by)))
    throw new TerroirError('schema.notEditable', { name, version: open.version });
}

/** @throws TerroirError permission.denied, schema.noDraft, schema.notEditable */
export async function abandonDraft(context: Context, name: string): Promise<void> {
  mustBeAbleTo(context.actor, 'schema.manage');
  const open = await openVersionOf(context, name);
  if (!(await deleteDraft(context.db, open.id)))
    throw new TerroirError('schema.notEditable', { name, version: open.version });
}

/**
 * Shows a draft to all, from today until a day, included.
 * @throws TerroirError permission.denied, schema.noDraft, schema.faulty, schema.windowInvalid, schema.notEditable
 */
export async function openComments(
  context: Context,
  schemas: SchemaRegistry,
  name: string,
  until: string,
): Promise<void> {
  const { version, faults } = await schemaToEdit(context, schemas, name);
  if (faults.length > 0) throw new TerroirError('schema.faulty', { name, count: faults.length });
  const from = today(context);
  const days = (Date.parse(until) - Date.parse(from)) / 86_400_000;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until) || !(days >= 0 && days <= longestWindowDays))
    throw new TerroirError('schema.windowInvalid', { until: until.slice(0, 20) });
  if (!(await writeWindow(context.db, version.id, { from, until })))
    throw new TerroirError('schema.notEditable', { name, version: version.version });
}

/** @throws TerroirError permission.denied, schema.noComments, schema.commentEmpty */
export async function commentSchema(
  context: Context,
  name: string,
  comment: { readonly byName: string; readonly text: string },
): Promise<SchemaVersion> {
  mustBeAbleTo(context.actor, 'schema.comment');
  const open = (await readVersions(context.db, name)).find(({ state }) => state === 'commenting');
  if (open === undefined || !acceptsComments(context, open)) throw new TerroirError('schema.noComments', { name });
  const text = comment.text.replaceAll('\r\n', '\n').trim().slice(0, longestText);
  if (text === '') throw new TerroirError('schema.commentEmpty');
  const by = { actor: actorName(context.actor), now: context.now() };
  await insertComment(context.db, { version: open.id, byName: comment.byName, text }, by);
  return open;
}

export function acceptsComments(context: Context, { state, comments }: SchemaVersion): boolean {
  return state === 'commenting' && comments !== null && today(context) <= comments.until;
}

/**
 * Records what was decided once comments are over: adopted, it is published; amended, it is changed then published; refused,
 * it stays readable with the reason.
 * @throws TerroirError permission.denied, schema.noDraft, schema.tooEarly, schema.reasonMissing, schema.notEditable
 */
export async function decideSchema(
  context: Context,
  name: string,
  said: { readonly word: Decision; readonly reason: string; readonly byName: string },
): Promise<SchemaVersion> {
  mustBeAbleTo(context.actor, 'schema.manage');
  const open = await openVersionOf(context, name);
  const { comments } = open;
  if (open.state !== 'commenting' || comments === null)
    throw new TerroirError('schema.notEditable', { name, version: open.version });
  if (today(context) < comments.until) throw new TerroirError('schema.tooEarly', { until: comments.until });
  const reason = said.reason.trim().slice(0, longestText);
  if (reason === '') throw new TerroirError('schema.reasonMissing');
  const states = { adopted: 'published', amended: 'amending', refused: 'refused' } as const;
  const state = states[said.word];
  const now = context.now();
  const decision = {
    word: said.word,
    reason,
    byName: said.byName,
    state,
    publishedAt: state === 'published' ? now : null,
  };
  if (!(await writeDecision(context.db, open.id, decision, { actor: actorName(context.actor), now })))
    throw new TerroirError('schema.notEditable', { name, version: open.version });
  return open;
}

/** Publishes what was amended. @throws TerroirError permission.denied, schema.noDraft, schema.faulty, schema.notEditable */
export async function publishAmended(context: Context, schemas: SchemaRegistry, name: string): Promise<void> {
  const { version, faults } = await schemaToEdit(context, schemas, name);
  if (faults.length > 0) throw new TerroirError('schema.faulty', { name, count: faults.length });
  if (!(await writePublished(context.db, version.id, context.now())))
    throw new TerroirError('schema.notEditable', { name, version: version.version });
}

/** The versions of a schema that everyone may read, newest first; drafts for those who write them. */
export async function versionsOf(context: Context, name: string): Promise<readonly SchemaVersion[]> {
  const all = await readVersions(context.db, name);
  return can(context.actor, 'schema.manage') ? all : all.filter(({ state }) => state !== 'draft');
}

/** What is being discussed, whatever the schema. */
export async function discussedVersions(context: Context): Promise<readonly SchemaVersion[]> {
  return (await readVersions(context.db)).filter((version) => acceptsComments(context, version));
}

/** A version by its number: what is in force before what is discussed, before what was refused. */
export async function findVersion(context: Context, name: string, number: string): Promise<SchemaVersion | null> {
  const order = ['published', 'commenting', 'amending', 'draft', 'refused'];
  const all = (await versionsOf(context, name)).filter(({ version }) => version === number);
  return all.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0] ?? null;
}

export async function commentsOf(context: Context, version: SchemaVersion): Promise<readonly SchemaComment[]> {
  return readComments(context.db, version.id);
}

/** Whether a value matches a pattern whole; null when the pattern cannot be read, or has no end. */
function patternMatches(pattern: string, value: string): boolean | null {
  const { js } = readPattern(pattern);
  if (js === null) return null;
  return value === '' ? true : (judgeByPattern(js, [value], judgedMilliseconds)?.[0] ?? null);
}

/** What a search for a subject looks for: nothing in words of one or two letters. */
export function isSubject(subject: string): boolean {
  return foldedWords(subject, '-').length > 2;
}
