// The schemas that files are checked against: ours by name, fresher copies of the national ones, any by path or address.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { TerroirError } from '../../lib/errors.ts';
import { nearest } from '../../lib/nearest.ts';
import { isRecord, type LoadedSchema, type PackageFile, schemaKind } from '../../model/schema.ts';
import { readTableSchema } from '../../model/schema-reader.ts';
import type { Fetcher } from '../fetch/fetch.ts';

/** A schema of the registry, as a list shows it. */
export type RegisteredSchema = {
  /** Its name in a command and in an address: "scdl-subventions". */
  readonly name: string;
  /** Its name on schema.data.gouv.fr: "scdl/subventions"; null for a territory's own. */
  readonly national: string | null;
  readonly loaded: LoadedSchema;
  /** The descriptor as it is written, for programs. */
  readonly descriptor: unknown;
  /** Whether it is a copy fetched from schema.data.gouv.fr rather than the one that comes with the platform. */
  readonly fetched: boolean;
};

export type SchemaRegistry = {
  /** Every schema known by name, in the order of the names. */
  list(): Promise<readonly RegisteredSchema[]>;
  /**
   * A schema by name, by path or by address.
   * @throws TerroirError schema.unknown, schema.invalid, fetch.*
   */
  load(reference: string): Promise<LoadedSchema>;
  /**
   * The files of a data package, by the path of its descriptor.
   * @throws TerroirError file.notFound, schema.invalid, schema.unknown, fetch.*
   */
  loadPackage(path: string): Promise<readonly PackageFile[]>;
  /**
   * Fetches the latest version of each national schema. What cannot be reached or read leaves the copy in use.
   * @returns the names that were renewed and those that could not be
   */
  refresh(): Promise<{ readonly renewed: readonly string[]; readonly failed: readonly string[] }>;
};

export type RegistryPlaces = {
  /** The folder of the schemas that come with the platform; found beside the program when absent. */
  readonly ours?: string;
  /** The folder of the copies fetched from schema.data.gouv.fr, in TERROIR_HOME. */
  readonly fetched: string;
};

const catalogueAddress = 'https://schema.data.gouv.fr/schemas.json';
const mostSchemaBytes = 5 * 1024 * 1024;

export function openSchemaRegistry(places: RegistryPlaces, fetcher: Fetcher): SchemaRegistry {
  const ours = places.ours ?? findOurs();
  const list = async () => {
    const kept = new Map((await readFolder(places.fetched, true)).map((each) => [each.name, each]));
    const own = (await readFolder(ours, false)).map((each) => kept.get(each.name) ?? each);
    return own.sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  const load = async (reference: string): Promise<LoadedSchema> => {
    if (/^https?:\/\//i.test(reference)) {
      const { body } = await fetcher.get(reference, { maxBytes: mostSchemaBytes, accept: 'application/json' });
      return read(body.toString('utf8'), reference);
    }
    const known = await list();
    const wanted = reference.toLowerCase();
    const found = known.find(({ name, national }) => name === wanted || national === wanted);
    if (found !== undefined) return { ...found.loaded, name: found.name };
    if (isPath(reference) && existsSync(reference)) return read(await readFile(reference, 'utf8'), reference);
    const names = known.map(({ name }) => name);
    throw new TerroirError('schema.unknown', {
      name: reference,
      nearest: names.length === 0 ? '–' : nearest(wanted, names),
    });
  };
  return {
    list,
    load,
    loadPackage: (path) => readPackage(path, load),
    refresh: () => refresh(list, places.fetched, fetcher),
  };
}

function isPath(reference: string): boolean {
  return /[./\\]/.test(reference);
}

/** Above the sources as above the build, whatever the depth. */
function findOurs(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const found = join(folder, 'reference', 'schemas');
    if (existsSync(found)) return found;
    if (folder === dirname(folder)) throw new Error(`reference/schemas is missing above ${import.meta.dirname}`);
  }
}

/** @throws TerroirError schema.invalid */
function read(text: string, name: string): LoadedSchema {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new TerroirError('schema.invalid', { name, reason: error instanceof Error ? error.message : 'JSON' });
  }
  const kind = schemaKind(value);
  if (kind === 'table') return { kind, name, schema: readTableSchema(value, name) };
  if (kind === 'json') return { kind, name, schema: value };
  throw new TerroirError('schema.invalid', { name, reason: 'Table Schema | JSON Schema' });
}

