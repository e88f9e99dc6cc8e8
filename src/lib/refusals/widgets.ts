// Refusals about widgets and the sites that they are put on.
import { type ErrorRow, row } from './row.ts';

export const widgetErrors = {
  'widget.unknown': row(
    404,
    4,
    'Nous n’avons pas de widget « {name} ». La galerie montre ceux qui existent.',
    'We have no widget "{name}". The gallery shows those that exist.',
  ),
  'widget.attributeInvalid': row(
    422,
    5,
    '« {attribute} » : « {value} » n’est pas possible ici. Revenez au studio, il propose les choix permis.',
    '"{attribute}": "{value}" is not possible here. Go back to the studio, which offers what is allowed.',
  ),
  'widget.nameMissing': row(
    422,
    5,
    'Donnez un nom à ce widget, de 2 à 100 caractères : par exemple « Déchets, page d’accueil ».',
    'Give this widget a name of 2 to 100 characters: for example "Waste, front page".',
  ),
  'widget.hostsMissing': row(
    422,
    5,
    'Dites sur quel site vous le mettrez : par exemple www.ville-exemple.fr.',
    'Say on which site you will put it: for example www.ville-exemple.fr.',
  ),
  'widget.hostInvalid': row(
    422,
    5,
    '« {host} » n’est pas l’adresse d’un site. Nous attendions par exemple www.ville-exemple.fr.',
    '"{host}" is not the address of a site. We expected for example www.ville-exemple.fr.',
  ),
  'widget.hostsMany': row(
    422,
    5,
    'Un widget se déclare pour {most} sites au plus. Faites-en un second pour les autres.',
    'A widget is declared for {most} sites at most. Make a second one for the others.',
  ),
  'widget.contactInvalid': row(
    422,
    5,
    '« {contact} » n’est pas une adresse électronique. Elle sert à prévenir qui s’occupe du site.',
    '"{contact}" is not an e-mail address. It is used to warn whoever looks after the site.',
  ),
  'widget.many': row(
    422,
    5,
    'Votre organisation a déjà {most} widgets. Retirez ceux qui ne servent plus.',
    'Your organization already has {most} widgets. Retire those that are no longer used.',
  ),
  'widget.keyUnknown': row(
    404,
    4,
    'Ce widget n’existe pas, ou il a été retiré. La page des widgets de votre organisation montre les autres.',
    'This widget does not exist, or was retired. The page of your organization’s widgets shows the others.',
  ),
  'widget.benchUnknown': row(
    404,
    4,
    'Nous n’avons pas de banc d’essai « {name} ». La page des bancs d’essai montre ceux qui existent.',
    'We have no test bench "{name}". The page of test benches shows those that exist.',
  ),
} as const satisfies Record<string, ErrorRow>;
