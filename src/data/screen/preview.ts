// How a value is shown to those who decide about it: enough to recognise its form, not enough to know whose it is.

const longest = 60;

/**
 * The first letter of each word stays, other letters and all digits become dots: `marie.dupont@gmail.com` →
 * `m••••.d•••••@g••••.com`. One-letter words are hidden whole; an ending like `.com` stays, it belongs to nobody.
 */
export function masked(value: string): string {
  const text = [...value.trim().replace(/\s+/g, ' ')].slice(0, longest).join('');
  const ending = /@.*\.([A-Za-z]{2,4})$/.exec(text)?.[1] ?? '';
  const body = ending === '' ? text : text.slice(0, -ending.length);
  return body.replace(/[\p{L}\p{M}]+/gu, hideWord).replace(/\p{N}/gu, '•') + ending;
}

function hideWord(word: string): string {
  const [first = '', ...rest] = [...word];
  return rest.length === 0 ? '•' : first + '•'.repeat(Math.min(rest.length, 12));
}
