// The messages that leave by mail. Each kind has a subject, a text and the label of its one action.
// A subject starts with the commune or the dataset concerned: {about}.
import type { Sentence } from '../language.ts';

export const mailMessages = {
  'signIn.subject': { fr: '{about} : votre lien pour entrer', en: '{about}: your link to sign in' },
  'signIn.text': {
    fr: 'Voici le lien que vous avez demandé. Il sert une fois, pendant une heure. Si vous n’avez rien demandé, il n’y a rien à faire : personne ne peut entrer sans ce message.',
    en: 'Here is the link you asked for. It works once, for one hour. If you asked for nothing, there is nothing to do: nobody can come in without this message.',
  },
  'signIn.action': { fr: 'Entrer', en: 'Sign in' },

  'invitation.subject': {
    fr: '{about} : une invitation à publier ses données',
    en: '{about}: you are invited to publish its data',
  },
  'invitation.text': {
    fr: '{by} vous propose de rejoindre « {about} » comme : {role}. Le lien sert une fois et vaut jusqu’au {until}. Aucun mot de passe à retenir.',
    en: '{by} suggests that you join "{about}" as: {role}. The link works once, until {until}. There is no password to remember.',
  },
  'invitation.action': { fr: 'Voir l’invitation', en: 'See the invitation' },

  'joinAsked.subject': {
    fr: '{about} : une personne demande à vous rejoindre',
    en: '{about}: somebody asks to join you',
  },
  'joinAsked.text': {
    fr: '{by} demande à rejoindre « {about} » comme : {role}. Répondez d’ici le {until}.',
    en: '{by} asks to join "{about}" as: {role}. Please answer before {until}.',
  },
  'joinAsked.action': { fr: 'Répondre', en: 'Answer' },

  'joinAccepted.subject': { fr: '{about} : votre demande est acceptée', en: '{about}: your request is accepted' },
  'joinAccepted.text': {
    fr: 'Vous faites maintenant partie de « {about} » comme : {role}.',
    en: 'You are now part of "{about}" as: {role}.',
  },
  'joinAccepted.action': { fr: 'Ouvrir mon compte', en: 'Open my account' },

  'joinRefused.subject': { fr: '{about} : votre demande n’est pas retenue', en: '{about}: your request is declined' },
  'joinRefused.text': {
    fr: 'Votre demande de rejoindre « {about} » n’a pas été retenue. La page de l’organisation indique qui y répond.',
    en: 'Your request to join "{about}" was declined. The organization’s page says who answers there.',
  },
  'joinRefused.action': { fr: 'Voir l’organisation', en: 'See the organization' },

  'roleGiven.subject': { fr: '{about} : un rôle vous est confié', en: '{about}: you are given a role' },
  'roleGiven.text': {
    fr: 'Vous avez maintenant ce rôle : {role}, jusqu’au {until}.',
    en: 'You now have this role: {role}, until {until}.',
  },
  'roleGiven.action': { fr: 'Ouvrir mon compte', en: 'Open my account' },

  'grantEnding.subject': { fr: '{about} : un rôle arrive à son terme', en: '{about}: a role comes to its end' },
  'grantEnding.text': {
    fr: 'Le rôle « {role} » de {person} s’arrête le {until}. S’il est toujours juste, il se renouvelle en un clic pour douze mois ; sinon, il n’y a rien à faire et une fiche de passation sera écrite.',
    en: 'The role "{role}" of {person} ends on {until}. If it is still right, one click renews it for twelve months; if not, there is nothing to do, and a handover sheet will be written.',
  },
  'grantEnding.action': { fr: 'Renouveler', en: 'Renew' },

  'handover.subject': {
    fr: '{about} : la fiche de passation de {person}',
    en: '{about}: the handover sheet of {person}',
  },
  'handover.text': {
    fr: '{person} ne fait plus partie de « {about} ». La fiche de passation réunit ses jeux de données, les prochaines échéances, les contacts et ce qui était en cours. Rien de ce qui est publié n’a changé.',
    en: '{person} is no longer part of "{about}". The handover sheet gathers the datasets, the next due dates, the contacts and what was under way. Nothing that is published has changed.',
  },
  'handover.action': { fr: 'Lire la fiche', en: 'Read the sheet' },

  'succession.subject': { fr: '{about} : vous en êtes maintenant pilote', en: '{about}: you are now its pilot' },
  'succession.text': {
    fr: '{person} a quitté « {about} ». Vous assuriez la suppléance : vous prenez la suite comme pilote. La fiche de passation dit où en sont les choses.',
    en: '{person} has left "{about}". You were the deputy: you take over as pilot. The handover sheet says where things stand.',
  },
  'succession.action': { fr: 'Lire la fiche', en: 'Read the sheet' },

  'membership.subject': { fr: '{about} : {state}', en: '{about}: {state}' },
  'membership.text': {
    fr: 'La participation de « {about} » a changé : {state}. Ce qui est publié le reste.',
    en: 'The membership of "{about}" has changed: {state}. What is published stays so.',
  },
  'membership.action': { fr: 'Voir l’organisation', en: 'See the organization' },

  'mapping.broken.subject': {
    fr: '{about} : une correspondance à revoir',
    en: '{about}: a mapping to look at again',
  },
  'mapping.broken.text': {
    fr: 'Dans le tableau commun « {table} », la lecture de votre fichier ne tient plus : {columns}. Vos dernières bonnes lignes restent en ligne. Quelques minutes suffisent pour dire où lire ces informations.',
    en: 'In the shared table "{table}", the reading of your file no longer holds: {columns}. Your last good rows stay online. A few minutes are enough to say where to read this.',
  },
  'mapping.broken.action': { fr: 'Régler les colonnes', en: 'Set the columns' },

  'deposit.kept.subject': { fr: '{about} : votre dépôt est gardé', en: '{about}: your deposit is kept' },
  'deposit.kept.text': {
    fr: 'Vous avez commencé à publier « {about} ». Tout est gardé : reprenez quand vous voulez, là où vous en étiez.',
    en: 'You have begun to publish "{about}". Everything is kept: take it up whenever you like, where you were.',
  },
  'deposit.kept.action': { fr: 'Reprendre le dépôt', en: 'Go on with the deposit' },

  'accountEnding.subject': {
    fr: '{about} : votre compte va s’effacer',
    en: '{about}: your account is about to be erased',
  },
  'accountEnding.text': {
    fr: 'Onze mois ont passé depuis votre dernière visite. Pour garder votre compte, entrez une fois avant le {until}. Sinon, il n’y a rien à faire : votre nom et votre adresse seront effacés.',
    en: 'You have not come for eleven months. To keep your account, come in once before {until}. If not, there is nothing to do: your name and address will be erased.',
  },
  'accountEnding.action': { fr: 'Garder mon compte', en: 'Keep my account' },

  'deposit.needsFix.subject': { fr: '{about} : des points à corriger', en: '{about}: points to correct' },
  'deposit.needsFix.text': {
    fr: 'Le fichier « {file} » a été lu. {points} points sont à corriger avant de publier. Votre travail est gardé.',
    en: 'The file "{file}" was read. {points} points are to be corrected before publishing. Your work is kept.',
  },
  'deposit.needsFix.action': { fr: 'Reprendre le dépôt', en: 'Go on with the deposit' },

  'deposit.returned.subject': {
    fr: '{about} : votre dépôt vous revient',
    en: '{about}: your deposit comes back to you',
  },
  'deposit.returned.text': {
    fr: 'Votre dépôt a été relu et vous revient avec ce mot : « {reason} ». Votre travail est gardé.',
    en: 'Your deposit was read over and comes back with this note: "{reason}". Your work is kept.',
  },
  'deposit.returned.action': { fr: 'Reprendre le dépôt', en: 'Go on with the deposit' },

  'deposit.approvalAsked.subject': {
    fr: '{about} : une publication attend votre relecture',
    en: '{about}: a publication waits for your reading',
  },
  'deposit.approvalAsked.text': {
    fr: '{by} a préparé une publication. Elle sera en ligne quand vous l’aurez relue.',
    en: '{by} has prepared a publication. It will be online once you have read it over.',
  },
  'deposit.approvalAsked.action': { fr: 'Relire', en: 'Read it over' },

  'deposit.abandoned.subject': {
    fr: '{about} : un dépôt attend depuis soixante jours',
    en: '{about}: a deposit has waited for sixty days',
  },
  'deposit.abandoned.text': {
    fr: 'Ce dépôt n’a pas avancé depuis soixante jours. Sans nouvelles, il sera rangé dans un mois ; le fichier d’origine est gardé.',
    en: 'This deposit has not moved for sixty days. Without news it will be put away in a month; the original file is kept.',
  },
  'deposit.abandoned.action': { fr: 'Reprendre le dépôt', en: 'Go on with the deposit' },

  'legal.asked.subject': { fr: '{about} : une question de droit', en: '{about}: a legal question' },
  'legal.asked.text': {
    fr: 'Un dépôt attend votre avis : peut-on l’ouvrir ? Le déposant a fait sa part.',
    en: 'A deposit waits for your opinion: may it be opened? The depositor has done their part.',
  },
  'legal.asked.action': { fr: 'Examiner', en: 'Examine' },

  'legal.decided.subject': { fr: '{about} : la décision est prise', en: '{about}: the decision is made' },
  'legal.decided.text': {
    fr: 'La question de droit a sa réponse. Le dépôt peut reprendre là où il en était.',
    en: 'The legal question has its answer. The deposit can go on from where it was.',
  },
  'legal.decided.action': { fr: 'Voir la décision', en: 'See the decision' },

  'dataset.published.subject': { fr: '{about} : c’est en ligne', en: '{about}: it is online' },
  'dataset.published.text': {
    fr: '« {about} » est publié : {rows} lignes, licence comprise, à cette adresse qui ne changera pas.',
    en: '"{about}" is published: {rows} rows, licence included, at this address, which will not change.',
  },
  'dataset.published.action': { fr: 'Voir la page publique', en: 'See the public page' },

  'dataset.updateDue.subject': {
    fr: '{about} : mise à jour attendue le {date}',
    en: '{about}: update expected on {date}',
  },
  'dataset.updateDue.text': {
    fr: 'Vous aviez annoncé une mise à jour de « {about} » pour le {date}. Si rien n’a changé, un clic suffit.',
    en: 'You announced an update of "{about}" for {date}. If nothing has changed, one click is enough.',
  },
  'dataset.updateDue.action': { fr: 'Rien n’a changé', en: 'Nothing has changed' },
  'dataset.updateDue.second': { fr: 'Déposer le nouveau fichier', en: 'Deposit the new file' },

  'dataset.overdue.subject': {
    fr: '{about} : la mise à jour du {date} manque',
    en: '{about}: the update of {date} is missing',
  },
  'dataset.overdue.text': {
    fr: 'La mise à jour de « {about} » était attendue le {date}. La page publique le dit. Si rien n’a changé, un clic suffit.',
    en: 'The update of "{about}" was expected on {date}. The public page says so. If nothing has changed, one click is enough.',
  },
  'dataset.overdue.action': { fr: 'Rien n’a changé', en: 'Nothing has changed' },
  'dataset.overdue.second': { fr: 'Déposer le nouveau fichier', en: 'Deposit the new file' },

  'widget.stale.subject': {
    fr: '{about} : votre widget ne se voit plus',
    en: '{about}: your widget is no longer seen',
  },
  'widget.stale.text': {
    fr: 'Le widget « {about} » ({organization}) n’a pas été affiché depuis le {date}. Le code est peut-être parti avec une refonte du site.',
    en: 'The widget "{about}" ({organization}) was not shown since {date}. The code may have gone with a change of the site.',
  },
  'widget.stale.action': { fr: 'Voir le widget et son code', en: 'See the widget and its code' },

  'widget.broken.dataset.subject': {
    fr: '{about} : les données de votre widget ne sont plus publiées',
    en: '{about}: the data of your widget is no longer published',
  },
  'widget.broken.dataset.text': {
    fr: 'Le widget « {about} » ({organization}) montre le jeu de données « {what} », qui n’est plus en ligne. Votre site affiche une phrase et un lien.',
    en: 'The widget "{about}" ({organization}) shows the dataset "{what}", which is no longer online. Your site shows a sentence and a link.',
  },
  'widget.broken.dataset.action': { fr: 'Choisir d’autres données', en: 'Choose other data' },

  'widget.broken.commune.subject': {
    fr: '{about} : la commune de votre widget n’est pas connue',
    en: '{about}: the commune of your widget is not known',
  },
  'widget.broken.commune.text': {
    fr: 'Le widget « {about} » ({organization}) est réglé pour la commune « {what} », que le portail ne connaît pas.',
    en: 'The widget "{about}" ({organization}) is set for the commune "{what}", which the portal does not know.',
  },
  'widget.broken.commune.action': { fr: 'Voir le widget', en: 'See the widget' },

  'widget.broken.host.subject': {
    fr: '{about} : votre widget est affiché sur un site non déclaré',
    en: '{about}: your widget is shown on a site that was not declared',
  },
  'widget.broken.host.text': {
    fr: 'Le widget « {about} » ({organization}) est appelé depuis « {what} », qui n’est pas dans sa liste. Si ce site est le vôtre, ajoutez-le.',
    en: 'The widget "{about}" ({organization}) is asked for from "{what}", which is not in its list. If this site is yours, add it.',
  },
  'widget.broken.host.action': { fr: 'Voir les sites déclarés', en: 'See the declared sites' },

  'widget.broken.widget.subject': {
    fr: '{about} : ce widget n’existe plus',
    en: '{about}: this widget no longer exists',
  },
  'widget.broken.widget.text': {
    fr: 'Le widget « {about} » ({organization}) est d’une sorte que le portail ne propose plus : « {what} ».',
    en: 'The widget "{about}" ({organization}) is of a kind that the portal no longer offers: "{what}".',
  },
  'widget.broken.widget.action': { fr: 'Voir le widget', en: 'See the widget' },

  'source.failed.subject': { fr: '{about} : la source ne répond plus', en: '{about}: the source does not answer' },
  'source.failed.text': {
    fr: 'La source de « {about} » n’a pas pu être lue depuis le {date} : {reason}. La dernière version reste en ligne.',
    en: 'The source of "{about}" could not be read since {date}: {reason}. The last version stays online.',
  },
  'source.failed.action': { fr: 'Voir la source', en: 'See the source' },

  'source.refused.subject': {
    fr: '{about} : la mise à jour automatique s’est arrêtée',
    en: '{about}: the automatic update has stopped',
  },
  'source.refused.text': {
    fr: 'Le fichier reçu par la source de « {about} » a {points} points à corriger. La dernière version reste en ligne.',
    en: 'The file that the source of "{about}" gave has {points} points to correct. The last version stays online.',
  },
  'source.refused.action': { fr: 'Voir les points', en: 'See the points' },

  'dataset.firstReuse.subject': { fr: '{about} : une première réutilisation', en: '{about}: a first reuse' },
  'dataset.firstReuse.text': {
    fr: 'Quelqu’un se sert de « {about} » : {what}. Votre travail est utile.',
    en: 'Somebody uses "{about}": {what}. Your work is useful.',
  },
  'dataset.firstReuse.action': { fr: 'Voir la réutilisation', en: 'See the reuse' },

  'dataset.firstQuestion.subject': { fr: '{about} : une première question', en: '{about}: a first question' },
  'dataset.firstQuestion.text': {
    fr: 'Une personne a posé une question sur « {about} ». Elle attend votre réponse.',
    en: 'Somebody asked a question about "{about}". They wait for your answer.',
  },
  'dataset.firstQuestion.action': { fr: 'Répondre', en: 'Answer' },

  'dataset.downloads.subject': { fr: '{about} : {count} téléchargements', en: '{about}: {count} downloads' },
  'dataset.downloads.text': {
    fr: '« {about} » vient de passer {count} téléchargements.',
    en: '"{about}" has just passed {count} downloads.',
  },
  'dataset.downloads.action': { fr: 'Voir la page publique', en: 'See the public page' },
} as const satisfies Record<string, Sentence>;

