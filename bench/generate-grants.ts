// A grants table that follows the national schema, as large as wanted: 15 columns, about 210 bytes a row, all rows valid.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

export const grantsHeader =
  'nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,rnaBeneficiaire,objet,montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention';

const townHalls = ['Ville de Tours', 'Ville de Joué-lès-Tours', 'Ville de Saint-Cyr-sur-Loire', 'Ville de La Riche'];

export async function generateGrants(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path, { highWaterMark: 1 << 22 });
  out.write(`${grantsHeader}\n`);
  let lines: string[] = [];
  for (let id = 0; id < rows; id++) {
    lines.push(row(id));
    if (lines.length === 5000 || id === rows - 1) {
      const full = !out.write(`${lines.join('\n')}\n`);
      lines = [];
      if (full) await once(out, 'drain');
    }
  }
  out.end();
  await finished(out);
}

function row(id: number): string {
  const hash = (id * 2654435761) >>> 0;
  const two = (number: number) => String(number).padStart(2, '0');
  const town = hash % townHalls.length;
  const date = `20${10 + (hash % 15)}-${two(1 + (hash % 12))}-${two(1 + (hash % 28))}`;
  return [
    townHalls[town],
    possibleSiret(town * 1000),
    date,
    `${date.slice(0, 4)}-${hash % 9000}`,
    `Association n° ${hash % 200_000} de l'été`,
    possibleSiret(hash),
    hash % 3 === 0
      ? `W372${String(hash % 100_000)
          .padStart(6, '0')
          .slice(0, 6)}`
      : '',
    `Subvention de fonctionnement ${hash % 5000} exercice ${date.slice(0, 4)}`,
    ((hash % 10_000_000) / 100).toFixed(2),
    hash % 2 === 0 ? 'aide en numéraire' : 'aide en nature',
    hash % 4 === 0 ? 'échelonné' : 'unique',
    date,
    '',
    hash % 2 === 0 ? 'non' : 'oui',
    String((1 + (hash % 100)) / 100),
  ].join(',');
}

/** Fourteen digits, different for most rows, whose two controls are right. */
export function possibleSiret(seed: number): string {
  const siren = withControl(String(10_000_000 + (seed % 80_000_000)));
  return withControl(`${siren}${String(seed % 10_000).padStart(4, '0')}`);
}

/** The digits with the one that makes Luhn's sum a multiple of ten. */
function withControl(digits: string): string {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    sum += place % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
