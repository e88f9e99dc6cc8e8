// A letter as Internet mail (RFC 5322, 2045, 2047): written in one way, and read back from what we wrote.
import type { Letter } from './mailer.ts';

const lineEnd = '\r\n';

/** The letter as bytes that any mail server and program reads: headers in ASCII, bodies in base64. */
export function writeEml(letter: Letter): string {
  const boundary = `=_${letter.id.replace(/[^\w]/g, '')}`;
  const part = (type: string, body: string) => [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(body, 'utf8')
      .toString('base64')
      .match(/.{1,76}/g) ?? ['']),
  ];
  return [
    `Message-ID: <${letter.id}>`,
    `Date: ${letter.at.toUTCString().replace('GMT', '+0000')}`,
    `From: ${writeSender(letter.from)}`,
    `To: ${oneLine(letter.to)}`,
    `Subject: ${encodeWords(oneLine(letter.subject))}`,
    // Nobody's absence is told to a machine.
    'Auto-Submitted: auto-generated',
    ...(letter.unsubscribe === undefined
      ? []
      : [`List-Unsubscribe: <${oneLine(letter.unsubscribe)}>`, 'List-Unsubscribe-Post: List-Unsubscribe=One-Click']),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...part('text/plain', letter.text),
    ...part('text/html', letter.html),
    `--${boundary}--`,
    '',
  ].join(lineEnd);
}

/** Reads what writeEml wrote; null for anything else. */
export function readEml(eml: string): Letter | null {
  const [head = '', ...rest] = eml.split(`${lineEnd}${lineEnd}`);
  const header = (name: string) =>
    new RegExp(`^${name}: ((?:.|\r\n[ \t])*)`, 'im').exec(head)?.[1]?.replace(/\r\n[ \t]/g, ' ') ?? '';
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1];
  if (boundary === undefined) return null;
  const parts = rest.join(`${lineEnd}${lineEnd}`).split(`--${boundary}`);
  const body = (type: string) => {
    const found = parts.find((part) => part.includes(`Content-Type: ${type};`));
    return Buffer.from(found?.split(`${lineEnd}${lineEnd}`)[1] ?? '', 'base64').toString('utf8');
  };
  const unsubscribe = header('List-Unsubscribe').replace(/^<|>$/g, '');
  return {
    id: header('Message-ID').replace(/^<|>$/g, ''),
    from: decodeWords(header('From')),
    to: header('To'),
    subject: decodeWords(header('Subject')),
    text: body('text/plain'),
    html: body('text/html'),
    at: new Date(header('Date')),
    ...(unsubscribe !== '' && { unsubscribe }),
  };
}

function writeSender(from: string): string {
  const named = /^(.*?)\s*<([^<>]+)>\s*$/.exec(oneLine(from));
  if (named?.[1] === undefined || named[1] === '') return oneLine(from);
  const name = /^[\w .-]+$/.test(named[1]) ? `"${named[1]}"` : encodeWords(named[1]);
  return `${name} <${named[2]}>`;
}

/** A line end in a value would begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\0]+/g, ' ');
}

/** RFC 2047: ASCII as it is, anything else in words of at most 75 characters that never cut a letter. */
function encodeWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && text.length < 60) return text;
  const words: string[] = [];
  let word = '';
  for (const letter of text) {
    if (Buffer.byteLength(word + letter) > 42) {
      words.push(word);
      word = '';
    }
    word += letter;
  }
  return [...words, word].map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join(`${lineEnd} `);
}

function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?B\?([\w+/=]*)\?=/gi, (_whole, base64: string) => Buffer.from(base64, 'base64').toString('utf8'))
    .replace(/^"([^"]*)"/, '$1');
}
