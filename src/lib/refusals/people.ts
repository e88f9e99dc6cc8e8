// Refusals about people: signing in, roles, invitations, keys, messages.
import { type ErrorRow, row } from './row.ts';

export const peopleErrors = {
  'session.needed': row(401, 5, 'Cette page demande de se connecter.', 'This page asks you to sign in.'),
  'request.foreign': row(
    403,
    5,
    'Cette demande vient d’un autre site : elle n’a pas été suivie. Ouvrez la page ici et recommencez.',
    'This request comes from another site: it was not followed. Open the page here and try again.',
  ),
  'request.tooMany': row(
    429,
    5,
    'Trop d’essais. Attendez {minutes} minutes avant de recommencer.',
    'Too many attempts. Wait {minutes} minutes before trying again.',
  ),
  'link.invalid': row(
    410,
    5,
    'Ce lien a déjà servi ou n’est plus valable. Demandez-en un autre.',
    'This link was used already or is no longer valid. Ask for another one.',
  ),
  'password.wrong': row(
    401,
    5,
    'L’adresse ou le mot de passe n’est pas le bon.',
    'The address or the password is not right.',
  ),
  'password.tooShort': row(
    422,
    5,
    'Un mot de passe compte au moins {min} caractères. Trois ou quatre mots sans rapport font un bon mot de passe.',
    'A password has at least {min} characters. Three or four unrelated words make a good password.',
  ),
  'password.tooLong': row(
    422,
    5,
    'Un mot de passe compte au plus {max} caractères.',
    'A password has at most {max} characters.',
  ),
  'session.tooOld': row(
    403,
    5,
    'Pour changer cela, reconnectez-vous d’abord par un lien reçu par courriel.',
    'To change this, first sign in again by a link sent by mail.',
  ),
  'provider.failed': row(
    502,
    6,
    'Le service « {name} » n’a pas pu confirmer qui vous êtes. Recommencez, ou entrez par un lien reçu par courriel.',
    'The service "{name}" could not confirm who you are. Try again, or sign in by a link sent by mail.',
  ),
  'person.unknown': row(404, 4, 'Cette personne n’existe pas ici.', 'This person does not exist here.'),
  'person.emailInvalid': row(
    422,
    5,
    '« {email} » n’est pas une adresse électronique complète. Exemple : secretariat@macommune.fr',
    '"{email}" is not a complete e-mail address. Example: secretariat@macommune.fr',
  ),
  'person.nameInvalid': row(422, 5, 'Donnez un nom de 2 à 100 caractères.', 'Give a name of 2 to 100 characters.'),
  'role.unknown': row(422, 5, 'Le rôle « {role} » n’existe pas.', 'There is no role "{role}".'),
  'role.alreadyHeld': row(409, 5, 'Cette personne a déjà ce rôle.', 'This person has this role already.'),
  'role.lastOperator': row(
    409,
    5,
    'Cette personne est la dernière à administrer la plateforme : donnez d’abord ce rôle à une autre.',
    'This person is the last to administer the platform: give this role to somebody else first.',
  ),
  'grant.unknown': row(404, 4, 'Ce rôle n’est plus tenu par personne.', 'Nobody holds this role any more.'),
  'joining.unknown': row(
    404,
    4,
    'Cette invitation ou demande n’existe plus.',
    'This invitation or request no longer exists.',
  ),
  'joining.pending': row(
    409,
    5,
    'Une invitation ou une demande attend déjà une réponse pour cette adresse.',
    'An invitation or a request already waits for an answer for this address.',
  ),
  'membership.impossible': row(
    409,
    5,
    'Cette étape ne suit pas la précédente.',
    'This step does not follow the previous one.',
  ),
  'key.unknown': row(401, 5, 'Cette clé n’existe pas ou a été révoquée.', 'This key does not exist or was revoked.'),
  'key.gone': row(404, 4, 'Cette clé est déjà révoquée, ou n’existe pas.', 'This key is revoked already, or does not exist.'),
  'key.nameInvalid': row(
    422,
    5,
    'Donnez à la clé un nom de 2 à 100 caractères : à quoi elle sert.',
    'Give the key a name of 2 to 100 characters: what it is for.',
  ),
  'key.scopesMissing': row(
    422,
    5,
    'Choisissez au moins un droit pour cette clé.',
    'Choose at least one right for this key.',
  ),
  'handover.unknown': row(404, 4, 'Cette fiche de passation n’existe pas.', 'This handover sheet does not exist.'),
} as const satisfies Record<string, ErrorRow>;
