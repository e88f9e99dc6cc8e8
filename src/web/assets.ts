// Where the built style sheets and scripts are, and under which hashed names pages ask for them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Assets = {
  /** The folder that is served. */
  readonly folder: string;
  /** Whether names carry a hash of their content, so that browsers may keep them for ever. */
  readonly hashed: boolean;
  /** The name to ask for: "app.css" → "app-1A2B3C.css". */
  nameOf(logical: string): string;
};

/** The build's assets (dist/public), else the sources themselves, for tests that run without a build. */
export function openAssets(): Assets {
  const built = join(import.meta.dirname, 'public');
  const manifestPath = join(built, 'manifest.json');
  if (!existsSync(manifestPath))
    return { folder: join(import.meta.dirname, 'assets'), hashed: false, nameOf: (logical) => logical };
  const manifest: unknown = JSON.parse(readFileSync(manifestPath, 'utf8'));
  const names =
    typeof manifest === 'object' && manifest !== null
      ? new Map<string, unknown>(Object.entries(manifest))
      : new Map<string, unknown>();
  return { folder: built, hashed: true, nameOf: (logical) => String(names.get(logical) ?? logical) };
}