async function readFolder(folder: string, fetched: boolean): Promise<readonly RegisteredSchema[]> {
  if (!existsSync(folder)) return [];
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const schemas = await Promise.all(
    files.map(async (file): Promise<RegisteredSchema | null> => {
      const name = file.slice(0, -'.json'.length);
      const text = await readFile(join(folder, file), 'utf8');
      try {
        const loaded = read(text, name);
        return { name, national: nationalName(text), loaded, descriptor: JSON.parse(text) as unknown, fetched };
      } catch (error) {
        // A fetched copy that cannot be read any more never hides ours.
        if (fetched) return null;
        throw error;
      }
    }),
  );
  return schemas.filter((each) => each !== null);
}

/** Our files say which national schema they follow; fetched copies are given the same word. */
function nationalName(text: string): string | null {
  const value: unknown = JSON.parse(text);
  const name = isRecord(value) ? value['national'] : null;
  return typeof name === 'string' ? name.toLowerCase() : null;
}

async function refresh(list: () => Promise<readonly RegisteredSchema[]>, folder: string, fetcher: Fetcher) {
  const renewed: string[] = [];
  const failed: string[] = [];
  const known = (await list()).filter((each) => each.national !== null);
  let addresses: ReadonlyMap<string, string>;
  try {
    const { body } = await fetcher.get(catalogueAddress, { maxBytes: mostSchemaBytes });
    addresses = newestAddresses(JSON.parse(body.toString('utf8')));
  } catch {
    return { renewed, failed: known.map(({ name }) => name) };
  }
  await mkdir(folder, { recursive: true });
  for (const { name, national } of known) {
    const address = addresses.get(national ?? '');
    try {
      if (address === undefined) throw new TerroirError('schema.unknown', { name, nearest: '–' });
      const { body } = await fetcher.get(address, { maxBytes: mostSchemaBytes });
      const value: unknown = JSON.parse(body.toString('utf8'));
      read(body.toString('utf8'), name);
      const file = join(folder, `${name}.json`);
      // Written beside and renamed: a reader never sees half a schema.
      await writeFile(
        `${file}.new`,
        JSON.stringify({ ...(isRecord(value) ? value : {}), national, fetchedFrom: address }),
      );
      await rename(`${file}.new`, file);
      renewed.push(name);
    } catch {
      failed.push(name);
    }
  }
  return { renewed, failed };
}

/** For each national schema the address of its last version: the list is in the order of the versions. */
function newestAddresses(catalogue: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const schemas = isRecord(catalogue) && Array.isArray(catalogue['schemas']) ? catalogue['schemas'] : [];
  for (const each of schemas.filter(isRecord)) {
    const versions = Array.isArray(each['versions']) ? each['versions'].filter(isRecord) : [];
    const address = versions.at(-1)?.['schema_url'];
    if (typeof each['name'] === 'string' && typeof address === 'string') found.set(each['name'].toLowerCase(), address);
  }
  return found;
}

async function readPackage(
  path: string,
  load: (reference: string) => Promise<LoadedSchema>,
): Promise<readonly PackageFile[]> {
  if (!existsSync(path)) throw new TerroirError('file.notFound', { path });
  const refuse = (reason: string) => new TerroirError('schema.invalid', { name: path, reason });
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : 'JSON');
  }
  if (!isRecord(value) || !Array.isArray(value['resources'])) throw refuse('resources: [ … ]');
  const files: PackageFile[] = [];
  for (const [index, resource] of value['resources'].entries()) {
    if (!isRecord(resource)) throw refuse(`resources[${index}]: { … }`);
    const { name, path: file, schema } = resource;
    if (typeof file !== 'string' || schema === undefined) continue;
    const called = typeof name === 'string' ? name : file;
    files.push({
      name: called,
      path: below(path, file, refuse),
      schema: await schemaOf(schema, called, path, load, refuse),
    });
  }
  if (files.length === 0) throw refuse('resources: path, schema');
  return files;
}

async function schemaOf(
  schema: unknown,
  name: string,
  path: string,
  load: (reference: string) => Promise<LoadedSchema>,
  refuse: (reason: string) => TerroirError,
) {
  if (typeof schema !== 'string') return readTableSchema(schema, name);
  const loaded = await load(/^https?:/i.test(schema) ? schema : below(path, schema, refuse));
  if (loaded.kind !== 'table') throw refuse(`${name}: Table Schema`);
  return loaded.schema;
}

/** A path written in a descriptor stays in the descriptor's folder, as the standard asks. */
function below(descriptor: string, file: string, refuse: (reason: string) => TerroirError): string {
  const folder = resolve(dirname(descriptor));
  const path = resolve(folder, file);
  if (!path.startsWith(`${folder}/`)) throw refuse(file);
  return path;
}
