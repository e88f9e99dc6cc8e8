// What the command line says to people, French and English side by side.
import type { Sentence } from '../language.ts';
import { versionCliMessages } from './versions.ts';
import { wasteCliMessages } from './waste.ts';

export const cliMessages = {
  ...versionCliMessages,
  ...wasteCliMessages,
  'cli.help': {
    fr: `terroir : la plateforme de données ouvertes d’un territoire

  terroir serve                       ouvre le portail (PORT, HOST, TERROIR_HOME …)
  terroir init [--empty]              prépare TERROIR_HOME, et la démonstration
  terroir migrate                     met la base de données à jour
  terroir inspect FICHIER             dit ce que contient un fichier, sans rien publier
  terroir validate FICHIER            vérifie un fichier avec un modèle, case par case
  terroir map FICHIER                 propose quelle colonne est quel champ d’un modèle
  terroir harmonise FICHIER…          réunit les fichiers de plusieurs producteurs en un tableau
  terroir schema list                 liste les modèles ; schema template en donne un à remplir
  terroir deposit FICHIER             dépose un fichier, et le publie si vous le demandez
  terroir export ID                   écrit les données d’un jeu
  terroir list                        liste les jeux de données
  terroir organization add NOM-COURT  ajoute une organisation
  terroir admin-link                  donne un lien pour administrer la plateforme
  terroir waste next                  les prochains jours de collecte ; waste import lit un calendrier
  terroir version list ID             les versions d’un jeu : comparer, restaurer, détruire

Chaque commande explique ses options : terroir deposit --help
Partout : --json écrit une seule valeur JSON sur la sortie ; --lang fr|en choisit la langue.`,
    en: `terroir: the open data platform of a territory

  terroir serve                       opens the portal (PORT, HOST, TERROIR_HOME …)
  terroir init [--empty]              prepares TERROIR_HOME, and the demonstration
  terroir migrate                     brings the database up to date
  terroir inspect FILE                tells what a file holds, publishes nothing
  terroir validate FILE               checks a file against a schema, cell by cell
  terroir map FILE                    proposes which column is which field of a schema
  terroir harmonise FILE…             gathers the files of several producers in one table
  terroir schema list                 lists the schemas; schema template gives one to fill
  terroir deposit FILE                deposits a file, and publishes it if you ask
  terroir export ID                   writes the data of a dataset
  terroir list                        lists the datasets
  terroir organization add SLUG       adds an organization
  terroir admin-link                  gives a link to administer the platform
  terroir waste next                  the next days of waste collection; waste import reads a calendar
  terroir version list ID             the versions of a dataset: compare, restore, destroy

Each command explains its options: terroir deposit --help
Everywhere: --json writes one JSON value on the output; --lang fr|en chooses the language.`,
  },
  'cli.help.serve': {
    fr: `terroir serve [--empty]

Ouvre le portail. Les réglages viennent de l’environnement : PORT, HOST, TERROIR_HOME, DATABASE_URL, STORAGE_URL, PUBLIC_URL.
  --empty   n’installe pas le territoire de démonstration au premier démarrage

Exemple : PORT=8080 terroir serve`,
    en: `terroir serve [--empty]

Opens the portal. Settings come from the environment: PORT, HOST, TERROIR_HOME, DATABASE_URL, STORAGE_URL, PUBLIC_URL.
  --empty   does not install the demonstration territory at the first start

Example: PORT=8080 terroir serve`,
  },
  'cli.help.init': {
    fr: `terroir init [--empty] [--json]

Crée la base et les dossiers de TERROIR_HOME, puis le territoire de démonstration.
  --empty   sans la démonstration

Exemple : TERROIR_HOME=/srv/terroir terroir init --empty`,
    en: `terroir init [--empty] [--json]

Creates the database and the folders of TERROIR_HOME, then the demonstration territory.
  --empty   without the demonstration

Example: TERROIR_HOME=/srv/terroir terroir init --empty`,
  },
  'cli.help.migrate': {
    fr: `terroir migrate [--json]

Met les tables de la base à jour. Sans danger : peut être relancée.

Exemple : terroir migrate`,
    en: `terroir migrate [--json]

Brings the tables of the database up to date. Safe: it can be run again.

Example: terroir migrate`,
  },
  'cli.help.inspect': {
    fr: `terroir inspect FICHIER [--json]

Lit un fichier et dit son encodage, son séparateur, ses colonnes et ce qui serait à vérifier. Ne publie rien.

Exemple : terroir inspect subventions-2025.csv`,
    en: `terroir inspect FILE [--json]

Reads a file and tells its encoding, delimiter, columns and what to check. Publishes nothing.

Example: terroir inspect subventions-2025.csv`,
  },
  'cli.help.validate': {
    fr: `terroir validate FICHIER --schema NOM|CHEMIN|ADRESSE [--json]

Vérifie toutes les lignes d’un fichier avec un modèle (Table Schema, ou JSON Schema pour du JSON ou du GeoJSON).
Ne publie rien. Le code de sortie est 0 quand tout va bien, 1 quand il y a des erreurs à corriger.
  --schema   le nom d’un modèle (voir terroir schema list), un fichier, ou une adresse internet
Sans --schema, un fichier datapackage.json fait vérifier tous les tableaux qu’il décrit.

Exemple : terroir validate subventions-2025.xlsx --schema scdl-subventions`,
    en: `terroir validate FILE --schema NAME|PATH|URL [--json]

Checks all the rows of a file against a schema (Table Schema, or JSON Schema for JSON and GeoJSON).
Publishes nothing. The exit code is 0 when all is well, 1 when there are errors to correct.
  --schema   the name of a schema (see terroir schema list), a file, or a web address
Without --schema, a datapackage.json has all the tables it describes checked.

Example: terroir validate subventions-2025.xlsx --schema scdl-subventions`,
  },
  'cli.help.map': {
    fr: `terroir map FICHIER --schema NOM|CHEMIN|ADRESSE [--table NOM] [--json]

Propose quelle colonne du fichier est quel champ du modèle : ✓ sûr, ? à confirmer.
--json écrit le document à garder, à corriger et à donner à terroir harmonise --mapping.

Exemple : terroir map subventions.xlsx --schema scdl-subventions --json > correspondances.json`,
    en: `terroir map FILE --schema NAME|PATH|URL [--table NAME] [--json]

Proposes which column of the file is which field of the schema: ✓ sure, ? to be confirmed.
--json writes the document to keep, to correct and to give to terroir harmonise --mapping.

Example: terroir map grants.xlsx --schema scdl-subventions --json > mapping.json`,
  },
  'cli.help.harmonise': {
    fr: `terroir harmonise --schema NOM|CHEMIN|ADRESSE FICHIER… --output SORTIE.csv [options]

Réunit les fichiers de plusieurs producteurs en un seul tableau du modèle, sans serveur.
  --mapping    le document de terroir map, corrigé : un par fichier, dans leur ordre, ou un pour tous
               (sans lui, seules les correspondances sûres servent)
  --producer   le nom du producteur : un par fichier, dans leur ordre (sinon le nom du fichier)

Les lignes que le modèle refuse vont dans SORTIE.rejected.csv, avec la raison.

Exemple : terroir harmonise --schema scdl-subventions tours.csv druye.xlsx --output subventions.csv`,
    en: `terroir harmonise --schema NAME|PATH|URL FILE… --output OUT.csv [options]

Gathers the files of several producers in one table of the schema, without a server.
  --mapping    the document of terroir map, corrected: one for each file, in their order, or one for all
               (without it, only the sure ones are used)
  --producer   the producer's name: one for each file, in their order (otherwise the file's name)

Rows that the schema refuses go to OUT.rejected.csv, with the reason.

Example: terroir harmonise --schema scdl-subventions tours.csv druye.xlsx --output grants.csv`,
  },
  'cli.harmonise.file': {
    fr: '{file} : {rows} lignes reprises, {rejected} mises de côté.',
    en: '{file}: {rows} rows taken, {rejected} set aside.',
  },
  'cli.harmonise.done': {
    fr: '{rows} lignes dans {output} ; {rejected} mises de côté dans {rejectedOutput}.',
    en: '{rows} rows in {output}; {rejected} set aside in {rejectedOutput}.',
  },
  'cli.map.unmapped': { fr: 'Colonnes sans champ : {columns}', en: 'Columns without a field: {columns}' },
  'cli.map.missing': { fr: 'Champs sans colonne : {fields}', en: 'Fields without a column: {fields}' },
  'cli.help.schema': {
    fr: `terroir schema list [--json]
terroir schema template NOM [--format xlsx|csv] [--output FICHIER]
terroir schema refresh

list       les modèles connus par leur nom
template   écrit un fichier vide à remplir, avec ses listes et son mode d’emploi
refresh    va chercher la dernière version des modèles nationaux sur schema.data.gouv.fr

Exemple : terroir schema template scdl-subventions --output subventions.xlsx`,
    en: `terroir schema list [--json]
terroir schema template NAME [--format xlsx|csv] [--output FILE]
terroir schema refresh

list       the schemas known by name
template   writes an empty file to fill, with its lists and its instructions
refresh    fetches the last version of the national schemas from schema.data.gouv.fr

Example: terroir schema template scdl-subventions --output grants.xlsx`,
  },
  'cli.help.deposit': {
    fr: `terroir deposit FICHIER --organization NOM-COURT --title "…" [options]

  --organization   le nom court du producteur (voir terroir organization add)
  --title          le titre du jeu, comme vous le diriez
  --description    deux phrases : de quoi parle ce fichier, pour qui
  --id             l’identifiant dans les adresses (fait du titre si absent) ; il ne change plus jamais
  --licence        lov2 (Licence Ouverte 2.0, par défaut) ou odc-odbl ; s’écrit aussi --license
  --homologation   la référence d’homologation d’une autre licence
  --high-value     la catégorie d’une donnée de forte valeur : geospatial, environment, meteorological, statistics, companies, mobility
  --theme          un thème européen : ENVI, GOVE, TRAN …
  --frequency      le rythme de mise à jour : ANNUAL, MONTHLY …
  --due-day        pour un rythme annuel, le mois et le jour annoncés : 03-31
  --contact        l’adresse électronique ou la page du service, montrée à tous
  --keyword        un mot-clé ; répétez l’option pour plusieurs
  --commune        le code INSEE d’une commune concernée ; répétez l’option pour plusieurs
  --table          le tableau voulu, dans un classeur qui en a plusieurs (sinon le plus grand)
  --new-version    ajoute une version au jeu --id, qui existe déjà
  --publish        met en ligne tout de suite (sinon le jeu reste un brouillon)
                   par là vous dites qu’il est achevé et ne porte aucun secret ; s’il parle de personnes, dites ce que devient
                   chaque colonne trouvée (chaque option se répète) :
  --remove         COLONNE : elle n’est pas publiée
  --mask           COLONNE, ou COLONNE=year, initials, commune … : ses valeurs sont cachées, ou réduites
  --justify        COLONNE=law:TEXTE, consent:PREUVE ou une famille de l’article D312-1-3 : pourquoi elle est publiée
  --not-personal   COLONNE : elle ne parle d’aucune personne
  --steps          un fichier JSON de corrections à faire, dans l’ordre ; l’original n’est pas touché
  --replay         refait d’abord les corrections de la dernière version qui valent encore

Exemple : terroir deposit arbres.csv --organization ville-de-tours --title "Arbres de la ville" --publish`,
    en: `terroir deposit FILE --organization SLUG --title "…" [options]

  --organization   the slug of the producer (see terroir organization add)
  --title          the title of the dataset, as you would say it
  --description    two sentences: what this file is about, for whom
  --id             the identifier in addresses (made of the title when absent); it never changes
  --license        lov2 (Open Licence 2.0, the default) or odc-odbl; also written --licence
  --homologation   the reference of the homologation of another licence
  --high-value     the category of high-value data: geospatial, environment, meteorological, statistics, companies, mobility
  --theme          a European theme: ENVI, GOVE, TRAN …
  --frequency      the pace of updates: ANNUAL, MONTHLY …
  --due-day        for a yearly pace, the month and day announced: 03-31
  --contact        the e-mail or the page of the service, shown to all
  --keyword        a keyword; repeat the option for several
  --commune        the INSEE code of a commune concerned; repeat the option for several
  --table          the table wanted, in a workbook that holds several (else the largest)
  --new-version    adds a version to the dataset --id, which exists already
  --publish        puts it online at once (otherwise the dataset stays a draft)
                   it says that the document is finished and holds no secret; if it is about persons, say what becomes of
                   each column found (each option may be repeated):
  --remove         COLUMN: it is not published
  --mask           COLUMN, or COLUMN=year, initials, commune …: its values are hidden, or reduced
  --justify        COLUMN=law:TEXT, consent:PROOF or a family of article D312-1-3: why it is published
  --not-personal   COLUMN: it is about no person
  --steps          a JSON file of corrections to do, in order; the original is not touched
  --replay         first does the corrections of the last version that still apply

Example: terroir deposit trees.csv --organization ville-de-tours --title "Trees of the city" --publish`,
  },
  'cli.help.export': {
    fr: `terroir export ID --format csv|json|parquet [--output FICHIER]

Écrit toutes les données d’un jeu. Sans --output, elles vont sur la sortie.

Exemple : terroir export arbres-de-tours --format csv --output arbres.csv`,
    en: `terroir export ID --format csv|json|parquet [--output FILE]

Writes all the data of a dataset. Without --output, they go to the standard output.

Example: terroir export arbres-de-tours --format csv --output trees.csv`,
  },
  'cli.help.list': {
    fr: `terroir list [--search "…"] [--json]

Liste les jeux de données en ligne, et les brouillons.

Exemple : terroir list --search arbres`,
    en: `terroir list [--search "…"] [--json]

Lists the datasets online, and the drafts.

Example: terroir list --search trees`,
  },
  'cli.help.organization': {
    fr: `terroir organization add NOM-COURT --name "…" [--siret S] [--insee CODE] [--json]
terroir organization approval NOM-COURT on|off   une seconde personne relit avant toute publication

  --name    le nom complet
  --siret   les 14 chiffres de l’établissement
  --insee   le code INSEE, si c’est une commune

Exemple : terroir organization add ville-de-tours --name "Ville de Tours" --insee 37261`,
    en: `terroir organization add SLUG --name "…" [--siret S] [--insee CODE] [--json]
terroir organization approval SLUG on|off   a second person reads before anything is published

  --name    the full name
  --siret   the 14 digits of the establishment
  --insee   the INSEE code, if it is a commune

Example: terroir organization add ville-de-tours --name "Ville de Tours" --insee 37261`,
  },
  'cli.usage.command': {
    fr: 'la commande « {command} » n’existe pas (voir terroir --help)',
    en: 'the command "{command}" does not exist (see terroir --help)',
  },
  'cli.usage.missing': { fr: 'il manque {name}', en: '{name} is missing' },
  'cli.progress.receive': { fr: 'Réception du fichier', en: 'Receiving the file' },
  'cli.progress.build': { fr: 'Lecture, vérification et rangement', en: 'Reading, checking and storing' },
  'cli.progress.publish': { fr: 'Publication', en: 'Publishing' },
  'cli.progress.demo': { fr: 'Démonstration : {title}', en: 'Demonstration: {title}' },
  'cli.done.published': { fr: 'C’est en ligne : {url}', en: 'It is online: {url}' },
  'cli.done.draft': {
    fr: 'Le brouillon « {id} » est prêt. Publiez-le avec --publish.',
    en: 'The draft "{id}" is ready. Publish it with --publish.',
  },
  'cli.done.rows': { fr: '{rows} lignes, {columns} colonnes', en: '{rows} rows, {columns} columns' },
  'cli.done.export': { fr: 'Écrit dans {path}', en: 'Written to {path}' },
  'cli.done.organization': { fr: 'L’organisation « {name} » est là.', en: 'The organization "{name}" is there.' },
  'cli.done.migrate': { fr: 'La base de données est à jour.', en: 'The database is up to date.' },
  'cli.done.init': { fr: '{home} est prêt.', en: '{home} is ready.' },
  'cli.ready': { fr: 'Terroir est ouvert : {url}', en: 'Terroir is open: {url}' },
  'cli.adminLink': {
    fr: 'Pour administrer cette plateforme, ouvrez ce lien (il sert une fois, pendant 24 heures) : {url}',
    en: 'To administer this platform, open this link (it works once, for 24 hours): {url}',
  },
  'cli.help.adminLink': {
    fr: `terroir admin-link [--json]

Donne un lien qui sert une fois, pendant 24 heures : qui l’ouvre administre la plateforme. Ceux d’avant ne servent plus.

Exemple : terroir admin-link`,
    en: `terroir admin-link [--json]

Gives a link that works once, for 24 hours: whoever opens it administers the platform. Those made before stop working.

Example: terroir admin-link`,
  },
  'cli.stopping': { fr: 'Arrêt en cours …', en: 'Stopping …' },
  'cli.done.refresh': {
    fr: '{renewed} modèles renouvelés, {failed} laissés tels quels.',
    en: '{renewed} schemas renewed, {failed} left as they were.',
  },
  'cli.validate.valid': {
    fr: 'Lignes vérifiées avec {schema} : {rows}. Tout est conforme.',
    en: 'Rows checked against {schema}: {rows}. All is well.',
  },
  'cli.validate.invalid': {
    fr: 'Lignes vérifiées avec {schema} : {rows}. Points à corriger : {points}, cellules : {cells}.',
    en: 'Rows checked against {schema}: {rows}. Points to correct: {points}, cells: {cells}.',
  },
  'cli.validate.errors': { fr: 'À corriger', en: 'To correct' },
  'cli.validate.warnings': { fr: 'À vérifier', en: 'To check' },
  'cli.validate.advice': { fr: 'Conseil', en: 'Advice' },
  'cli.validate.more': {
    fr: '… et {count} autres (--json les donne tous)',
    en: '… and {count} more (--json gives them all)',
  },
  'cli.inspect.file': {
    fr: '{name} : {format}, {encoding}, séparateur {delimiter}',
    en: '{name}: {format}, {encoding}, delimiter {delimiter}',
  },
  'cli.inspect.table': {
    fr: '{name} : {rows} lignes sous l’en-tête (ligne {header}), {columns} colonnes',
    en: '{name}: {rows} rows below the header (row {header}), {columns} columns',
  },
} as const satisfies Record<string, Sentence>;
