// The sentences of « May we open it? »: questions, reasons, states; French and English side by side.
// Sources: Etalab's legal guide (six questions), CRPA L311-2 to L311-7, L312-1-1, L312-1-2, D312-1-3.
import type { Sentence } from '../language.ts';

export const openingQuestions = {
  finished: { fr: 'Ce document est-il achevé ?', en: 'Is this document finished?' },
  secret: {
    fr: 'Contient-il des informations protégées par un secret légal ?',
    en: 'Does it hold information that a legal secret protects?',
  },
  redactable: {
    fr: 'Peut-on les retirer sans effort démesuré et sans vider le document de son sens ?',
    en: 'Can they be taken out without undue effort and without emptying the document of its meaning?',
  },
  personal: {
    fr: 'Contient-il des données sur des personnes physiques ?',
    en: 'Does it hold data about natural persons?',
  },
  publicInformation: {
    fr: 'Une loi, l’accord des personnes ou le décret permettent-ils de publier ces données telles quelles ?',
    en: 'Do a law, the persons’ consent or the decree allow to publish this data as it is?',
  },
  anonymisable: {
    fr: 'Peut-on retirer ou masquer ces données de sorte que personne ne soit reconnaissable ?',
    en: 'Can this data be removed or masked so that nobody can be recognised?',
  },
} as const satisfies Record<string, Sentence>;

export const openingHelp = {
  finished: {
    fr: 'Un brouillon, un document de travail ou une note préparatoire ne sont pas achevés.',
    en: 'A draft, a working paper or a preparatory note is not finished.',
  },
  secret: {
    fr: 'Par exemple : la sécurité publique, la défense, les procédures en justice ; la vie privée, le secret médical, le secret des affaires, un jugement porté sur une personne.',
    en: 'For instance: public security, defence, court proceedings; private life, medical secrecy, business secrecy, a judgement on a person.',
  },
  redactable: {
    fr: 'Retirer une colonne ou des lignes n’est pas un effort démesuré.',
    en: 'Removing a column or rows is no undue effort.',
  },
  personal: {
    fr: 'Un nom, une adresse, un téléphone, une date de naissance, ou tout ce qui mène à une personne. Une association ou une entreprise n’est pas une personne physique.',
    en: 'A name, an address, a phone, a birth date, or anything that leads to a person. An association or a company is no natural person.',
  },
  publicInformation: {
    fr: 'Par exemple : les élus, l’annuaire d’un service, les responsables d’une association (article D312-1-3).',
    en: 'For instance: elected people, the directory of an office, the heads of an association (article D312-1-3).',
  },
  anonymisable: {
    fr: 'Pour chaque colonne trouvée, vous choisissez : la retirer, la masquer, dire pourquoi elle est publiée, ou demander conseil.',
    en: 'For each column found you choose: remove it, mask it, say why it is published, or ask for advice.',
  },
} as const satisfies Record<string, Sentence>;

/** The nine families of article D312-1-3: documents that may name persons. */
export const openingFamilies = {
  administration: {
    fr: 'Organisation de l’administration : organigrammes, annuaires, listes d’aptitude et tableaux d’avancement',
    en: 'How the administration is organised: charts, directories, lists of promotion',
  },
  economy: {
    fr: 'Vie économique, associative et culturelle : répertoires d’entreprises (SIRENE) et d’associations (RNA)',
    en: 'Economic, associative and cultural life: registers of companies (SIRENE) and associations (RNA)',
  },
  professions: {
    fr: 'Professions réglementées : qui les exerce et dans quelles conditions',
    en: 'Regulated professions: who practises them and how',
  },
  teaching: {
    fr: 'Enseignement et recherche : résultats aux examens et concours',
    en: 'Teaching and research: results of examinations',
  },
  sport: { fr: 'Activités sportives : organisation et exercice', en: 'Sport: how it is organised and practised' },
  politics: {
    fr: 'Vie politique : élus, candidats, mandats',
    en: 'Political life: elected people, candidates, mandates',
  },
  tourism: {
    fr: 'Activités touristiques : organisation et exercice',
    en: 'Tourism: how it is organised and practised',
  },
  planning: {
    fr: 'Urbanisme et occupation du domaine public : demandes, instruction et décisions',
    en: 'Town planning and use of public land: requests, instruction and decisions',
  },
  archives: {
    fr: 'Archives publiques : documents librement communicables',
    en: 'Public archives: documents that anyone may consult',
  },
} as const satisfies Record<string, Sentence>;

export const openingStates = {
  open: { fr: 'Peut être publié tel quel', en: 'May be published as it is' },
  openAfterProcessing: {
    fr: 'Peut être publié, une fois les données personnelles retirées ou masquées',
    en: 'May be published once personal data is removed or masked',
  },
  restricted: {
    fr: 'Ne se publie pas : communicable seulement aux personnes concernées',
    en: 'Is not published: open to the persons concerned only',
  },
  notOpen: { fr: 'Ne se publie pas', en: 'Is not published' },
  askLegalOfficer: { fr: 'À soumettre au référent juridique', en: 'To be put to the legal officer' },
} as const satisfies Record<string, Sentence>;

