// Opens the registry of schemas, as the server and every command know it: ours, and the copies kept in TERROIR_HOME.
import { join } from 'node:path';
import type { Settings } from './config.ts';
import { openFetcher } from './stores/fetch/fetch.ts';
import { openSchemaRegistry, type SchemaRegistry } from './stores/schemas/registry.ts';

export function registryOf(settings: Settings): SchemaRegistry {
  return openSchemaRegistry(
    { fetched: join(settings.home, 'schemas') },
    openFetcher({ allowedHosts: settings.fetchAllowedHosts }),
  );
}