/** The kinds of messages. */
export type MailKind = {
  [K in keyof typeof mailMessages]: K extends `${infer Kind}.subject` ? Kind : never;
}[keyof typeof mailMessages];

/** What every letter is made of, whatever it tells. */
export const letterMessages = {
  'letter.hello': { fr: 'Bonjour,', en: 'Hello,' },
  'letter.digest.subject': { fr: '{site} : {count} nouvelles pour vous', en: '{site}: {count} pieces of news for you' },
  'letter.digest.action': { fr: 'Tout voir dans mon compte', en: 'See everything in my account' },
  'letter.others': { fr: 'Ont aussi reçu ce message : {names}.', en: 'Also told: {names}.' },
  'letter.othersNone': { fr: 'Vous êtes la seule personne prévenue.', en: 'You are the only person told.' },
  'letter.other': { fr: '{name} ({role})', en: '{name} ({role})' },
  'letter.foot': {
    fr: 'Envoyé par {site}, {url}. Vous choisissez le rythme de ces messages dans votre compte : {account}',
    en: 'Sent by {site}, {url}. You choose how often these messages come in your account: {account}',
  },
  'letter.unsubscribe': {
    fr: 'Ne plus rien recevoir : {address}',
    en: 'Stop all messages: {address}',
  },
  'letter.footDoor': { fr: 'Envoyé par {site}, {url}.', en: 'Sent by {site}, {url}.' },
} as const satisfies Record<string, Sentence>;
