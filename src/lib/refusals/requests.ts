// Refusals of whole requests: what chat clients ask wrongly, and what protects everybody from what one asks.
import { type ErrorRow, row } from './row.ts';

export const requestErrors = {
  'mcp.postOnly': row(
    405,
    2,
    'Cette adresse parle aux assistants de conversation (MCP). Donnez-la au vôtre : {url}',
    'This address speaks to chat clients (MCP). Give it to yours: {url}',
  ),
  'mcp.tooManyMessages': row(400, 2, 'Au plus {max} messages à la fois.', 'At most {max} messages at once.'),
  'mcp.argument': row(
    400,
    2,
    'L’argument {name} ne peut pas être « {value} ». Attendu : {expected}.',
    'The argument {name} cannot be "{value}". Expected: {expected}.',
  ),
  'mcp.argumentUnknown': row(
    400,
    2,
    'L’argument {name} n’existe pas ici. Arguments possibles : {known}.',
    'There is no argument {name} here. Possible arguments: {known}.',
  ),
  'mcp.resourceUnknown': row(
    404,
    4,
    'Le fichier « {id} » n’existe pas. Ceux de ce jeu de données : {known}.',
    'There is no file "{id}". Those of this dataset: {known}.',
  ),
  'mcp.answerTooLarge': row(
    400,
    2,
    'Ces {rows} lignes sont trop longues pour une réponse : demandez-en moins, ou moins de colonnes.',
    'These {rows} rows are too long for one answer: ask for fewer, or for fewer columns.',
  ),
  'request.tooMany': row(
    429,
    7,
    'Vous avez fait beaucoup de demandes en peu de temps. Réessayez dans {seconds} secondes.',
    'You made many requests in a short time. Try again in {seconds} seconds.',
  ),
  'request.busy': row(
    503,
    7,
    'Beaucoup de demandes attendent déjà. Réessayez dans {seconds} secondes.',
    'Many requests are waiting already. Try again in {seconds} seconds.',
  ),
  'request.left': row(
    499,
    1,
    'La demande a été abandonnée avant sa réponse.',
    'The request was given up before its answer.',
  ),
  'engine.answerTooLarge': row(
    413,
    6,
    'La réponse est trop lourde : demandez moins de lignes, moins de colonnes, ou un fichier à télécharger.',
    'The answer is too large: ask for fewer rows, fewer columns, or a file to download.',
  ),
  'query.tooCostly': row(
    400,
    2,
    'Cette question demande trop de travail sur {rows} lignes : ajoutez une condition, ou demandez moins de calculs.',
    'This question asks too much work on {rows} rows: add a condition, or ask for fewer calculations.',
  ),
} as const satisfies Record<string, ErrorRow>;
