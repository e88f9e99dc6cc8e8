// Looks, contacts and the territory's drawing in the database.
import { type Selectable, sql } from 'kysely';
import type { FaceTable } from '../../stores/metadata/face-tables.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { Drawing } from './outline-rules.ts';
import type { Face, Picture, TerritoryDrawing } from './schemas.ts';

export type StoredDrawing = TerritoryDrawing & { readonly version: number; readonly modifiedAt: Date };

export async function readDrawing(db: Metadata): Promise<StoredDrawing | null> {
  const row = await db
    .selectFrom('drawing')
    .innerJoin('dataset', 'dataset.id', 'drawing.dataset_id')
    .select(['dataset_id', 'version_number', 'drawing.modified_at', 'drawing.title', 'drawing.source', 'drawing'])
    // What was withdrawn is shown no more, not even as a drawing.
    .where('dataset.state', '=', 'published')
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    ...(row.drawing as Drawing),
    dataset: { id: row.dataset_id, title: row.title },
    source: row.source,
    version: row.version_number,
    modifiedAt: row.modified_at,
  };
}

export async function writeDrawing(db: Metadata, { dataset, source, version, modifiedAt, ...drawing }: StoredDrawing) {
  const row = {
    dataset_id: dataset.id,
    version_number: version,
    modified_at: modifiedAt,
    title: dataset.title,
    source,
    drawing: JSON.stringify(drawing),
  };
  await db
    .insertInto('drawing')
    .values(row)
    .onConflict((conflict) => conflict.column('only_one').doUpdateSet(row))
    .execute();
}

const faceColumns = [
  'owner',
  'ground',
  'accent',
  'logo_type',
  'photo_type',
  'photo_text',
  'photo_credit',
  'mission',
  'contact_name',
  'contact_email',
  'contact_phone',
  'contact_delay',
  'host',
  'revision',
] as const;

/** The look of an organization by its slug, of the territory by the empty text. */
export async function readFace(db: Metadata, owner: string): Promise<Face | null> {
  const row = await db.selectFrom('face').select(faceColumns).where('owner', '=', owner).executeTakeFirst();
  return row === undefined ? null : faceOf(row);
}

/** Looks that every page may need: the territory's, and those with an address of their own. */
export async function readShownFaces(db: Metadata): Promise<readonly Face[]> {
  const rows = await db
    .selectFrom('face')
    .select(faceColumns)
    .where((eb) => eb.or([eb('owner', '=', ''), eb('host', 'is not', null)]))
    .execute();
  return rows.map(faceOf);
}

function faceOf(row: Pick<Selectable<FaceTable>, (typeof faceColumns)[number]>): Face {
  return {
    owner: row.owner,
    ground: row.ground,
    accent: row.accent,
    logo: row.logo_type !== null,
    photo: row.photo_type !== null,
    photoText: row.photo_text,
    photoCredit: row.photo_credit,
    mission: row.mission,
    contactName: row.contact_name,
    contactEmail: row.contact_email,
    contactPhone: row.contact_phone,
    contactDelay: row.contact_delay,
    host: row.host,
    revision: row.revision,
  };
}

export async function readPicture(db: Metadata, owner: string, kind: 'logo' | 'photo'): Promise<Picture | null> {
  const row = await db
    .selectFrom('face')
    .select([`${kind} as bytes`, `${kind}_type as type`])
    .where('owner', '=', owner)
    .executeTakeFirst();
  return row?.bytes && row.type !== null ? { bytes: row.bytes, type: row.type } : null;
}

/** Whether an address is another's. */
export async function hostTaken(db: Metadata, owner: string, host: string): Promise<boolean> {
  const row = await db
    .selectFrom('face')
    .select('owner')
    .where('host', '=', host)
    .where('owner', '<>', owner)
    .executeTakeFirst();
  return row !== undefined;
}

export type FaceRow = Partial<Omit<Selectable<FaceTable>, 'owner' | 'organization' | 'revision'>> &
  Pick<Selectable<FaceTable>, 'changed_by' | 'changed_at'>;

/** Writes what is given of a look, keeps the rest. */
export async function writeFace(db: Metadata, owner: string, row: FaceRow): Promise<void> {
  await db
    .insertInto('face')
    .values({ owner, organization: owner === '' ? null : owner, ...row })
    .onConflict((conflict) => conflict.column('owner').doUpdateSet({ ...row, revision: sql`face.revision + 1` }))
    .execute();
}
