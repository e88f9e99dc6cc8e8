// The letters that a demonstration keeps instead of sending, and the way to get none.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { messagePart } from '../letters.ts';
import type { KeptLetter, WaitingMessage } from '../schemas.ts';
import { DoneNote } from './parts.tsx';

type Props<T> = { readonly context: PageContext; readonly data: T };

export type MailsData = { readonly letters: readonly KeptLetter[]; readonly waiting: readonly WaitingMessage[] };

export function MailsPage({ context, data }: Props<MailsData>) {
  const { voice } = context;
  return (
    <Layout context={context} title={voice.say('mails.title')} crumbs={[]}>
      <h1>{voice.say('mails.title')}</h1>
      <p class="lead">{voice.say('mails.lead')}</p>
      {data.letters.length === 0 ? (
        <p class="empty">{voice.say('mails.none')}</p>
      ) : (
        <ul class="entries">
          {data.letters.map(({ id, subject, to, at }) => (
            <li key={id}>
              <p>
                <a href={urls.mail(id)}>{subject}</a>
                <br />
                {voice.say('mails.to')} {to}
              </p>
              <p class="source">{voice.date(at)}</p>
            </li>
          ))}
        </ul>
      )}
      {data.waiting.length > 0 && (
        <section aria-labelledby="waiting">
          <h2 id="waiting">{voice.say('mails.waiting')}</h2>
          <p>{voice.say('mails.waiting.help')}</p>
          <ul class="entries">
            {data.waiting.map((message, index) => (
              <li key={index}>
                <p>
                  {voice.typeset(messagePart(message, 'subject', voice.lang))}
                  <br />
                  {voice.say('mails.to')} {message.to}
                </p>
                <p class="source">{voice.date(message.dueAt)}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Layout>
  );
}

export function MailPage({ context, data }: Props<KeptLetter>) {
  const { voice, site } = context;
  const { subject, to, at, text } = data;
  return (
    <Layout context={context} title={subject} crumbs={[{ label: voice.say('mails.title'), href: urls.mails() }]}>
      <h1>{subject}</h1>
      <p class="facts">
        <span>
          {voice.say('mails.to')} {to}
        </span>
        <span>{voice.date(at)}</span>
      </p>
      <div class="letter">
        {piecesOf(text, site.publicUrl).map((piece, index) =>
          piece.link === null ? (
            piece.text
          ) : (
            <a href={piece.link} key={index}>
              {piece.text}
            </a>
          ),
        )}
      </div>
    </Layout>
  );
}

/** The text in pieces; addresses of this portal become links that lead where the reader is, whatever name it has. */
function piecesOf(text: string, publicUrl: string): readonly { readonly text: string; readonly link: string | null }[] {
  return text.split(/(https?:\/\/[^\s<>]+)/).map((piece) => {
    const own = piece === publicUrl || piece.startsWith(`${publicUrl}/`);
    return { text: piece, link: own ? piece.slice(publicUrl.length) || '/' : null };
  });
}

export type UnsubscribeData = { readonly person: string; readonly sign: string; readonly done: boolean };

export function UnsubscribePage({ context, data }: Props<UnsubscribeData>) {
  const { voice } = context;
  const { person, sign, done } = data;
  return (
    <Layout context={context} title={voice.say('unsubscribe.title')} twin={false} crumbs={[]}>
      <h1>{voice.say('unsubscribe.title')}</h1>
      {done ? (
        <DoneNote sentence={voice.say('unsubscribe.done')} />
      ) : (
        <form method="post" action={`${urls.unsubscribe()}?${new URLSearchParams({ person, sign })}`}>
          <p>{voice.say('unsubscribe.help')}</p>
          <button type="submit">{voice.say('unsubscribe.do')}</button>
        </form>
      )}
      <p>
        <a href={urls.account()}>{voice.say('people.account')}</a>
      </p>
    </Layout>
  );
}
