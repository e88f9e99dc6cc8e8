// Refusals of the interfaces that programs written for other platforms speak: CKAN's actions, Opendatasoft's search of version 1.
import { type ErrorRow, row } from './row.ts';

export const interfaceErrors = {
  'ckan.actionUnknown': row(400, 2, 'L’action « {name} » n’existe pas.', 'Action name not known: {name}'),
  'ckan.request': row(400, 2, 'La demande n’est pas correcte : {reason}', 'Bad request data: {reason}'),
  'ckan.field': row(409, 2, 'Le paramètre {field} n’est pas correct : {reason}', '{field}: {reason}'),
  'ckan.notFound': row(404, 4, '« {what} » n’existe pas.', '{what} was not found.'),
  'ckan.search': row(400, 2, 'La recherche n’est pas correcte : {reason}', '{reason}'),
} as const satisfies Record<string, ErrorRow>;
