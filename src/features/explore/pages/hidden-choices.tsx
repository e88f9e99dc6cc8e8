// The choices that a form does not change go with it, unseen.
import { type Choices, choiceParameters } from '../choices.ts';

export function HiddenChoices({ choices, except = [] }: { choices: Choices; except?: readonly string[] }) {
  const parameters = Object.entries(choiceParameters({ ...choices, search: { ...choices.search, page: 1 } }));
  return (
    <>
      {parameters
        .filter(([name]) => !except.includes(name))
        .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const))
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <input key={`${name}:${value}`} type="hidden" name={name} value={String(value)} />
        ))}
    </>
  );
}
