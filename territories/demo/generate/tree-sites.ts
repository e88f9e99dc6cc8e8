// Where the demonstration's trees stand, and which species grow there.

/** Latitude, longitude in degrees. */
export type Point = readonly [number, number];

export type TreeSite = {
  readonly name: string;
  readonly trees: number;
  /** Trees stand along this line; in a park both ends are its middle. */
  readonly from: Point;
  readonly to: Point;
  /** How far from the line, in metres. */
  readonly spread: number;
};

export type Species = { readonly latin: string; readonly french: string };

const park = (name: string, trees: number, middle: Point, spread: number): TreeSite => ({
  name,
  trees,
  from: middle,
  to: middle,
  spread,
});

export const toursSites: readonly TreeSite[] = [
  { name: 'Boulevard Heurteloup', trees: 210, from: [47.39, 0.689], to: [47.3913, 0.6995], spread: 8 },
  { name: 'Boulevard Béranger', trees: 240, from: [47.3897, 0.6875], to: [47.3878, 0.6755], spread: 8 },
  { name: 'Avenue de Grammont', trees: 180, from: [47.3885, 0.6892], to: [47.3735, 0.692], spread: 10 },
  park('Jardin des Prébendes d’Oé', 190, [47.3847, 0.6836], 110),
  park('Lac de la Bergeonnerie', 260, [47.3695, 0.698], 260),
  park('Parc Mirabeau', 70, [47.3945, 0.7005], 70),
  park('Île Balzac et Sainte-Radegonde', 110, [47.4015, 0.702], 150),
  park('Quartier de l’Europe', 150, [47.415, 0.698], 320),
  park('Rives du Cher', 90, [47.372, 0.682], 180),
];

export const saintAvertinSites: readonly TreeSite[] = [
  park('Parc de Cangé', 260, [47.3575, 0.737], 230),
  park('Bords du Cher', 130, [47.37, 0.733], 160),
  park('Centre-bourg', 120, [47.3668, 0.7265], 180),
  park('Les Onze Arpents', 100, [47.356, 0.748], 150),
];

export const species: readonly Species[] = [
  { latin: 'Platanus x hispanica', french: 'Platane commun' },
  { latin: 'Tilia cordata', french: 'Tilleul à petites feuilles' },
  { latin: 'Tilia tomentosa', french: 'Tilleul argenté' },
  { latin: 'Acer platanoides', french: 'Érable plane' },
  { latin: 'Acer campestre', french: 'Érable champêtre' },
  { latin: 'Quercus robur', french: 'Chêne pédonculé' },
  { latin: 'Quercus ilex', french: 'Chêne vert' },
  { latin: 'Cedrus atlantica', french: 'Cèdre de l’Atlas' },
  { latin: 'Ginkgo biloba', french: 'Arbre aux quarante écus' },
  { latin: 'Prunus avium', french: 'Merisier' },
  { latin: 'Carpinus betulus', french: 'Charme' },
  { latin: 'Fraxinus excelsior', french: 'Frêne élevé' },
  { latin: 'Salix alba', french: 'Saule blanc' },
  { latin: 'Magnolia grandiflora', french: 'Magnolia à grandes fleurs' },
];
