// What each role and right is called.
import type { Sentence } from '../language.ts';

export const peopleMessages = {
  'role.pilot': { fr: 'pilote', en: 'pilot' },
  'role.deputy': { fr: 'suppléant ou suppléante', en: 'deputy' },
  'role.editor': { fr: 'éditeur ou éditrice', en: 'editor' },
  'role.depositor': { fr: 'dépôt de fichiers', en: 'depositor' },
  'role.reader': { fr: 'lecture', en: 'reader' },
  'role.steward': { fr: 'chef ou cheffe de projet du territoire', en: 'territory steward' },
  'role.legalOfficer': { fr: 'juriste et protection des données', en: 'legal and data protection officer' },
  'role.accessOfficer': { fr: 'responsable de l’accès aux documents', en: 'access to documents officer' },
  'role.facilitator': { fr: 'médiation', en: 'facilitator' },
  'role.moderator': { fr: 'modération', en: 'moderator' },
  'role.operator': { fr: 'administration de la plateforme', en: 'platform administrator' },
  'role.federationPeer': { fr: 'plateforme régionale', en: 'regional platform' },
  'role.pilot.does': {
    fr: 'Répond de l’organisation : publie, relit, invite, nomme.',
    en: 'Answers for the organization: publishes, reads over, invites, appoints.',
  },
  'role.deputy.does': {
    fr: 'Fait la même chose et prend la suite si le pilote part.',
    en: 'Does the same, and takes over when the pilot leaves.',
  },
  'role.editor.does': {
    fr: 'Dépose et met à jour toutes les données, relie des sources, crée des clés.',
    en: 'Deposits and updates all the data, connects sources, makes keys.',
  },
  'role.depositor.does': {
    fr: 'Dépose des fichiers et met à jour les siens.',
    en: 'Deposits files, and updates their own.',
  },
  'role.reader.does': { fr: 'Lit ce qui n’est pas encore publié.', en: 'Reads what is not published yet.' },
  'scope.read': { fr: 'Lire ce qui n’est pas encore publié', en: 'Read what is not published yet' },
  'scope.deposit': { fr: 'Déposer des fichiers, sans les publier', en: 'Deposit files, without publishing them' },
  'scope.publish': { fr: 'Déposer et publier', en: 'Deposit and publish' },
  'membership.invited': { fr: 'Invitée', en: 'Invited' },
  'membership.requested': { fr: 'Demande reçue', en: 'Requested' },
  'membership.verified': { fr: 'Identité vérifiée', en: 'Identity verified' },
  'membership.signed': { fr: 'Charte signée', en: 'Charter signed' },
  'membership.active': { fr: 'Active', en: 'Active' },
  'membership.suspended': { fr: 'Suspendue', en: 'Suspended' },
  'membership.left': { fr: 'Partie', en: 'Left' },
  'rhythm.never': { fr: 'Jamais', en: 'Never' },
  'rhythm.instantly': { fr: 'Tout de suite', en: 'At once' },
  'rhythm.daily': { fr: 'Une fois par jour', en: 'Once a day' },
  'rhythm.weekly': { fr: 'Une fois par semaine, le lundi', en: 'Once a week, on Mondays' },
} as const satisfies Record<string, Sentence>;
