// What PostgreSQL can hold of a text that came from outside.

/** PostgreSQL keeps no NUL and no half of a character: they become the sign that says so. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
