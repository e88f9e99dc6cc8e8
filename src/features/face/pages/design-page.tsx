// Every component of the portal and each of its states on one page, light and dark as the reader has it.
import type { ComponentChildren } from 'preact';
import { DatasetList } from '../../../web/components/dataset-list.tsx';
import type { ListedDataset } from '../../../web/components/listed-dataset.ts';
import { Paging } from '../../../web/components/paging.tsx';
import { Pictogram, pictograms } from '../../../web/components/pictogram.tsx';
import { Mark, RiverLand } from '../../../web/components/river.tsx';
import { TerritoryMap } from '../../../web/components/territory-map.tsx';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { Answer, Face, TerritoryDrawing } from '../schemas.ts';
import { AnswerList } from './answer-list.tsx';
import { FormSamples, MessageSamples, TableSample } from './design-samples.tsx';
import { Human } from './human.tsx';

/** The colours by what they are for; each is written on the one that carries it. */
const colours = [
  'ground',
  'surface',
  'sand',
  'slate',
  'accent',
  'link',
  'ink-soft',
  'warn',
  'bad',
  'good',
  'draw-water',
  'draw-bank',
  'draw-vine',
] as const;

const parts = [
  'colours',
  'drawing',
  'pictograms',
  'type',
  'acts',
  'forms',
  'messages',
  'badges',
  'lists',
  'answers',
  'table',
  'foot',
] as const;
type PartName = (typeof parts)[number];

/** The same page as data: the names of what it shows. */
export function designData() {
  return { parts, colours, pictograms };
}

type Props = {
  readonly context: PageContext;
  readonly drawing: TerritoryDrawing | null;
  /** A few datasets of the catalogue, as lists show them. */
  readonly datasets: readonly ListedDataset[];
};

export function DesignPage({ context, drawing, datasets }: Props) {
  const { voice, site } = context;
  const [first] = datasets;
  return (
    <Layout context={context} title={voice.say('design.title')} crumbs={[]}>
      <div class="design">
        <h1>{voice.say('design.title')}</h1>
        <p class="lead">{voice.say('design.intro')}</p>
        <nav aria-label={voice.say('design.parts')}>
          <ul class="chips">
            {parts.map((part) => (
              <li key={part}>
                <a href={`#${part}`}>{voice.say(`design.${part}`)}</a>
              </li>
            ))}
          </ul>
        </nav>
        <Part voice={voice} name="colours">
          <ul class="palette">
            {colours.map((name) => (
              <li key={name} class={`colour-${name}`}>
                <code>{name}</code>
              </li>
            ))}
          </ul>
        </Part>
        <Part voice={voice} name="drawing">
          <div class="sheets">
            <div class="sheet dark-sheet">
              <Mark outline={site.mark ?? null} />
              <Mark />
            </div>
            {drawing !== null && (
              <div class="sheet">
                <TerritoryMap drawing={drawing} />
              </div>
            )}
            {drawing?.communes[0] !== undefined && (
              <div class="sheet">
                <TerritoryMap drawing={drawing} current={drawing.communes[0].insee} />
              </div>
            )}
            <div class="sheet">
              <RiverLand />
            </div>
          </div>
        </Part>
        <Part voice={voice} name="pictograms">
          <ul class="pictogram-list">
            {pictograms.map((name) => (
              <li key={name}>
                <Pictogram name={name} />
                <code>{name}</code>
              </li>
            ))}
          </ul>
        </Part>
        <Part voice={voice} name="type">
          <TypeSamples voice={voice} />
        </Part>
        <Part voice={voice} name="acts">
          <p class="acts">
            <button type="button">{voice.say('design.act.first')}</button>{' '}
            <button type="button" class="quiet">
              {voice.say('design.act.second')}
            </button>{' '}
            <a class="button" href="#acts">
              {voice.say('design.act.link')}
            </a>{' '}
            <a href="#acts">{voice.say('design.act.text')}</a>
          </p>
          <Paging voice={voice} page={2} pages={9} href={() => '#acts'} />
        </Part>
        <Part voice={voice} name="forms">
          <FormSamples voice={voice} />
        </Part>
        <Part voice={voice} name="messages">
          <MessageSamples voice={voice} />
        </Part>
        <Part voice={voice} name="badges">
          <p class="facts">
            <span class="pill">{voice.say('face.freshness.upToDate')}</span>
            <span class="pill due">{voice.say('face.freshness.due')}</span>
            <span class="pill overdue">{voice.say('face.freshness.overdue')}</span>
            <span class="pill unknown">{voice.say('face.freshness.unknown')}</span>
            <span class="badge demo">{voice.say('demo.badge')}</span>
          </p>
        </Part>
        <Part voice={voice} name="lists">
          {datasets.length === 0 ? (
            <p class="empty">{voice.say('home.now.none')}</p>
          ) : (
            <>
              <DatasetList datasets={datasets.slice(0, 2)} voice={voice} level={3} />
              <DatasetList datasets={datasets.slice(0, 3)} voice={voice} level={3} cards />
            </>
          )}
          {datasets.length > 0 && <p class="empty">{voice.say('face.everyday.none', { name: 'Druye' })}</p>}
        </Part>
        <Part voice={voice} name="answers">
          {first === undefined ? (
            <p class="empty">{voice.say('home.now.none')}</p>
          ) : (
            <Answers voice={voice} of={first} />
          )}
        </Part>
        <Part voice={voice} name="table">
          <TableSample voice={voice} />
        </Part>
        <Part voice={voice} name="foot">
          <Human face={sampleFace(voice)} slug={null} voice={voice} />
          <p class="after">
            <a href={urls.elements()}>{voice.say('face.door.join.elements')}</a>
          </p>
        </Part>
      </div>
    </Layout>
  );
}

