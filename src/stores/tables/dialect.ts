// The engine's quoting: the only way that a name or a text which is not ours enters SQL.

/** A column's name as SQL: `ma "colonne"` → `"ma ""colonne"""`. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL, for the places that take no parameter (file names, options). NUL cannot be quoted and is left out. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`;
}
