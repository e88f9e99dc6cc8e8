// « Que voulez-vous publier ? »: what town halls publish, in words of the job, and what each choice prefills.
import type { Sentence } from '../../model/language.ts';

export type Kind = {
  readonly id: string;
  readonly label: Sentence;
  /** What such a file holds. */
  readonly hint: Sentence;
  /** The schema it should follow, where there is one. */
  readonly schema: string | null;
  /** Words that a producer would write, in the language of the data. */
  readonly title: string | null;
  readonly theme: string | null;
  readonly frequency: string | null;
  readonly keywords: readonly string[];
};

export const kinds = [
  {
    id: 'grants',
    label: { fr: 'Subventions', en: 'Grants' },
    hint: {
      fr: 'Qui a reçu combien, quand et pour quoi faire.',
      en: 'Who received how much, when and what for.',
    },
    schema: 'scdl-subventions',
    title: 'Subventions',
    theme: 'GOVE',
    frequency: 'ANNUAL',
    keywords: ['subventions', 'associations'],
  },
  {
    id: 'deliberations',
    label: { fr: 'Délibérations', en: 'Council decisions' },
    hint: {
      fr: 'Les décisions du conseil, avec leur date et leur objet.',
      en: 'What the council decided, with its date and object.',
    },
    schema: 'scdl-deliberations',
    title: 'Délibérations',
    theme: 'GOVE',
    frequency: 'QUARTERLY',
    keywords: ['délibérations', 'conseil'],
  },
  {
    id: 'facilities',
    label: { fr: 'Équipements', en: 'Facilities' },
    hint: {
      fr: 'Écoles, gymnases, bibliothèques, salles : où ils sont et ce qu’on y trouve.',
      en: 'Schools, gyms, libraries, halls: where they are and what they offer.',
    },
    schema: 'scdl-equipements',
    title: 'Équipements',
    theme: 'EDUC',
    frequency: 'ANNUAL',
    keywords: ['équipements'],
  },
  {
    id: 'menus',
    label: { fr: 'Menus de cantine', en: 'School menus' },
    hint: { fr: 'Les repas servis, jour par jour.', en: 'The meals served, day by day.' },
    schema: 'scdl-menus-collectifs',
    title: 'Menus de la restauration scolaire',
    theme: 'EDUC',
    frequency: 'MONTHLY',
    keywords: ['cantine', 'menus'],
  },
  {
    id: 'trees',
    label: { fr: 'Arbres', en: 'Trees' },
    hint: { fr: 'Le patrimoine arboré : espèce, lieu, taille.', en: 'Trees: species, place, size.' },
    schema: 'arbres-urbains',
    title: 'Arbres',
    theme: 'ENVI',
    frequency: 'ANNUAL',
    keywords: ['arbres'],
  },
  {
    id: 'budget',
    label: { fr: 'Budget', en: 'Budget' },
    hint: { fr: 'Les recettes et les dépenses, par chapitre.', en: 'Income and spending, by chapter.' },
    schema: 'scdl-budget',
    title: 'Budget',
    theme: 'ECON',
    frequency: 'ANNUAL',
    keywords: ['budget'],
  },
  {
    id: 'table',
    label: { fr: 'Un autre tableau', en: 'Another table' },
    hint: { fr: 'Tout ce qui tient en lignes et en colonnes.', en: 'Anything in rows and columns.' },
    schema: null,
    title: null,
    theme: null,
    frequency: null,
    keywords: [],
  },
  {
    id: 'map',
    label: { fr: 'Une carte', en: 'A map' },
    hint: {
      fr: 'Un fichier de votre SIG : points, lignes, zones.',
      en: 'A file of your GIS: points, lines, areas.',
    },
    schema: null,
    title: null,
    theme: null,
    frequency: null,
    keywords: ['carte'],
  },
] as const satisfies readonly Kind[];

export type KindId = (typeof kinds)[number]['id'];

export function kindById(id: string | null): Kind | null {
  return kinds.find((kind) => kind.id === id) ?? null;
}
