// What a column's header says of persons: words that announce them, words that rule them out. Headers are folded first.
import { foldedWords } from '../../lib/text.ts';

/** A header in words: "nomBeneficiaire" → "nom beneficiaire", surrounded by blanks so that whole words are looked for. */
export function headerWords(title: string): string {
  const apart = title.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return ` ${foldedWords(apart, '_').replaceAll('_', ' ')} `;
}

/** Words as regular expressions, apart from each other by « · ». */
const has = (words: string) => {
  const pattern = new RegExp(` (?:${words.trim().replace(/\s+/g, ' ').split(' · ').join('|')}) `);
  return (header: string) => pattern.test(header);
};

/** The questions that the scan asks of a header (as headerWords makes it). */
export const says = {
  birthDate: (header: string) =>
    !/ (?:nb|nombre|nbre|effectif|taux|lieu|commune|pays) /.test(header) &&
    / (?:date|jour|dat|dt) (?:de |d )?(?:la )?(?:naissance|naiss|nais)| ne e? ?le | nee le | ddn | birth ?date | date of birth | dob | birthday /.test(
      header,
    ),
  age: (header: string) =>
    / age /.test(header) &&
    !/ (?:moyen|median|estime|estim|arbre|batiment|moyenne|tranche|classe|groupe) /.test(header),
  firstName: has(String.raw`
    prenoms? · first ?name · given ?name · preusuel · prenom usuel · firstname · prenom\d? · pnom
  `),
  lastName: (header: string) =>
    / (?:nom|patronyme|nom de famille|last ?name|surname|lastname|family ?name) /.test(header) && !says.place(header),
  person: has(`
    civilite · prenoms? · nom de famille · nom d usage · nom de naissance · nom naissance · nom usage · nom complet
    · patronyme · identite · personnes? · usagers? · habitants? · administres? · demandeurs? · requerants? ·
    petitionnaires? · proprietaires? · locataires? · occupants? · agents? · salaries? · employes? · eleves? ·
    enfants? · etudiants? · parents? · patients? · beneficiaires? · allocataires? · contacts? · responsables? ·
    interlocuteurs? · referents? · gerants? · dirigeants? · representants? · presidents? · tresoriers? · adherents?
    · licencies? · concessionnaires? · defunts? · titulaires? · auteurs? · electeurs? · conjoints? · contact name ·
    person · owner
  `),
  /** Persons named for their public role. */
  official: has(`
    elue?s? · maires? · adjoints? · conseillers? · conseilleres? · candidats? · candidates? · rapporteurs? ·
    ordonnateurs? · signataires? · deputes? · senateurs? · colistiers? · tete de liste · executant · commissaires? ·
    vice presidents?
  `),
  /** In a table with such a column, persons are elected people or candidates. */
  politicalTable: has(`
    nuances? · parti · partis · mandats? · nb voix · voix · suffrages? · exprimes · delegations? · listes? ·
    pouvoirs? · seance · scrutin
  `),
  /** Things that bear the names of persons (streets, schools), or names of legal persons. */
  place: has(String.raw`
    voies? · rues? · avenues? · toponymes? · lieux? · lieudit · places? · adresses? · adr · ad · address · stations?
    · arrets? · gares? · stop · sites? · equipements? · equip · etablissements? · etbst · ecoles? · colleges? ·
    lycees? · cantines? · restaurants? · communes? · villes? · quartiers? · secteurs? · zones? · batiments? · bat ·
    stades? · gymnases? · salles? · parcs? · jardins? · squares? · poi · bureaux? · centres? · bibliotheques? ·
    mediatheques? · musees? · monuments? · parkings? · enseignes? · operateurs? · operator · amenageurs? ·
    exploitants? · fabricants? · structures? · associations? · raison · sociale? · organismes? · organisations? ·
    societes? · entreprises? · fournisseurs? · services? · directions? · marques? · modeles? · especes? · essences?
    · genres? · varietes? · cultivars? · plats? · menus? · themes? · types? · categories? · natures? · domaines? ·
    denominations? · epci · departements? · departemen · regions? · cantons? · pays · canteen · school · city ·
    region · department · afnor · acheminement · lignes? · emplacements? · festivals? · spectacles? · oeuvres? ·
    titres? · libelles? · lib\w* · objets? · descriptions? · observations? · noms commun
  `),
  phone: has(String.raw`
    tel\d? · telephones? · telephone\w* · portables? · mobiles? · phone\w* · gsm · fax · numero de tel\w* · expt
    tel\d
  `),
  /** A line of one’s own, not of an office. */
  ownPhone: has(String.raw`portables? · mobiles? · perso\w* · domicile · prive · gsm`),
  email: has(`e?mails? · mel · courriels? · adresse electronique · e mail · mail`),
  nir: has(String.raw`
    nir · num(?:ero)? (?:de )?secu\w* · securite sociale · secu · nss · numsecu · no secu · insee individu
  `),
  ip: has(`ip · adresse ip · ip address · ipv4 · ipv6 · remote addr`),
  plate: has(`plaques? · immatriculations? · immat · license plate · plate`),
  address: (header: string) =>
    / (?:adresses?|adr|rue|voie|address|domicile|residence|adresse\d|ad) /.test(header) &&
    !/ (?:mail|mel|electronique|ip|web|url|internet|complement) /.test(header),
  homeAddress: has(String.raw`
    domicile · residence principale · adresse personnelle · adresse perso · adresse (?:du |de la |de l |des
    )?(?:demandeur|proprietaire|locataire|eleve|enfant|parents?|agent|salarie|usager|beneficiaire|patient|responsable|titulaire|adherent|electeur)\w*
  `),
  /** How many of something: what small cells are looked for in. */
  count: has(String.raw`
    nb\w* · nombres? · nbre · effectifs? · total · count · cas · occurrences? · allocataires? · beneficiaires? ·
    habitants? · population · pop
  `),
  /** The same, of people: « nombre » alone, or with a word for persons; « nb_stations » counts things. */
  countsPersons: (header: string) =>
    / (?:allocataires?|beneficiaires?|habitants?|personnes?|population|pop|eleves?|enfants?|agents?|patients?|menages?|foyers?|demandeurs?|usagers?|licencies?|cas|deces|femmes|hommes) /.test(
      header,
    ) || /^ (?:(?:nb|nbre|nombres?|effectifs?|total|count|occurrences?|de|d) )+$/.test(header),
  /** Where things are: in a table of places, a name is a place's. */
  location: has(String.raw`
    lat\w* · lon · long\w* · lng · x · y · xlong\w* · ylat\w* · coord\w* · geo\w* · geo point \w+ · c geo · coordinates ·
    geometry · wkt · stop lat
  `),
  /** Breakdowns that, together, lead to a person when few are counted. */
  sex: has(`sexe · civilite · sex`),
  ageGroup: (header: string) =>
    / (?:ages?|tranche d age|classe d age|groupe d age|annee de naissance|generation) /.test(header) &&
    !/ (?:estim\w*|arbre|batiment|plantation|moyen\w*) /.test(header),
  smallArea: has(`
    iris · quartiers? · communes? · insee · carreau · ecoles? · bureaux? · code commune · qpv · adresse
  `),
  /** Health, social help, opinions: GDPR article 9, and what says that someone is in need. */
  sensitive: has(String.raw`
    sante · maladies? · pathologies? · diagnostics? · handicap\w* · invalidite · hospitalis\w* · medica\w* ·
    traitement medical · grossesse · deces · cause (?:de |du )?deces · vaccin\w* · rsa · aah · apa · mdph · aide
    sociale · aides sociales · allocations? · surendettement · impayes? · quotient familial · revenus? · religion ·
    nationalite · origine ethnique · syndica\w* · opinions? · condamn\w* · infractions? · expulsions? · asile ·
    violences?
  `),
} as const;
