// Refusals of the deposit desk: drafts that are not there, not ready, or ended.
import { type ErrorRow, row } from './row.ts';

export const deskErrors = {
  'draft.unknown': row(404, 4, 'Ce dépôt n’existe pas.', 'This deposit does not exist.'),
  'draft.ended': row(
    409,
    6,
    'Ce dépôt est terminé : il ne change plus. Commencez-en un autre.',
    'This deposit has ended: it no longer changes. Begin another one.',
  ),
  'draft.notReady': row(
    422,
    6,
    'Ce dépôt n’est pas prêt : il reste un point à régler ({obstacle}).',
    'This deposit is not ready: something is left to settle ({obstacle}).',
  ),
  'draft.proposalGone': row(
    409,
    6,
    'Ce point a déjà été réglé, ou le fichier a changé. Relisez le rapport.',
    'This was settled already, or the file has changed. Read the report again.',
  ),
  'draft.kindMissing': row(422, 6, 'Choisissez ce que vous publiez.', 'Choose what you publish.'),
  'draft.valueMissing': row(422, 6, 'Écrivez la bonne valeur, puis corrigez.', 'Write the right value, then correct.'),
  'draft.nothingGiven': row(
    422,
    6,
    'Choisissez un fichier, collez un tableau ou donnez un lien.',
    'Choose a file, paste a table or give a link.',
  ),
  'draft.depositUnknown': row(
    404,
    4,
    'Ce fichier n’a pas été reçu pour cet organisme. Déposez-le à nouveau.',
    'This file was not received for this organization. Deposit it again.',
  ),
} as const satisfies Record<string, ErrorRow>;
