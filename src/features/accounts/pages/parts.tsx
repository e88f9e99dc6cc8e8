// What the pages of people are made of: a field with its label, a refusal that is read first, a word that it is done.

import { type OrganizationRole, organizationRoles } from '../../../model/permission.ts';
import type { Voice } from '../../../web/language.ts';

/** Why a form was refused, where to look, and what had been typed. */
export type Refused = {
  readonly sentence: string;
  /** The id of the field concerned. */
  readonly field: string;
  readonly typed: Readonly<Record<string, string>>;
};

export function RefusedNote({ voice, refused }: { readonly voice: Voice; readonly refused: Refused | null }) {
  if (refused === null) return null;
  return (
    <div class="refusal" role="alert" tabindex={-1} autofocus>
      <h2>{voice.say('people.refused')}</h2>
      <p>
        <a href={`#${refused.field}`}>{voice.typeset(refused.sentence)}</a>
      </p>
    </div>
  );
}

export function DoneNote({ sentence }: { readonly sentence: string | null }) {
  return sentence === null ? null : (
    <p class="done" role="status">
      {sentence}
    </p>
  );
}

type FieldProps = {
  readonly id: string;
  readonly name?: string;
  readonly label: string;
  readonly help?: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly autocomplete?: string;
  readonly refused: Refused | null;
  readonly value?: string;
  readonly required?: boolean;
  readonly maxLength?: number;
};

/** One line to type; what was typed before a refusal is there again, but for passwords. */
export function Field(props: FieldProps) {
  const { id, name = id, label, help, type = 'text', autocomplete, refused, value, required = true } = props;
  const typed = type === 'password' ? '' : (refused?.typed[name] ?? value ?? '');
  const helpId = help === undefined ? undefined : `${id}-help`;
  const shared = {
    id,
    name,
    value: typed,
    autocomplete,
    required,
    maxLength: props.maxLength ?? 300,
    'aria-describedby': helpId,
    'aria-invalid': refused?.field === id ? ('true' as const) : undefined,
    spellcheck: false,
  };
  return (
    <p class="field">
      <label for={id}>{label}</label>
      {help !== undefined && (
        <span class="help" id={helpId}>
          {help}
        </span>
      )}
      {type === 'password' ? (
        <input type="password" {...shared} />
      ) : type === 'email' ? (
        <input type="email" {...shared} />
      ) : (
        <input type="text" {...shared} />
      )}
    </p>
  );
}

/** One button that does one thing to one object; its whole sentence is read aloud. */
export function OneButton(props: {
  readonly action: string;
  readonly label: string;
  readonly whole?: string;
  readonly values?: Readonly<Record<string, string>>;
}) {
  return (
    <form method="post" action={props.action}>
      {Object.entries(props.values ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
      <button type="submit" class="quiet" aria-label={props.whole}>
        {props.label}
      </button>
    </form>
  );
}

/** The roles of an organization, each with what it does. */
export function RoleChoice({ voice, chosen }: { readonly voice: Voice; readonly chosen: string }) {
  return (
    <fieldset id="role">
      <legend>{voice.say('people.role')}</legend>
      <ul class="choices hanging">
        {organizationRoles.map((role) => (
          <li key={role}>
            <input type="radio" name="role" id={`role-${role}`} value={role} checked={role === chosen} required />{' '}
            <label for={`role-${role}`}>
              <strong>{capital(voice.say(`role.${role}`))}</strong>. {voice.say(`role.${role}.does`)}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

export const usualRole: OrganizationRole = 'depositor';

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
