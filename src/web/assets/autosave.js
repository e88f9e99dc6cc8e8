// Keeps what is typed in the forms marked data-autosave, a moment after each change, and says so politely.
for (const form of document.querySelectorAll('form[data-autosave]')) {
  const status = form.querySelector('[data-saved]');
  let timer;
  const save = async () => {
    const body = new URLSearchParams(new FormData(form));
    body.set('autosave', '1');
    let kept = false;
    try {
      const answer = await fetch(form.action, { method: 'POST', body, keepalive: true });
      kept = answer.ok;
    } catch {
      kept = false;
    }
    if (status !== null) status.textContent = kept ? status.dataset.saved : status.dataset.unsaved;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, 800);
  };
  form.addEventListener('input', soon);
  form.addEventListener('submit', () => clearTimeout(timer));
}
