// The sentences of personal data found in a file, French and English side by side.
import type { Sentence } from '../language.ts';

export const personalProblemMessages = {
  'personal.email': {
    fr: 'La colonne « {column} » contient des adresses électroniques de personnes ({count} cases, par exemple {value} en {cell}). Vous pourrez la retirer, la masquer ou dire pourquoi elle est publiée.',
    en: 'Column "{column}" holds e-mail addresses of persons ({count} cells, for instance {value} in {cell}). You can remove it, mask it or say why it is published.',
  },
  'personal.phone': {
    fr: 'La colonne « {column} » contient des numéros de téléphone de personnes ({count} cases, par exemple {value} en {cell}). Vous pourrez la retirer, la masquer ou dire pourquoi elle est publiée.',
    en: 'Column "{column}" holds phone numbers of persons ({count} cells, for instance {value} in {cell}). You can remove it, mask it or say why it is published.',
  },
  'personal.nir': {
    fr: 'La colonne « {column} » semble contenir des numéros de sécurité sociale ({count} cases). Ils ne se publient jamais : retirez la colonne.',
    en: 'Column "{column}" seems to hold social security numbers ({count} cells). They are never published: remove the column.',
  },
  'personal.iban': {
    fr: 'La colonne « {column} » contient des numéros de compte bancaire ({count} cases, par exemple {value} en {cell}). Ils ne se publient jamais : retirez la colonne.',
    en: 'Column "{column}" holds bank account numbers ({count} cells, for instance {value} in {cell}). They are never published: remove the column.',
  },
  'personal.birthDate': {
    fr: 'La colonne « {column} » contient des dates de naissance ({count} cases). Vous pourrez la retirer ou ne garder que l’année.',
    en: 'Column "{column}" holds birth dates ({count} cells). You can remove it or keep the year alone.',
  },
  'personal.age': {
    fr: 'La colonne « {column} » contient l’âge de personnes ({count} cases). Vous pourrez la retirer ou la remplacer par des tranches de dix ans.',
    en: 'Column "{column}" holds the age of persons ({count} cells). You can remove it or replace it by groups of ten years.',
  },
  'personal.personName': {
    fr: 'La colonne « {column} » contient des noms de personnes ({count} cases, par exemple {value} en {cell}). Vous pourrez la retirer, garder les initiales ou dire pourquoi elle est publiée.',
    en: 'Column "{column}" holds names of persons ({count} cells, for instance {value} in {cell}). You can remove it, keep initials or say why it is published.',
  },
  'personal.postalAddress': {
    fr: 'La colonne « {column} » contient des adresses de personnes ({count} cases). Vous pourrez la retirer, ne garder que la rue ou la commune, ou dire pourquoi elle est publiée.',
    en: 'Column "{column}" holds postal addresses of persons ({count} cells). You can remove it, keep the street or the commune alone, or say why it is published.',
  },
  'personal.smallCells': {
    fr: 'La colonne « {column} » compte parfois très peu de personnes ({count} cases de 1 à 10) : on pourrait les reconnaître. Vous pourrez vider ces cases.',
    en: 'Column "{column}" sometimes counts very few people ({count} cells from 1 to 10): they might be recognised. You can empty these cells.',
  },
  'personal.sensitive': {
    fr: 'La colonne « {column} » parle de santé, d’aide sociale ou d’une situation personnelle, à côté de noms ou de coordonnées. Vérifiez qu’elle peut être publiée.',
    en: 'Column "{column}" is about health, social help or a personal situation, beside names or contact details. Check that it may be published.',
  },
  'personal.ipAddress': {
    fr: 'La colonne « {column} » contient des adresses IP ({count} cases, par exemple {value} en {cell}), qui désignent des personnes. Retirez-la ou masquez-la.',
    en: 'Column "{column}" holds IP addresses ({count} cells, for instance {value} in {cell}), which point at persons. Remove it or mask it.',
  },
  'personal.plate': {
    fr: 'La colonne « {column} » contient des plaques d’immatriculation ({count} cases, par exemple {value} en {cell}). Retirez-la ou masquez-la.',
    en: 'Column "{column}" holds number plates ({count} cells, for instance {value} in {cell}). Remove it or mask it.',
  },
  'personal.unmatched': {
    fr: 'La colonne « {column} », que vous aviez retirée ou masquée, n’est plus dans le fichier. Vérifiez que ses valeurs ne sont pas dans une autre colonne.',
    en: 'Column "{column}", which you had removed or masked, is no longer in the file. Check that its values are not in another column.',
  },
  'personal.public': {
    fr: 'La colonne « {column} » nomme des personnes dans leur rôle public ({count} cases) : élus, candidats, signataires. La loi permet de la publier.',
    en: 'Column "{column}" names persons in their public role ({count} cells): elected people, candidates, signatories. The law allows to publish it.',
  },
} as const satisfies Record<string, Sentence>;
