// Refusals about places on the map: filters of the OGC interfaces, features, tiles.
import { type ErrorRow, row } from './row.ts';

export const placeErrors = {
  'filter.misplaced': row(
    400,
    2,
    '« {found} » ne convient pas ici dans le filtre ; attendu : {expected}.',
    '"{found}" does not fit here in the filter, expected: {expected}.',
  ),
  'filter.tooWide': row(
    400,
    2,
    'Ce filtre demande de comparer plus de {max} tracés, ou trop longtemps : réduisez la zone.',
    'This filter compares more than {max} shapes, or takes too long: ask for a smaller area.',
  ),
  'parameter.unknown': row(
    400,
    2,
    'Le paramètre « {name} » n’existe pas ici.',
    'There is no parameter named "{name}" here.',
  ),
  'tile.unknown': row(404, 4, 'La tuile {tile} n’existe pas.', 'There is no tile {tile}.'),
  'collection.noPlace': row(404, 4, '« {id} » n’a pas de place sur la carte.', '"{id}" has no place on the map.'),
} as const satisfies Record<string, ErrorRow>;
