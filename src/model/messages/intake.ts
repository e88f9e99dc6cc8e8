// What is answered to a program that brings a dataset's next file, and what is said of such a file on pages.
import type { Sentence } from '../language.ts';

export const intakeMessages = {
  'delivery.unchanged': {
    fr: 'Rien n’a changé : ce fichier est déjà la version {version}.',
    en: 'Nothing has changed: this file already is version {version}.',
  },
  'delivery.published': { fr: 'La version {version} est en ligne.', en: 'Version {version} is online.' },
  'delivery.publication': {
    fr: 'La version {version} est reçue, pas encore en ligne.',
    en: 'Version {version} is received, not online yet.',
  },
  'delivery.problems': {
    fr: 'La version {version} est reçue, mais des erreurs sont à corriger avant de la mettre en ligne.',
    en: 'Version {version} is received, but errors are to be corrected before it goes online.',
  },
  'delivery.personalData': {
    fr: 'La version {version} est reçue, mais elle montre des personnes là où la version publique n’en montre pas : quelqu’un doit en décider.',
    en: 'Version {version} is received, but it shows persons where the public version shows none: somebody must decide.',
  },
  'delivery.secondReading': {
    fr: 'La version {version} est reçue et attend qu’une autre personne la relise.',
    en: 'Version {version} is received and waits for another person to read it.',
  },
} as const satisfies Record<string, Sentence>;
