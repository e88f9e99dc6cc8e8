// The registry of schemas with those that the territory published: the newest under their name, each version as NAME@VERSION.
import type { Context } from '../../context.ts';
import type { LoadedSchema } from '../../model/schema.ts';
import { readTableSchema } from '../../model/schema-reader.ts';
import type { RegisteredSchema, SchemaRegistry } from '../../stores/schemas/registry.ts';
import { readPublished } from './queries.ts';
import type { SchemaVersion } from './schemas.ts';

/**
 * @param registry the schemas that come with the platform, and the copies of the national ones
 * @param context the operator's
 */
export function withTerritorySchemas(registry: SchemaRegistry, context: Context): SchemaRegistry {
  const list = async () => {
    const [known, published] = await Promise.all([registry.list(), readPublished(context.db)]);
    const ours = new Map<string, RegisteredSchema>();
    for (const version of published) if (!ours.has(version.name)) ours.set(version.name, registered(version));
    const national = new Set(known.filter((each) => each.national !== null).map(({ name }) => name));
    const all = known.map((each) => (each.national === null ? (ours.get(each.name) ?? each) : each));
    const names = new Set(known.map(({ name }) => name));
    const added = [...ours.values()].filter(({ name }) => !names.has(name) && !national.has(name));
    return [...all, ...added].sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  return {
    ...registry,
    list,
    async load(reference: string): Promise<LoadedSchema> {
      const [name = '', number] = reference.toLowerCase().split('@');
      if (/[/:\\]/.test(reference)) return registry.load(reference);
      const published = (await readPublished(context.db)).filter((version) => version.name === name);
      const found = number === undefined ? published[0] : published.find(({ version }) => version === number);
      if (found !== undefined) return registered(found).loaded;
      const loaded = await registry.load(name);
      if (number === undefined || loaded.kind !== 'table' || loaded.schema.version === number) return loaded;
      return registry.load(reference);
    },
  };
}

function registered({ name, descriptor }: SchemaVersion): RegisteredSchema {
  const schema = readTableSchema(descriptor, name);
  return { name, national: null, loaded: { kind: 'table', name, schema }, descriptor, fetched: false };
}
