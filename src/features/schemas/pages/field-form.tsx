// One column of a schema in the form: folded but for the one that is worked on; everything is sent with the form.
import type { MessageKey, Voice } from '../../../web/language.ts';
import { type FieldInput, offeredTypes } from '../form.ts';

type Props = {
  readonly voice: Voice;
  readonly field: FieldInput;
  readonly index: number;
  readonly last: number;
  readonly open: boolean;
};

export function FieldForm({ voice, field, index, last, open }: Props) {
  const id = (name: string) => `f${index}.${name}`;
  const name = field.title || field.name || '…';
  const types: readonly string[] = offeredTypes.some((type) => type === field.type)
    ? offeredTypes
    : [field.type, ...offeredTypes];
  const line = (
    part: 'name' | 'title' | 'example' | 'pattern' | 'minimum' | 'maximum',
    label: MessageKey,
    hint?: MessageKey,
  ) => (
    <p>
      <label for={id(part)}>{voice.say(label)}</label>
      {hint !== undefined && (
        <span id={`${id(part)}-hint`} class="source">
          {voice.say(hint)}
        </span>
      )}
      <input
        id={id(part)}
        name={id(part)}
        value={field[part]}
        maxLength={part === 'pattern' ? 1000 : 200}
        autocomplete="off"
        spellcheck={false}
        {...(hint !== undefined && { 'aria-describedby': `${id(part)}-hint` })}
      />
    </p>
  );
  return (
    <details id={`column-${index}`} class="column" open={open}>
      <summary>
        {voice.say('schemas.edit.column', { number: index + 1, name })}{' '}
        <span class="source">
          {voice.say(`schemas.type.${field.type}` as MessageKey)}
          {field.required && ` · ${voice.say('schemas.edit.required')}`}
        </span>
      </summary>
      <input type="hidden" name={id('was')} value={field.was} />
      <div class="column-parts">
        {line('name', 'schemas.edit.name', 'schemas.edit.name.hint')}
        {line('title', 'schemas.edit.fieldTitle')}
        <p>
          <label for={id('type')}>{voice.say('schemas.edit.type')}</label>
          <select id={id('type')} name={id('type')}>
            {types.map((type) => (
              <option key={type} value={type} selected={type === field.type}>
                {voice.say(`schemas.type.${type}` as MessageKey)}
              </option>
            ))}
          </select>
        </p>
        <p>
          <label>
            <input type="checkbox" name={id('required')} value="yes" checked={field.required} />{' '}
            {voice.say('schemas.edit.required')}
          </label>
        </p>
        <p class="wide">
          <label for={id('description')}>{voice.say('schemas.edit.meaning')}</label>
          <textarea id={id('description')} name={id('description')} rows={2} maxLength={4000}>
            {field.description}
          </textarea>
        </p>
        {line('example', 'schemas.edit.example')}
        <p>
          <label for={id('choices')}>{voice.say('schemas.edit.choices')}</label>
          <textarea id={id('choices')} name={id('choices')} rows={3} maxLength={20_000}>
            {field.choices}
          </textarea>
        </p>
        {line('pattern', 'schemas.edit.pattern')}
        {line('minimum', 'schemas.edit.minimum')}
        {line('maximum', 'schemas.edit.maximum')}
      </div>
      <p class="column-acts">
        {index > 0 && (
          <button type="submit" name="do" value={`up.${index}`} class="quiet" formNoValidate>
            {voice.say('schemas.edit.up', { name })}
          </button>
        )}
        {index < last && (
          <button type="submit" name="do" value={`down.${index}`} class="quiet" formNoValidate>
            {voice.say('schemas.edit.down', { name })}
          </button>
        )}
        <button type="submit" name="do" value={`remove.${index}`} class="quiet" formNoValidate>
          {voice.say('schemas.edit.remove', { name })}
        </button>
      </p>
    </details>
  );
}
