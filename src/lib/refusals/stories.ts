// Refusals about stories and answers.
import { type ErrorRow, row } from './row.ts';

export const storyErrors = {
  'story.unknown': row(
    404,
    4,
    'Nous n’avons pas de récit à l’adresse « {slug} ». La liste des récits montre ceux qui existent.',
    'We have no story at the address "{slug}". The list of stories shows those that exist.',
  ),
  'story.titleInvalid': row(
    422,
    5,
    'Donnez un titre de 3 à {max} caractères ; pour une réponse, la question comme les habitants la posent.',
    'Give a title of 3 to {max} characters; for an answer, the question as residents ask it.',
  ),
  'story.leadInvalid': row(
    422,
    5,
    'Dites l’essentiel en une ou deux phrases, {max} caractères au plus.',
    'Say what matters in one or two sentences, {max} characters at most.',
  ),
  'story.bodyTooLong': row(
    422,
    5,
    'Le texte a {count} caractères, {max} sont permis. Deux récits plus courts se liront mieux.',
    'The text has {count} characters, {max} are allowed. Two shorter stories will read better.',
  ),
  'story.tooManyBlocks': row(
    422,
    5,
    'Le texte a {count} blocs vivants, {max} sont permis : chacun interroge les données à chaque lecture.',
    'The text has {count} live blocks, {max} are allowed: each asks the data at every reading.',
  ),
  'story.tooManyDatasets': row(
    422,
    5,
    'Nommez {max} jeux de données au plus, les plus utiles.',
    'Name {max} datasets at most, the most useful ones.',
  ),
  'story.datasetUnknown': row(
    422,
    5,
    'Nous n’avons pas de jeu de données publié « {id} ». Copiez son adresse depuis sa page.',
    'We have no published dataset "{id}". Copy its address from its page.',
  ),
  'story.communeUnknown': row(
    422,
    5,
    'La commune {insee} n’est pas du territoire. Choisissez-la dans la liste.',
    'The commune {insee} is not of the territory. Choose it in the list.',
  ),
  'story.bodyMissing': row(
    422,
    5,
    'Ce récit n’a pas encore de texte : écrivez-le avant de publier.',
    'This story has no text yet: write it before you publish.',
  ),
  'story.reasonMissing': row(
    422,
    5,
    'Dites en une phrase pourquoi ce récit est retiré : elle restera à son adresse.',
    'Say in one sentence why this story is withdrawn: it will stay at its address.',
  ),
  'story.changed': row(
    409,
    5,
    'Quelqu’un a changé ce récit pendant que vous écriviez. Votre texte est gardé ci-dessous : comparez, puis enregistrez.',
    'Somebody changed this story while you were writing. Your text is kept below: compare, then save.',
  ),
} as const satisfies Record<string, ErrorRow>;
