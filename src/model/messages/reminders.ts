// The sentences of the page that a reminder leads to.
import type { Sentence } from '../language.ts';

export const reminderMessages = {
  'reminder.title': { fr: 'Ces données ont-elles changé ?', en: 'Has this data changed?' },
  'reminder.done': { fr: 'C’est noté, merci', en: 'Noted, thank you' },
  'reminder.updated': { fr: 'Dernière mise à jour : {date}.', en: 'Last update: {date}.' },
  'reminder.due': { fr: 'Une mise à jour était attendue le {date}.', en: 'An update was expected on {date}.' },
  'reminder.next': { fr: 'La prochaine est attendue le {date}.', en: 'The next one is expected on {date}.' },
  'reminder.unchanged': { fr: 'Rien n’a changé', en: 'Nothing has changed' },
  'reminder.unchanged.hint': {
    fr: 'La page publique dira que vous avez vérifié aujourd’hui. Aucun fichier à envoyer.',
    en: 'The public page will say that you checked today. There is no file to send.',
  },
  'reminder.deposit': { fr: 'Déposer le nouveau fichier', en: 'Deposit the new file' },
} as const satisfies Record<string, Sentence>;
