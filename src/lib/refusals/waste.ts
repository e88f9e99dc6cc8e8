// Refusals about waste collection.
import { type ErrorRow, row } from './row.ts';

export const wasteErrors = {
  'waste.sectorUnknown': row(
    404,
    3,
    'Nous ne connaissons pas de secteur de collecte « {id} ». Choisissez le vôtre sur la page des déchets.',
    'We know of no collection sector "{id}". Choose yours on the page about waste.',
  ),
  'waste.dayInvalid': row(
    400,
    2,
    '« {value} » n’est pas un jour du calendrier. Nous attendions par exemple 2026-05-12.',
    '"{value}" is not a day of the calendar. We expected for example 2026-05-12.',
  ),
} as const satisfies Record<string, ErrorRow>;
