// Refusals about the schemas that the territory writes, and about duplicates across producers.
import { type ErrorRow, row } from './row.ts';

export const territorySchemaErrors = {
  'schema.nameInvalid': row(
    422,
    5,
    '« {name} » ne peut pas donner d’adresse : un titre commence par une lettre et en a trois au moins.',
    '"{name}" cannot make an address: a title begins with a letter and has at least three.',
  ),
  'schema.nameTaken': row(
    409,
    5,
    'Un modèle « {name} » existe déjà. Partez de lui, ou choisissez un autre titre.',
    'A schema "{name}" exists already. Begin from it, or choose another title.',
  ),
  'schema.reasonMissing': row(422, 5, 'Dites pourquoi, en une phrase.', 'Say why, in a sentence.'),
  'schema.onItsWay': row(
    409,
    5,
    'Une version de « {name} » est déjà en préparation. Terminez-la d’abord.',
    'A version of "{name}" is on its way already. Finish that one first.',
  ),
  'schema.noDraft': row(
    404,
    4,
    'Aucune version de « {name} » n’est en préparation.',
    'No version of "{name}" is on its way.',
  ),
  'schema.notEditable': row(
    409,
    5,
    'La version {version} de « {name} » n’en est plus là : rechargez la page.',
    'Version {version} of "{name}" has moved on: load the page again.',
  ),
  'schema.faulty': row(
    422,
    5,
    '« {name} » a encore {count} points à corriger avant d’être montré à tous.',
    '"{name}" still has {count} points to correct before it is shown to all.',
  ),
  'schema.windowInvalid': row(
    422,
    5,
    '« {until} » ne peut pas être le dernier jour des avis : donnez un jour d’aujourd’hui à dans un an.',
    '"{until}" cannot be the last day of comments: give a day from today to a year from now.',
  ),
  'schema.noComments': row(
    409,
    5,
    'Les avis sur « {name} » ne sont pas ouverts.',
    'Comments on "{name}" are not open.',
  ),
  'schema.commentEmpty': row(422, 5, 'Votre avis est vide.', 'Your comment is empty.'),
  'schema.tooEarly': row(
    409,
    5,
    'Les avis sont ouverts jusqu’au {until} : la décision attend ce jour.',
    'Comments are open until {until}: the decision waits for that day.',
  ),
  'duplicate.unknown': row(
    404,
    4,
    'Ces deux lignes ne sont pas dans la file des doublons de « {id} ».',
    'These two rows are not in the queue of duplicates of "{id}".',
  ),
  'duplicate.verdictInvalid': row(
    422,
    5,
    'Choisissez : la même chose (et quelle ligne reste), ou deux choses différentes.',
    'Choose: the same thing (and which row stays), or two different things.',
  ),
} as const satisfies Record<string, ErrorRow>;
