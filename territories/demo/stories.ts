// The stories of the demonstration: an answer and a story, on datasets that were made up for it.
export type DemoStory = {
  readonly kind: 'story' | 'answer';
  readonly organization: string | null;
  readonly title: string;
  readonly lead: string;
  readonly body: string;
  readonly datasets: readonly string[];
  readonly commune: string | null;
};

export const demoStories: readonly DemoStory[] = [
  {
    kind: 'answer',
    organization: 'tours-metropole-val-de-loire',
    title: 'Où attacher mon vélo ?',
    lead: 'Des arceaux, des râteliers et des consignes sont recensés dans toutes les communes de la métropole : cherchez le plus proche sur la carte.',
    body: [
      'La carte montre tous les stationnements recensés. La liste, au-dessous, se lit sans la carte.',
      '```carte\n/datasets/stationnement-velo-tours-metropole?view=map\ntitre : Stationnements vélo de la métropole\n```',
      '## Combien de places ?',
      '```chiffre\njeu : stationnement-velo-tours-metropole\nmesure : capacite\nunité : places\ntitre : La capacité de tous les stationnements recensés\n```',
      '```graphique\n/datasets/stationnement-velo-tours-metropole?view=chart&chart=bar&x=mobilier&y=capacite&aggregate=sum\ntitre : Les places, par sorte de mobilier\n```',
      '*Il en manque un près de chez vous ?* Le jeu de données dit qui le tient à jour.',
    ].join('\n\n'),
    datasets: ['stationnement-velo-tours-metropole'],
    commune: null,
  },
  {
    kind: 'story',
    organization: 'ville-de-tours',
    title: 'À qui vont les subventions de la ville de Tours ?',
    lead: 'La ville publie chaque subvention qu’elle vote. Voici ce que l’on y lit pour 2025, et ce que l’on n’y lit pas.',
    body: [
      'Une commune publie ses subventions : à qui, pour quoi, combien. C’est la loi, et c’est utile : chacun peut vérifier.',
      '```chiffre\njeu : subventions-tours-2025\nmesure : montant\nunité : €\ntitre : Le total des subventions de 2025\n```',
      '## Les montants les plus élevés',
      '```tableau\n/datasets/subventions-tours-2025?sort=-montant\nlignes : 8\ncolonnes : nombeneficiaire, objet, montant\ntitre : Les huit subventions les plus élevées\n```',
      '## Pour quoi faire ?',
      '```graphique\n/datasets/subventions-tours-2025?view=chart&chart=bar&x=objet&y=montant&aggregate=sum\ntitre : Les montants, par objet\n```',
      '## Ce que ces chiffres ne disent pas',
      '- Deux lignes du fichier sont en double : le total ci-dessus les compte deux fois.\n- Une salle prêtée sans loyer est une aide aussi ; elle n’est pas toujours écrite ici.\n- Une aide élevée n’est pas une aide injuste : regardez ce qu’elle permet.',
    ].join('\n\n'),
    datasets: ['subventions-tours-2025'],
    commune: '37261',
  },
];
