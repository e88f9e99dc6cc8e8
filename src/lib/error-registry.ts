// Every refusal of the platform: code → HTTP status and the sentence in French and in English. Nothing else may invent one.

type ErrorRow = { readonly status: number; readonly exit: number; readonly fr: string; readonly en: string };

const row = (status: number, exit: number, fr: string, en: string): ErrorRow => ({ status, exit, fr, en });

// Exit codes of the command line: 2 usage, 3 the input file, 4 not found, 5 refused by a rule, 6 the machine, 7 busy.
export const errorRegistry = {
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
  'file.notFound': row(404, 3, 'Le fichier {path} n’existe pas.', 'The file {path} does not exist.'),
  'file.empty': row(422, 3, 'Le fichier {name} est vide.', 'The file {name} is empty.'),
  'file.headerOnly': row(
    422,
    3,
    'Le fichier {name} a un en-tête mais aucune ligne.',
    'The file {name} has a header but no row.',
  ),
  'file.binary': row(
    422,
    3,
    'Le fichier {name} n’est pas un tableau lisible : c’est un fichier binaire.',
    'The file {name} is not a readable table: it is a binary file.',
  ),
  'file.formatUnsupported': row(
    422,
    3,
    'Le format de {name} n’est pas encore lu ({format}).',
    'The format of {name} is not read yet ({format}).',
  ),
  'file.lineTooLong': row(
    422,
    3,
    'La ligne {row} de {name} dépasse {max} octets : ce n’est pas un tableau.',
    'Line {row} of {name} is longer than {max} bytes: this is not a table.',
  ),
  'file.tooManyColumns': row(
    422,
    3,
    '{name} a {columns} colonnes ; la limite est {max}.',
    '{name} has {columns} columns; the limit is {max}.',
  ),
  'file.archiveUnsafe': row(
    422,
    3,
    'L’archive {name} ne peut pas être ouverte : {reason}',
    'The archive {name} cannot be opened: {reason}',
  ),
  'file.unreadable': row(
    422,
    3,
    'Le fichier {name} ne peut pas être lu : {reason}',
    'The file {name} cannot be read: {reason}',
  ),
  'organization.unknown': row(
    404,
    4,
    'L’organisation « {id} » n’existe pas.',
    'The organization "{id}" does not exist.',
  ),
  'organization.slugTaken': row(
    409,
    5,
    'Le nom court « {slug} » est déjà pris.',
    'The slug "{slug}" is already taken.',
  ),
  'organization.invalid': row(422, 5, 'Organisation refusée : {reason}', 'Organization refused: {reason}'),
  'commune.unknown': row(
    404,
    4,
    'Aucune commune du territoire n’a le code {insee}.',
    'No commune of the territory has the code {insee}.',
  ),
  'dataset.unknown': row(404, 4, 'Le jeu de données « {id} » n’existe pas.', 'The dataset "{id}" does not exist.'),
  'dataset.idTaken': row(
    409,
    5,
    'L’identifiant « {id} » est déjà pris. Pour une nouvelle version, ajoutez --new-version.',
    'The identifier "{id}" is already taken. For a new version, add --new-version.',
  ),
  'dataset.idInvalid': row(
    422,
    5,
    'L’identifiant « {id} » n’est pas valable : lettres minuscules sans accent, chiffres et tirets.',
    'The identifier "{id}" is not valid: lower-case letters without accents, digits and hyphens.',
  ),
  'dataset.withdrawn': row(
    410,
    4,
    'Le jeu de données « {id} » a été retiré : {reason}',
    'The dataset "{id}" was withdrawn: {reason}',
  ),
  'dataset.titleTooShort': row(
    422,
    5,
    'Le titre doit avoir au moins {min} caractères.',
    'The title needs at least {min} characters.',
  ),
  'dataset.notReady': row(
    422,
    5,
    'Le jeu ne peut pas être publié : {reason}',
    'The dataset cannot be published: {reason}',
  ),
  'version.unknown': row(
    404,
    4,
    'La version {version} de « {id} » n’existe pas.',
    'Version {version} of "{id}" does not exist.',
  ),
  'licence.notAllowed': row(
    422,
    5,
    'La licence « {id} » n’est pas dans la liste du décret : lov2 ou odc-odbl.',
    'The licence "{id}" is not in the decree’s list: lov2 or odc-odbl.',
  ),
  'query.malformed': row(400, 2, 'La requête n’est pas correcte : {reason}', 'The query is malformed: {reason}'),
  'query.parameter': row(
    400,
    2,
    'Le paramètre {name} n’est pas correct : {reason}',
    'Parameter {name} is not correct: {reason}',
  ),
  'export.formatUnknown': row(
    400,
    2,
    'Le format d’export « {format} » n’existe pas.',
    'The export format "{format}" does not exist.',
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

export type ErrorCode = keyof typeof errorRegistry;
