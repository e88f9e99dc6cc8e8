// Whose an e-mail address is: a person's, or an office's as mairie@ and contact@ are.
import { foldText } from '../../lib/text.ts';
import { firstNames } from './person-names.ts';

export type MailboxOwner = 'person' | 'office' | 'unknown';

/** Beginnings or words of the addresses that offices answer at. */
const offices = String.raw`
  contact\w* mairie\w* accueil\w* infos? information\w* secretariat\w* secretaire\w* direction\w* service\w*
  commune\w* ville\w* communication\w* com bibliotheque\w* mediatheque\w* ecole\w* college\w* lycee\w* ce
  creche\w* opendata\w* data\w* sig dsi rh compta\w* facturation\w* support\w* sav commercial\w* client\w*
  admin\w* webmaster\w* noreply\w* ne-pas-repondre postmaster presse office\w* ot tourisme\w* urbanisme\w*
  culture\w* sports?\w* association\w* asso\w* club\w* comite\w* union\w* federation\w* bureau\w* president\w*
  tresorier\w* ccas\w* maison\w* centre\w* theatre\w* musee\w* hotel\w* reception\w* reservation\w* resa\w*
  camping\w* domaine\w* chateau\w* restaurant\w* cuisine\w* police\w* technique\w* exploitation\w* maintenance\w*
  supervision\w* irve\w* mobilite\w* energie\w* dpo\w* cnil\w* prada\w* cada\w* elections? marches? boutique\w*
  magasin\w* agence\w* cabinet\w* garage\w* pharmacie\w* fc us as sdis\w* hello bonjour equipe\w* team\w* sante\w*
  foyer\w* enfance\w* jeunesse\w* periscolaire\w*
`;
const office = new RegExp(`(?:^|[._\\-\\d])(?:${offices.trim().split(/\s+/).join('|')})(?:$|[._\\-\\d])`);
/** Providers for the public: nobody's own name. */
const consumerDomains =
  /^(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|orange|wanadoo|free|sfr|neuf|laposte|bbox|icloud|me|aol|gmx|proton|protonmail|numericable|club-internet|aliceadsl|cegetel|9online|voila|dbmail|nordnet)\./;

/**
 * Whose an address is. An office answers at contact@, mairie@, or at its own name (leperrier@leperrier.fr); a person at their
 * first name, an initial and a name, or any name at a provider for the public.
 */
export function ownerOf(email: string): MailboxOwner {
  const [local = '', domain = ''] = foldText(email).split('@');
  if (office.test(local)) return 'office';
  const parts = local.split(/[._\-+\d]+/).filter((part) => part !== '');
  const named = parts.length > 1 && parts.some((part) => firstNames.has(part));
  const initialed = /^[a-z]{1,2}[._][a-z]{3,}\d{0,4}$/.test(local);
  if (named || initialed) return 'person';
  const site = domain.replace(/\.[a-z]+$/, '').replace(/[^a-z]/g, '');
  const letters = local.replace(/[^a-z]/g, '');
  if (!consumerDomains.test(domain)) {
    if (letters.length > 3 && (site.includes(letters) || letters.includes(site))) return 'office';
    return parts.length === 1 && firstNames.has(parts[0] ?? '') ? 'person' : 'unknown';
  }
  return parts.some((part) => firstNames.has(part)) || beginsWithFirstName(letters) ? 'person' : 'unknown';
}

function beginsWithFirstName(letters: string): boolean {
  for (let length = 3; length < letters.length - 3; length++) if (firstNames.has(letters.slice(0, length))) return true;
  return false;
}
