// The number of the French social security register (NIR, « numéro de sécurité sociale »): 13 characters and a key of two digits.

/** Month of birth: 01–12, or 20–42 and 50–99 for those whose month is not known or who were born abroad. */
const structure =
  /^([1-478])(\d{2})(0[1-9]|1[0-2]|[2-3]\d|4[0-2]|[5-9]\d)(0[1-9]|[1-8]\d|9[0-9]|2[AB])(\d{3})(\d{3})(\d{2})$/;

/** Corsica's departments hold a letter: the key is made as if they were 19 and 18 (decree 82-103, annex). */
const corsica: Readonly<Record<string, string>> = { '2A': '19', '2B': '18' };

/** Whether the text is a NIR with its right key; spaces, dots and hyphens between its parts do not matter. */
export function isNir(text: string): boolean {
  const digits = text.replace(/[\s.\-\u00a0\u202f]/g, '').toUpperCase();
  const parts = structure.exec(digits);
  if (parts === null) return false;
  return nirKey(digits.slice(0, 13)) === digits.slice(13);
}

/** The key of thirteen characters: 97 minus the rest of their division by 97. */
export function nirKey(thirteen: string): string {
  const number = thirteen.replace(/2[AB]/, (department) => corsica[department] ?? department);
  return String(97 - Number(BigInt(number) % 97n)).padStart(2, '0');
}
