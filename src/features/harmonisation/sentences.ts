// A few words for each kind of fault that sets rows aside.
import type { Language, Sentence } from '../../model/language.ts';

const names: Readonly<Record<string, Sentence>> = {
  'value.required': { fr: 'case vide', en: 'empty cell' },
  'pattern.unmatched': { fr: 'forme inattendue', en: 'unexpected form' },
  'enum.unknown': { fr: 'hors de la liste', en: 'not in the list' },
  'type.date': { fr: 'date illisible', en: 'unreadable date' },
  'type.number': { fr: 'nombre illisible', en: 'unreadable number' },
  'type.integer': { fr: 'nombre illisible', en: 'unreadable number' },
  'type.boolean': { fr: 'ni oui ni non', en: 'neither yes nor no' },
  'siret.invalid': { fr: 'SIRET faux', en: 'wrong SIRET' },
  'siren.invalid': { fr: 'SIREN faux', en: 'wrong SIREN' },
  'value.tooSmall': { fr: 'trop petit', en: 'too small' },
  'value.tooLarge': { fr: 'trop grand', en: 'too large' },
  'text.tooLong': { fr: 'texte trop long', en: 'text too long' },
  'columns.oneOf': { fr: 'aucune des deux colonnes', en: 'none of the two columns' },
};

export function faultNames(lang: Language): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(names).map(([code, sentence]) => [code, sentence[lang]]));
}
