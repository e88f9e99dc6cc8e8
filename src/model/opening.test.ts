import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from './finding.ts';
import {
  type Answers,
  answerValues,
  type Disposition,
  decide,
  openingStateNames,
  preAnswers,
  proposalsFor,
  questionIds,
} from './opening.ts';

const finding = (name: string, kind: Finding['kind'] = 'email', nature: Finding['nature'] = 'personal'): Finding => ({
  kind,
  nature,
  name,
  column: name,
  cells: 3,
  share: 1,
  confidence: 'high',
  examples: [],
  places: [],
});
const yes = { value: 'yes' } as const;
const no = { value: 'no' } as const;
const unsure = { value: 'unsure' } as const;
const start: Answers = { finished: yes, secret: no };
const family = { basis: 'family', family: 'politics' } as const;
const [remove, mask]: readonly Disposition[] = [
  { kind: 'remove', column: 'a' },
  { kind: 'mask', column: 'a', mask: 'email' },
];
if (remove === undefined || mask === undefined) throw new Error('two dispositions');

test.each<[string, Answers, readonly Finding[], readonly Disposition[], string | null, readonly string[]]>([
  ['a draft', { finished: no }, [], [], 'notOpen', ['L311-2']],
  [
    'a secret of the State',
    { ...start, secret: { value: 'yes', secret: 'L311-5' }, redactable: no },
    [],
    [],
    'notOpen',
    ['L311-5'],
  ],
  [
    'a secret of a person',
    { ...start, secret: { value: 'yes', secret: 'L311-6' }, redactable: no },
    [],
    [],
    'restricted',
    ['L311-6'],
  ],
  [
    'a secret taken out',
    { ...start, secret: yes, redactable: yes, personal: no },
    [],
    [],
    'openAfterProcessing',
    ['L312-1-1', 'L311-7'],
  ],
  ['no person', { ...start, personal: no }, [], [], 'open', ['L312-1-1']],
  [
    'a column removed',
    { ...start, personal: yes },
    [finding('a')],
    [remove],
    'openAfterProcessing',
    ['L312-1-1', 'L312-1-2'],
  ],
  [
    'elected people',
    { ...start, personal: yes, publicInformation: { value: 'yes', justification: family } },
    [],
    [],
    'open',
    ['L312-1-1', 'D312-1-3'],
  ],
  [
    'a column explained, another masked',
    { ...start, personal: yes },
    [finding('a'), finding('b')],
    [mask, { kind: 'justify', column: 'b', justification: { basis: 'law', text: 'loi 2000-321, article 10' } }],
    'openAfterProcessing',
    ['L312-1-1', 'L312-1-2', 'law'],
  ],
  [
    'what cannot be made anonymous',
    { ...start, personal: yes, publicInformation: no, anonymisable: no },
    [],
    [],
    'restricted',
    ['L312-1-2'],
  ],
  [
    'what can',
    { ...start, personal: yes, publicInformation: no, anonymisable: yes },
    [],
    [],
    'openAfterProcessing',
    ['L312-1-1', 'L312-1-2'],
  ],
  ['someone not sure', { ...start, secret: unsure }, [], [], 'askLegalOfficer', []],
  [
    'a column to ask about',
    { ...start, personal: yes },
    [finding('a')],
    [{ kind: 'ask', column: 'a' }],
    'askLegalOfficer',
    [],
  ],
  [
    'a false alarm',
    { ...start, personal: no },
    [finding('a')],
    [{ kind: 'notPersonal', column: 'a' }],
    'open',
    ['L312-1-1'],
  ],
  [
    'a social security number with a reason',
    { ...start, personal: yes },
    [finding('a', 'nir')],
    [{ kind: 'justify', column: 'a', justification: { basis: 'consent', text: 'accord écrit' } }],
    'askLegalOfficer',
    [],
  ],
  [
    'a reason without words',
    { ...start, personal: yes },
    [finding('a')],
    [{ kind: 'justify', column: 'a', justification: { basis: 'law', text: ' ' } }],
    'askLegalOfficer',
    [],
  ],
])('%s', (_what, answers, findings, dispositions, state, bases) => {
  const outcome = decide(answers, findings, dispositions);
  expect([outcome.state, outcome.bases]).toEqual([state, bases]);
});

