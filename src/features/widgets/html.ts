// Text inside HTML that we write by hand: codes to copy, a page in a frame. Pure.

export function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[letter] ?? letter,
  );
}
