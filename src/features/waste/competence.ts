// Who collects in a commune that is not served here: its intercommunality, by the published tables of communes, else nobody known.
import type { Context } from '../../context.ts';
import { foldedWords } from '../../lib/text.ts';
import { getDataset } from '../catalog/service.ts';
import { queryVersion } from '../explore/service.ts';
import { membershipDatasetIds } from './queries.ts';
import { unlessGone } from './tables.ts';

const nameColumns = ['nom_epci', 'epci', 'intercommunalite', 'nom_intercommunalite'];

export type Competence = { readonly insee: string; readonly competent: string | null };

/** @param commune an INSEE code, or the name of a commune */
export async function competentFor(context: Context, commune: string): Promise<Competence | null> {
  for (const id of await membershipDatasetIds(context.db, nameColumns)) {
    const version = (await unlessGone(getDataset(context, id)))?.version ?? null;
    const code = version?.fields.find(({ role }) => role === 'inseeCode')?.name;
    const name = version?.fields.find((field) => nameColumns.includes(field.name))?.name;
    const label = version?.fields.find((field) =>
      ['commune', 'nom', 'nom_commune', 'libelle'].includes(field.name),
    )?.name;
    if (version === null || code === undefined || name === undefined) continue;
    const isCode = /^\d[\dAB]\d{3}$/.test(commune);
    if (!isCode && label === undefined) continue;
    const column = isCode ? code : (label ?? code);
    const found = isCode
      ? await queryVersion(context, version, { where: `${column} = ${quoted(commune)}`, limit: 1 })
      : await queryVersion(context, version, { where: `search(${column}, ${quoted(commune)})`, limit: 50 });
    const row = found.results.find(
      (each) => isCode || foldedWords(String(each[column]), '-') === foldedWords(commune, '-'),
    );
    if (row === undefined) continue;
    const competent = row[name];
    return { insee: String(row[code]), competent: typeof competent === 'string' ? competent : null };
  }
  return null;
}

/** A text of ODSQL: quotes and backslashes stand behind a backslash. */
function quoted(text: string): string {
  return `"${text.slice(0, 100).replace(/["\\]/g, (sign) => `\\${sign}`)}"`;
}
