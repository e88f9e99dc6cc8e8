// Samples of the page of components: fields in their states, messages, a table with its caption.
import type { Voice } from '../../../web/language.ts';

type Props = { readonly voice: Voice };

export function FormSamples({ voice }: Props) {
  return (
    <form class="narrow" action="#forms">
      <p class="field">
        <label for="sample-name">{voice.say('face.form.contactName')}</label>
        <span class="help" id="sample-name-help">
          {voice.say('design.field.help')}
        </span>
        <input id="sample-name" name="name" aria-describedby="sample-name-help" />
      </p>
      <p class="field">
        <label for="sample-colour">{voice.say('face.form.ground')}</label>
        <span class="help" id="sample-colour-help">
          {voice.say('face.form.example', { example: '#2b3943' })}
        </span>
        <input
          id="sample-colour"
          name="colour"
          value="#8bc34a"
          aria-invalid="true"
          aria-describedby="sample-colour-help"
        />
      </p>
      <p class="field">
        <label for="sample-choice">{voice.say('design.field.choice')}</label>
        <select id="sample-choice" name="choice">
          <option>{voice.say('face.freshness.upToDate')}</option>
          <option>{voice.say('face.freshness.due')}</option>
        </select>
      </p>
      <p>
        <input type="checkbox" id="sample-box" name="box" checked />{' '}
        <label for="sample-box">{voice.say('face.form.logo.remove')}</label>
      </p>
      <p class="field">
        <label for="sample-off">{voice.say('design.field.off')}</label>
        <input id="sample-off" name="off" disabled value="37261" />
      </p>
    </form>
  );
}

export function MessageSamples({ voice }: Props) {
  return (
    <div class="narrow">
      <div class="refusal">
        <h3>{voice.say('people.refused')}</h3>
        <p>
          <a href="#sample-colour">{voice.say('design.message.refusal')}</a>
        </p>
      </div>
      <p class="done">{voice.say('face.form.done')}</p>
      <ul class="problems">
        <li class="error">
          <strong>{voice.say('severity.error')}</strong> {voice.say('design.message.error')}
        </li>
        <li class="warning">
          <strong>{voice.say('severity.warning')}</strong> {voice.say('design.message.warning')}
        </li>
        <li class="advice">
          <strong>{voice.say('severity.advice')}</strong> {voice.say('design.message.advice')}
        </li>
      </ul>
    </div>
  );
}

export function TableSample({ voice }: Props) {
  const rows = [
    ['37261', 'Tours', 139259],
    ['37122', 'Joué-lès-Tours', 38423],
    ['37099', 'Druye', 1024],
  ] as const;
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={voice.say('design.table.caption')}>
      <table>
        <caption>{voice.say('design.table.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{voice.say('commune.insee')}</th>
            <th scope="col">{voice.say('design.table.name')}</th>
            <th scope="col" class="number" aria-sort="descending">
              {voice.say('commune.population')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([insee, name, population]) => (
            <tr key={insee}>
              <td>{insee}</td>
              <th scope="row">{name}</th>
              <td class="number">{voice.number(population)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
