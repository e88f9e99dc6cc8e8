// The characters of the demonstration: nobody of flesh, one for each job, at addresses that no mail can reach (RFC 2606).
import type { DemoPerson } from '../../src/features/accounts/schemas.ts';
import { metropoleSlug } from './organizations.ts';

const at = (name: string) => `${name}@demonstration.invalid`;

export const demoPeople: readonly DemoPerson[] = [
  {
    key: 'secretaire',
    name: 'Martine Lebrun',
    email: at('martine.lebrun'),
    job: {
      fr: 'Secrétaire de mairie à Druye et à Berthenay : dépose les fichiers de ses deux communes.',
      en: 'Town hall secretary in Druye and Berthenay: deposits the files of her two communes.',
    },
    roles: [
      { role: 'depositor', organization: 'commune-de-druye' },
      { role: 'depositor', organization: 'commune-de-berthenay' },
    ],
  },
  {
    key: 'pilote',
    name: 'Karim Benali',
    email: at('karim.benali'),
    job: {
      fr: 'Répond des données de la Ville de Tours et de Druye : relit, publie, invite.',
      en: 'Answers for the data of Tours and Druye: reads over, publishes, invites.',
    },
    roles: [
      { role: 'pilot', organization: 'ville-de-tours' },
      { role: 'pilot', organization: 'commune-de-druye' },
    ],
  },
  {
    key: 'suppleante',
    name: 'Élodie Marchais',
    email: at('elodie.marchais'),
    job: {
      fr: 'Suppléante à la Ville de Tours : prend la suite si le pilote part.',
      en: 'Deputy in Tours: takes over when the pilot leaves.',
    },
    roles: [{ role: 'deputy', organization: 'ville-de-tours' }],
  },
  {
    key: 'geomaticienne',
    name: 'Sarah Nguyen',
    email: at('sarah.nguyen'),
    job: {
      fr: 'Géomaticienne à la Métropole : relie ses bases, crée des clés pour ses programmes.',
      en: 'GIS officer of the metropole: connects her databases, makes keys for her programs.',
    },
    roles: [{ role: 'editor', organization: metropoleSlug }],
  },
  {
    key: 'cheffe-de-projet',
    name: 'Claire Fontaine',
    email: at('claire.fontaine'),
    job: {
      fr: 'Cheffe de projet données du territoire, à temps partiel : fait avancer tout le monde.',
      en: 'The territory’s part-time data steward: keeps everybody moving.',
    },
    roles: [{ role: 'steward', organization: null }],
  },
  {
    key: 'juriste',
    name: 'Paul Delaunay',
    email: at('paul.delaunay'),
    job: {
      fr: 'Juriste et délégué à la protection des données : décide de ce qui peut s’ouvrir.',
      en: 'Legal and data protection officer: decides what may be opened.',
    },
    roles: [{ role: 'legalOfficer', organization: null }],
  },
  {
    key: 'reutilisatrice',
    name: 'Inès Garnier',
    email: at('ines.garnier'),
    job: {
      fr: 'Développe une application avec les données : n’appartient à aucune organisation.',
      en: 'Builds an application with the data: belongs to no organization.',
    },
    roles: [],
  },
];
