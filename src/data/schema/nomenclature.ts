// The nomenclature of acts: the nine matters under which a local authority sends its acts to the prefect (@CTES).
import { foldedWords } from '../../lib/text.ts';

/** First level, as the State's programme of electronic transmission of acts names them. */
export const actMatters = [
  'Commande publique',
  'Urbanisme',
  'Domaine et patrimoine',
  'Fonction publique',
  'Institutions et vie politique',
  'Libertés publiques et pouvoirs de police',
  'Finances locales',
  'Domaines de compétences par thèmes',
  'Autres domaines de compétences',
] as const;

const known = new Set(actMatters.map((matter) => foldedWords(matter, '-')));

/** "Commande publique/Délégation de service public": the first level is one of the nine, case and accents free. */
export function isActMatter(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash === -1) return false;
  return known.has(foldedWords(text.slice(0, slash), '-').replace(/^\d+-/, ''));
}
