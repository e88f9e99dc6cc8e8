// A list of persons and grants as large as wanted: 15 columns, about 230 bytes a row, the same bytes for the same size.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

export const peopleHeader =
  'id,commune,code_insee,siret,date,beneficiaire,objet,montant,nature,latitude,longitude,nom,courriel,telephone,adresse';

const communes = ['Tours', 'Joué-lès-Tours', 'Saint-Cyr-sur-Loire', 'La Riche'];
const firstNames = ['Jean', 'Marie', 'Léa', 'Paul', 'Élodie', 'Nicolas'];
const surnames = ['DUPONT', 'MARTIN', 'LEFÈVRE', 'BERNARD', 'PETIT'];

/** Writes a CSV of so many rows: one person in fifty rows, one personal address in twenty, a phone and an address on each. */
export async function generatePeople(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path, { highWaterMark: 1 << 22 });
  out.write(`${peopleHeader}\n`);
  let lines: string[] = [];
  for (let id = 0; id < rows; id++) {
    lines.push(row(id).join(','));
    if (lines.length === 5000 || id === rows - 1) {
      const full = !out.write(`${lines.join('\n')}\n`);
      lines = [];
      if (full) await once(out, 'drain');
    }
  }
  out.end();
  await finished(out);
}

function row(id: number): readonly (string | number)[] {
  const hash = (id * 2654435761) >>> 0;
  const commune = communes[hash % 4] ?? '';
  return [
    id,
    commune,
    37000 + (hash % 280),
    20_000_000_000_000 + hash,
    `20${10 + (hash % 15)}-0${1 + (hash % 9)}-1${hash % 9}`,
    `Association n° ${hash % 200_000} de l'été`,
    `Subvention de fonctionnement ${hash % 5000}`,
    (hash % 1_000_000) / 100,
    'aide en numéraire',
    (47.2 + (hash % 3000) / 10_000).toFixed(6),
    (0.5 + (hash % 4000) / 10_000).toFixed(6),
    id % 50 === 0 ? `${firstNames[hash % 6]} ${surnames[hash % 5]}` : `CLUB SPORTIF DE ${commune}`,
    id % 20 === 0 ? `jean.dupont${hash % 1000}@gmail.com` : `contact@asso${hash % 1000}.fr`,
    `0${1 + (hash % 7)} ${10 + (hash % 89)} 12 34 56`,
    `${hash % 200} rue Nationale 37000 Tours`,
  ];
}
