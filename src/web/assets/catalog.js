// Searches while one types, and swaps what is found: the same addresses as without it, kept in the history, said politely.
const form = document.querySelector('form[data-instant]');
const catalog = document.querySelector('.catalog');
const status = document.querySelector('.results [role="status"]');
const field = form?.querySelector('input[type="search"]');

/** A moment after the last key; an answer that another one overtook is not shown. */
const pauseMs = 180;
let timer;
let asked;

function addressOf() {
  const parameters = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...parameters]) if (value === '') parameters.delete(name, value);
  // What the address says and no field does: the order, the language.
  const here = new URLSearchParams(location.search);
  for (const name of ['sort', 'lang']) if (here.has(name)) parameters.set(name, here.get(name));
  const query = parameters.toString();
  return query === '' ? form.action : `${form.action}?${query}`;
}

async function show(address, keep) {
  asked?.abort();
  asked = new AbortController();
  catalog.setAttribute('aria-busy', 'true');
  let page;
  try {
    const answer = await fetch(address, { signal: asked.signal, headers: { accept: 'text/html' } });
    if (!answer.ok) throw new Error(String(answer.status));
    page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch (error) {
    // The page itself says what went wrong.
    if (error.name !== 'AbortError') location.assign(address);
    return;
  }
  if (keep === 'push') history.pushState(null, '', address);
  if (keep === 'replace') history.replaceState(null, '', address);
  const open = new Map([...document.querySelectorAll('details[data-keep]')].map((one) => [one.dataset.keep, one.open]));
  const focused = markOf(document.activeElement);
  for (const fresh of page.querySelectorAll('[data-swap]')) {
    const place = document.querySelector(`[data-swap="${fresh.dataset.swap}"]`);
    place?.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
  }
  for (const one of document.querySelectorAll('details[data-keep]'))
    if (open.has(one.dataset.keep)) one.open = open.get(one.dataset.keep);
  document.title = page.title;
  document.querySelector('.crumbs')?.replaceWith(document.adoptNode(page.querySelector('.crumbs')));
  const said = page.querySelector('.results [role="status"]')?.textContent ?? '';
  if (status.textContent !== said) status.textContent = said;
  for (const selector of ['link[rel="canonical"]', 'meta[name="robots"]']) {
    document.head.querySelector(selector)?.remove();
    const fresh = page.head.querySelector(selector);
    if (fresh !== null) document.head.append(document.adoptNode(fresh));
  }
  catalog.removeAttribute('aria-busy');
  offerCopies();
  focusAgain(focused);
}

/** What had the focus, in a way that finds it again among new links. */
function markOf(element) {
  const chips = [...document.querySelectorAll('[data-chip]')];
  if (element?.dataset?.chip !== undefined) return { chip: chips.indexOf(element) };
  if (element?.dataset?.facet !== undefined) return { facet: element.dataset.facet };
  return { inside: element?.closest?.('[data-swap]') !== null && element !== document.body };
}

/** A chip that went away gives its place to the next one; a link that went away, to the results. */
function focusAgain(mark) {
  const chips = [...document.querySelectorAll('[data-chip]')];
  const same = [...document.querySelectorAll('[data-facet]')].find((link) => link.dataset.facet === mark.facet);
  const next = mark.chip === undefined ? same : (chips[Math.min(mark.chip, chips.length - 1)] ?? field);
  if (next !== undefined) next.focus({ preventScroll: true });
  else if (mark.inside || mark.facet !== undefined) {
    const results = document.getElementById('results');
    results.focus({ preventScroll: true });
    results.scrollIntoView({ block: 'start' });
  }
}

function offerCopies() {
  if (navigator.clipboard === undefined) return;
  for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false;
}

if (form !== null && catalog !== null && field !== null) {
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(addressOf(), 'replace'), pauseMs);
  };
  field.addEventListener('input', soon);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    show(addressOf(), 'push');
  });
  document.addEventListener('click', async (event) => {
    const copy = event.target.closest?.('[data-copy]');
    if (copy) {
      await navigator.clipboard.writeText(copy.dataset.copy);
      copy.textContent = copy.dataset.copied;
      status.textContent = copy.dataset.copied;
      return;
    }
    const link = event.target.closest?.('.catalog a[href]');
    const plain = !event.defaultPrevented && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
    const href = link?.getAttribute('href');
    if (!plain || href == null) return;
    const address = new URL(href, location.href);
    if (address.pathname !== new URL(form.action).pathname || address.origin !== location.origin) return;
    event.preventDefault();
    field.value = address.searchParams.get('q') ?? '';
    const here = new URLSearchParams(location.search);
    if (here.has('lang')) address.searchParams.set('lang', here.get('lang'));
    show(address.href, 'push');
  });
  document.addEventListener('keydown', (event) => {
    if ((event.key === 'Delete' || event.key === 'Backspace') && event.target.dataset?.chip !== undefined) {
      event.preventDefault();
      event.target.click();
    }
  });
  addEventListener('popstate', () => {
    field.value = new URLSearchParams(location.search).get('q') ?? '';
    show(location.href, 'nothing');
  });
  offerCopies();
}
