// Previous and next pages of a list, as links that keep every other choice.
import type { Voice } from '../language.ts';

export type PagingProps = {
  readonly voice: Voice;
  readonly page: number;
  readonly pages: number;
  readonly href: (page: number) => string;
};

export function Paging({ voice, page, pages, href }: PagingProps) {
  if (pages <= 1) return null;
  return (
    <nav class="paging" aria-label={voice.say('paging.label')}>
      {page > 1 ? <a href={href(page - 1)}>{voice.say('paging.previous')}</a> : <span />}
      <span>{voice.say('paging.position', { page: voice.number(page), pages: voice.number(pages) })}</span>
      {page < pages ? <a href={href(page + 1)}>{voice.say('paging.next')}</a> : <span />}
    </nav>
  );
}
