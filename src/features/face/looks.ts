// Whose face a request sees: by its Host header, an organization with an address of its own; else the territory's.
import type { Context } from '../../context.ts';
import type { Look } from '../../web/page.ts';
import { urls } from '../../web/urls.ts';
import { getTerritory, listOrganizations } from '../catalog/service.ts';
import { readShownFaces } from './queries.ts';
import type { Face } from './schemas.ts';

type Looks = { readonly territory: Look | null; readonly byHost: ReadonlyMap<string, Look> };

const memories = new WeakMap<object, { at: number; looks: Promise<Looks> }>();
const freshForMs = 10_000;

/** What is seen under a host name; a name that nobody chose sees the territory. Nothing is ever made of the name itself. */
export async function lookAt(context: Context, host: string): Promise<Look | null> {
  const now = context.now().getTime();
  const known = memories.get(context.db);
  const fresh = known !== undefined && now - known.at < freshForMs;
  const looks = fresh ? known.looks : readLooks(context);
  if (!fresh) {
    memories.set(context.db, { at: now, looks });
    looks.catch(() => memories.delete(context.db));
  }
  const { territory, byHost } = await looks;
  return byHost.get(host.toLowerCase()) ?? territory;
}

/** Looks are read again at the next page. */
export function forgetLooks(context: Context): void {
  memories.delete(context.db);
}

async function readLooks(context: Context): Promise<Looks> {
  const faces = await readShownFaces(context.db);
  const own = faces.find(({ owner }) => owner === '') ?? null;
  const territory = own === null ? null : lookOf(own, null);
  const named = faces.filter(({ host, owner }) => host !== null && owner !== '');
  if (named.length === 0) return { territory, byHost: new Map() };
  const [organizations, place] = await Promise.all([listOrganizations(context), getTerritory(context)]);
  // The territory's own data: that of the organization with its SIREN.
  const shared = organizations.filter(({ siren }) => siren !== null && siren === place?.siren).map(({ slug }) => slug);
  const byHost = new Map<string, Look>();
  for (const face of named) {
    const organization = organizations.find(({ slug }) => slug === face.owner);
    if (organization === undefined || face.host === null) continue;
    const { slug, name, insee } = organization;
    const label = { slug, name, insee, shown: [slug, ...shared.filter((other) => other !== slug)] };
    byHost.set(
      face.host,
      lookOf(
        hasColours(face) || own === null ? face : { ...own, ...face, ground: own.ground, accent: own.accent },
        label,
      ),
    );
  }
  return { territory, byHost };
}

function lookOf(face: Face, whiteLabel: Look['whiteLabel']): Look {
  return {
    name: face.owner === '' ? 'territory' : face.owner,
    colours: hasColours(face) ? urls.facePicture(face.owner, 'colours.css', face.revision) : null,
    logo: face.logo ? urls.facePicture(face.owner, 'logo', face.revision) : null,
    whiteLabel,
  };
}

function hasColours({ ground, accent }: Face): boolean {
  return ground !== null || accent !== null;
}
