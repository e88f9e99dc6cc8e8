// Buttons that copy a code: they show when the browser can, and say so politely.
if (navigator.clipboard !== undefined) {
  for (const button of document.querySelectorAll('button[data-copy]')) {
    const code = document.getElementById(button.dataset.copy);
    const status = button.parentElement.querySelector('[role="status"]');
    button.hidden = false;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        status.textContent = button.dataset.copied;
      } catch {
        getSelection()?.selectAllChildren(code);
      }
    });
  }
}
