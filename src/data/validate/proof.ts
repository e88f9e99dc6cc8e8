// Which columns need no look at their values: their bytes tell that whatever reads as the type is written as the type.
import type { FieldProfile } from '../../model/field.ts';
import type { Reading } from '../../stores/tables/conversion.ts';
import { type CellFacts, signs } from '../cell-facts.ts';
import type { TypedTable } from '../stages.ts';

export type Trust = NonNullable<TypedTable['trusted']>[number];

/** "2024-01-31" and "31/01/2024". */
const dayBytes = 10;
/** A number keeps fifteen digits, all of which are kept. */
const mostDigits = 15;
const beyondDigits = 1e15;

/**
 * Whether a column obeys a reading if no value is lost when it is stored: its signs leave no room for a text that the
 * engine reads and the type's pattern refuses (leading zeros, exponents, other signs).
 */
export function isProvedByStoring(reading: Reading, facts: CellFacts | null): facts is CellFacts {
  if (facts === null || facts.filled === 0 || (reading.missingValues ?? []).length > 0) return false;
  const only = (allowed: number) => (facts.signs & ~allowed) === 0;
  const days = facts.shortest === dayBytes && facts.longest === dayBytes;
  switch (reading.type) {
    case 'boolean':
      // "true" and "false" alone: "t" and "1" are other ways to write it.
      return only(signs.letter) && facts.shortest >= 4 && facts.longest <= 5;
    case 'integer':
      return isBare(reading) && only(signs.digit | signs.minus) && !facts.leadingZero && facts.longest <= mostDigits;
    case 'number': {
      const mark = reading.decimalChar === ',' ? signs.comma : signs.dot;
      return isBare(reading) && only(signs.digit | signs.minus | mark) && !facts.leadingZero;
    }
    case 'date':
      if (reading.format === null) return days && only(signs.digit | signs.minus);
      return reading.format === '%d/%m/%Y' && days && only(signs.digit | signs.slash);
    default:
      return false;
  }
}

function isBare(reading: Reading): boolean {
  return reading.groupChar === undefined && reading.unit === undefined;
}

/** Whether every trusted column kept all its values, within the bounds that its type keeps exactly. */
export function keptAll(trusted: readonly Trust[], profiles: readonly FieldProfile[]): boolean {
  return trusted.every(({ name, filled }) => {
    const profile = profiles.find((each) => each.name === name);
    return profile !== undefined && profile.filled === filled && [profile.min, profile.max].every(isWithinBounds);
  });
}

/** Numbers of fifteen digits before the decimal point, days of years of four. */
function isWithinBounds(value: string | null): boolean {
  if (value === null || /^(?:true|false|\d{4}-\d{2}-\d{2})$/.test(value)) return true;
  return Math.abs(Number(value)) < beyondDigits;
}
