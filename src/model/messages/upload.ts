// What is said while a large file is on its way; read by the browser's script.
import type { Sentence } from '../language.ts';

export const uploadMessages = {
  sending: { fr: 'Envoi : {percent} %, {done} sur {total}.', en: 'Sending: {percent}%, {done} of {total}.' },
  waiting: {
    fr: 'La connexion est interrompue. Ce qui est arrivé est gardé : l’envoi reprendra tout seul.',
    en: 'The connection is lost. What has arrived is kept: the upload will go on by itself.',
  },
  paused: {
    fr: 'En pause : ce qui est arrivé est gardé une journée.',
    en: 'Paused: what has arrived is kept for a day.',
  },
  done: { fr: 'Le fichier est arrivé. Un instant…', en: 'The file has arrived. One moment…' },
  failed: { fr: 'L’envoi n’a pas abouti. {reason}', en: 'The upload did not succeed. {reason}' },
  pause: { fr: 'Mettre en pause', en: 'Pause' },
  resume: { fr: 'Reprendre l’envoi', en: 'Go on' },
  progress: { fr: 'Avancement de l’envoi', en: 'Progress of the upload' },
  size: { fr: '{count} Mo', en: '{count} MB' },
} as const satisfies Record<string, Sentence>;
