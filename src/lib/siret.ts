// The identifiers of French legal units and establishments: SIREN (9 digits) and SIRET (14), with their control digit.

/** La Poste has more establishments than Luhn allows: its SIRETs are right when their digits add up to a multiple of 5. */
const laPoste = '356000000';

export function isSiren(text: string): boolean {
  return /^\d{9}$/.test(text) && luhnSum(text) % 10 === 0;
}

/** Whether the text is a possible SIRET: 14 digits, its SIREN right, its control digit right. */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text) || !isSiren(text.slice(0, 9))) return false;
  if (luhnSum(text) % 10 === 0) return true;
  return text.startsWith(laPoste) && digitSum(text) % 5 === 0;
}

function luhnSum(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    // Every second digit from the right is doubled, and its two digits added.
    sum += i % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return sum;
}

function digitSum(digits: string): number {
  return [...digits].reduce((sum, digit) => sum + Number(digit), 0);
}
