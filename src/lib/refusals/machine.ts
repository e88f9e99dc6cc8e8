// Refusals of the machine and of whoever runs it: settings, home, database, disk, engine; and what any request may meet.
import { type ErrorRow, row } from './row.ts';

export const machineErrors = {
  'usage.invalid': row(400, 2, 'La commande n’est pas complète : {reason}', 'The command is not complete: {reason}'),
  'settings.invalid': row(
    500,
    2,
    'Le réglage {name} ne peut pas être « {value} ». Attendu : {accepted}.',
    'The setting {name} cannot be "{value}". Expected: {accepted}.',
  ),
  'settings.unknown': row(
    500,
    2,
    'Le réglage {name} n’existe pas. Vouliez-vous dire {nearest} ?',
    'There is no setting {name}. Did you mean {nearest}?',
  ),
  'settings.storageUnsupported': row(
    500,
    2,
    'STORAGE_URL : le stockage « {scheme} » n’est pas encore possible. Donnez un dossier (file:///…) ou ne réglez rien.',
    'STORAGE_URL: "{scheme}" storage is not possible yet. Give a folder (file:///…) or set nothing.',
  ),
  'home.busy': row(
    503,
    7,
    'Un serveur utilise déjà {home} (processus {pid}). Arrêtez-le ou choisissez un autre TERROIR_HOME.',
    'A server already uses {home} (process {pid}). Stop it or choose another TERROIR_HOME.',
  ),
  'port.taken': row(
    503,
    6,
    'Le port {port} est déjà pris. Choisissez-en un autre avec PORT.',
    'Port {port} is already taken. Choose another one with PORT.',
  ),
  'home.unusable': row(
    500,
    6,
    'Le dossier {home} ne peut pas être utilisé : {reason}',
    'The folder {home} cannot be used: {reason}',
  ),
  'database.notEmbedded': row(
    500,
    6,
    'Il n’y a pas de PostgreSQL embarqué pour ce système ({platform}). Indiquez le vôtre dans DATABASE_URL.',
    'There is no embedded PostgreSQL for this system ({platform}). Name yours in DATABASE_URL.',
  ),
  'database.namelessUser': row(
    500,
    6,
    'L’utilisateur {uid} n’a pas de nom sur ce système, et PostgreSQL en veut un : ajoutez-le à /etc/passwd, ou indiquez votre base dans DATABASE_URL.',
    'User {uid} has no name on this system, and PostgreSQL wants one: add it to /etc/passwd, or name your own database in DATABASE_URL.',
  ),
  'database.extension': row(
    500,
    6,
    'L’extension PostgreSQL « {extension} » manque et ne peut pas être créée : {reason}. Demandez à l’administrateur de la base : CREATE EXTENSION {extension};',
    'The PostgreSQL extension "{extension}" is missing and cannot be created: {reason}. Ask the database’s administrator: CREATE EXTENSION {extension};',
  ),
  'database.tooOld': row(
    500,
    6,
    'Cette base est un PostgreSQL {version} ; il faut la version {min} ou une plus récente.',
    'This database is PostgreSQL {version}; version {min} or newer is needed.',
  ),
  'database.encoding': row(
    500,
    6,
    'Cette base est encodée en {encoding} ; il faut une base en UTF8.',
    'This database is encoded in {encoding}; a UTF8 database is needed.',
  ),
  'database.newer': row(
    500,
    6,
    'Cette base a été mise à jour par une version plus récente de Terroir ({migration}). Utilisez cette version.',
    'This database was brought up to date by a newer Terroir ({migration}). Use that one.',
  ),
  'database.unreachable': row(
    503,
    6,
    'La base de données ne répond pas : {reason}',
    'The database does not answer: {reason}',
  ),
  'disk.full': row(
    507,
    6,
    'Il n’y a plus de place sur le disque. Rien n’a été publié.',
    'The disk is full. Nothing was published.',
  ),
  'storage.failed': row(500, 6, 'Le stockage des fichiers a échoué : {reason}', 'File storage failed: {reason}'),
  'engine.failed': row(500, 6, 'Le moteur de données a échoué : {reason}', 'The data engine failed: {reason}'),
  'engine.timeout': row(
    504,
    6,
    'La demande a dépassé {seconds} secondes et a été arrêtée.',
    'The request took more than {seconds} seconds and was stopped.',
  ),
  'engine.memory': row(
    413,
    6,
    'La demande a besoin de plus de mémoire que permis.',
    'The request needs more memory than allowed.',
  ),
  'page.unknown': row(404, 4, 'Cette page n’existe pas.', 'This page does not exist.'),
  'permission.denied': row(403, 5, 'Vous n’avez pas le droit de faire cela.', 'You are not allowed to do this.'),
  'request.unexpected': row(
    500,
    1,
    'Une erreur imprévue s’est produite ; elle est notée sous le numéro {reference}.',
    'Something unexpected happened; it is recorded as {reference}.',
  ),
} as const satisfies Record<string, ErrorRow>;
