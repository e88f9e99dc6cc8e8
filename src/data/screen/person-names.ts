// Whether a text is the name of a natural person: first names of France by frequency, and the words that legal persons bear.
import firstNamesFile from '../../../reference/first-names.json' with { type: 'json' };
import { foldText } from '../../lib/text.ts';
import { civilityPattern, civilityShape, typedNameShape } from './patterns.ts';

/** First names, folded, none compound: "jean-pierre" begins with "jean". */
export const firstNames: ReadonlySet<string> = new Set(firstNamesFile.names.filter((name) => !name.includes('-')));

/** Words of associations, companies, public bodies and places: with one of them a text names no natural person. */
const institutions = `
  association assoc asso club comite amicale union federation fondation syndicat societe sarl sas sasu eurl sci
  scop scp gaec earl ets etablissements? entreprise groupe groupement compagnie cie theatre orchestre choeur
  chorale harmonie fanfare festival ecole college lycee scolaire universite institut centre maison foyer residence
  mairie commune ville communaute departement region metropole conseil office agence service direction bureau
  mission chambre hopital clinique ehpad pharmacie cabinet eglise chapelle chateau moulin ferme domaine manoir
  parc square jardin place rue avenue boulevard allee impasse chemin route quai cours pont gare stade gymnase
  salle piscine musee mediatheque bibliotheque espace hotel restaurant cafe camping gite sport sports sporting
  sportive? football foot basket handball rugby tennis judo athletisme natation cyclisme gymnastique petanque
  danse musique culture arts? jeunes jeunesse amis anciens parents les des aux et pour sur en dans sans par avec
  the of and for production productions edition editions films? media solidarite social sociale france francaise?
  national nationale regional regionale departementale? saint sainte st ste notre dame
`;
const institutional = new RegExp(`(?:^|[ '’\\-])(?:${institutions.trim().split(/\s+/).join('|')})(?:$|[ '’\\-])`);
const civility = new RegExp(`^${civilityPattern} +`);
const civil = new RegExp(civilityShape, 'u');
const typed = new RegExp(typedNameShape, 'u');

/**
 * Whether a text of the shape of a name is a person's: a civility in front, or a first name at one of its ends; no word of
 * legal persons or places.
 */
export function isPersonName(text: string): boolean {
  const bare = foldText(text.trim()).replace(civility, '');
  if (institutional.test(bare)) return false;
  if (civil.test(text)) return true;
  const words = bare.split(/,? +/);
  return words.length > 1 && (isFirstName(words[0] ?? '') || isFirstName(words.at(-1) ?? ''));
}

/** Whether a word is a first name, or begins with one as « Marie-Odile » does. */
export function isFirstName(word: string): boolean {
  return firstNames.has(foldText(word.trim()).split('-')[0] ?? '');
}

/** Whether a name is typed as lists of persons are: « Mme Dupont », « Jean DUPONT », « DUPONT Jean ». */
export function isTypedAsPerson(text: string): boolean {
  return civil.test(text) || typed.test(text);
}

/** Whether a civility stands in front. */
export function hasCivility(text: string): boolean {
  return civil.test(text);
}
