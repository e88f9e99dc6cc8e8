// Refusals about what arrives: uploads, forms with a file, pasted tables, and the sources that are read by themselves.
import { type ErrorRow, row } from './row.ts';

export const intakeErrors = {
  'upload.tooLarge': row(
    413,
    3,
    'Ce fichier dépasse {max} Mo : il ne peut pas être reçu d’un seul tenant. Découpez-le, ou donnez un lien vers lui.',
    'This file is larger than {max} MB: it cannot be received in one piece. Split it, or give a link to it.',
  ),
  'upload.unknown': row(
    404,
    4,
    'Cet envoi n’existe pas ou a été oublié. Recommencez : choisissez à nouveau le fichier.',
    'This upload does not exist or was forgotten. Start again: choose the file once more.',
  ),
  'upload.expired': row(
    410,
    4,
    'Cet envoi a été interrompu trop longtemps : ce qui était arrivé a été effacé. Choisissez à nouveau le fichier.',
    'This upload was interrupted for too long: what had arrived was erased. Choose the file once more.',
  ),
  'upload.elsewhere': row(
    409,
    6,
    'L’envoi ne reprend pas au bon endroit : {expected} octets sont arrivés.',
    'The upload does not go on from the right place: {expected} bytes have arrived.',
  ),
  'upload.busy': row(
    423,
    7,
    'Cet envoi est déjà en cours par une autre connexion. Attendez un instant.',
    'This upload is already going on by another connection. Wait a moment.',
  ),
  'upload.invalid': row(
    400,
    2,
    'L’envoi n’est pas conforme au protocole tus 1.0.0 : {reason}',
    'The upload does not follow the tus 1.0.0 protocol: {reason}',
  ),
  'upload.version': row(
    412,
    2,
    'Seule la version {accepted} du protocole tus est comprise.',
    'Only version {accepted} of the tus protocol is understood.',
  ),
  'upload.cut': row(
    400,
    3,
    'L’envoi s’est arrêté avant la fin du fichier : rien n’a été gardé. Recommencez.',
    'The upload stopped before the end of the file: nothing was kept. Start again.',
  ),
  'upload.tooMany': row(
    429,
    5,
    'Trop d’envois sont en cours pour votre organisme ({max}). Terminez-en un, ou attendez demain.',
    'Too many uploads are under way for your organization ({max}). Finish one, or wait until tomorrow.',
  ),
  'upload.rawOnly': row(
    400,
    2,
    'Envoyez le fichier lui-même comme corps de la requête (curl -T), sans formulaire autour.',
    'Send the file itself as the body of the request (curl -T), without a form around it.',
  ),
  'upload.nothing': row(422, 3, 'Aucun fichier n’a été envoyé.', 'No file was sent.'),
  'paste.tooLarge': row(
    413,
    3,
    'Ce qui a été collé dépasse {max} Mo. Enregistrez le tableau dans un fichier, puis déposez ce fichier.',
    'What was pasted is larger than {max} MB. Save the table in a file, then deposit that file.',
  ),
  'reminder.invalid': row(
    410,
    5,
    'Ce lien n’est plus valable : il est incomplet, ou votre rôle a pris fin. Entrez au guichet pour dire que rien n’a changé.',
    'This link is no longer valid: it is incomplete, or your role has ended. Come to the desk to say that nothing has changed.',
  ),
  'reminder.expired': row(
    410,
    5,
    'Ce lien a plus de deux mois. Entrez au guichet pour dire que rien n’a changé.',
    'This link is more than two months old. Come to the desk to say that nothing has changed.',
  ),
  'source.unknown': row(
    404,
    4,
    'Ce jeu de données n’a pas de mise à jour automatique.',
    'This dataset has no automatic update.',
  ),
  'source.urlInvalid': row(
    422,
    5,
    'Donnez une adresse complète, qui commence par https:// ou http://, sans mot de passe dedans.',
    'Give a whole address, which begins with https:// or http://, without a password in it.',
  ),
  'source.scheduleInvalid': row(
    422,
    5,
    'Choisissez un rythme, une heure de 0 à 23 et un jour du mois de 1 à 28.',
    'Choose a rhythm, an hour from 0 to 23 and a day of the month from 1 to 28.',
  ),
  'deposit.unknown': row(404, 4, 'Ce fichier n’a pas été reçu.', 'This file was not received.'),
} as const satisfies Record<string, ErrorRow>;