/** What the law says, in one line each: why a dataset is open, or why it is not. */
export const openingBases = {
  'L311-2': {
    fr: 'Le droit d’accès ne porte que sur des documents achevés (CRPA, article L311-2).',
    en: 'The right of access is to finished documents alone (CRPA, article L311-2).',
  },
  'L311-5': {
    fr: 'Un secret protège ce document : il n’est communicable à personne (CRPA, article L311-5).',
    en: 'A secret protects this document: nobody may have it (CRPA, article L311-5).',
  },
  'L311-6': {
    fr: 'Ce document touche à la vie privée ou au secret des affaires : seul l’intéressé peut le demander (CRPA, article L311-6).',
    en: 'This document is about private life or business secrecy: only the person concerned may ask for it (CRPA, article L311-6).',
  },
  'L311-7': {
    fr: 'Les mentions protégées par un secret ont été retirées (CRPA, articles L311-7 et L312-1-2).',
    en: 'What a secret protects was taken out (CRPA, articles L311-7 and L312-1-2).',
  },
  'L312-1-1': {
    fr: 'Les administrations publient leurs documents et leurs bases de données (CRPA, article L312-1-1).',
    en: 'Administrations publish their documents and databases (CRPA, article L312-1-1).',
  },
  'L312-1-2': {
    fr: 'Les données personnelles ont été retirées ou masquées avant la publication (CRPA, article L312-1-2).',
    en: 'Personal data was removed or masked before publication (CRPA, article L312-1-2).',
  },
  'D312-1-3': {
    fr: 'Ces données sur des personnes sont nécessaires à l’information du public (CRPA, article D312-1-3).',
    en: 'This data about persons is needed to inform the public (CRPA, article D312-1-3).',
  },
  law: {
    fr: 'Un texte de loi prévoit cette publication (CRPA, article L312-1-2).',
    en: 'A law provides for this publication (CRPA, article L312-1-2).',
  },
  consent: {
    fr: 'Les personnes concernées ont donné leur accord (CRPA, article L312-1-2).',
    en: 'The persons concerned gave their consent (CRPA, article L312-1-2).',
  },
} as const satisfies Record<string, Sentence>;

export const findingNames = {
  email: { fr: 'adresses électroniques', en: 'e-mail addresses' },
  phone: { fr: 'numéros de téléphone', en: 'phone numbers' },
  nir: { fr: 'numéros de sécurité sociale', en: 'social security numbers' },
  iban: { fr: 'comptes bancaires', en: 'bank accounts' },
  birthDate: { fr: 'dates de naissance', en: 'birth dates' },
  age: { fr: 'âges', en: 'ages' },
  personName: { fr: 'noms de personnes', en: 'names of persons' },
  postalAddress: { fr: 'adresses de personnes', en: 'addresses of persons' },
  smallCells: { fr: 'petits effectifs', en: 'small counts' },
  sensitive: { fr: 'santé, aide sociale, situation personnelle', en: 'health, social help, personal situation' },
  ipAddress: { fr: 'adresses IP', en: 'IP addresses' },
  plate: { fr: 'plaques d’immatriculation', en: 'number plates' },
} as const satisfies Record<string, Sentence>;

export const dispositionNames = {
  remove: { fr: 'Retirer la colonne', en: 'Remove the column' },
  mask: { fr: 'Masquer les valeurs', en: 'Mask the values' },
  justify: { fr: 'Publier, en disant pourquoi', en: 'Publish, saying why' },
  notPersonal: { fr: 'Ce ne sont pas des données personnelles', en: 'This is no personal data' },
  ask: { fr: 'Demander au référent juridique', en: 'Ask the legal officer' },
} as const satisfies Record<string, Sentence>;

export const maskNames = {
  email: { fr: 'ne garder que la première lettre', en: 'keep the first letter alone' },
  phone: { fr: 'cacher les chiffres', en: 'hide the digits' },
  initials: { fr: 'ne garder que les initiales', en: 'keep initials alone' },
  year: { fr: 'ne garder que l’année', en: 'keep the year alone' },
  ageBand: { fr: 'donner une tranche de dix ans', en: 'give a group of ten years' },
  street: { fr: 'ne garder que la rue', en: 'keep the street alone' },
  commune: { fr: 'ne garder que la commune', en: 'keep the commune alone' },
  coordinates: { fr: 'arrondir à un kilomètre', en: 'round to a kilometre' },
  smallCells: { fr: 'vider les cases de 1 à 10', en: 'empty the cells from 1 to 10' },
  hide: { fr: 'tout cacher', en: 'hide everything' },
} as const satisfies Record<string, Sentence>;
