// A letter made of messages: one, or several grouped for one person. Text and simple HTML say the same; each has its action.
import { fillSentence } from '../../lib/errors.ts';
import type { Language } from '../../model/language.ts';
import { letterMessages, type MailKind, mailMessages } from '../../model/messages/mail.ts';
import { peopleMessages } from '../../model/messages/people.ts';

export type LetterMessage = {
  readonly kind: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Where its action leads: a whole address. */
  readonly link: string | null;
  readonly others: readonly { readonly name: string; readonly role: string }[];
};

export type LetterSite = {
  readonly name: string;
  readonly url: string;
  readonly accountUrl: string;
};

/** The address by which whoever reads stops such letters; null where nothing but what they asked for is sent. */
export type Unsubscribe = string | null;

export type LetterText = { readonly subject: string; readonly text: string; readonly html: string };

/** Messages that open a door: sent at once whatever the rhythm, and emptied once sent. */
export const doorKinds: readonly MailKind[] = ['signIn', 'invitation'];

/** What is better known at once than tomorrow, for whoever gets mail once a day or a week. */
export const urgentKinds: readonly MailKind[] = [
  'deposit.needsFix',
  'deposit.returned',
  'deposit.approvalAsked',
  'legal.asked',
  'legal.decided',
  'source.failed',
  'succession',
  'joinAccepted',
];

export function isMailKind(kind: string): kind is MailKind {
  return Object.hasOwn(mailMessages, `${kind}.subject`);
}

/** The sentence of one part of a message; values that name a role or a state are said in words. */
export function messagePart(
  message: Pick<LetterMessage, 'kind' | 'params'>,
  part: 'subject' | 'text' | 'action',
  language: Language,
): string {
  if (!isMailKind(message.kind)) return '';
  return fillSentence(mailMessages[`${message.kind}.${part}`][language], inWords(message.params, language));
}

/** The other thing that may be done of a message, on the same page: only reminders have one. */
function secondAction(
  { kind, link }: LetterMessage,
  language: Language,
): readonly { readonly label: string; readonly link: string }[] {
  if (link === null || (kind !== 'dataset.updateDue' && kind !== 'dataset.overdue')) return [];
  return [{ label: mailMessages[`${kind}.second`][language], link: `${link}#deposit` }];
}

/** Makes the letter. @param messages one or more, all for one person */
export function writeLetter(
  messages: readonly [LetterMessage, ...LetterMessage[]],
  language: Language,
  site: LetterSite,
  unsubscribe: Unsubscribe = null,
): LetterText {
  const say = (key: keyof typeof letterMessages, params: Readonly<Record<string, string | number>> = {}) =>
    fillSentence(letterMessages[key][language], params);
  const [first] = messages;
  const alone = messages.length === 1;
  const door = messages.some((message) => (doorKinds as readonly string[]).includes(message.kind));
  const subject = alone
    ? messagePart(first, 'subject', language)
    : say('letter.digest.subject', { site: site.name, count: messages.length });
  const told = (message: LetterMessage) => {
    if (door) return null;
    if (message.others.length === 0) return alone ? say('letter.othersNone') : null;
    const names = message.others.map(({ name, role }) => say('letter.other', { name, role: roleName(role, language) }));
    return say('letter.others', { names: names.join(', ') });
  };
  const foot = [
    say(door ? 'letter.footDoor' : 'letter.foot', { site: site.name, url: site.url, account: site.accountUrl }),
    ...(unsubscribe === null ? [] : [say('letter.unsubscribe', { address: unsubscribe })]),
  ].join('\n');
  const text = messages.map((message) =>
    [
      ...(alone ? [] : [messagePart(message, 'subject', language)]),
      messagePart(message, 'text', language),
      ...(message.link === null ? [] : [`${messagePart(message, 'action', language)} : ${message.link}`]),
      ...secondAction(message, language).map(({ label, link }) => `${label} : ${link}`),
      told(message),
    ]
      .filter((line) => line !== null)
      .join('\n\n'),
  );
  const html = messages.map((message) => {
    const note = told(message);
    return [
      alone ? '' : `<h2>${escapeHtml(messagePart(message, 'subject', language))}</h2>`,
      `<p>${escapeHtml(messagePart(message, 'text', language))}</p>`,
      message.link === null
        ? ''
        : `<p><a href="${escapeHtml(message.link)}">${escapeHtml(messagePart(message, 'action', language))}</a></p>`,
      ...secondAction(message, language).map(
        ({ label, link }) => `<p><a href="${escapeHtml(link)}">${escapeHtml(label)}</a></p>`,
      ),
      note === null ? '' : `<p><small>${escapeHtml(note)}</small></p>`,
    ].join('');
  });
  const all = alone ? [] : [`${say('letter.digest.action')} : ${site.accountUrl}`];
  return {
    subject,
    text: `${[say('letter.hello'), ...text, ...all, '-- ', foot].join('\n\n')}\n`,
    html: [
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>`,
      '<body style="font-family:sans-serif;max-width:36em;line-height:1.5">',
      `<p>${escapeHtml(say('letter.hello'))}</p>`,
      ...html,
      alone ? '' : `<p><a href="${escapeHtml(site.accountUrl)}">${escapeHtml(say('letter.digest.action'))}</a></p>`,
      `<hr><p><small>${escapeHtml(foot).replaceAll('\n', '<br>')}</small></p></body></html>`,
    ].join(''),
  };
}

function inWords(params: Readonly<Record<string, string | number>>, language: Language) {
  const words: Record<string, string | number> = { ...params };
  if (typeof params['role'] === 'string') words['role'] = roleName(params['role'], language);
  if (typeof params['state'] === 'string') words['state'] = wordOf(`membership.${params['state']}`, language);
  for (const name of ['until', 'date'] as const) {
    const value = params[name];
    if (typeof value === 'string') words[name] = dateIn(value, language);
  }
  return words;
}

function roleName(role: string, language: Language): string {
  return wordOf(`role.${role}`, language);
}

function wordOf(key: string, language: Language): string {
  const found = Object.hasOwn(peopleMessages, key) ? peopleMessages[key as keyof typeof peopleMessages] : null;
  return found === null ? key.slice(key.indexOf('.') + 1) : found[language];
}

/** A date of our own (ISO) in full, as people of the language write it. */
function dateIn(iso: string, language: Language): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Europe/Paris',
  }).format(date);
}

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[letter] ?? letter,
  );
}
