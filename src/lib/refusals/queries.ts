// Refusals about queries, records and exports.
import { type ErrorRow, row } from './row.ts';

export const queryErrors = {
  'query.malformed': row(400, 2, 'La requête n’est pas correcte : {reason}', 'The query is malformed: {reason}'),
  'query.unknownField': row(400, 2, 'Le champ « {name} » n’existe pas.', 'Unknown field: {name}.'),
  'query.unknownFunction': row(400, 2, 'La fonction « {name} » n’existe pas.', 'Unknown function: {name}.'),
  'query.wrongArguments': row(
    400,
    2,
    'La fonction {name} s’écrit {expected}.',
    'Function {name} is written {expected}.',
  ),
  'query.syntax': row(
    400,
    2,
    '« {found} » n’est pas attendu au caractère {position} ; attendu : {expected}',
    'Unexpected "{found}" at character {position}, expected: {expected}',
  ),
  'query.conditionExpected': row(
    400,
    2,
    'Une condition est attendue au caractère {position}.',
    'A condition is expected at character {position}.',
  ),
  'query.valueExpected': row(
    400,
    2,
    'Une valeur est attendue au caractère {position}.',
    'A value is expected at character {position}.',
  ),
  'query.numberExpected': row(
    400,
    2,
    'Un nombre est attendu au caractère {position}.',
    'A number is expected at character {position}.',
  ),
  'query.textExpected': row(
    400,
    2,
    'Un texte est attendu au caractère {position}.',
    'A text is expected at character {position}.',
  ),
  'query.wrongType': row(
    400,
    2,
    '« {value} » ne peut pas être comparé à « {name} », dont le type est {type}.',
    '"{value}" cannot be compared with "{name}", whose type is {type}.',
  ),
  'query.numberTooLarge': row(
    400,
    2,
    'Le nombre au caractère {position} est trop grand.',
    'The number at character {position} is too large.',
  ),
  'query.dateInvalid': row(400, 2, '« {value} » n’est pas une date.', '"{value}" is not a date.'),
  'query.aggregateMisplaced': row(
    400,
    2,
    'La fonction {name} n’est pas permise ici.',
    'Function {name} is not allowed here.',
  ),
  'query.aggregateMixed': row(
    400,
    2,
    'Sans group_by, un calcul sur toutes les lignes ne peut pas être demandé avec le champ « {name} ».',
    'Without group_by, an aggregate cannot be selected together with field {name}.',
  ),
  'query.tooLong': row(400, 2, 'La requête dépasse {max} caractères.', 'The query is longer than {max} characters.'),
  'query.tooDeep': row(
    400,
    2,
    'La requête dépasse {max} niveaux d’imbrication.',
    'The query has more than {max} nested levels.',
  ),
  'query.tooManyValues': row(400, 2, 'Une liste dépasse {max} valeurs.', 'A list has more than {max} values.'),
  'query.parameter': row(
    400,
    2,
    'Le paramètre {name} n’est pas correct : {reason}',
    'Parameter {name} is not correct: {reason}',
  ),
  'query.parameterUnknown': row(
    400,
    2,
    'Le paramètre {name} n’est pas encore possible ici.',
    'Parameter {name} is not supported here yet.',
  ),
  'query.outOfRange': row(
    400,
    2,
    'Le paramètre {name} vaut {value} ; attendu : {expected}.',
    'Invalid value for {name} API parameter: {value} was found but {expected} is expected.',
  ),
  'record.unknown': row(
    404,
    4,
    'La ligne « {id} » n’existe pas dans « {dataset} ».',
    'The requested record {id} does not exist in {dataset}.',
  ),
  'export.formatUnknown': row(
    400,
    2,
    'Le format d’export « {format} » n’existe pas.',
    'The export format "{format}" does not exist.',
  ),
} as const satisfies Record<string, ErrorRow>;
