// A grants table as large as wanted: 12 columns, about 160 bytes a row, the same bytes for the same size.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

const communes = [
  'Tours',
  'Joué-lès-Tours',
  'Saint-Cyr-sur-Loire',
  'Chambray-lès-Tours',
  'La Riche',
  'Fondettes',
  'Ballan-Miré',
  'Druye',
];
const natures = ['aide en numéraire', 'aide en nature', 'prêt'];

export const generatedHeader =
  'id,commune,code_insee,siret,date_convention,beneficiaire,objet,montant,nature,latitude,longitude,actif';

/** The types that the bare engine is given: what a person who knows the file would write. */
export const generatedTypes = {
  id: 'BIGINT',
  commune: 'VARCHAR',
  code_insee: 'VARCHAR',
  siret: 'VARCHAR',
  date_convention: 'DATE',
  beneficiaire: 'VARCHAR',
  objet: 'VARCHAR',
  montant: 'DOUBLE',
  nature: 'VARCHAR',
  latitude: 'DOUBLE',
  longitude: 'DOUBLE',
  actif: 'BOOLEAN',
};

/** Writes a CSV of so many rows and columns (10 or 12 of the columns above). */
export async function generateTable(path: string, rows: number, columns: 10 | 12 = 12): Promise<void> {
  const out = createWriteStream(path, { highWaterMark: 1 << 22 });
  out.write(`${generatedHeader.split(',').slice(0, columns).join(',')}\n`);
  let lines: string[] = [];
  for (let id = 0; id < rows; id++) {
    lines.push(row(id).slice(0, columns).join(','));
    if (lines.length === 5000 || id === rows - 1) {
      const full = !out.write(`${lines.join('\n')}\n`);
      lines = [];
      if (full) await once(out, 'drain');
    }
  }
  out.end();
  await finished(out);
}

function row(id: number): readonly string[] {
  const hash = (id * 2654435761) >>> 0;
  const two = (n: number) => String(n).padStart(2, '0');
  return [
    String(id),
    communes[hash % 8] ?? '',
    String(37000 + (hash % 280)),
    String(20_000_000_000_000 + hash),
    `20${10 + (hash % 15)}-${two(1 + (hash % 12))}-${two(1 + (hash % 28))}`,
    `Association n° ${hash % 200_000} de l'été`,
    `Subvention de fonctionnement ${hash % 5000}`,
    String((hash % 1_000_000) / 100),
    natures[hash % 3] ?? '',
    (47.2 + (hash % 3000) / 10_000).toFixed(6),
    (0.5 + (hash % 4000) / 10_000).toFixed(6),
    hash & 1 ? 'true' : 'false',
  ];
}
