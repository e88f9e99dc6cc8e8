import { expect, test } from 'vitest';
import { registerCsv } from './rules.ts';
import type { ReviewSummary } from './schemas.ts';

test('the register opens in a spreadsheet, and runs no formula', () => {
  const review: ReviewSummary = {
    id: '3f2a9c01-0000-4000-8000-000000000000',
    title: '=cmd|calc',
    organization: { slug: 'ville-de-tours', name: 'Ville de Tours' },
    datasetId: 'subventions',
    version: 2,
    state: 'decided',
    findings: [],
    question: 'Est-ce public ; ou « privé » ?',
    askedAt: new Date('2026-05-02T08:00:00Z'),
    outcome: 'open',
    bases: ['L312-1-1', 'D312-1-3'],
    motive: 'Vie politique',
    createdAt: new Date('2026-05-01T08:00:00Z'),
    decidedAt: new Date('2026-05-03T08:00:00Z'),
    decidedAs: 'legalOfficer',
    author: 'Léa Martin',
    askedBy: 'Léa Martin',
    decidedBy: 'Yann Le Goff',
  };
  expect(registerCsv([review]).split('\r\n')).toEqual([
    '\uFEFFnumero;titre;organisation;jeu;version;constats;decision;fondements;motif;ouvert_par;ouvert_le;demande_par;demande_le;question;decide_par;decide_comme;decide_le',
    '3f2a9c01;\'=cmd|calc;Ville de Tours;subventions;2;;open;L312-1-1 | D312-1-3;Vie politique;Léa Martin;2026-05-01T08:00:00.000Z;Léa Martin;2026-05-02T08:00:00.000Z;"Est-ce public ; ou « privé » ?";Yann Le Goff;legalOfficer;2026-05-03T08:00:00.000Z',
    '',
  ]);
});
