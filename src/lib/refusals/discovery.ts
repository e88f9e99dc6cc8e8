// Refusals of what other sites ask: what cannot be embedded, and how.
import { type ErrorRow, row } from './row.ts';

export const discoveryErrors = {
  'oembed.unknown': row(
    404,
    4,
    'Il n’y a rien à intégrer à l’adresse « {url} » : donnez celle d’un jeu de données de ce portail.',
    'There is nothing to embed at "{url}": give the address of a dataset of this portal.',
  ),
  'oembed.format': row(
    501,
    2,
    'Le format « {format} » n’existe pas ici : demandez json ou xml.',
    'There is no format "{format}" here: ask for json or xml.',
  ),
} as const satisfies Record<string, ErrorRow>;