type PartProps = { readonly voice: Voice; readonly name: PartName; readonly children: ComponentChildren };

function Part({ voice, name, children }: PartProps) {
  return (
    <section aria-labelledby={name}>
      <h2 id={name}>{voice.say(`design.${name}`)}</h2>
      {children}
    </section>
  );
}

function TypeSamples({ voice }: { readonly voice: Voice }) {
  return (
    <div class="type-samples">
      <p class="kicker">{voice.say('face.kicker')}</p>
      {([5, 4, 3, 2, 1] as const).map((step) => (
        <p key={step} class={`step-${step}`}>
          {voice.say('design.sample.title')}
        </p>
      ))}
      <p class="lead">{voice.say('home.promise')}</p>
      <p>{voice.say('design.sample.text')}</p>
      <p class="source">{voice.say('face.facts.source', { source: 'INSEE' })}</p>
      <dl class="key-facts">
        <div>
          <dt>{voice.say('commune.population')}</dt>
          <dd>{voice.number(139259)}</dd>
        </div>
        <div>
          <dt>{voice.say('commune.population')}</dt>
          <dd>{voice.number(11111)}</dd>
        </div>
      </dl>
    </div>
  );
}

/** One answer of each kind, as the words would have it for the dataset that is shown. */
function Answers({ voice, of }: { readonly voice: Voice; readonly of: ListedDataset }) {
  const said = { dataset: of, count: 12, sum: 350, day: null, told: [], since: null, refine: null } as const;
  const answers: readonly Answer[] = [
    { ...said, subject: 'bikes', part: 'everyday' },
    { ...said, subject: 'grants', part: 'democracy' },
  ];
  return <AnswerList answers={answers} voice={voice} />;
}

function sampleFace(voice: Voice): Face {
  return {
    owner: 'sample',
    ground: null,
    accent: null,
    logo: false,
    photo: false,
    photoText: null,
    photoCredit: null,
    mission: null,
    contactName: voice.say('design.sample.service'),
    contactEmail: 'donnees@commune.example',
    contactPhone: '02 00 00 00 00',
    contactDelay: voice.say('design.sample.delay'),
    host: null,
    revision: 1,
  };
}
