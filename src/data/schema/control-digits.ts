// The control digits of SIREN and SIRET numbers in the engine's SQL: Luhn's sum, three digits at a time.
import { quoteIdentifier } from '../../stores/tables/dialect.ts';

/** A check that needs columns made first: from the raw text, then from those, each step on the one before. */
export type ControlCheck = {
  readonly made: readonly Readonly<Record<string, string>>[];
  /** SQL, true when the digits check out; NULL where the text is not that many digits. */
  readonly holds: string;
};

/** "Twice a digit" as Luhn adds it: its own two digits added. */
function twice(digit: number): number {
  return digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
}

/** What three digits add to the sum: `plain` when the rightmost one counts once, `turned` when it counts twice. */
const plain = Array.from({ length: 1000 }, (_, three) => sumOf(three, false));
const turned = Array.from({ length: 1000 }, (_, three) => sumOf(three, true));

function sumOf(three: number, rightTwice: boolean): number {
  const [units, tens, hundreds] = [three % 10, Math.floor(three / 10) % 10, Math.floor(three / 100)];
  return rightTwice ? twice(units) + tens + twice(hundreds) : units + twice(tens) + hundreds;
}

/** Looking up three digits in a list is several times cheaper than taking digits one by one. */
function look(table: readonly number[], three: string): string {
  return `([${table.join(',')}])[${three} + 1]`;
}

/** The number that exactly so many digits write, else NULL. */
function wholeNumber(raw: string, digits: number): string {
  return `CASE WHEN regexp_full_match(${raw}, '[0-9]{${digits}}') THEN TRY_CAST(${raw} AS BIGINT) END`;
}

/** @param key what makes the names of the made columns unique */
export function sirenControl(raw: string, key: string): ControlCheck {
  const [number, high] = [`siren_${key}`, `siren_high_${key}`];
  const [n, h] = [quoteIdentifier(number), quoteIdentifier(high)];
  const sum = `${look(plain, `(${n} % 1000)`)} + ${look(turned, `(${h} % 1000)`)} + ${look(plain, `(${h} // 1000)`)}`;
  return {
    made: [
      { [number]: wholeNumber(raw, 9) },
      { [high]: `${n} // 1000` },
      { [`siren_right_${key}`]: `(${sum}) % 10 = 0` },
    ],
    holds: quoteIdentifier(`siren_right_${key}`),
  };
}

/**
 * A SIRET is a SIREN and five digits: the SIREN's sum and the whole number's are found by the same looks, since each of
 * the SIREN's three digits counts once the one way and once the other.
 */
export function siretControl(raw: string, key: string): ControlCheck {
  const name = (part: string) => `siret_${part}_${key}`;
  const of = (part: string) => quoteIdentifier(name(part));
  const both = plain.map((sum, three) => sum * 1000 + (turned[three] ?? 0));
  const swapped = plain.map((sum, three) => sum + (turned[three] ?? 0) * 1000);
  const low = `${look(plain, `(${of('low')} % 1000)`)} + ${look(turned, `(${of('low')} // 1000)`)}`;
  const sums = `${look(both, `(${of('siren')} % 1000)`)} + ${look(swapped, `(${of('high')} % 1000)`)} + ${look(both, `(${of('high')} // 1000)`)}`;
  return {
    made: [
      { [name('number')]: wholeNumber(raw, 14) },
      { [name('siren')]: `${of('number')} // 100000`, [name('low')]: `${of('number')} % 100000` },
      { [name('high')]: `${of('siren')} // 1000` },
      { [name('sums')]: sums, [name('five')]: low },
      { [name('right')]: `(${of('sums')} // 1000) % 10 = 0 AND (${of('five')} + ${of('sums')} % 1000) % 10 = 0` },
    ],
    holds: `(CASE WHEN ${of('right')} THEN TRUE ELSE ${postHolds(raw, of('number'))} END)`,
  };
}

/** La Poste has more establishments than Luhn allows: their digits add up to a multiple of 5. */
function postHolds(raw: string, number: string): string {
  const digits = Array.from({ length: 14 }, (_, place) => `CAST(substr(${raw}, ${place + 1}, 1) AS INTEGER)`);
  return `(CASE WHEN ${number} IS NOT NULL AND starts_with(${raw}, '356000000') THEN (${digits.join(' + ')}) % 5 = 0 ELSE FALSE END)`;
}