test('what is missing is asked, one question at a time', () => {
  expect(decide({}, []).next).toBe('finished');
  expect(decide({ finished: yes }, []).next).toBe('secret');
  expect(decide({ finished: yes, secret: yes }, []).next).toBe('redactable');
  expect(decide(start, []).next).toBe('personal');
  expect(decide({ ...start, personal: yes }, []).next).toBe('publicInformation');
  expect(decide({ ...start, personal: yes, publicInformation: yes }, []).next).toBe('publicInformation');
  expect(decide({ ...start, personal: yes, publicInformation: no }, []).next).toBe('anonymisable');
  expect(decide({ ...start, personal: no }, [finding('a'), finding('b')], [remove])).toMatchObject({
    state: null,
    undecided: ['b'],
  });
});

test('detection answers what it can', () => {
  expect(preAnswers([], { safeSchema: false })).toEqual({ personal: no });
  expect(preAnswers([], { safeSchema: true })).toEqual({ ...start, personal: no });
  expect(preAnswers([finding('a')], { safeSchema: true })).toEqual({ personal: yes, anonymisable: yes });
  const elected = [finding('nom', 'personName', 'public')];
  expect(decide({ ...start, ...preAnswers(elected, { safeSchema: false }) }, elected)).toMatchObject({ state: 'open' });
});

test('a number that is never published is removed first; others keep what they can', () => {
  expect(proposalsFor(finding('a', 'iban'))[0]).toEqual({ kind: 'remove', column: 'a' });
  expect(proposalsFor(finding('a', 'birthDate'))[0]).toEqual({ kind: 'mask', column: 'a', mask: 'year' });
});

test('a mask that leaves something of what a column holds decides nothing', () => {
  const both = [finding('a', 'email'), finding('a', 'nir')];
  const said = { ...start, personal: yes };
  expect(decide(said, both, [mask])).toMatchObject({ state: null, undecided: ['a'], treatments: [] });
  const hidden = { kind: 'mask', column: 'a', mask: 'hide' } as const;
  expect(decide(said, both, [hidden])).toMatchObject({ state: 'openAfterProcessing', treatments: [hidden] });
  expect(proposalsFor(both[0] as Finding, both).map((each) => (each.kind === 'mask' ? each.mask : each.kind))).toEqual([
    'hide',
    'remove',
    'notPersonal',
    'ask',
  ]);
});

test('whatever is answered, nothing opens while a column with personal data is undecided or a secret stands', () => {
  const answer = fc.record({
    value: fc.constantFrom(...answerValues),
    secret: fc.constantFrom('L311-5' as const, 'L311-6' as const),
    justification: fc.constant(family),
  });
  const answers = fc.dictionary(fc.constantFrom(...questionIds), answer) as fc.Arbitrary<Answers>;
  const disposition = fc.constantFrom<Disposition>(
    remove,
    mask,
    { kind: 'notPersonal', column: 'a' },
    { kind: 'justify', column: 'a', justification: family },
    { kind: 'remove', column: 'b' },
  );
  fc.assert(
    fc.property(answers, fc.array(disposition, { maxLength: 3 }), (said, done) => {
      const outcome = decide(said, [finding('a'), finding('b')], done);
      if (outcome.state !== null) expect(openingStateNames).toContain(outcome.state);
      else expect(outcome.next).not.toBeNull();
      if (outcome.state !== 'open' && outcome.state !== 'openAfterProcessing') return;
      expect(outcome.undecided).toEqual([]);
      expect(outcome.bases.length).toBeGreaterThan(0);
      expect(said.finished?.value).toBe('yes');
      expect(said.secret?.value === 'yes' ? said.redactable?.value : 'yes').toBe('yes');
    }),
  );
});
