// The form of a face: colours, pictures, mission, who answers, own address. Plain fields; a refusal is read first.
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { Face } from '../schemas.ts';

export type FaceRefusal = {
  readonly sentence: string;
  /** The id of the field concerned. */
  readonly field: string;
  readonly typed: Readonly<Record<string, string>>;
};

export type FacePageData = {
  readonly owner: string;
  readonly name: string;
  readonly face: Face | null;
  readonly refused: FaceRefusal | null;
  readonly done: boolean;
};

type Part = { readonly voice: Voice; readonly data: FacePageData };

export function FacePage({ context, data }: { readonly context: PageContext; readonly data: FacePageData }) {
  const { voice } = context;
  const { owner, name, face, refused, done } = data;
  const title = voice.say('face.form.title');
  const back = owner === '' ? urls.home() : urls.organization(owner);
  return (
    <Layout
      context={context}
      title={refused === null ? title : voice.say('face.form.refusedTitle', { title })}
      crumbs={owner === '' ? [] : [{ label: name, href: back }]}
      twin={false}
      faces={face === null ? [] : [face]}
    >
      <div class="narrow face-form">
        <h1>{title}</h1>
        <p class="lead">{voice.say(owner === '' ? 'face.form.territory' : 'face.form.intro', { name })}</p>
        {refused !== null && (
          <div class="refusal" role="alert" tabindex={-1} autofocus>
            <h2>{voice.say('people.refused')}</h2>
            <p>
              <a href={`#${refused.field}`}>{voice.typeset(refused.sentence)}</a>
            </p>
          </div>
        )}
        {done && (
          <p class="done" role="status">
            {voice.say('face.form.done')} <a href={back}>{voice.say('face.form.see')}</a>
          </p>
        )}
        <form method="post" action={urls.face(owner)} enctype="multipart/form-data">
          <Colours voice={voice} data={data} />
          <Pictures voice={voice} data={data} />
          <Words voice={voice} data={data} />
          {owner !== '' && <Address voice={voice} data={data} />}
          <p>
            <button type="submit">{voice.say('face.form.save')}</button>
          </p>
        </form>
      </div>
    </Layout>
  );
}

function Colours({ voice, data }: Part) {
  const { face } = data;
  return (
    <fieldset>
      <legend>{voice.say('face.form.colours')}</legend>
      <p class="help">{voice.say('face.form.colours.help')}</p>
      <div data-face={face?.owner === '' ? 'territory' : face?.owner} class="swatches" aria-hidden="true">
        <span class="swatch ground">{voice.say('face.form.sample.ground')}</span>
        <span class="swatch accent">{voice.say('face.form.sample.accent')}</span>
      </div>
      <TextField voice={voice} data={data} name="ground" value={face?.ground} example="#2b3943" />
      <TextField voice={voice} data={data} name="accent" value={face?.accent} example="#3f5f2c" />
    </fieldset>
  );
}

function Pictures({ voice, data }: Part) {
  const { face } = data;
  return (
    <fieldset>
      <legend>{voice.say('face.form.pictures')}</legend>
      {(['logo', 'photo'] as const).map((kind) => (
        <div key={kind} class="field">
          <label for={kind}>{voice.say(`face.form.${kind}`)}</label>
          <span class="help" id={`${kind}-help`}>
            {voice.say(`face.form.${kind}.help`)}
          </span>
          {face?.[kind] === true && (
            <p class="kept">
              <img src={urls.facePicture(face.owner, kind, face.revision)} alt="" />
              <span>
                <input type="checkbox" id={`${kind}-remove`} name={`${kind}-remove`} value="yes" />{' '}
                <label for={`${kind}-remove`}>{voice.say(`face.form.${kind}.remove`)}</label>
              </span>
            </p>
          )}
          <input
            type="file"
            id={kind}
            name={kind}
            accept="image/png,image/jpeg,image/webp,image/svg+xml"
            aria-describedby={`${kind}-help`}
            aria-invalid={data.refused?.field === kind ? 'true' : undefined}
          />
        </div>
      ))}
      <TextField voice={voice} data={data} name="photoText" value={face?.photoText} />
      <TextField voice={voice} data={data} name="photoCredit" value={face?.photoCredit} />
    </fieldset>
  );
}

function Words({ voice, data }: Part) {
  const { face } = data;
  const mission = data.refused?.typed['mission'] ?? face?.mission ?? '';
  return (
    <fieldset>
      <legend>{voice.say('face.human')}</legend>
      <p class="field">
        <label for="mission">{voice.say('face.mission')}</label>
        <span class="help" id="mission-help">
          {voice.say('face.form.mission.help')}
        </span>
        <textarea id="mission" name="mission" rows={3} maxLength={1000} aria-describedby="mission-help">
          {mission}
        </textarea>
      </p>
      <TextField voice={voice} data={data} name="contactName" value={face?.contactName} />
      <TextField voice={voice} data={data} name="contactPhone" value={face?.contactPhone} />
      <TextField voice={voice} data={data} name="contactEmail" value={face?.contactEmail} />
      <TextField voice={voice} data={data} name="contactDelay" value={face?.contactDelay} />
    </fieldset>
  );
}

function Address({ voice, data }: Part) {
  return (
    <fieldset>
      <legend>{voice.say('face.form.address')}</legend>
      <p class="help">{voice.say('face.form.address.help')}</p>
      <TextField voice={voice} data={data} name="host" value={data.face?.host} example="donnees.macommune.fr" />
    </fieldset>
  );
}

type TextName =
  | 'ground'
  | 'accent'
  | 'photoText'
  | 'photoCredit'
  | 'contactName'
  | 'contactPhone'
  | 'contactEmail'
  | 'contactDelay'
  | 'host';

function TextField(
  props: Part & { readonly name: TextName; readonly value: string | null | undefined; readonly example?: string },
) {
  const { voice, data, name, value, example } = props;
  return (
    <p class="field">
      <label for={name}>{voice.say(`face.form.${name}`)}</label>
      {example !== undefined && (
        <span class="help" id={`${name}-help`}>
          {voice.say('face.form.example', { example })}
        </span>
      )}
      <input
        type="text"
        id={name}
        name={name}
        value={data.refused?.typed[name] ?? value ?? ''}
        maxLength={250}
        spellcheck={false}
        aria-describedby={example === undefined ? undefined : `${name}-help`}
        aria-invalid={data.refused?.field === name ? 'true' : undefined}
      />
    </p>
  );
}
