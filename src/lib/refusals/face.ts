// Refusals of looks: colours that could not be read, pictures that are none, addresses that are another's.
import { type ErrorRow, row } from './row.ts';

export const faceErrors = {
  'face.colourInvalid': row(
    422,
    5,
    '« {colour} » n’est pas une couleur que nous savons lire. Écrivez-la comme #1d5873.',
    '"{colour}" is not a colour that we can read. Write it like #1d5873.',
  ),
  'face.groundContrast': row(
    422,
    5,
    'Le texte clair du bandeau se lirait mal sur {colour} : son contraste est de {ratio}, il en faut 4,5. La même couleur, plus foncée, convient : {proposal}.',
    'The light text of the header would be hard to read on {colour}: its contrast is {ratio}, it needs 4.5. The same colour, darker, would do: {proposal}.',
  ),
  'face.accentContrast': row(
    422,
    5,
    'Les liens et les boutons se liraient mal en {colour} : leur contraste avec la page est de {ratio}, il en faut 4,5. La même couleur, plus foncée, convient : {proposal}.',
    'Links and buttons would be hard to read in {colour}: their contrast with the page is {ratio}, it needs 4.5. The same colour, darker, would do: {proposal}.',
  ),
  'face.pictureUnknown': row(
    422,
    5,
    'Ce fichier n’est pas une image que nous savons montrer. Choisissez un fichier PNG, JPEG, WebP ou SVG.',
    'This file is not a picture that we can show. Choose a PNG, JPEG, WebP or SVG file.',
  ),
  'face.pictureUnsafe': row(
    422,
    5,
    'Ce dessin SVG contient un programme ou fait appel à un autre site. Enregistrez-le « en SVG simple », ou en PNG.',
    'This SVG drawing holds a program or asks another site. Save it as "plain SVG", or as PNG.',
  ),
  'face.pictureTooLarge': row(
    422,
    5,
    'Cette image est trop lourde : {max} ko au plus. Réduisez-la, puis choisissez-la de nouveau.',
    'This picture is too heavy: {max} kB at most. Make it smaller, then choose it again.',
  ),
  'face.photoTextMissing': row(
    422,
    5,
    'Dites en une phrase ce que montre la photo : elle sera lue à ceux qui ne la voient pas.',
    'Say in one sentence what the photo shows: it will be read to those who do not see it.',
  ),
  'face.hostInvalid': row(
    422,
    5,
    '« {host} » n’est pas une adresse de site. Écrivez-la comme donnees.macommune.fr, sans rien après.',
    '"{host}" is not the address of a site. Write it like donnees.macommune.fr, with nothing after it.',
  ),
  'face.hostTaken': row(
    409,
    5,
    'L’adresse {host} sert déjà à un autre organisme ou à ce portail.',
    'The address {host} already serves another organization or this portal.',
  ),
  'face.emailInvalid': row(
    422,
    5,
    '« {email} » n’est pas une adresse électronique complète.',
    '"{email}" is not a complete e-mail address.',
  ),
  'face.textTooLong': row(
    422,
    5,
    'Ce texte est trop long ({max} caractères au plus) : « {start}… ».',
    'This text is too long ({max} characters at most): "{start}…".',
  ),
} as const satisfies Record<string, ErrorRow>;
