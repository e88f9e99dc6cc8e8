// Answers as sentences, each with the data it was read in and the rows that prove it.
import { DemoBadge } from '../../../web/components/dataset-list.tsx';
import { Pictogram } from '../../../web/components/pictogram.tsx';
import type { Voice } from '../../../web/language.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { Answer } from '../schemas.ts';

export function AnswerList({ answers, voice }: { readonly answers: readonly Answer[]; readonly voice: Voice }) {
  return (
    <ul class="answers">
      {answers.map((answer) => (
        <li key={`${answer.subject} ${answer.dataset.id}`}>
          <Pictogram name={answer.subject} />
          <div>
            <p class="sentence">{sentenceOf(answer, voice)}</p>
            <p class="source">
              {voice.say('face.answer.source')}{' '}
              <a href={urls.dataset(answer.dataset.id)} lang={voice.written}>
                {answer.dataset.title}
              </a>
              {`, ${answer.dataset.organization.name}, `}
              {voice.say('face.answer.dated', { date: voice.date(answer.dataset.modifiedAt) })}
              {'. '}
              <a href={rowsUrl(answer)}>{voice.count('face.answer.rows.one', 'face.answer.rows.many', answer.count)}</a>{' '}
              <DemoBadge demo={answer.dataset.demo} voice={voice} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The page of the dataset with the rows about there alone. */
export function rowsUrl({ dataset, refine, since }: Answer): string {
  const coming = since === null ? {} : { column: since.column, operator: 'gte', value: since.day, sort: since.column };
  return `${withQuery(urls.dataset(dataset.id), { refine, ...coming })}#rows`;
}

/** One or two sentences, as somebody at the town hall would say them. */
export function sentenceOf(answer: Answer, voice: Voice): string {
  const { subject, count, day, told, sum } = answer;
  const params = {
    count: voice.number(count),
    day: day === null ? '' : voice.weekday(day),
    told: told.map((each) => each.replace(/[.\s]+$/, '')).join(voice.lang === 'fr' ? ' ; ' : '; '),
  };
  switch (subject) {
    case 'collection':
      return day === null || told.length === 0
        ? voice.count('answer.collection.one', 'answer.collection.many', count)
        : `${voice.say('answer.collection', params)} ${voice.say('answer.collection.note')}`;
    case 'menus':
      return voice.say('answer.menus', params);
    case 'agenda':
      return voice.say('answer.agenda', params);
    case 'rows':
      return voice.count('dataset.rows.one', 'dataset.rows.many', count);
    case 'deliberations':
      return [
        voice.say(pick(voice, count, subject), params),
        ...(day === null || told.length === 0 ? [] : [voice.say('answer.deliberations.day', params)]),
      ].join(' ');
    case 'bikes':
    case 'parking':
    case 'libraries':
    case 'grants':
      return [
        voice.say(pick(voice, count, subject), params),
        ...(sum === null ? [] : [voice.say(`answer.${subject}.sum`, { sum: voice.amount(sum) })]),
      ].join(' ');
    default:
      return voice.say(pick(voice, count, subject), params);
  }
}

type Counted = Exclude<Answer['subject'], 'collection' | 'menus' | 'agenda' | 'rows'>;

/** The sentence for one, or for several. */
function pick(voice: Voice, count: number, subject: Counted): `answer.${Counted}.one` | `answer.${Counted}.many` {
  return voice.isOne(count) ? `answer.${subject}.one` : `answer.${subject}.many`;
}
