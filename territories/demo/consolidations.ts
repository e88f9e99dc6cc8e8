// The consolidated datasets of the demonstration: what several communes publish each in their way, gathered in one table.
export type DemoConsolidation = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly organization: string;
  readonly schema: string;
  readonly theme: string;
  readonly keywords: readonly string[];
  /** Identifiers of the datasets that contribute. */
  readonly datasets: readonly string[];
};

export const demoConsolidations: readonly DemoConsolidation[] = [
  {
    id: 'subventions-du-territoire',
    title: 'Subventions des communes du territoire',
    description:
      'Les subventions votées par les communes qui publient leur fichier, réunies dans un seul tableau. Chaque ligne dit de quel fichier et de quelle ligne elle vient.',
    organization: 'tours-metropole-val-de-loire',
    schema: 'subventions-territoire',
    theme: 'GOVE',
    keywords: ['subventions', 'associations', 'communes'],
    datasets: [
      'subventions-tours-2025',
      'subventions-la-riche-2025',
      'subventions-fondettes-2025',
      'subventions-chambray-les-tours-2025',
    ],
  },
  {
    id: 'arbres-du-territoire',
    title: 'Arbres des communes du territoire',
    description:
      'Les arbres que les communes suivent, réunis dans un seul tableau et sur une seule carte, quelle que soit la façon dont chacune les décrit.',
    organization: 'tours-metropole-val-de-loire',
    schema: 'arbres-territoire',
    theme: 'ENVI',
    keywords: ['arbres', 'nature en ville', 'communes'],
    datasets: ['arbres-tours', 'arbres-saint-avertin', 'arbres-la-membrolle-sur-choisille'],
  },
];
