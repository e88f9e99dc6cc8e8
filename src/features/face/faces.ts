// The verbs of looks and contacts: reading them, and changing them after every check.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { actorName, can, mustBeAbleTo } from '../../model/permission.ts';
import { getOrganization, getTerritory } from '../catalog/service.ts';
import { checkColours, readColour } from './colour-rules.ts';
import { forgetLooks } from './looks.ts';
import { largestPicture, pictureType } from './picture-rules.ts';
import { type FaceRow, hostTaken, readFace, readPicture, writeFace } from './queries.ts';
import type { Face, FaceRequest, Picture } from './schemas.ts';

/** Whose face it is, with its name; the slug is empty for the territory. */
export type FaceToChange = { readonly owner: string; readonly name: string; readonly face: Face | null };

const longest = { line: 200, mission: 1000 } as const;

/** Whether the actor may change the face of an organization, or of the territory. */
export function mayChangeFace(context: Context, owner: string): boolean {
  return owner === ''
    ? can(context.actor, 'territory.face')
    : can(context.actor, 'organization.settings', { organization: owner });
}

function mustChangeFace(context: Context, owner: string): void {
  if (owner === '') mustBeAbleTo(context.actor, 'territory.face');
  else mustBeAbleTo(context.actor, 'organization.settings', { organization: owner });
}

/** The face to put in the form. @throws TerroirError permission.denied, organization.unknown */
export async function getFaceToChange(context: Context, owner: string): Promise<FaceToChange> {
  mustChangeFace(context, owner);
  const name =
    owner === '' ? ((await getTerritory(context))?.name ?? '') : (await getOrganization(context, owner)).name;
  return { owner, name, face: await readFace(context.db, owner) };
}

/** A logo, a photo. @throws TerroirError page.unknown when there is none */
export async function getPicture(context: Context, owner: string, kind: 'logo' | 'photo'): Promise<Picture> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const picture = await readPicture(context.db, owner, kind);
  if (picture === null) throw new TerroirError('page.unknown');
  return picture;
}

/** The colours of a face; none when it has none. */
export async function getFaceColours(context: Context, owner: string): Promise<Pick<Face, 'ground' | 'accent'>> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return (await readFace(context.db, owner)) ?? { ground: null, accent: null };
}

/**
 * Changes a face: all of it is checked before any of it is kept.
 * @param publicUrl the portal's own address, which is nobody's
 * @throws TerroirError permission.denied, organization.unknown, face.colourInvalid, face.groundContrast, face.accentContrast,
 *   face.pictureUnknown, face.pictureUnsafe, face.pictureTooLarge, face.photoTextMissing, face.hostInvalid, face.hostTaken,
 *   face.emailInvalid, face.textTooLong
 */
export async function changeFace(
  context: Context,
  owner: string,
  request: FaceRequest,
  publicUrl: string,
): Promise<void> {
  const { face } = await getFaceToChange(context, owner);
  const colours = { ground: readColour(request.ground), accent: readColour(request.accent) };
  checkColours(colours);
  const photo = pictureRow('photo', request.photo, request.removePhoto);
  const shown = 'photo' in photo ? photo.photo !== null : face?.photo === true;
  const photoText = line(request.photoText);
  if (shown && photoText === null) throw new TerroirError('face.photoTextMissing');
  const contactEmail = line(request.contactEmail);
  if (contactEmail !== null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(contactEmail))
    throw new TerroirError('face.emailInvalid', { email: contactEmail });
  const row: FaceRow = {
    ...colours,
    ...pictureRow('logo', request.logo, request.removeLogo),
    ...photo,
    photo_text: photoText,
    photo_credit: line(request.photoCredit),
    mission: line(request.mission, longest.mission),
    contact_name: line(request.contactName),
    contact_email: contactEmail,
    contact_phone: line(request.contactPhone),
    contact_delay: line(request.contactDelay),
    host: owner === '' ? null : await checkHost(context, owner, request.host, publicUrl),
    changed_by: actorName(context.actor),
    changed_at: context.now(),
  };
  await writeFace(context.db, owner, row);
  forgetLooks(context);
}

function pictureRow(kind: 'logo' | 'photo', bytes: Buffer | null, remove: boolean): Partial<FaceRow> {
  if (bytes === null || bytes.length === 0)
    return !remove ? {} : kind === 'logo' ? { logo: null, logo_type: null } : { photo: null, photo_type: null };
  if (bytes.length > largestPicture[kind])
    throw new TerroirError('face.pictureTooLarge', { max: Math.round(largestPicture[kind] / 1000) });
  const type = pictureType(bytes);
  return kind === 'logo' ? { logo: bytes, logo_type: type } : { photo: bytes, photo_type: type };
}

function line(text: string, max: number = longest.line): string | null {
  const tidy = text.toWellFormed().replaceAll('\0', '').trim().replace(/\s+/g, ' ');
  if (tidy.length > max) throw new TerroirError('face.textTooLong', { max, start: tidy.slice(0, 30) });
  return tidy === '' ? null : tidy;
}

/** A host name that is nobody else's, nor the portal's own. */
async function checkHost(context: Context, owner: string, typed: string, publicUrl: string): Promise<string | null> {
  const host = typed
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '');
  if (host === '') return null;
  const valid = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(host);
  if (!valid) throw new TerroirError('face.hostInvalid', { host: host.slice(0, 80) });
  if (host === new URL(publicUrl).hostname || (await hostTaken(context.db, owner, host)))
    throw new TerroirError('face.hostTaken', { host });
  return host;
}
