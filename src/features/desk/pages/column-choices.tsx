// What becomes of each column where something about persons was found: masked, removed, explained, or asked about.
import type { Finding } from '../../../model/finding.ts';
import { dispositionNames, findingNames, maskNames, openingFamilies } from '../../../model/messages/opening.ts';
import { type Disposition, familyIds, type Justification, proposalsFor } from '../../../model/opening.ts';
import type { Voice } from '../../../web/language.ts';
import type { Review } from '../../opening/schemas.ts';

type Props = { readonly voice: Voice; readonly review: Review; readonly rows: number };

export function ColumnChoices({ voice, review, rows }: Props) {
  const { findings } = review;
  const columns = [...new Set(findings.map(({ name }) => name))];
  return (
    <section aria-labelledby="found">
      <h2 id="found">{voice.say('rights.found')}</h2>
      {findings.length === 0 ? (
        <p>{voice.say('rights.found.none', { rows: voice.number(rows) })}</p>
      ) : (
        <p>{voice.say('rights.found.lead')}</p>
      )}
      {columns.map((name) => (
        <ColumnChoice
          key={name}
          voice={voice}
          findings={findings.filter((finding) => finding.name === name)}
          decided={review.dispositions.find(({ column }) => column === name)}
        />
      ))}
    </section>
  );
}

function ColumnChoice({
  voice,
  findings,
  decided,
}: {
  readonly voice: Voice;
  readonly findings: readonly Finding[];
  readonly decided: Disposition | undefined;
}) {
  const [first] = findings;
  if (first === undefined) return null;
  const { name, column } = first;
  const personal = findings.some(({ nature }) => nature === 'personal');
  return (
    <fieldset class="question" id={`column-${name}`} tabindex={-1}>
      <legend lang={voice.written}>{column}</legend>
      <ul>
        {findings.map((finding) => (
          <li key={finding.kind}>
            {voice.say('rights.found.cells', {
              cells: voice.number(finding.cells),
              kind: voice.of(findingNames[finding.kind]),
            })}
            {finding.examples.length > 0 && (
              <span class="source">
                {' '}
                ({voice.say('rights.found.examples', { examples: finding.examples.join(', ') })})
              </span>
            )}
          </li>
        ))}
      </ul>
      {personal && <Choice voice={voice} finding={first} findings={findings} decided={decided} />}
    </fieldset>
  );
}

function Choice({
  voice,
  finding,
  findings,
  decided,
}: {
  readonly voice: Voice;
  readonly finding: Finding;
  readonly findings: readonly Finding[];
  readonly decided: Disposition | undefined;
}) {
  const id = `choice-${finding.name}`;
  const options = proposalsFor(finding, findings);
  const chosen = decided === undefined ? '' : optionOf(decided);
  return (
    <div class="inline-form column-choice">
      <label for={id}>{voice.say('rights.column', { column: finding.column })}</label>
      <select id={id} name={`column.${finding.name}`}>
        <option value="" selected={chosen === ''}>
          {voice.say('rights.column.choose')}
        </option>
        {options.map((option) => (
          <option value={optionOf(option)} selected={optionOf(option) === chosen} key={optionOf(option)}>
            {option.kind === 'mask'
              ? `${voice.of(dispositionNames.mask)} : ${voice.of(maskNames[option.mask])}`
              : voice.of(dispositionNames[option.kind])}
          </option>
        ))}
        <optgroup label={voice.say('rights.column.because')}>{reasonOptions(voice, `justify:`, chosen)}</optgroup>
      </select>
      <span class="reason-text">
        <label for={`${id}-text`}>{voice.say('rights.because.text')}</label>{' '}
        <input id={`${id}-text`} name={`column.${finding.name}.text`} value={textOf(decided)} />
      </span>
    </div>
  );
}

/** Why data about persons is published as it is: a law, consent, a family of the decree. */
export function ReasonFields({
  voice,
  name,
  justification,
}: {
  readonly voice: Voice;
  readonly name: string;
  readonly justification: Justification | undefined;
}) {
  const chosen = justification === undefined ? '' : reasonValue(justification);
  return (
    <div class={`inline-form reason-of-${name}`}>
      <label for={`${name}-reason`}>{voice.say('rights.because.reason')}</label>
      <select id={`${name}-reason`} name={`${name}.reason`}>
        <option value="" selected={chosen === ''} />
        {reasonOptions(voice, '', chosen)}
      </select>
      <label for={`${name}-text`}>{voice.say('rights.because.text')}</label>
      <input
        id={`${name}-text`}
        name={`${name}.text`}
        value={justification !== undefined && justification.basis !== 'family' ? justification.text : ''}
      />
    </div>
  );
}

function reasonOptions(voice: Voice, prefix: string, chosen: string) {
  const options = [
    ...(['law', 'consent'] as const).map((basis) => [basis, voice.say(`rights.because.${basis}`)] as const),
    ...familyIds.map((family) => [`family:${family}`, `D312-1-3 : ${voice.of(openingFamilies[family])}`] as const),
  ];
  return options.map(([value, label]) => (
    <option value={prefix + value} selected={prefix + value === chosen} key={value}>
      {label}
    </option>
  ));
}

/** A decision as the value of its option. */
function optionOf(disposition: Disposition): string {
  if (disposition.kind === 'mask') return `mask:${disposition.mask}`;
  return disposition.kind === 'justify' ? `justify:${reasonValue(disposition.justification)}` : disposition.kind;
}

function reasonValue(justification: Justification): string {
  return justification.basis === 'family' ? `family:${justification.family}` : justification.basis;
}

function textOf(decided: Disposition | undefined): string {
  return decided?.kind === 'justify' && decided.justification.basis !== 'family' ? decided.justification.text : '';
}
